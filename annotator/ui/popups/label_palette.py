"""Asks which label the selection gets: a key, a few letters and Enter, or a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from annotator.app.keymap import Keymap
from annotator.app.keystrokes import is_sign, is_typed
from annotator.model import Label, Schema
from annotator.ui.keys import keys_of_press
from annotator.ui.popups.placing import place_near
from annotator.ui.shortcuts import label_key
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.parts import rule

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class _Field(QLineEdit):
    lost = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lost.emit()


class LabelPalette(QFrame):
    """Emits `chosen` with a label's name, or `closed` when it went away without a choice."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, schema: Schema, pass_on: Callable[[QKeyEvent], bool], keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._schema = schema
        self._pass_on = pass_on
        self._keymap = keymap
        self._shown: list[Label] = []
        self.setProperty("role", "popup")
        self.field = _Field()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText("Label…")
        self.field.setAccessibleName("Label for the selection")
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.field.lost.connect(self._close)
        self._list = ChoiceList()
        self._list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(rule())
        layout.addWidget(self._list)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)

    def open_at(self, anchor: QRect) -> None:
        """Show it near this rectangle of the parent and take the keyboard."""
        self.field.clear()
        self._filter("")
        self.adjustSize()
        self.move(place_near(anchor, self.size(), self._room.rect().adjusted(8, 8, -8, -8)))
        self.show()
        self.raise_()
        self.field.setFocus()

    def _filter(self, typed: str) -> None:
        folded = typed.strip().casefold()
        labels = self._schema.labels
        starts = [label for label in labels if label.title.casefold().startswith(folded)]
        holds = [
            label for label in labels if label not in starts and folded in f"{label.title}\n{label.name}".casefold()
        ]
        self._shown = starts + holds if folded else list(labels)
        self._list.show_choices(
            [ListChoice(label_key(label, self._keymap), label.title, label.hue) for label in self._shown]
        )
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list.current is not None:
                self._choose(self._list.current)
        elif self.field.text():
            return False
        elif key in _MOVES and event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return self._pass_on(event)
        else:
            return self._choose_by_key(event)
        return True

    def _choose_by_key(self, event: QKeyEvent) -> bool:
        """The key of a label chooses it, unless it is a letter: letters search."""
        keys = keys_of_press(event)
        if keys is None or (is_typed(keys) and not is_sign(keys)):
            return False
        name = self._keymap.command_of(keys)
        number = next((at for at, label in enumerate(self._shown) if f"label.{label.key}" == name), None)
        if number is not None:
            self._choose(number)
        return number is not None

    def _choose(self, number: int) -> None:
        name = self._shown[number].name
        self.hide()
        self.chosen.emit(name)

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()
