"""What holds for every test: no display, home or network of the developer is touched, and nothing is left behind.

A leftover thread, child process, database connection or window fails the test that left it. Warnings fail too, those of
Qt as well (pyproject.toml), and so does an exception in a slot (pytest-qt).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GRACE_S = 2.0
"""How long something that is about to end may take to do so."""

# --- surroundings: set before anything imports Qt or asks for a directory --------------------------------------------

HOME = Path(tempfile.mkdtemp(prefix="annotator-test-home-"))
HOMES = {f"XDG_{kind.upper()}_HOME": HOME / kind for kind in ("config", "data", "state", "cache")}
RUNTIME = HOME / "run"
for directory in (*HOMES.values(), RUNTIME):
    directory.mkdir(mode=0o700)

os.environ |= {
    "HOME": str(HOME),
    "LC_ALL": "C.UTF-8",
    "QT_FONT_DPI": "96",
    "QT_QPA_PLATFORM": "xcb" if os.environ.get("QT_QPA_PLATFORM") == "xcb" else "offscreen",  # xcb: make tests-x11
    "QT_SCALE_FACTOR": "1",
    "XDG_RUNTIME_DIR": str(RUNTIME),
    **{name: str(path) for name, path in HOMES.items()},
}
for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE"):
    os.environ.pop(name, None)

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("xvfb") and os.environ["QT_QPA_PLATFORM"] != "xcb":
        pytest.skip("needs an X server: make tests-x11")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


# --- no network ------------------------------------------------------------------------------------------------------


def refuse_network(*_args: Any, **_kwargs: Any) -> None:
    pytest.fail("the network is not for tests: something tried to connect")


for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse_network)
socket.getaddrinfo = refuse_network


# --- nothing left behind ---------------------------------------------------------------------------------------------


class WatchedConnection(sqlite3.Connection):
    """A connection that is remembered until it is closed."""

    still_open: dict[int, WatchedConnection] = {}  # noqa: RUF012 (one registry for all)

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self.database = str(database)
        self.still_open[id(self)] = self

    def close(self) -> None:
        super().close()
        self.still_open.pop(id(self), None)


def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
    return CONNECT(*args, **{"factory": WatchedConnection} | kwargs)


CONNECT = sqlite3.connect
sqlite3.connect = sqlite3.dbapi2.connect = connect


@dataclass(frozen=True)
class Traces:
    """What a test could leave behind, by identity."""

    threads: frozenset[threading.Thread]
    children: frozenset[int]
    databases: frozenset[int]

    @classmethod
    def now(cls) -> Traces:
        return cls(frozenset(threads()), frozenset(children()), frozenset(WatchedConnection.still_open))

    def since(self, earlier: Traces) -> Iterator[str]:
        for thread in self.threads - earlier.threads:
            yield f"thread {thread.name}"
        for child in self.children - earlier.children:
            yield f"process {child}: {command_line(child)}"
        for database in self.databases - earlier.databases:
            yield f"database connection to {WatchedConnection.still_open[database].database}"


def threads() -> Iterator[threading.Thread]:
    """The running ones of Python's own making; a thread of Qt's never says that it has ended."""
    return (thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread))


def children() -> Iterator[int]:
    """Process ids, ended but not waited for included; nothing where there is no /proc."""
    for file in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            yield from (int(pid) for pid in file.read_text().split() if "resource_tracker" not in command_line(pid))


def command_line(pid: int | str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip() or "(ended)"
    return "(gone)"


def open_windows() -> list[Any]:
    """Visible top-level widgets, tips aside: these leave by their own timer."""
    if (widgets := sys.modules.get("PySide6.QtWidgets")) is None or widgets.QApplication.instance() is None:
        return []
    tip = sys.modules["PySide6.QtCore"].Qt.WindowType.ToolTip
    return [w for w in widgets.QApplication.topLevelWidgets() if w.isVisible() and w.windowType() != tip]


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    before = Traces.now()
    yield
    deadline = time.monotonic() + GRACE_S
    while any((now := Traces.now()).since(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    left = list(now.since(before))
    windows = open_windows()
    left += [f"window {type(window).__name__} {window.windowTitle()!r}" for window in windows]
    clear_away(now, before, windows)
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def clear_away(now: Traces, before: Traces, windows: list[Any]) -> None:
    """One careless test shall not make the next ones fail, nor pass on its settings."""
    for window in windows:
        window.close()
    for pid in now.children - before.children:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    for database in now.databases - before.databases:
        connection = WatchedConnection.still_open.pop(database)
        with suppress(sqlite3.Error):
            connection.close()
    for kind in ("config", "data", "state"):
        for entry in (HOME / kind).iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


# --- shared material -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data beside the checkout, too large or not ours to commit."""
    if not (data := ROOT.parent / "shared" / "data").is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return data


@pytest.fixture(scope="session")
def sample_text() -> str:
    """The sample article, byte for byte as in seeds/."""
    return next((ROOT / "seeds").glob("000_*.txt")).read_bytes().decode("utf-8")
