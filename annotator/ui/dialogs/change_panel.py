"""Below the table of keys: those of one command, each to be replaced, and what to do when others have the new ones."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.model import Schema
from annotator.ui.dialogs.keys_table import titled
from annotator.ui.shortcuts import key_text
from annotator.ui.text import plain
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.parts import button
from annotator.ui.widgets.recorder import Recorder

_REST, _RECORDING, _CONFLICT = range(3)
_HEIGHT_PX = 92
_ADVICE = "Enter changes the keys, Insert adds some, Delete takes the last away."


class ChangePanel(QFrame):
    """Emits `changed` after a change of the key map, and `left` when the table gets the keyboard back."""

    changed = Signal()
    left = Signal()

    def __init__(self, keymap: Keymap, schema: Schema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap, self._schema = keymap, schema
        self._name = ""
        self._old = ""
        self._new = ""
        self.setProperty("role", "card")
        self.setFixedHeight(_HEIGHT_PX)
        self._title = Elided(role="strong")
        self._note = Elided(role="muted")
        self._pages = QStackedLayout()
        for page in (self._make_rest(), self._make_recording(), self._make_conflict()):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 2)
        head.addWidget(self._note, 3)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(head)
        layout.addLayout(self._pages)

    # ---- parts

    def _make_rest(self) -> QWidget:
        page, row = _page()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.more = _small("Add keys", self.add)
        self.usual = _small("Usual keys", self._reset)
        row.addLayout(self._chips)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.usual)
        return page

    def _make_recording(self) -> QWidget:
        page, row = _page()
        self.recorder = Recorder()
        self.recorder.setFixedHeight(28)
        self.recorder.recorded.connect(self._take_keys)
        self.recorder.refused.connect(lambda: self._note.setText("These keys write a character; take others."))
        self.recorder.left.connect(self.cancel)
        self.drop = _small("Take these keys away", self._drop)
        row.addWidget(self.recorder)
        row.addWidget(plain("Esc cancels.", role="muted"))
        row.addStretch(1)
        row.addWidget(self.drop)
        return page

    def _make_conflict(self) -> QWidget:
        page, row = _page()
        self._whose = Elided(role="warn")
        self.swap = _small("Swap", self._swap)
        self.take = _small("Take it away", self._give)
        self.keep = _small("Cancel", self.cancel)
        row.addWidget(self._whose, 1)
        for part in (self.swap, self.take, self.keep):
            row.addWidget(part)
        return page

    # ---- what is shown

    @property
    def is_busy(self) -> bool:
        """Whether keys are waited for, or an answer."""
        return self._pages.currentIndex() != _REST

    def show_command(self, name: str | None) -> None:
        """Show the keys of a command; None when there is none to show."""
        self._name = name or ""
        self.setEnabled(name is not None)
        self._title.setText(titled(COMMANDS[name], self._schema) if name is not None else "Nothing is called so.")
        self._show_rest()

    def _show_rest(self) -> None:
        self._pages.setCurrentIndex(_REST)
        self._note.setText(_ADVICE if self._name else "")
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key in self._keymap.keys_of(self._name) if self._name else ():
            chip = _small(key_text(key), lambda _checked=False, key=key: self._record(key))
            chip.setAccessibleName(f"Change {key_text(key)}")
            self._chips.addWidget(chip)
        self.usual.setEnabled(bool(self._name) and self._keymap.is_changed(self._name))

    # ---- acts

    def change_first(self) -> None:
        """Wait for keys in place of the first ones."""
        if self._name:
            self._record(self._keymap.first_key(self._name))

    def add(self) -> None:
        """Wait for further keys."""
        if self._name:
            self._record("")

    def take_last(self) -> None:
        if self._name and (keys := self._keymap.keys_of(self._name)):
            self._keymap.give(self._name, keys[:-1])
            self.changed.emit()

    def cancel(self) -> None:
        """Leave everything as it is."""
        self._show_rest()
        self.left.emit()

    def _record(self, old: str) -> None:
        self._old = old
        self._pages.setCurrentIndex(_RECORDING)
        self._note.setText(f"In place of {key_text(old)}" if old else "One more way")
        self.drop.setVisible(bool(old))
        self.recorder.begin()
        self.recorder.setFocus()

    def _take_keys(self, keys: str) -> None:
        self._new = keys
        others = self._keymap.conflicts(self._name, keys)
        if not others:
            self._give()
            return
        names = " and ".join(f"“{titled(COMMANDS[other], self._schema)}”" for other in others)
        self._whose.setText(f"{key_text(keys)} belongs to {names}.")
        self.swap.setVisible(bool(self._old))
        self._pages.setCurrentIndex(_CONFLICT)
        (self.swap if self._old else self.take).setFocus()

    def _give(self) -> None:
        """The command gets the new keys, whoever had them."""
        keys = [self._new if key == self._old else key for key in self._keymap.keys_of(self._name)]
        self._keymap.give(self._name, dict.fromkeys([*keys, self._new]))
        self._finish()

    def _swap(self) -> None:
        self._keymap.swap(self._name, self._old, self._new)
        self._finish()

    def _drop(self) -> None:
        self._keymap.give(self._name, [key for key in self._keymap.keys_of(self._name) if key != self._old])
        self._finish()

    def _reset(self) -> None:
        self._keymap.reset(self._name)
        self._finish()

    def _finish(self) -> None:
        self.changed.emit()
        self._note.setText(self._warning() or self._note.text())
        self.left.emit()

    def _warning(self) -> str:
        """What else these keys do, that no other command has."""
        kind = next((kind for kind in self._schema.relations if kind.key.upper() == self._new), None)
        if kind is not None and "relation" in COMMANDS[self._name].where:
            return f"On a relation, {key_text(self._new)} no longer gives it the label {kind.title}."
        return ""


def _page() -> tuple[QWidget, QHBoxLayout]:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return page, row


def _small(words: str, act: object) -> QPushButton:
    made = button(words, role="small")
    made.setAutoDefault(False)
    made.clicked.connect(act)
    return made
