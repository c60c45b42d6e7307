"""From a key press to a command: by the character for digits and signs, by the key for the rest."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.keystrokes import NAMED, split
from annotator.ui.keys import keys_of_press
from annotator.ui.menus import is_live
from annotator.ui.shortcuts import key_parts

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT, KEYPAD, ALTGR = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.GroupSwitchModifier,
)


def command_of(event: QKeyEvent) -> str | None:
    keys = keys_of_press(event)
    return Keymap(COMMANDS).command_of(keys) if keys is not None else None


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "command"),
    [
        (Qt.Key.Key_1, NONE, "1", "label.1"),
        (Qt.Key.Key_1, SHIFT, "1", "label.1"),  # AZERTY: digits need Shift
        (Qt.Key.Key_1, KEYPAD, "1", "label.1"),
        (Qt.Key.Key_1, ALT | SHIFT, "1", "document-label.1"),  # AZERTY
        (Qt.Key.Key_1, ALT, "¡", "document-label.1"),  # macOS: Option writes other characters
        (Qt.Key.Key_Ampersand, NONE, "&", None),  # AZERTY: the digit row without Shift
        (Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
        (Qt.Key.Key_Slash, SHIFT, "/", "go.search"),  # QWERTZ: "/" is Shift and 7
        (Qt.Key.Key_Plus, CTRL | SHIFT, "+", "view.zoom-in"),
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
        (Qt.Key.Key_Left, CTRL | ALT, "", "bounds.start-left-character"),
        (Qt.Key.Key_Left, ALT | SHIFT, "", "bounds.start-left-character"),
        (Qt.Key.Key_F1, NONE, "", "help.keys"),
        (Qt.Key.Key_Escape, NONE, "\x1b", "go.nothing"),
        (Qt.Key.Key_Q, NONE, "é", None),
        (Qt.Key.Key_Period, NONE, ".", "mention.document"),
        (Qt.Key.Key_Semicolon, SHIFT, ".", "mention.document"),  # AZERTY
        (Qt.Key.Key_Greater, SHIFT, ">", "mention.project"),  # QWERTY: Shift and .
        (Qt.Key.Key_Colon, SHIFT, ":", "mention.project"),  # QWERTZ: Shift and .
        (Qt.Key.Key_Period, CTRL, "", "mention.project"),
        (Qt.Key.Key_AltGr, CTRL | ALT, "", None),
        (Qt.Key.Key_Shift, SHIFT, "", None),
    ],
)
def test_a_key_press_finds_its_command(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, command: str | None
) -> None:
    assert command_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == command


@pytest.mark.parametrize("modifiers", [CTRL | ALT, ALTGR, ALTGR | SHIFT, CTRL | ALT | SHIFT])
def test_altgr_writes_characters_and_never_means_ctrl_and_alt(modifiers: Qt.KeyboardModifier) -> None:
    """Windows reports AltGr as Ctrl and Alt, others as a switch of the group."""
    keymap = Keymap(COMMANDS)
    keymap.give("decide.accept", ["Ctrl+Alt+Q"])
    keymap.give("help.about", ["@"])
    typed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Q, modifiers, "@")
    assert keymap.command_of(keys_of_press(typed) or "") == "help.about"
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, "ą")
    assert keys_of_press(letter) is None
    meant = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Q, CTRL | ALT, "")
    assert keymap.command_of(keys_of_press(meant) or "") == "decide.accept"


def test_keys_of_the_text_are_no_menu_keys() -> None:
    for entry in COMMANDS.values():
        if entry.group in ("caret", "bounds", "label"):
            assert not any(is_live(entry, keys) for keys in entry.keys)


@pytest.mark.parametrize("keys", [*sorted(NAMED), *"AÉß1?;+-.", "Ctrl++", "Ctrl+Shift+Right", "Alt+1", "Meta+Z"])
def test_qt_understands_keys_as_we_write_them_and_people_can_read_them(keys: str) -> None:
    assert QKeySequence(keys).toString().lower() == keys.lower()
    assert key_parts(keys)[-1]
    assert len(key_parts(keys)) == len(split(keys)[0]) + 1


# ---- keyboards

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLAIN = {
    "US": "1234567890-=[];',./`\\",
    "QWERTZ": "1234567890ß+#,.-üöä<^",
    "AZERTY": "&é\"'(-è_çà)=^$ù*<,;:!²",
    "macOS US": "1234567890-=[];',./`\\",
}
SHIFTED = {
    "US": '!@#$%^&*()_+{}:"<>?~|',
    "QWERTZ": "!\"§$%&/()=?*';:_>°",
    "AZERTY": "1234567890°+¨£%µ>?./§",
    "macOS US": '!@#$%^&*()_+{}:"<>?~|',
}
OPTION = {"macOS US": dict(zip("1234567890", "¡™£¢∞§¶•ªº", strict=True))}
LACKING = {"macOS US": {"Ins", "Menu", "Print", "Pause", "Help"}}
"""Named keys that a keyboard has not even with Fn."""


def press_on(layout: str, keys: str) -> QKeyEvent | None:
    """What Qt gets when somebody types these keys; None when the keyboard cannot."""
    held, name = split(keys)
    modifiers = NONE
    for modifier, flag in (("Ctrl", CTRL), ("Alt", ALT), ("Shift", SHIFT)):
        modifiers |= flag if modifier in held else NONE
    if name in NAMED:
        if name in LACKING.get(layout, ()):
            return None
        return QKeyEvent(QEvent.Type.KeyPress, QKeySequence(name)[0].key(), modifiers, {"Space": " "}.get(name, ""))
    if name not in LETTERS:
        if name not in PLAIN[layout] + SHIFTED[layout]:
            return None
        modifiers |= SHIFT if name in SHIFTED[layout] else NONE
    text = name.lower() if not held - {"Shift"} else ""
    if held == {"Alt"} and name in OPTION.get(layout, {}):
        text = OPTION[layout][name]
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(name)), modifiers, text)


@pytest.mark.parametrize("layout", list(PLAIN))
def test_every_default_command_can_be_typed_on_every_keyboard(layout: str) -> None:
    keymap = Keymap(COMMANDS)
    stranded = []
    for name in COMMANDS:
        presses = [press for key in keymap.keys_of(name) if (press := press_on(layout, key)) is not None]
        if keymap.keys_of(name) and not any(command_of(press) == name for press in presses):
            stranded.append(name)
    assert not stranded


def test_the_keyboards_of_this_test_differ() -> None:
    assert press_on("AZERTY", "[") is None
    assert press_on("QWERTZ", "/") is not None
    assert press_on("macOS US", "Ins") is None
