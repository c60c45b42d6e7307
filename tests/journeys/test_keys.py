"""Keys of one's own: they hold at once and after a restart, and everything that names a key names them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.context_menu import context_menu
from annotator.ui.settings import Settings
from annotator.ui.stored_keys import keys_file
from annotator.ui.widgets.parts import KeyCap
from driving import Desk, make_project, sit_down


def caps(desk: Desk) -> list[str]:
    return [cap.text() for cap in desk.window.status.findChildren(KeyCap) if cap.isVisible()]


def test_a_new_key_holds_at_once_wherever_a_key_is_named_and_after_a_restart(desk: Desk) -> None:
    desk.window.keymap.give("decide.accept", ["Q"])
    desk.window.keymap.give("edit.undo", ["Ctrl+U"])
    desk.window.keys_changed()
    desk.press("Tab")
    assert "Q" in caps(desk)
    assert "Space" not in caps(desk)
    assert desk.window.menus.actions["decide.accept"].text().endswith("\tQ")
    assert "Ctrl+U" in desk.window.top_bar.undo.toolTip()
    menu = context_menu(desk.window, desk.session, desk.window.carry_out, desk.window.keymap)
    assert "Accept the suggestion\tQ" in [action.text() for action in menu.actions()]
    menu.deleteLater()
    left = len(desk.session.pending)
    desk.press("Q")
    assert len(desk.session.pending) < left
    desk.press("Ctrl+U")
    assert len(desk.session.pending) == left
    desk.restart()
    desk.press("Tab", "Q")
    assert len(desk.session.pending) < left


def test_the_key_of_a_label_is_named_in_the_panel_and_gives_it(desk: Desk) -> None:
    desk.window.keymap.give("label.2", ["Ö"])
    desk.window.keys_changed()
    model = desk.window.labels.model
    second = next(label for label in desk.session.schema.labels if label.key == "2")
    row = next(number for number in range(model.rowCount()) if model.entry(number).kind is second)
    assert model.entry(row).key == "Ö"
    desk.press("2")
    assert desk.session.armed is None
    desk.type("Ö")
    assert desk.session.armed == second.name


def test_sentences_name_the_keys_that_hold(desk: Desk) -> None:
    assert "Press Tab to go to the next one." in desk.words_on_screen()
    desk.window.keymap.give("go.next-decision", ["Q"])
    desk.window.keymap.give("go.nothing", [])
    desk.window.keys_changed()
    assert "Press Q to go to the next one." in desk.words_on_screen()
    desk.press("Q", "R")
    assert (
        "type the letter of the other end, or / to find it elsewhere. “Let go” lets go."
        in desk.window.status._said.text()
    )


def test_a_key_map_that_cannot_be_read_is_told_and_kept(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    file = keys_file(Settings())
    file.parent.mkdir(parents=True)
    file.write_text("[keys]\ngo.search = 7\n")
    with sit_down(qtbot, make_project(tmp_path / "news.annot", suggestions=False)) as desk:
        assert "keys.toml:2: The keys of go.search must be a list" in desk.words_on_screen()
        desk.press("J")
        desk.window.keymap.give("go.search", ["Q"])
        desk.window.keys_changed()
    assert "go.search = 7" in file.with_name("keys.damaged.toml").read_text()
    assert 'go.search = ["Q"]' in file.read_text()
