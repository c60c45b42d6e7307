"""From a key press to a command: by the character for digits and signs, by the key for the rest."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.app.commands import COMMANDS
from annotator.ui.keys import KeyTable
from annotator.ui.menus import is_live

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT, KEYPAD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "command"),
    [
        (Qt.Key.Key_1, NONE, "1", "label.1"),
        (Qt.Key.Key_1, SHIFT, "1", "label.1"),  # AZERTY: digits need Shift
        (Qt.Key.Key_1, KEYPAD, "1", "label.1"),
        (Qt.Key.Key_Ampersand, NONE, "&", None),  # AZERTY: the digit row without Shift
        (Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
        (Qt.Key.Key_Slash, SHIFT, "/", "go.search"),  # QWERTZ: "/" is Shift and 7
        (Qt.Key.Key_X, NONE, "x", "decide.reject"),
        (Qt.Key.Key_X, NONE, "X", "decide.reject"),  # with Caps Lock
        (Qt.Key.Key_X, CTRL, "\x18", None),
        (Qt.Key.Key_Tab, NONE, "\t", "go.next-decision"),
        (Qt.Key.Key_Backtab, SHIFT, "", "go.previous-decision"),
        (Qt.Key.Key_Space, NONE, " ", "decide.accept"),
        (Qt.Key.Key_Space, SHIFT, " ", "decide.accept-sentence"),
        (Qt.Key.Key_Return, NONE, "\r", "decide.accept"),
        (Qt.Key.Key_Enter, KEYPAD, "\r", "decide.accept"),
        (Qt.Key.Key_Right, NONE, "", "caret.right"),
        (Qt.Key.Key_Right, SHIFT, "", "bounds.end-right"),
        (Qt.Key.Key_Right, CTRL | SHIFT, "", "bounds.end-right-character"),
        (Qt.Key.Key_Left, ALT, "", "bounds.start-left"),
        (Qt.Key.Key_F1, NONE, "", "help.keys"),
        (Qt.Key.Key_Escape, NONE, "\x1b", "go.nothing"),
        (Qt.Key.Key_Q, NONE, "é", None),
        (Qt.Key.Key_Period, NONE, ".", "mention.document"),
        (Qt.Key.Key_Semicolon, SHIFT, ".", "mention.document"),  # AZERTY
        (Qt.Key.Key_Greater, SHIFT, ">", "mention.project"),  # QWERTY: Shift and .
        (Qt.Key.Key_Colon, SHIFT, ":", "mention.project"),  # QWERTZ: Shift and .
        (Qt.Key.Key_Period, CTRL, "", "mention.project"),
    ],
)
def test_a_key_press_finds_its_command(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, command: str | None
) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)
    assert KeyTable(COMMANDS).command(event) == command


def test_every_key_of_the_table_leads_to_its_command_or_is_a_live_menu_key() -> None:
    table = KeyTable(COMMANDS)
    for entry in COMMANDS.values():
        for keys in entry.keys:
            assert table.knows(keys) == entry.name or is_live(entry, keys)


def test_keys_of_the_text_are_no_menu_keys() -> None:
    for entry in COMMANDS.values():
        if entry.group in ("caret", "bounds", "label"):
            assert not any(is_live(entry, keys) for keys in entry.keys)
