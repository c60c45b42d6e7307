"""A popup with a field to type in and a list of what fits; the arrows move in the list while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList
from annotator.ui.widgets.parts import rule

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class _Field(QLineEdit):
    lost = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lost.emit()


class SearchPopup(QFrame):
    """Emits `closed` when it went away without a choice.

    A popup that derives from it says what fits (`search`) and what becomes of a choice (`choose`).
    """

    closed = Signal()

    def __init__(self, parent: QWidget, *, placeholder: str, accessible_name: str) -> None:
        super().__init__(parent)
        self.room = parent
        self.setProperty("role", "popup")
        self.field = _Field()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(accessible_name)
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.field.lost.connect(self.let_go)
        self.rows = ChoiceList()
        self.rows.chosen.connect(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(4)
        for part in (self.field, rule(), self.rows):
            layout.addWidget(part)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self.rows.set_theme(theme)

    def search(self, typed: str) -> None:
        """Show in the list what fits what was typed."""
        raise NotImplementedError

    def choose(self, number: int) -> None:
        """Take the choice of this row; the popup is to be hidden."""
        raise NotImplementedError

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether a key on the field means something else than to write it."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.rows.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.let_go()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.rows.current is not None:
                self.choose(self.rows.current)
        else:
            return False
        return True

    def show_up(self) -> None:
        """Come to the front and take the keyboard."""
        self.show()
        self.raise_()
        self.field.setFocus()

    def let_go(self) -> None:
        """Go away without a choice."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.take_key(event)
        return super().eventFilter(watched, event)
