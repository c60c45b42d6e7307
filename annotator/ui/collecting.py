"""When Python looks for garbage that reference counts do not free: while nobody is at work, not amid a frame.

A large document is some hundred thousand objects. A pass over all of them takes 20 to 300 ms, and Python starts one
whenever enough has been made since the last: in the middle of scrolling, or several times while a document is loaded.
So passes are made when the program rests, and what a document consists of is set aside from them while it is open.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TICK_MS = 1000
WORTH_A_PASS = 2_000
"""Objects made since the last pass, less those freed: fewer are left alone."""
TOO_MANY = 500_000
"""So many are gone through even while somebody is at work: memory must not grow without end."""
_AT_REST = 200
"""Objects that come and go in a second in which nothing happens but a timer or two."""


class Collecting(QObject):
    """Takes the passes over from Python, from now until `stop`. None is made while `is_loading`: all that is new then
    stays, and is set aside when it is there."""

    def __init__(self, is_loading: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_loading = is_loading
        gc.disable()
        self._seen = _made()
        self._is_all_due = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Make a pass if the program has rested since the last look and there is enough to go through."""
        if self._is_loading():
            return
        made = _made()
        is_at_rest = abs(made - self._seen) < _AT_REST
        if is_at_rest and self._is_all_due:
            self._is_all_due = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif made >= TOO_MANY or (is_at_rest and made >= WORTH_A_PASS):
            gc.collect()
        self._seen = _made()

    def expect_garbage(self) -> None:
        """Let the next pass look at everything: a window is gone, and its parts may hold one another."""
        self._is_all_due = True

    def stop(self) -> None:
        """Give the passes back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def set_aside() -> None:
    """Leave what there is now out of later passes: a document was loaded, and stays. Reference counts still free it.

    Does nothing unless a Collecting is at work.
    """
    if not gc.isenabled():
        gc.freeze()


def _made() -> int:
    """Objects made since the last pass, less those freed."""
    return gc.get_count()[0]
