"""Asks which label the selection gets: a key, a few letters and Enter, or a click.

The last row adds the selection to the label that was focused last. Its letter counts while nothing is typed, unless a
label begins with it: then it is the beginning of that label's name.
"""

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
from annotator.ui.shortcuts import key_text, label_key
from annotator.ui.text import one_line
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.parts import rule

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up)
_SHIFT, _CTRL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ADD = "fragment.add"
_SIGNS = ("+", "=", "-")
"""No label begins so: they grow and shrink the selection."""


class _Field(QLineEdit):
    lost = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lost.emit()


class LabelPalette(QFrame):
    """Emits `chosen` with a label's name, `addWanted`, or `closed` when it went away without a choice.

    `pass_on` gets the keys that are for the text: they change the selection, or undo.
    """

    chosen = Signal(str)
    addWanted = Signal()  # noqa: N815 - as Qt names signals
    """The selection shall be a further piece of the label that was focused last."""
    closed = Signal()

    def __init__(self, schema: Schema, pass_on: Callable[[QKeyEvent], bool], keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._schema = schema
        self._pass_on = pass_on
        self._keymap = keymap
        self._shown: list[Label] = []
        self._last_words = ""
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

    def open_at(self, anchor: QRect, *, clear: QRect, last_words: str = "") -> None:
        """Show it near this rectangle of the parent, beside the lines in `clear`, and take the keyboard.

        `last_words` are those of the label that the selection can be added to.
        """
        self._last_words = last_words
        self.field.clear()
        self._filter("")
        self.place(anchor, clear=clear)
        self.show()
        self.raise_()
        self.field.setFocus()

    def place(self, anchor: QRect, *, clear: QRect) -> None:
        """Go to where the selection is now."""
        self.adjustSize()
        self.move(place_near(anchor, self.size(), self._room.rect().adjusted(8, 8, -8, -8), clear=clear))

    def _filter(self, typed: str) -> None:
        folded = typed.strip().casefold()
        starts, holds = [], []
        for label in self._schema.labels:
            title = label.title.casefold()
            if title.startswith(folded):
                starts.append(label)
            elif folded in title or folded in label.name.casefold():
                holds.append(label)
        self._shown = starts + holds
        choices = [ListChoice(label_key(label, self._keymap), label.title, label.hue) for label in self._shown]
        if self._last_words and not folded:
            words = f"Add to “{one_line(self._last_words, 24)}”"
            choices.append(ListChoice(key_text(self._add_key), words, icon="plus"))
        self._list.show_choices(choices)
        self.adjustSize()

    @property
    def _add_key(self) -> str:
        """The key that adds the selection to the last label; none when a label's title begins with it."""
        key = self._keymap.first_key(_ADD)
        is_letter = is_typed(key) and any(
            label.title.casefold().startswith(key.casefold()) for label in self._schema.labels
        )
        return "" if is_letter else key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        is_for_text = not self.field.text() and (
            bool(event.modifiers() & _CTRL)
            or (key in _ARROWS and bool(event.modifiers() & (_SHIFT | _ALT)))
            or event.text() in _SIGNS
        )
        if is_for_text:
            return self._pass_on(event)
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list.current is not None:
                self._choose(self._list.current)
        elif self.field.text():
            return False
        else:
            return self._choose_by_key(event)
        return True

    def _choose_by_key(self, event: QKeyEvent) -> bool:
        """The key of a label chooses it, unless it is a letter: letters search."""
        keys = keys_of_press(event)
        if keys is None:
            return False
        name = self._keymap.command_of(keys)
        if name == _ADD and self._last_words and self._add_key:
            self._choose(len(self._shown))
            return True
        if is_typed(keys) and not is_sign(keys):
            return False
        number = next((at for at, label in enumerate(self._shown) if f"label.{label.key}" == name), None)
        if number is not None:
            self._choose(number)
        return number is not None

    def _choose(self, number: int) -> None:
        self.hide()
        if number < len(self._shown):
            self.chosen.emit(self._shown[number].name)
        else:
            self.addWanted.emit()

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()
