"""Brings calls from other threads to the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class Bridge(QObject):
    """`bridge(call)` may be used from any thread; the calls run in order in the thread that made the bridge."""

    _queued = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self._queued.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        if self._is_open:
            self._queued.emit(call)

    def repeat(self, step: Callable[[], bool]) -> None:
        """Call the step until it is False; keys, mouse and painting have their turn between the calls."""

        def turn() -> None:
            if self._is_open and step():
                QTimer.singleShot(0, self, turn)

        turn()

    def close(self) -> None:
        """Drop what is still on its way: the window that it was meant for is gone."""
        self._is_open = False

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if self._is_open:
            call()
