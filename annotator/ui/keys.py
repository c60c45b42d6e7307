"""From a key press on the text to a command of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.app import deciding, drawing
from annotator.app.commands import COMMANDS, Command, attempt
from annotator.app.session import Session
from annotator.model import Relation
from annotator.ui.popups.relation_chooser import RelationChooser

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_NOT_ON_RELATIONS = (None, "relation.start", "fragment.add")
"""Commands whose keys may be keys of relation labels while a relation is focused."""
_MODIFIER_KEYS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}


class KeyTable:
    """Which command a key press means.

    Digits and signs go by the character that the keyboard makes, so that "1" with Shift (AZERTY) and ";" with Shift
    (QWERTZ) serve like those without. Letters, arrows and the rest go by key and modifiers.
    """

    def __init__(self, table: Mapping[str, Command]) -> None:
        self._by_sign: dict[str, str] = {}
        self._by_combination: dict[int, str] = {}
        for entry in table.values():
            for keys in entry.keys:
                if len(keys) == 1 and not keys.isalpha():
                    self._by_sign[keys] = entry.name
                else:
                    self._by_combination[_written(keys)] = entry.name

    def knows(self, keys: str) -> str | None:
        """The command of keys written as in the table."""
        return self._by_sign.get(keys) or self._by_combination.get(_written(keys))

    def command(self, event: QKeyEvent) -> str | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if modifiers in _PLAIN and len(text) == 1 and text.isprintable() and not text.isspace() and not text.isalpha():
            return self._by_sign.get(text)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Backtab:
            key = Qt.Key.Key_Tab
        return self._by_combination.get(_combined(QKeyCombination(modifiers, key)))


def _written(keys: str) -> int:
    """A key combination as the table writes it."""
    return _combined(QKeySequence(keys)[0])  # type: ignore[index]  # the stubs do not know it


def _combined(combination: QKeyCombination) -> int:
    return int(combination.toCombined())


class KeyRouter:
    """Takes the key presses of the canvas; `carry_out` runs a command by its name."""

    def __init__(self, session: Session, chooser: RelationChooser, carry_out: Callable[[str], None]) -> None:
        self._session = session
        self._chooser = chooser
        self._carry_out = carry_out
        self._table = KeyTable(COMMANDS)

    def __call__(self, event: QKeyEvent) -> bool:
        """Whether the key meant something."""
        if event.key() in _MODIFIER_KEYS:
            return False
        if self._session.relating is not None and self._relate(event):
            return True
        name = self._table.command(event)
        if name in _NOT_ON_RELATIONS and self._relabel(event):
            return True
        if name is None:
            return False
        self._carry_out(name)
        return True

    def meaning(self, event: QKeyEvent) -> str | None:
        """The command that a key stands for, wherever the keyboard is."""
        return self._table.command(event)

    def _relate(self, event: QKeyEvent) -> bool:
        """While a relation is in the making, letters and digits belong to it."""
        if self._chooser.isVisible() and self._chooser.take_key(event):
            return True
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier in _PLAIN
        if is_plain and len(event.text()) == 1 and event.text().isalnum():
            drawing.type_key(self._session, event.text().lower())
            return True
        if is_plain and event.text() == "/" and drawing.while_relating(self._session):
            self._carry_out("relation.find-end")
            return True
        return False

    def _relabel(self, event: QKeyEvent) -> bool:
        """On a relation, the key of a relation label gives it that label."""
        session, key = self._session, event.text().lower()
        kind = next((kind for kind in session.schema.relations if key and kind.key == key), None)
        if kind is None or not isinstance(session.focused, Relation) or event.modifiers() not in _PLAIN:
            return False
        attempt(session, lambda: deciding.set_relation_label(session, kind.name))
        return True
