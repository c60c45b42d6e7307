"""A line of text that is taken over once: with Enter, or when the keyboard goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class ValueField(QLineEdit):
    """`entered` carries the new text, without blanks at its ends; Escape brings the old one back. Both keys leave."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(name)
        self.editingFinished.connect(self.commit)
        self.returnPressed.connect(self.left)

    def show_value(self, value: str) -> None:
        """Show what is stored; what is being typed stays unless it has just been taken over."""
        if value != self._shown or not self.hasFocus():
            self._shown = value
            self.setText(value)
            self.setCursorPosition(0)

    @property
    def is_dirty(self) -> bool:
        return self.text().strip() != self._shown

    def commit(self) -> None:
        """Take over what was typed, if it is something else; show what is stored when it was refused."""
        if self.is_dirty:
            self._shown = self.text().strip()
            self.setText(self._shown)
            self.entered.emit(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.left.emit()
        else:
            super().keyPressEvent(event)
