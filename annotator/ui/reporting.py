"""From work on another thread to the window: what is reported, when it is shown, and a flag that ends the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer

from annotator.ui.bridge import Bridge

Report = TypeVar("Report")

_PATIENCE_S = 0.2


class Reporter(Generic[Report]):
    """Belongs to one piece of work. While a report is being shown the work waits: two threads that want Python at once
    slow each other down, and the one that is looked at goes first.
    """

    def __init__(self, take: Callable[[Report], None]) -> None:
        self._ended = threading.Event()
        self._shown = threading.Event()
        self._take = take
        self.bridge = Bridge()

    def report(self, report: Report) -> None:
        """Show this, and wait until it is painted, but not for ever: nobody may be there to paint it."""
        self._shown.clear()
        self.bridge(lambda: self._show(report))
        self._shown.wait(_PATIENCE_S)

    def _show(self, report: Report) -> None:
        self._take(report)
        QTimer.singleShot(0, self._shown.set)

    def stop(self) -> None:
        """Let the work end early; what it answers is still heard."""
        self._ended.set()
        self._shown.set()

    def drop(self) -> None:
        """Let it end early, and hear nothing of it any more."""
        self.stop()
        self.bridge.close()

    def is_ended(self) -> bool:
        return self._ended.is_set()
