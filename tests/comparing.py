"""Pictures compared with those that somebody looked at and kept, within a tolerance for other font engines.

After a change that is meant, REDRAW=1 keeps the new pictures; then look at them.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

DIFFERING = Path(__file__).parents[1] / "build" / "golden-diff"
"""Where a picture goes that is not as it was: kept on the left, drawn in the middle, difference on the right."""

CELL = 4
"""Pictures are compared in cells of so many pixels a side: letters may move within, not the layout."""

FAR = 24
"""Of 255, for the mean of one colour channel of a cell."""

MOST_FAR_CELLS = 0.01
MOST_MEAN = 1.0
"""Of 255: a shade that changes everywhere is a change, though no cell is far off."""


@dataclass(frozen=True)
class Difference:
    """Between two pictures: the share of cells that are far off, and the mean over all cells and channels."""

    far: float
    mean: float


def difference(one: QImage, other: QImage) -> Difference:
    if one.size() != other.size():
        return Difference(far=1.0, mean=255.0)
    steps = [abs(a - b) for a, b in zip(_cells(one), _cells(other), strict=True)]
    far = sum(max(steps[at : at + 3]) > FAR for at in range(0, len(steps), 3))
    return Difference(far=far / (len(steps) // 3), mean=sum(steps) / len(steps))


def _cells(image: QImage) -> bytes:
    """The mean colours of the cells, row by row: red, green, blue."""
    width, height = image.width() // CELL, image.height() // CELL
    small = image.scaled(width, height, mode=Qt.TransformationMode.SmoothTransformation)
    small = small.convertToFormat(QImage.Format.Format_RGB888)
    data, line = bytes(small.constBits()), small.bytesPerLine()
    return b"".join(data[row * line : row * line + 3 * width] for row in range(height))


def check_picture(drawn: QImage, file: Path, *, most_far: float = MOST_FAR_CELLS) -> None:
    """Fail when the picture is not as it was; with REDRAW it becomes the one to compare with."""
    if os.environ.get("REDRAW"):
        file.parent.mkdir(parents=True, exist_ok=True)
        assert _in_few_colours(drawn).save(str(file), quality=0)
    kept = QImage(str(file))
    assert not kept.isNull(), f"there is no {file.name} yet; REDRAW=1 makes it"
    found = difference(drawn, kept)
    if found.far > most_far or found.mean > MOST_MEAN:
        DIFFERING.mkdir(parents=True, exist_ok=True)
        _side_by_side(kept, drawn).save(str(DIFFERING / file.name))
        pytest.fail(
            f"{file.name} looks different: {found.far:.1%} of it is far off, {found.mean:.1f} of 255 in the mean. "
            f"See build/golden-diff/{file.name}; REDRAW=1 keeps the new picture."
        )


def _in_few_colours(image: QImage) -> QImage:
    """With a palette of the 256 most frequent colours: the file is a third as large."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    table = [colour for colour, _ in Counter(memoryview(plain.constBits()).cast("I")[::7]).most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)


def _side_by_side(kept: QImage, drawn: QImage) -> QImage:
    width, height = max(kept.width(), drawn.width()), max(kept.height(), drawn.height())
    whole = QImage(3 * width, height, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.black)
    with QPainter(whole) as painter:
        painter.drawImage(0, 0, kept)
        painter.drawImage(width, 0, drawn)
        painter.drawImage(2 * width, 0, kept)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawImage(2 * width, 0, drawn)
    return whole
