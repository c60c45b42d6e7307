"""The window looks as it did: compared with pictures in tests/golden/window, within a tolerance for other font engines.

After a change that is meant: REDRAW=1 python -m pytest tests/ui/test_window_pictures.py, then look at the new pictures.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.ui.theme import DARK, LIGHT, Theme
from driving import Desk, make_project, sit_down

GOLDEN = Path(__file__).parents[1] / "golden" / "window"
CELL = 4
"""Pictures are compared in cells of so many pixels a side: letters may move within, not the layout."""

MOST_DIFFERENT_CELLS = 0.01
FAR = 24
"""Of 255, for the mean of one colour channel of a cell."""


def cells(image: QImage) -> list[tuple[int, int, int]]:
    """The mean colours of the cells, row by row."""
    small = image.scaled(
        image.width() // CELL, image.height() // CELL, mode=Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB888)
    colours = [small.pixelColor(x, y) for y in range(small.height()) for x in range(small.width())]
    return [(colour.red(), colour.green(), colour.blue()) for colour in colours]


def share_of_different_cells(one: QImage, other: QImage) -> float:
    assert one.size() == other.size()
    pairs = list(zip(cells(one), cells(other), strict=True))
    different = sum(any(abs(a - b) > FAR for a, b in zip(first, second, strict=True)) for first, second in pairs)
    return different / len(pairs)


def picture(desk: Desk) -> QImage:
    """The window at half its size, which is enough to look at and to compare."""
    whole = desk.window.grab().toImage()
    return whole.scaled(whole.size() / 2, mode=Qt.TransformationMode.SmoothTransformation)


def compare(desk: Desk, name: str) -> None:
    desk.settle()
    drawn = picture(desk)
    file = GOLDEN / f"{name}.png"
    if os.environ.get("REDRAW"):
        file.parent.mkdir(parents=True, exist_ok=True)
        assert drawn.save(str(file), quality=0)
    golden = QImage(str(file))
    assert not golden.isNull(), f"there is no {file}"
    assert share_of_different_cells(drawn, golden) <= MOST_DIFFERENT_CELLS


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
        assert share_of_different_cells(before, picture(desk)) > 5 * MOST_DIFFERENT_CELLS
