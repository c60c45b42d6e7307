"""Where every character of a line stands when text runs in both directions.

Qt's cursor alone will not do: before a run of the other direction it stands at the end of the run before. There the
glyphs know better, but only those of whole words, since a part of a ligature has no glyph of its own.

Some letters are still found as their neighbour: of letters in several scripts that follow one another without a space
beside text of the other direction, next to a soft hyphen at the line's end, and under an override (LRO, RLO).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtGui import QTextLayout, QTextLine

Cell = tuple[float, float, int, int]
"""A grapheme cluster on a line: from x to x, and its UTF-16 units from start to end."""

_NO_WIDTH = 0.01
_RIGHT_TO_LEFT = frozenset(("R", "AL", "NSM"))
_UNSEEN = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""Of controls that steer the direction: asked for the glyphs of these, Qt may give those of their neighbours."""


def line_cells(layout: QTextLayout, line: QTextLine) -> list[Cell]:
    """The cells of a line's grapheme clusters, in the order of the text."""
    start, end = line.textStart(), line.textStart() + line.textLength()
    pieces = list(_graphemes(layout, start, end))
    directions = _directions(layout, start, end)
    found: list[Cell] = []
    at = 0
    while at < len(pieces):
        first, after = pieces[at]
        left, right = _by_cursor(line, first)
        word = 1
        if directions[first - start] in _UNSEEN:
            found.append((left, left, first, after))
        elif right - left > _NO_WIDTH:
            found.append((left, right, first, after))
        elif directions[first - start] in _RIGHT_TO_LEFT:
            while at + word < len(pieces) and directions[pieces[at + word][0] - start] in _RIGHT_TO_LEFT:
                word += 1
            found += _word_from_right(line, pieces[at : at + word])
        else:
            left, right = _by_glyphs(line, first, after) or (left, right)
            found.append((left, right, first, after))
        at += word
    _tell_apart(line, found, [directions[cell[2] - start] for cell in found])
    return [_without(cell, following) for cell, following in pairwise([*found, (0.0, 0.0, end, end)])]


def _tell_apart(line: QTextLine, cells: list[Cell], directions: list[str]) -> None:
    """After a ligature Qt puts the last letter of a run onto the text behind the run; it belongs beside the others."""
    last = {cell[:2]: at for at, cell in enumerate(cells) if cell[1] - cell[0] > _NO_WIDTH}
    for at in range(1, len(cells)):
        left, right, first, end = cells[at]
        is_rtl = directions[at] in _RIGHT_TO_LEFT
        if last.get((left, right), at) == at or not (is_rtl or directions[at] == "L"):
            continue
        glyphs = _by_glyphs(line, first, end)
        width = glyphs[1] - glyphs[0] if glyphs is not None else 0.0
        before, after = cells[at - 1], cells[min(at + 1, len(cells) - 1)]
        if is_rtl:
            is_between = at + 1 < len(cells) and after[1] < before[0] and directions[at + 1] in _RIGHT_TO_LEFT
            cells[at] = (after[1] if is_between else before[0] - width, before[0], first, end)
        else:
            cells[at] = (before[1], before[1] + width, first, end)


def _by_cursor(line: QTextLine, unit: int) -> tuple[float, float]:
    leading: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    trailing: tuple[float, int] = line.cursorToX(unit, QTextLine.Edge.Trailing)  # type: ignore[assignment]
    return min(leading[0], trailing[0]), max(leading[0], trailing[0])


def _by_glyphs(line: QTextLine, first: int, end: int) -> tuple[float, float] | None:
    boxes = [run.boundingRect() for run in line.glyphRuns(first, end - first)]
    stretches = [(box.left(), box.right()) for box in boxes if box.width() > _NO_WIDTH]
    return (min(left for left, _ in stretches), max(right for _, right in stretches)) if stretches else None


def _word_from_right(line: QTextLine, pieces: list[tuple[int, int]]) -> Iterator[Cell]:
    """The cells of a word that runs from right to left: its ends from the glyphs, the rest from the cursor."""
    whole = _by_glyphs(line, pieces[0][0], pieces[-1][1])
    if whole is None:
        x = _by_cursor(line, pieces[0][0])[0]
        whole = (x, x)
    left, right = whole
    for number, (first, end) in enumerate(pieces):
        remaining = len(pieces) - number - 1
        edge = left
        if remaining:
            following: tuple[float, int] = line.cursorToX(end)  # type: ignore[assignment]
            edge = following[0]
            if not left + _NO_WIDTH < edge < right - _NO_WIDTH:
                edge = right - (right - left) / (remaining + 1)
        yield edge, right, first, end
        right = edge


def _without(cell: Cell, following: Cell) -> Cell:
    """The first part of a ligature: Qt gives it the whole, and the second part what is its own."""
    left, right, start, end = cell
    is_inside = left - _NO_WIDTH <= following[0] < following[1] <= right + _NO_WIDTH
    if not is_inside:
        return cell
    if following[0] - left > right - following[1]:
        return left, following[0], start, end
    return following[1], right, start, end


def _graphemes(layout: QTextLayout, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        after = start + 1
        while after < end and not layout.isValidCursorPosition(after):
            after += 1
        yield start, after
        start = after


def _directions(layout: QTextLayout, start: int, end: int) -> list[str]:
    """The bidirectional class of the character at each UTF-16 unit from start to end."""
    found: list[str] = []
    for character in layout.text().encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"):
        found += [unicodedata.bidirectional(character)] * (2 if character > "\uffff" else 1)
    return found
