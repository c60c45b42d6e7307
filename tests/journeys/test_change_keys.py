"""Help › Change keys, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.ui.dialogs.change_keys import ChangeKeysDialog
from driving import Desk


@pytest.fixture
def dialog(desk: Desk) -> ChangeKeysDialog:
    desk.press("Ctrl+K")
    desk.type("change keys")
    desk.press("Return")
    found = desk.dialog()
    assert isinstance(found, ChangeKeysDialog)
    return found


def keys(desk: Desk, name: str) -> tuple[str, ...]:
    return desk.window.keymap.keys_of(name)


def test_new_keys_are_recorded_and_hold_at_once(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.type("next open")
    desk.press("Down", "Return", "Q")
    assert keys(desk, "go.next-decision") == ("Q",)
    desk.press("Escape")
    assert not dialog.isVisible()
    desk.press("Q")
    assert desk.session.focus is not None


@pytest.mark.parametrize("key", ["Tab", "Return", "Space", "Ctrl+K", "F1", "Ctrl+Shift+Alt+Left", "Del"])
def test_any_keys_can_be_recorded(desk: Desk, dialog: ChangeKeysDialog, key: str) -> None:
    desk.type("high contrast")
    desk.press("Down", "Return", key)
    if dialog.panel.is_busy:
        desk.press("Space")
    assert len(keys(desk, "view.contrast")) == 1
    assert desk.window.keymap.command_of(keys(desk, "view.contrast")[0]) == "view.contrast"


def test_keys_of_another_command_can_be_swapped(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.type("next label")
    desk.press("Down", "Return", "K")
    assert "K belongs to “Previous label”." in desk.words_on_screen(dialog)
    assert dialog.panel.swap.hasFocus()
    desk.press("Space")
    assert (keys(desk, "go.next-span"), keys(desk, "go.previous-span")) == (("K",), ("J",))


def test_keys_of_another_command_can_be_taken_away_or_left(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.type("next label")
    desk.press("Down", "Return", "K", "Escape")
    assert dialog.isVisible()
    assert keys(desk, "go.next-span") == ("J",)
    desk.press("Return", "K", "Tab", "Space")
    assert (keys(desk, "go.next-span"), keys(desk, "go.previous-span")) == (("K",), ())


def test_a_second_key_is_added_and_the_last_one_taken_away(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.type("next label")
    desk.press("Down", "Ins", "Ctrl+J")
    assert keys(desk, "go.next-span") == ("J", "Ctrl+J")
    desk.press("Del", "Del")
    assert keys(desk, "go.next-span") == ()
    desk.click(dialog.panel.usual)
    assert keys(desk, "go.next-span") == ("J",)


def test_commands_are_found_by_their_keys(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.type("ctrl+shift+z")
    assert [dialog.model.row_at(row).name for row in range(dialog.model.rowCount())] == ["edit.redo"]


def test_all_keys_are_the_usual_ones_again_after_a_question(desk: Desk, dialog: ChangeKeysDialog) -> None:
    desk.window.keymap.give("go.next-span", ["Q"])
    desk.click(dialog.reset_all)
    question = desk.dialog()
    assert "1 command of" in desk.words_on_screen(question)
    desk.press("Return")
    assert desk.window.keymap.changes == {}


def test_a_key_map_goes_out_and_comes_in(desk: Desk, dialog: ChangeKeysDialog, tmp_path: Path) -> None:
    desk.window.keymap.give("go.next-span", ["Q"])
    dialog.export_to(tmp_path / "keys.toml")
    desk.window.keymap.reset_all()
    dialog.import_from(tmp_path / "keys.toml")
    assert keys(desk, "go.next-span") == ("Q",)
    (tmp_path / "newer.toml").write_text('[keys]\ngo.next-span = "W"\nteleport.now = "Ctrl+T"\n')
    dialog.import_from(tmp_path / "newer.toml")
    assert "1 command got other keys. Kept, but not known to this version: teleport.now." in desk.words_on_screen(
        dialog
    )


def test_a_key_map_with_an_error_changes_nothing_and_says_where(
    desk: Desk, dialog: ChangeKeysDialog, tmp_path: Path
) -> None:
    (tmp_path / "bad.toml").write_text('[keys]\ngo.next-span = ["W"]\ngo.search = ["w"]\n')
    dialog.import_from(tmp_path / "bad.toml")
    words = desk.words_on_screen(dialog)
    assert "bad.toml:3: W is given to both go.next-span and go.search." in words
    assert keys(desk, "go.next-span") == ("J",)


def test_the_key_of_a_relation_label_that_is_covered_is_told(desk: Desk, dialog: ChangeKeysDialog) -> None:
    kind = next(kind for kind in desk.session.schema.relations if kind.key == "q")
    desk.type("high contrast")
    desk.press("Down", "Return", "Q")
    assert f"no longer gives it the label {kind.title}" in desk.words_on_screen(dialog)


def test_everything_in_the_dialog_has_a_name_for_those_who_hear_it(desk: Desk, dialog: ChangeKeysDialog) -> None:
    nameless = [
        part
        for part in dialog.findChildren(QWidget)
        if part.focusPolicy() != part.focusPolicy().NoFocus
        and part.isVisible()
        and not (part.accessibleName() or (isinstance(part, QPushButton) and part.text()))
        and not part.objectName().startswith("qt_")
    ]
    assert not nameless
