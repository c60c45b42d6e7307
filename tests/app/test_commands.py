"""The command table is whole: every command can be shown, reached and carried out by somebody."""

import pytest

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS, Command, command, register
from annotator.app.keymap import Keymap
from annotator.app.placement import BY_LABEL, MENUS, RECENT, SEPARATOR, TEXT, Menu, named_entries, names_of


def test_no_key_is_given_twice() -> None:
    keymap = Keymap(COMMANDS)
    for name in COMMANDS:
        for key in keymap.keys_of(name):
            assert not keymap.conflicts(name, key), f"{key} of {name}"


def test_every_default_key_holds() -> None:
    """A key that another command has would be lost without a word."""
    keymap = Keymap(COMMANDS)
    for name in COMMANDS:
        assert keymap.keys_of(name) == keymap.default_keys(name)


@pytest.mark.parametrize("keys", ["Shift+.", "Ctrl+Shift+1", "Hyper+X", "Ctrl"])
def test_keys_that_cannot_be_pressed_do_not_get_into_the_table(keys: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        register(Command("test.odd", "Odd", (keys,), "test"))
    assert "test.odd" not in COMMANDS


def test_every_command_has_a_title_and_somebody_to_carry_it_out() -> None:
    for entry in COMMANDS.values():
        assert entry.title[0].isupper()
        assert (entry.act is None) == (entry.scope != "session"), entry.name


def test_the_keys_of_the_basic_acts_are_those_the_manual_promises() -> None:
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
    keymap = Keymap(COMMANDS)
    assert {key: keymap.command_of(key) for key in promised} == promised


def test_every_entry_of_a_menu_is_a_command_or_a_group_of_the_table() -> None:
    for menu in MENUS:
        for entry in named_entries(menu.entries):
            known = entry in (SEPARATOR, RECENT, TEXT) or names_of(entry) or entry.endswith(".*")
            assert known, f"{menu.title} has {entry}, the table has not"


def test_no_command_stands_in_two_menus() -> None:
    placed = [name for menu in MENUS for entry in named_entries(menu.entries) for name in names_of(entry)]
    assert len(placed) == len(set(placed))


def test_a_new_command_stands_in_the_menu_of_its_group_without_further_ado() -> None:
    @command("go.somewhere-else", "Somewhere else")
    def go(_session: object) -> None:
        raise NotImplementedError

    try:
        assert "go.somewhere-else" in names_of("go.*")
    finally:
        del COMMANDS["go.somewhere-else"]


def test_the_letters_that_open_menus_are_not_given_twice() -> None:
    def letters(menus: tuple[Menu, ...]) -> list[str]:
        return [menu.title[menu.title.index("&") + 1] for menu in menus if "&" in menu.title]

    assert len(set(letters(MENUS))) == len(MENUS)


def test_labels_are_found_by_the_label_that_their_key_gives() -> None:
    assert {entry.group for entry in COMMANDS.values()} >= set(BY_LABEL)
