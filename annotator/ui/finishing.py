"""The end of the work on a document: what speaks against it is said once, then the document is finished."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from annotator.app import commands, deciding, finishing
from annotator.app.events import KeysChanged
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.ui.canvas import Canvas
from annotator.ui.popups.findings import FindingsCard
from annotator.ui.shortcuts import first_key

FINISH = "document.finish"


class Finishing(QObject):
    """Joins session, canvas and the card with the findings; `room` is the card's parent, around the canvas."""

    def __init__(self, session: Session, canvas: Canvas, card: FindingsCard, keymap: Keymap, room: QWidget) -> None:
        super().__init__(card)
        self._session = session
        self._canvas = canvas
        self._card = card
        self._keymap = keymap
        self._room = room
        self._told: set[tuple[str, str, str | None]] = set()
        """What has been said against finishing: document, kind, item."""
        card.wanted.connect(session.set_focus)
        card.accepting.connect(self._accept_and_finish)
        card.finishing.connect(self._finish)
        card.closed.connect(canvas.setFocus)
        session.bus.subscribe(KeysChanged, self._show_key)
        self._show_key(None)

    def ask(self) -> None:
        """Say once what speaks against finishing the document; the second time it is finished all the same."""
        session = self._session
        if session.document is None or session.is_read_only:
            self._finish()
            return
        found = finishing.look_over(session)
        told = {(session.document.id, finding.kind, finding.item) for finding in found}
        if told <= self._told:
            self._finish()
            return
        self._told |= told
        viewport = self._canvas.viewport()
        beside = QRect(viewport.mapTo(self._room, QPoint(0, 0)), viewport.size())
        self._card.open_over(found, beside, sure=deciding.acceptable(session))

    def _finish(self) -> None:
        commands.run(self._session, FINISH)

    def _accept_and_finish(self) -> None:
        """Accept what is sure or was looked at, then finish; the rest stays open."""
        commands.run(self._session, "decide.accept-all")
        self._finish()

    def _show_key(self, _event: KeysChanged | None) -> None:
        self._card.show_finish_key(first_key(FINISH, self._keymap))
