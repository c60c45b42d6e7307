"""A few relations to choose from, such as those that have no room beside the text; choosing one goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.ui.popups.placing import place_near
from annotator.ui.text import counted
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.parts import rule

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RelationList(QFrame):
    """Emits `chosen` with a relation's id, and `closed` whenever it gives the keyboard back.

    `describe` says in words what a relation with an id is.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, describe: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._describe = describe
        self._ids: Sequence[str] = ()
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Elided(role="muted")
        self._list = ChoiceList()
        self._list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for part in (self._title, rule(), self._list):
            layout.addWidget(part)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)

    def open_at(self, relation_ids: Sequence[str], anchor: QRect) -> None:
        """Show these relations near a rectangle of the parent and take the keyboard."""
        self._ids = relation_ids
        words = f"{counted(len(relation_ids), 'relation')} without room beside the text"
        self._title.setText(words)
        self.setAccessibleName(words)
        self._list.show_choices([ListChoice("", self._describe(one)) for one in relation_ids])
        self.adjustSize()
        self.move(place_near(anchor, self.size(), self._room.rect().adjusted(8, 8, -8, -8)))
        self.show()
        self.raise_()
        self.setFocus()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return False  # Tab steps through the list.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key in _CHOOSING and self._list.current is not None:
            self._choose(self._list.current)
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def _choose(self, number: int) -> None:
        relation_id = self._ids[number]
        self._close()
        self.chosen.emit(relation_id)

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()
