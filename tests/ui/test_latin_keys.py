"""Keys of layouts that write no Latin letters run the commands of their places."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.app.declared import COMMANDS
from annotator.app.keymap import Keymap
from annotator.ui.keys import command_of_press, keys_by_place
from annotator.ui.latin_keys import letter_among

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
OF_J, OF_Z, OF_X, OF_SEMICOLON, OF_PERIOD = 44, 52, 53, 47, 60

pytestmark = pytest.mark.usefixtures("qapp")


def press(text: str, scan: int, modifiers: Qt.KeyboardModifier = NONE, *, key: int | None = None) -> QKeyEvent:
    code = ord(text.upper()) if key is None else key
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers, scan, 0, 0, text)


@pytest.mark.parametrize(
    ("event", "keys"),
    [
        (press("о", OF_J), "J"),
        (press("ч", OF_X), "X"),
        (press("Ч", OF_X, SHIFT), "Shift+X"),
        (press("ж", OF_SEMICOLON), ";"),
        (press("Ю", OF_PERIOD, SHIFT), ">"),
        (press("ξ", OF_J), "J"),
        (press("", OF_Z, CTRL, key=ord("Я")), "Ctrl+Z"),
        (press("", OF_Z, CTRL | SHIFT, key=ord("Я")), "Ctrl+Shift+Z"),
        (press("ה", OF_Z), "Z"),
    ],
)
def test_a_letter_that_is_not_latin_counts_as_the_key_at_its_place(event: QKeyEvent, keys: str) -> None:
    assert keys_by_place(event) == keys


@pytest.mark.parametrize(
    "event",
    [
        press("j", OF_J),
        press("q", 38),  # AZERTY: a Latin letter is what it writes, wherever it stands
        press("ö", OF_SEMICOLON),
        press("1", 10),
        press("", 0, key=Qt.Key.Key_F5),
        press("о", 0),  # the platform does not tell
        press("о", OF_J, Qt.KeyboardModifier.GroupSwitchModifier),
    ],
)
def test_other_keys_are_only_what_they_write(event: QKeyEvent) -> None:
    assert keys_by_place(event) is None


def test_a_key_given_to_the_very_letter_comes_first(qapp: QApplication) -> None:
    keymap = Keymap(COMMANDS)
    assert command_of_press(press("о", OF_J), keymap) == "go.next-span"
    keymap.give("document.flag", ["О"])
    assert command_of_press(press("о", OF_J), keymap) == "document.flag"


def test_a_label_of_a_relation_may_have_a_letter_of_the_users_script() -> None:
    assert letter_among(press("о", OF_J), ["о", "j"]) == "о"
    assert letter_among(press("о", OF_J), ["j"]) == "j"
    assert letter_among(press("j", OF_J), []) == "j"
