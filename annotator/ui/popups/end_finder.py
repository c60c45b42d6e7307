"""Finds the other end of a relation by its words, also far from what is on screen."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from annotator.app import drawing
from annotator.app.commands import attempt
from annotator.app.session import Session
from annotator.model import Span
from annotator.ui.popups.placing import place_near
from annotator.ui.popups.search_popup import SearchPopup
from annotator.ui.text import one_line
from annotator.ui.widgets.choices import ListChoice

_WIDTH_PX = 420
_MOST = 60
"""So many are listed; typing finds the others."""
_CONTEXT_CHARS = 24


class EndFinder(SearchPopup):
    """Open while the end of `session.relating` is sought by typing. Emits `closed` when the keyboard is free again."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, placeholder="The other end…", accessible_name="Find the other end of the relation")
        self._session = session
        self._ends: list[tuple[str, Span]] = []
        self._shown: list[Span] = []
        self.setFixedWidth(_WIDTH_PX)

    def open_at(self, anchor: QRect) -> None:
        """Show it near this rectangle of the parent and take the keyboard."""
        text = self._session.text
        self._ends = [(span.covered(text).casefold(), span) for span in drawing.possible_ends(self._session)]
        self.field.clear()
        self.search("")
        self.move(place_near(anchor, self.size(), self.room.rect().adjusted(8, 8, -8, -8)))
        self.show_up()

    def search(self, typed: str) -> None:
        words = typed.casefold().split()
        starts: list[Span] = []
        holds: list[Span] = []
        for folded, span in self._ends:
            if all(word in folded for word in words):
                (starts if not words or folded.startswith(words[0]) else holds).append(span)
        self._shown = [*starts, *holds][:_MOST]
        labels = self._session.schema.label_names
        self.rows.show_choices(
            [
                ListChoice("", self._row(span), labels[span.label].hue if span.label in labels else None)
                for span in self._shown
            ]
        )
        self.adjustSize()

    def _row(self, span: Span) -> str:
        """The words of the span, and where they stand."""
        text = self._session.text
        around = one_line(text[max(0, span.start - _CONTEXT_CHARS) : span.end + _CONTEXT_CHARS])
        return f"{one_line(span.covered(text), 40)}   –   …{around}…"

    def choose(self, number: int) -> None:
        span, state = self._shown[number], self._session.relating
        super().let_go()
        if state is not None:
            attempt(self._session, lambda: drawing.pick(self._session, state, span.id))

    def let_go(self) -> None:
        """The relation is not drawn after all."""
        if self.isVisible():
            super().let_go()
            self._session.end_relating()
