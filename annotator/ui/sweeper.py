"""Lets the session look for likely misses while nothing else is to do, and marks them while one walks them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.analysis.miss import Memory
from annotator.app.events import Changed, Loaded, Opened, Selected, Suggested, Swept
from annotator.app.session import Session
from annotator.app.sweeping import remember
from annotator.model import AnnotatorError
from annotator.ui.canvas import Canvas
from annotator.ui.canvas.overlay import Mark
from annotator.ui.canvas.paragraph import chip_names
from annotator.ui.jobs import Jobs

_SLICE_S = 0.003
"""How long a key may have to wait for the search."""

_WAIT_MS = 150
"""After a document has come on screen."""


class Sweeper(QObject):
    def __init__(self, session: Session, canvas: Canvas, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._jobs = session, canvas, jobs
        self._is_learning = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        bus = session.bus
        for kind in (Opened, Loaded, Suggested, Changed):
            bus.subscribe(kind, self._begin)
        for event in (Opened, Selected, Changed, Swept):
            bus.subscribe(event, self._mark)

    def _begin(self, _event: object) -> None:
        sweep = self._session.sweep
        if (not sweep.is_over or sweep.is_memory_stale) and not self._timer.isActive():
            self._timer.start(_WAIT_MS)

    def _work(self) -> None:
        self._timer.setInterval(0)
        self._learn()
        if not self._session.sweep.work(_SLICE_S):
            self._timer.stop()

    def stop(self) -> None:
        self._timer.stop()

    def _mark(self, _event: object) -> None:
        """Likely misses are marked while one is at one of them; else the text is left in peace."""
        is_walking = self._session.sweep.current is not None
        self._canvas.set_marks(self._marks if is_walking else None)

    def _marks(self, start: int, end: int) -> list[Mark]:
        return [
            Mark(miss.start, miss.end, tuple(f"{name}?" for name in chip_names(miss.label)) if miss.label else ("?",))
            for miss in self._session.sweep.between(start, end)
        ]

    def _learn(self) -> None:
        """What the reviewed documents say is read on a thread of its own, and again when there are more of them."""
        session = self._session
        if self._is_learning or not session.sweep.is_memory_stale or session.document is None:
            return
        self._is_learning = True
        session.sweep.is_memory_stale = False  # what is finished from here on may not be read any more
        path, author, document = session.path, session.author.id, session.document.id
        self._jobs.start(lambda: remember(path, author, document), self._take_memory)

    def _take_memory(self, outcome: Memory | AnnotatorError) -> None:
        self._is_learning = False
        self._session.sweep.learn(outcome if isinstance(outcome, Memory) else Memory())
        self._begin(None)
