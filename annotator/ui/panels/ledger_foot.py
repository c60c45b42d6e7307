"""What the keys do in a review by type, as the key map has them now and as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget

from annotator.app.keymap import Keymap
from annotator.ui.shortcuts import first_key
from annotator.ui.text import plain
from annotator.ui.widgets.parts import KeyCap

Hint = tuple[str, str]
"""A command, or the first part of the names of several ("label."), and what it does here."""

_DIGITS = range(1, 10)


class LedgerFoot(QWidget):
    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._hints: Sequence[Hint] = ()
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self.setMinimumWidth(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(6)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addStretch(1)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """The most useful ones first: what has no room is left out from the end."""
        self._hints = hints
        self.show_keys()

    def show_keys(self) -> None:
        """Take the keys from the key map anew; what has no key is not named."""
        for part in (part for pair in self._pairs for part in pair):
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        found = [(self._key(name), words) for name, words in self._hints]
        self._pairs = [(KeyCap(key), plain(words, role="muted")) for key, words in found if key]
        for number, part in enumerate(part for pair in self._pairs for part in pair):
            self._row.insertWidget(number, part)
        self._fit(self.width())

    def _key(self, name: str) -> str:
        if not name.endswith("."):
            return first_key(name, self._keymap)
        keys = [first_key(f"{name}{digit}", self._keymap) for digit in _DIGITS]
        held = [key for key in keys if key]
        return f"{held[0]}–{held[-1]}" if len(held) > 1 else "".join(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        for part in (part for pair in self._pairs for part in pair):
            part.show()
        for cap, words in reversed(self._pairs):
            if self._row.minimumSize().width() <= width:
                break
            cap.hide()
            words.hide()
