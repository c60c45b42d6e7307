"""The key map: what the user gives holds, no key ever means two things, and everything can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS, Command, on_relation, on_selection, on_span
from annotator.app.keymap import Keymap
from annotator.app.keystrokes import normal
from annotator.model import Refused

TABLE = {
    entry.name: entry
    for entry in (
        Command("a.one", "One", ("J", "Ctrl+J"), "a"),
        Command("a.two", "Two", ("K",), "a"),
        Command("a.three", "Three", (), "a"),
        Command("b.span", "On a span", ("R",), "b", when=on_span),
        Command("b.relation", "On a relation", (), "b", when=on_relation),
        Command("b.selection", "On a selection", (), "b", when=on_selection),
        Command("b.soft", "On a span, else something else", ("S",), "b", when=on_span, is_soft=True),
    )
}


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("j", "J"),
        ("ctrl+j", "Ctrl+J"),
        ("Shift+Ctrl+Right", "Ctrl+Shift+Right"),
        ("Cmd+Option+left", "Ctrl+Alt+Left"),
        ("Escape", "Esc"),
        ("Delete", "Del"),
        ("Backtab", "Shift+Tab"),
        ("Shift+Backtab", "Shift+Tab"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("?", "?"),
        ("é", "É"),
        ("ß", "ß"),
        ("F12", "F12"),
        ("", None),
        ("Ctrl+", None),
        ("Ctrl", None),
        ("Shift+.", None),
        ("Ctrl+Shift+1", None),
        ("Hyper+X", None),
        ("Ctrl+Ctrl+X", None),
        ("XY", None),
        ("\n", None),
        ("F99", None),
    ],
)
def test_keys_are_written_in_one_way(written: str, keys: str | None) -> None:
    assert normal(written) == keys


@given(st.text(max_size=12))
def test_what_is_normal_stays_as_it_is(written: str) -> None:
    keys = normal(written)
    assert keys is None or normal(keys) == keys


def test_the_defaults_hold_until_they_are_changed() -> None:
    keymap = Keymap(TABLE)
    assert keymap.keys_of("a.one") == ("J", "Ctrl+J")
    assert (keymap.first_key("a.one"), keymap.first_key("a.three")) == ("J", "")
    assert keymap.command_of("K") == "a.two"
    assert keymap.command_of("Q") is None
    assert keymap.changes == {}


def test_a_key_that_is_given_is_taken_from_the_command_that_had_it() -> None:
    keymap = Keymap(TABLE)
    assert keymap.conflicts("a.three", "J") == ["a.one"]
    keymap.give("a.three", ["j"])
    assert keymap.command_of("J") == "a.three"
    assert keymap.keys_of("a.one") == ("Ctrl+J",)


def test_a_default_comes_back_when_the_key_is_free_again() -> None:
    keymap = Keymap(TABLE)
    keymap.give("a.three", ["J"])
    keymap.reset("a.three")
    assert keymap.keys_of("a.one") == ("J", "Ctrl+J")
    assert not keymap.is_changed("a.one")


def test_two_commands_swap_their_keys() -> None:
    keymap = Keymap(TABLE)
    keymap.swap("a.one", "J", "K")
    assert keymap.keys_of("a.one") == ("K", "Ctrl+J")
    assert keymap.keys_of("a.two") == ("J",)
    keymap.swap("a.one", "K", "J")
    assert keymap.changes == {}


def test_a_swap_for_nothing_leaves_the_other_without() -> None:
    keymap = Keymap(TABLE)
    keymap.swap("a.three", "", "K")
    assert (keymap.keys_of("a.three"), keymap.keys_of("a.two")) == (("K",), ())


def test_commands_that_are_never_possible_together_may_share_a_key() -> None:
    keymap = Keymap(TABLE)
    for name in ("b.relation", "b.selection"):
        assert keymap.conflicts(name, "R") == []
        keymap.give(name, ["R"])
    assert keymap.commands_of("R") == ("b.span", "b.relation", "b.selection")


def test_a_command_that_always_does_something_shares_no_key() -> None:
    assert Keymap(TABLE).conflicts("b.relation", "S") == ["b.soft"]


def test_what_is_no_key_is_refused() -> None:
    keymap = Keymap(TABLE)
    with pytest.raises(Refused, match=r"Shift\+\."):
        keymap.give("a.one", ["Shift+."])
    assert keymap.changes == {}


def test_everything_can_be_reset() -> None:
    keymap = Keymap(TABLE)
    keymap.give("a.one", ["Q"])
    keymap.give("a.two", [])
    assert keymap.keys_of("a.two") == ()
    keymap.reset_all()
    assert [keymap.keys_of(name) for name in TABLE] == [Keymap(TABLE).keys_of(name) for name in TABLE]


NAMES = st.sampled_from(sorted(COMMANDS))
KEYS = st.sampled_from(["J", "K", "Space", "Ctrl+K", "1", "R", "G", "Shift+R", "Esc", "?", "F1", "Del"])
STEPS = st.lists(st.tuples(st.sampled_from(["give", "swap", "reset"]), NAMES, KEYS, KEYS), max_size=12)


@given(STEPS)
def test_whatever_is_changed_no_key_means_two_things_at_once(steps: list[tuple[str, str, str, str]]) -> None:
    keymap = Keymap(COMMANDS)
    for act, name, one, other in steps:
        if act == "give":
            keymap.give(name, [one, other])
            assert set(keymap.keys_of(name)) == {one, other}
        elif act == "swap":
            keymap.swap(name, keymap.first_key(name), other)
            assert other in keymap.keys_of(name)
        else:
            keymap.reset(name)
        for command in COMMANDS:
            for key in keymap.keys_of(command):
                assert not keymap.conflicts(command, key)
                assert command in keymap.commands_of(key)


@given(STEPS)
def test_what_was_changed_is_the_same_after_a_restart(steps: list[tuple[str, str, str, str]]) -> None:
    keymap = Keymap(COMMANDS)
    for _, name, one, _other in steps:
        keymap.give(name, [one])
    again = Keymap(COMMANDS)
    again.load(keymap.changes)
    assert all(again.keys_of(name) == keymap.keys_of(name) for name in COMMANDS)
