"""The window looks as it did: compared with pictures in tests/golden/window, within a tolerance for other font engines.

After a change that is meant: REDRAW=1 python -m pytest tests/ui/test_window_pictures.py, then look at the new ones.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.ui.theme import DARK, LIGHT, Theme
from comparing import MOST_FAR_CELLS, check_picture, difference
from driving import Desk, make_project, sit_down

GOLDEN = Path(__file__).parents[1] / "golden" / "window"


def picture(desk: Desk) -> QImage:
    """The window at half its size, which is enough to look at and to compare."""
    whole = desk.window.grab().toImage()
    return whole.scaled(whole.size() / 2, mode=Qt.TransformationMode.SmoothTransformation)


def compare(desk: Desk, name: str) -> None:
    desk.settle()
    check_picture(picture(desk), GOLDEN / f"{name}.png")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_window_looks_as_it_did(qtbot: QtBot, tmp_path: Path, theme: Theme) -> None:
    with sit_down(qtbot, make_project(tmp_path / "news.annot")) as desk:
        desk.window.resize(1280, 800)
        desk.program.set_theme(theme)
        desk.press("Tab", "Space", "Space", "Space")
        desk.until(lambda: desk.session.save_state == "saved")
        desk.click_on("Vladimir Putin")
        compare(desk, f"review-{theme.name}")
        desk.press("R")
        compare(desk, f"relation-{theme.name}")


def test_a_different_layout_would_be_noticed(qtbot: QtBot, tmp_path: Path) -> None:
    with sit_down(qtbot, make_project(tmp_path / "news.annot")) as desk:
        desk.window.resize(1280, 800)
        desk.settle()
        before = picture(desk)
        desk.press("Ctrl+1")
        assert difference(before, picture(desk)).far > 5 * MOST_FAR_CELLS
