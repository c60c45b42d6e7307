"""Finds the other end of a relation by its words, also far from what is on screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from annotator.app import drawing
from annotator.app.commands import attempt
from annotator.app.session import Session
from annotator.model import Span
from annotator.ui.popups.placing import place_near
from annotator.ui.text import one_line
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.parts import rule

_WIDTH_PX = 420
_MOST = 60
"""So many are listed; typing finds the others."""
_CONTEXT_CHARS = 24
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class _Field(QLineEdit):
    lost = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lost.emit()


class EndFinder(QFrame):
    """Open while the end of `session.relating` is sought by typing. Emits `closed` when the keyboard is free again."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._session = session
        self._ends: list[tuple[str, Span]] = []
        self._shown: list[Span] = []
        self.setProperty("role", "popup")
        self.field = _Field()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText("The other end…")
        self.field.setAccessibleName("Find the other end of the relation")
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.field.lost.connect(self._let_go)
        self._list = ChoiceList()
        self._list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(4)
        for part in (self.field, rule(), self._list):
            layout.addWidget(part)
        self.setFixedWidth(_WIDTH_PX)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)

    def open_at(self, anchor: QRect) -> None:
        """Show it near this rectangle of the parent and take the keyboard."""
        text = self._session.text
        self._ends = [(span.covered(text).casefold(), span) for span in drawing.possible_ends(self._session)]
        self.field.clear()
        self._filter("")
        self.move(place_near(anchor, self.size(), self._room.rect().adjusted(8, 8, -8, -8)))
        self.show()
        self.raise_()
        self.field.setFocus()

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        starts: list[Span] = []
        holds: list[Span] = []
        for folded, span in self._ends:
            if all(word in folded for word in words):
                (starts if not words or folded.startswith(words[0]) else holds).append(span)
        self._shown = [*starts, *holds][:_MOST]
        labels = self._session.schema.label_names
        self._list.show_choices(
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self._let_go()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list.current is not None:
                self._choose(self._list.current)
        else:
            return False
        return True

    def _choose(self, number: int) -> None:
        span, state = self._shown[number], self._session.relating
        self._close()
        if state is not None:
            attempt(self._session, lambda: drawing.pick(self._session, state, span.id))

    def _let_go(self) -> None:
        """The relation is not drawn after all."""
        if self.isVisible():
            self._close()
            self._session.end_relating()

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()
