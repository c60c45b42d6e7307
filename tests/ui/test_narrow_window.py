"""Words never push the window about: what has no room ends in an ellipsis, and keys are never cut."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.ui.widgets.parts import KeyCap
from driving import Desk, sit_down

NARROW_PX = 900


@pytest.fixture
def narrow(desk: Desk) -> Desk:
    desk.window.resize(NARROW_PX, 640)
    desk.settle()
    return desk


def test_a_long_reason_for_not_saving_leaves_the_window_as_wide_as_it_was(narrow: Desk) -> None:
    narrow.file.rename(narrow.file.with_name("moved.annot"))
    narrow.press("Tab", "Space")
    narrow.until(lambda: "NOT SAVED" in narrow.words_on_screen())
    assert "NOT SAVED: Not saved" not in narrow.words_on_screen()
    assert narrow.window.width() == NARROW_PX
    assert all(part.isVisible() and part.visibleRegion().boundingRect() == part.rect() for part in buttons(narrow))
    narrow.file.with_name("moved.annot").rename(narrow.file)
    narrow.session.retry_saving()
    narrow.saved_layer()


def buttons(desk: Desk) -> list[object]:
    return [*desk.window.status.buttons, desk.window.top_bar.finish, desk.window.top_bar.accept_all]


def test_keys_in_the_status_bar_are_never_cut(narrow: Desk) -> None:
    narrow.press("Tab")
    caps = [cap for cap in narrow.window.status.findChildren(KeyCap) if cap.isVisible()]
    assert caps
    assert all(cap.width() >= cap.fontMetrics().horizontalAdvance(cap.text()) for cap in caps)


def test_all_menus_stay_in_reach(narrow: Desk) -> None:
    bar = narrow.window.menus.bar
    titles = [action.text() for action in bar.actions() if bar.actionGeometry(action).right() <= bar.width()]
    assert titles[-1] == "&Help"


def test_a_long_project_name_gives_way(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "p.annot"
    create_project(file, load_schema("news"), [], current_identity(), name="A very long name of a project " * 10)
    with sit_down(qtbot, file) as desk:
        desk.window.resize(NARROW_PX, 640)
        desk.settle()
        assert desk.window.width() == NARROW_PX
        assert "A very long name" in desk.words_on_screen(desk.window.top_bar)
