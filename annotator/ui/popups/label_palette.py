"""Asks which label the selection gets: a key, a few letters and Enter, or a click.

The last row adds the selection to the label that was focused last. Its letter counts while nothing is typed, unless a
label begins with it: then it is the beginning of that label's name.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.app.keymap import Keymap
from annotator.app.keystrokes import is_sign, is_typed
from annotator.model import Label, Schema
from annotator.ui.keys import keys_of_press
from annotator.ui.popups.placing import place_near
from annotator.ui.popups.search_popup import SearchPopup
from annotator.ui.shortcuts import key_text, label_key
from annotator.ui.text import one_line
from annotator.ui.widgets.choices import ListChoice

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up)
_SHIFT, _CTRL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ADD, _REJECT = "fragment.add", "decide.reject"
_SIGNS = ("+", "=", "-")
"""No label begins so: they grow and shrink the selection."""


class LabelPalette(SearchPopup):
    """Emits `chosen` with a label's name, `addWanted`, or `closed` when it went away without a choice.

    `pass_on` gets the keys that are for the text: they change the selection, or undo.
    """

    chosen = Signal(str)
    rejected = Signal()
    """No label at all is wanted here."""
    addWanted = Signal()  # noqa: N815 - as Qt names signals
    """The selection shall be a further piece of the label that was focused last."""

    def __init__(self, schema: Schema, pass_on: Callable[[QKeyEvent], bool], keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent, placeholder="Label…", accessible_name="Label for the selection")
        self._schema = schema
        self._pass_on = pass_on
        self._keymap = keymap
        self._shown: list[Label] = []
        self._last_words = ""

    def open_at(self, anchor: QRect, *, clear: QRect, last_words: str = "", usual: str = "") -> None:
        """Show it near this rectangle of the parent, beside the lines in `clear`, and take the keyboard.

        `last_words` are those of the label that the selection can be added to; `usual` is the label that such words
        have as a rule: Enter gives it, and the rows keep their order.
        """
        self._last_words = last_words
        self.field.clear()
        self.search("")
        self.rows.step(next((at for at, label in enumerate(self._shown) if label.name == usual), 0))
        self.place(anchor, clear=clear)
        self.show_up()

    def place(self, anchor: QRect, *, clear: QRect) -> None:
        """Go to where the selection is now."""
        self.adjustSize()
        self.move(place_near(anchor, self.size(), self.room.rect().adjusted(8, 8, -8, -8), clear=clear))

    def search(self, typed: str) -> None:
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
        self.rows.show_choices(choices)
        self.adjustSize()

    @property
    def _add_key(self) -> str:
        """The key that adds the selection to the last label; none when a label's title begins with it."""
        key = self._keymap.first_key(_ADD)
        is_letter = is_typed(key) and any(
            label.title.casefold().startswith(key.casefold()) for label in self._schema.labels
        )
        return "" if is_letter else key

    def take_key(self, event: QKeyEvent) -> bool:
        if self.field.text():
            return super().take_key(event)
        if _is_for_text(event):
            return self._pass_on(event)
        if event.key() == Qt.Key.Key_Space:
            return True  # the key that accepts was pressed once too often; no name begins with a blank
        return super().take_key(event) or self._choose_by_key(event)

    def _choose_by_key(self, event: QKeyEvent) -> bool:
        """The key of a label chooses it, unless it is a letter: letters search. One that finds nothing may reject."""
        keys = keys_of_press(event)
        if keys is None:
            return False
        name = self._keymap.command_of(keys)
        if name == _ADD and self._last_words and self._add_key:
            self.choose(len(self._shown))
            return True
        if is_typed(keys) and not is_sign(keys):
            if is_no_label := name == _REJECT and not self._holds(keys):
                self.hide()
                self.rejected.emit()
            return is_no_label
        number = next((at for at, label in enumerate(self._shown) if f"label.{label.key}" == name), None)
        if number is not None:
            self.choose(number)
        return number is not None

    def _holds(self, letter: str) -> bool:
        """Whether typing this letter would find a label."""
        folded = letter.casefold()
        return any(folded in f"{label.title}\n{label.name}".casefold() for label in self._schema.labels)

    def choose(self, number: int) -> None:
        self.hide()
        if number < len(self._shown):
            self.chosen.emit(self._shown[number].name)
        else:
            self.addWanted.emit()


def _is_for_text(event: QKeyEvent) -> bool:
    """Whether the key changes the selection, or undoes; it counts while nothing is typed."""
    held = event.modifiers()
    return (
        bool(held & _CTRL)
        or (Qt.Key(event.key()) in _ARROWS and bool(held & (_SHIFT | _ALT)))
        or event.text() in _SIGNS
    )
