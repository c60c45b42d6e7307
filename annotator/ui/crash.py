"""When the program itself is at fault: a report in a local file, without a word of the documents, and a message."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

from annotator import __version__

Show = Callable[[str, Path | None], None]
"""Takes what to say and where the report lies."""


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened, in lines of code. The error's own words stay out: they may quote a document."""
    frames = traceback.extract_tb(trace)
    places = [f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}" for frame in frames]
    head = f"annotator {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "\n".join([head, datetime.now(UTC).isoformat(timespec="seconds"), *places, kind.__name__, ""])


def report_folder() -> Path:
    return user_log_path("annotator")


def write_report(words: str) -> Path | None:
    """The file it was written to; None when there is no place for it."""
    folder = report_folder()
    file = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
    except OSError:
        return None
    return file


def install(show: Show) -> None:
    """Take over `sys.excepthook`. The window stays open: every edit that was shown as saved is on disk."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(kind.__name__, write_report(report(kind, trace)))

    sys.excepthook = hook
