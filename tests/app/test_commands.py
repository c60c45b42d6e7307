"""The command table is whole: no key twice, every command can be shown and carried out by somebody."""

from annotator.app import (  # noqa: F401 - they fill the table
    deciding,
    growing,
    jumping,
    moving,
    piecing,
    rewiring,
    swapping,
)
from annotator.app.commands import COMMANDS, keys_in_use


def test_no_key_is_given_twice() -> None:
    assert len(keys_in_use()) == sum(len(command.keys) for command in COMMANDS.values())


def test_every_command_has_a_title_and_somebody_to_carry_it_out() -> None:
    for command in COMMANDS.values():
        assert command.title[0].isupper()
        assert (command.act is None) == (command.scope != "session"), command.name


def test_the_keys_of_the_basic_acts_are_those_the_manual_promises() -> None:
    keys = keys_in_use()
    promised = {
        "Tab": "go.next-decision",
        "J": "go.next-span",
        "Space": "decide.accept",
        "X": "decide.reject",
        "1": "label.1",
        "0": "label.0",
        "Shift+Right": "bounds.end-right",
        "Alt+Left": "bounds.start-left",
        "Ctrl+Shift+Right": "bounds.end-right-character",
        "R": "relation.start",
        "G": "fragment.add",
        "Shift+G": "fragment.remove",
        "Ctrl+Return": "document.finish",
        "Ctrl+Z": "edit.undo",
        "Ctrl+Shift+Z": "edit.redo",
        "Shift+Space": "decide.accept-sentence",
        "?": "help.keys",
        ";": "decide.runner-up",
        "+": "bounds.grow",
        "-": "bounds.shrink",
        "Ctrl+Right": "caret.next-sentence",
        "Ctrl+Up": "caret.previous-paragraph",
    }
    assert {key: keys[key] for key in promised} == promised
