"""A whole review at the program as it is installed, in a window of a real X server, by the keys of the expert."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 30.0
_NAMES = {"Space": "space", ";": "semicolon", ".": "period"}


def xdotool(*arguments: str) -> str:
    return subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False).stdout.strip()


def press(key: str) -> None:
    """A key as the command table writes it: "Tab", "Shift+Right", "L"."""
    *held, last = key.split("+")
    name = _NAMES.get(last, last.lower() if len(last) == 1 else last)
    xdotool("key", "+".join([*(one.lower() for one in held), name]))


@contextmanager
def program(file: Path) -> Iterator[str]:
    """The program with a project open; its X window, which has the keyboard."""
    child = subprocess.Popen([sys.executable, "-m", "annotator", "open", str(file)])
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not (found := xdotool("search", "--onlyvisible", "--pid", str(child.pid), "--name", "Annotator")):
            assert time.monotonic() < deadline, "no window came"
            time.sleep(0.05)
        window = found.split()[-1]
        xdotool("windowfocus", "--sync", window)
        yield window
        xdotool("key", "ctrl+q")
        assert child.wait(timeout=PATIENCE_S) == 0
    finally:
        child.kill()
        child.wait()
