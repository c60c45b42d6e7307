"""Same mentions in the window: what glows, what is remembered, and what shows while many documents are changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.analysis.matching import Matching
from annotator.analysis.mentions import Plan
from annotator.app.events import Spread
from annotator.app.session import Session
from annotator.ui.canvas.overlay import Glow
from annotator.ui.dialogs.spreading import SpreadingDialog
from annotator.ui.settings import Settings

_SHOWN_AFTER_MS = 300
"""Most acts in many documents are over by then; a dialog that flashes by only disturbs."""

_GLOWS: dict[str, Glow] = {"conflict": "skip", "reject": "drop", "delete": "drop"}


def glow_of(plan: Plan, *, after: int = 0) -> Iterator[tuple[int, int, Glow]]:
    """Where the text glows while the plan is shown; without the first so many places, which glow already."""
    for mention in islice(plan.mentions, after, None):
        yield mention.start, mention.end, _GLOWS.get(mention.kind, "change")


def restore_matching(settings: Settings, session: Session) -> None:
    """Let the same mentions be what they were when the window was closed last."""
    session.matching = Matching(
        settings.flag("mentions/whole", default=True),
        settings.flag("mentions/case", default=True),
        settings.flag("mentions/inflected", default=False),
    )


def store_matching(settings: Settings, session: Session) -> None:
    now = session.matching
    for name, value in (("whole", now.is_whole), ("case", now.is_case_kept), ("inflected", now.is_inflected)):
        settings.set(f"mentions/{name}", value)


class Spreading(QObject):
    """Shows how far an act in many documents has come, and lets it be stopped."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._dialog: SpreadingDialog | None = None
        self._last: Spread | None = None
        self._wait = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._wait.timeout.connect(self._show)
        session.bus.subscribe(Spread, self._take)

    def _take(self, event: Spread) -> None:
        if event.is_over:
            self._wait.stop()
            if self._dialog is not None:
                self._dialog.accept()
            self._dialog = self._last = None
            return
        if self._last is None:
            self._wait.start()
        self._last = event
        if self._dialog is not None:
            self._dialog.show_progress(event.done, event.total)

    def _show(self) -> None:
        if self._last is not None:
            self._dialog = SpreadingDialog(self._last.title, self._session.bulk.stop, self._window)
            self._dialog.finished.connect(self._drop)
            self._dialog.show_progress(self._last.done, self._last.total)
            self._dialog.open()

    def _drop(self, _result: int) -> None:
        """Somebody has stopped it: what comes now is the last news."""
        self._dialog = None
