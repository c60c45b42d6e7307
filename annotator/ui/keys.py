"""From a key press on the text to a command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.app import deciding, drawing
from annotator.app.commands import COMMANDS, attempt
from annotator.app.keymap import Keymap
from annotator.app.keystrokes import MODIFIERS, is_sign, normal
from annotator.app.session import Session
from annotator.model import Relation
from annotator.ui.latin_keys import latin_sign, letter_among
from annotator.ui.popups.relation_chooser import RelationChooser

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MODIFIER_KEYS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
MODIFIER_FLAGS = {
    "Meta": Qt.KeyboardModifier.MetaModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


def keys_of_press(event: QKeyEvent) -> str | None:
    """The keys that were pressed, as the key map writes them; None when they are none of a command.

    Digits and signs go by the character that the keyboard makes, so that "1" with Shift (AZERTY) and ";" with Shift
    (QWERTZ) serve like those without. Letters, arrows and the rest go by key and modifiers. AltGr, which Windows
    reports as Ctrl and Alt, writes characters: it never means Ctrl and Alt.
    """
    key = Qt.Key(event.key())
    if key in MODIFIER_KEYS:
        return None
    modifiers, text = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.text()
    has_altgr = bool(modifiers & Qt.KeyboardModifier.GroupSwitchModifier)
    is_written = len(text) == 1 and text.isprintable() and not text.isspace()
    if is_written and (has_altgr or modifiers & _CTRL_ALT == _CTRL_ALT):
        return text if is_sign(text) else None
    if has_altgr:
        return None
    if is_written and modifiers in _PLAIN and is_sign(text):
        return text
    held = [name for name in MODIFIERS if modifiers & MODIFIER_FLAGS[name]]
    name = _key_name(key)
    if is_sign(name):
        held = [modifier for modifier in held if modifier != "Shift"]
    return normal("+".join([*held, name])) if name else None


def keys_by_place(event: QKeyEvent) -> str | None:
    """The keys that stand at the place of these on a Latin keyboard; None when they are Latin themselves."""
    modifiers = event.modifiers()
    has_shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    key = latin_sign(event, has_shift=has_shift)
    if not key or modifiers & Qt.KeyboardModifier.GroupSwitchModifier:
        return None
    held = [name for name in MODIFIERS if modifiers & MODIFIER_FLAGS[name] and not (name == "Shift" and is_sign(key))]
    return normal("+".join([*held, key]))


def command_of_press(event: QKeyEvent, keymap: Keymap, session: Session | None = None) -> str | None:
    """The command of the keys that were pressed, or of those at their place on a Latin keyboard.

    To be asked only where no text is being written.
    """
    for keys in (keys_of_press(event), keys_by_place(event)):
        name = keymap.command_of(keys, session) if keys is not None else None
        if name is not None:
            return name
    return None


def _key_name(key: Qt.Key) -> str:
    if key == Qt.Key.Key_Backtab:
        return "Tab"
    return QKeySequence(QKeyCombination(Qt.KeyboardModifier.NoModifier, key)).toString()


class KeyRouter:
    """Takes the key presses of the canvas; `carry_out` runs a command by its name."""

    def __init__(
        self, session: Session, chooser: RelationChooser, carry_out: Callable[[str], None], keymap: Keymap
    ) -> None:
        self._session = session
        self._chooser = chooser
        self._carry_out = carry_out
        self._keymap = keymap

    def __call__(self, event: QKeyEvent) -> bool:
        """Whether the key meant something."""
        if event.key() in MODIFIER_KEYS:
            return False
        if self._session.relating is not None and self._relate(event):
            return True
        name = self.meaning(event)
        if self._is_free_on_relations(name) and self._relabel(event):
            return True
        if name is None:
            return False
        self._carry_out(name)
        return True

    def meaning(self, event: QKeyEvent) -> str | None:
        """The command that a key stands for, wherever the keyboard is."""
        return command_of_press(event, self._keymap, self._session)

    def _relate(self, event: QKeyEvent) -> bool:
        """While a relation is in the making, letters and digits belong to it."""
        if self._chooser.isVisible() and self._chooser.take_key(event):
            return True
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier in _PLAIN
        if is_plain and len(event.text()) == 1 and event.text().isalnum():
            state = self._session.relating
            known = [choice.key for choice in state.choices] if state is not None else []
            with self._session.bus.act():
                drawing.type_key(self._session, letter_among(event, known))
            return True
        if drawing.while_relating(self._session) and self.meaning(event) == "go.search":
            self._carry_out("relation.find-end")
            return True
        return False

    def _is_free_on_relations(self, name: str | None) -> bool:
        """Whether the key of this command may be the key of a relation label while a relation is focused."""
        return name is None or "relation" not in COMMANDS[name].where

    def _relabel(self, event: QKeyEvent) -> bool:
        """On a relation, the key of a relation label gives it that label."""
        session = self._session
        key = letter_among(event, [kind.key for kind in session.schema.relations])
        kind = next((kind for kind in session.schema.relations if key and kind.key == key), None)
        if kind is None or not isinstance(session.focused, Relation) or event.modifiers() not in _PLAIN:
            return False
        attempt(session, lambda: deciding.set_relation_label(session, kind.name))
        return True
