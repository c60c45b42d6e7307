"""What a block consists of once it is laid out. Places are pixels from the block's top left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from PySide6.QtGui import QPainterPath, QTextLayout, QTextLine

from annotator.model import Relation, Span
from annotator.model.graphemes import may_join
from annotator.model.text import Utf16Map, grapheme_after, is_grapheme_border
from annotator.ui.canvas.cells import Cell, Course, is_plain_edge, line_cells
from annotator.ui.canvas.geometry.metrics import RoleStyle
from annotator.ui.canvas.geometry.rails import Side

Stretch = tuple[float, float]
"""From x to x, left one first."""

_TOUCHING = 0.75


class Chip:
    """The name of a label above the first fragment of its span."""

    __slots__ = ("lane", "text", "width", "x", "y")

    def __init__(self, text: str, *, x: float, width: float, lane: int) -> None:
        self.text = text
        self.x = x
        self.width = width
        self.lane = lane
        self.y = 0.0
        """The baseline of its letters."""


class Fragment:
    """The part of a span on one line. It may be several stretches where directions mix."""

    __slots__ = (
        "anchor",
        "chip",
        "depth",
        "end",
        "hue",
        "is_first",
        "is_last",
        "is_suggested",
        "is_tight",
        "is_whole",
        "row",
        "span",
        "start",
        "xs",
    )

    def __init__(self, span: Span, start: int, end: int, *, hue: int, is_suggested: bool, is_last: bool) -> None:
        self.span = span
        self.start = start
        self.end = end
        self.hue = hue
        self.is_suggested = is_suggested
        self.is_first = start == span.start
        self.is_last = is_last
        self.is_whole = self.is_first and self.is_last
        self.is_tight = False
        """Whether its outline has no room at its sides: a tint may touch a full stop or a bracket, a line must not."""
        self.depth = 0
        """How many spans it lies in."""
        self.row = 0
        """Of its underline: how many underlined spans it lies in."""
        self.xs: list[Stretch] = []
        self.chip: Chip | None = None
        self.anchor = 0.0
        """Where arcs leave its chip, in the middle of their ports."""

    @property
    def left(self) -> float:
        return self.xs[0][0]

    @property
    def right(self) -> float:
        return self.xs[-1][1]


ArcKind = Literal["whole", "head", "tail"]
"""A relation within one line, or the stub that leads from its head or its tail to a gutter."""


class Arc:
    """A relation, or one end of it, above a line.

    A whole arc goes from the head's port `x1` to the tail's `x2`, a stub from its own port `x1` to the gutter `x2`.
    """

    __slots__ = (
        "foot1",
        "foot2",
        "fragment1",
        "fragment2",
        "is_suggested",
        "is_symmetric",
        "is_tall",
        "kind",
        "label",
        "label_width",
        "label_x",
        "label_y",
        "lane",
        "lanes",
        "path",
        "relation",
        "side",
        "x1",
        "x2",
        "y",
    )

    def __init__(self, relation: Relation, kind: ArcKind, *, is_suggested: bool, is_symmetric: bool) -> None:
        self.relation = relation
        self.kind: ArcKind = kind
        self.is_suggested = is_suggested
        self.is_symmetric = is_symmetric
        self.side: Side = -1
        self.fragment1: Fragment | None = None
        self.fragment2: Fragment | None = None
        self.label = ""
        self.label_width = 0.0
        self.label_x = self.label_y = 0.0
        """The middle of the label."""
        self.is_tall = False
        """Whether the label stands above the arc because it is wider."""
        self.lane = 0
        """The lowest of its lanes."""
        self.lanes = 1
        self.x1 = self.x2 = 0.0
        self.y = 0.0
        self.foot1 = self.foot2 = 0.0
        """Where its legs end, above the chips."""
        self.path: QPainterPath | None = None

    @property
    def low(self) -> float:
        return min(self.x1, self.x2)

    @property
    def high(self) -> float:
        return max(self.x1, self.x2)


class Crowded:
    """Relations of a line that have no lane above it, counted at a chip. `x` and `y` are the middle of the count."""

    __slots__ = ("relations", "width", "x", "y")

    def __init__(self, relations: tuple[str, ...], *, x: float, width: float) -> None:
        self.relations = relations
        self.x = x
        self.width = width
        self.y = 0.0


class Tie:
    """What holds two pieces of a discontinuous span together, as far as it lies on one line."""

    __slots__ = ("hue", "row", "span_id", "stretch")

    def __init__(self, span_id: str, hue: int, row: int, stretch: Stretch) -> None:
        self.span_id = span_id
        self.hue = hue
        self.row = row
        """Of the underline that it goes on from."""
        self.stretch = stretch


class Line:
    """One line as the reader sees it: lanes for arcs, a lane (or more) for chips, the text, room for underlines.

    `start` and `end` are code points of the document; `visible_end` leaves trailing space out.
    """

    __slots__ = (
        "arc_lanes",
        "arcs",
        "cells",
        "chip_lanes",
        "count",
        "course",
        "crowds",
        "end",
        "fragments",
        "height",
        "hidden",
        "is_mixed",
        "marks",
        "qline",
        "start",
        "text_height",
        "text_y",
        "ties",
        "tint_y",
        "visible_end",
        "y",
    )

    def __init__(self, qline: QTextLine, start: int, end: int, *, is_mixed: bool) -> None:
        self.qline = qline
        self.start = start
        self.end = end
        self.visible_end = end
        self.is_mixed = is_mixed
        """Whether directions mix here, or characters that a reader takes for one: then each is asked for its place."""
        self.course: Course = ""
        """How a mixed line runs, if its characters do all run alike."""
        self.cells: list[Cell] | None = None
        self.fragments: list[Fragment] = []
        self.hidden = 0
        """Spans that begin here without their names: so many lie on one another that there is no room."""
        self.count: Chip | None = None
        """What says how many these are."""
        self.arcs: list[Arc] = []
        self.crowds: list[Crowded] = []
        self.ties: list[Tie] = []
        self.marks: list[tuple[float, str]] = []
        """Invisible characters: where they stand, and their code."""
        self.arc_lanes = 0
        self.chip_lanes = 1
        self.y = self.height = 0
        self.text_y = self.text_height = 0
        self.tint_y = 0.0

    @property
    def bottom(self) -> int:
        return self.y + self.height


class Block:
    """A block laid out."""

    __slots__ = ("end", "height", "hidden", "index", "is_rtl", "layout", "lines", "start", "style", "units")

    def __init__(self, index: int, start: int, end: int, style: RoleStyle) -> None:
        self.index = index
        self.start = start
        self.end = end
        self.style = style
        self.is_rtl = False
        """Whether the paragraph as a whole runs from right to left."""
        self.lines: list[Line] = []
        self.hidden: AbstractSet[str] = frozenset()
        """The spans that are not drawn, since too many lie on one another."""
        self.height = 0
        self.layout: QTextLayout | None = None
        self.units: Utf16Map | None = None

    def unit(self, offset: int) -> int:
        """The UTF-16 place in the block's own text for a code point of the document."""
        assert self.units is not None, "an empty block has no places"
        return self.units.to_utf16(offset - self.start)

    def offset(self, unit: int) -> int:
        """The code point of the document for a UTF-16 place in the block's own text."""
        assert self.units is not None, "an empty block has no places"
        return self.start + self.units.to_code_point(unit)

    def line_of(self, offset: int) -> Line | None:
        """The line that holds the code point; the last one at the block's end."""
        for line in self.lines:
            if offset < line.end:
                return line
        return self.lines[-1] if self.lines else None

    def line_at(self, y: float) -> Line | None:
        """The line at this height; the nearest one outside."""
        for line in self.lines:
            if y < line.bottom:
                return line
        return self.lines[-1] if self.lines else None

    def xs(self, line: Line, start: int, end: int) -> list[Stretch]:
        """The stretches of the line that the code points cover, from left to right."""
        if start >= end:
            return []
        if not line.is_mixed:
            return [(cursor_x(line.qline, self.unit(start)), cursor_x(line.qline, self.unit(end)))]
        if line.course and (found := self._stretch_along(line, start, end)) is not None:
            return [found]
        return _joined([cell[:2] for cell in self.cells(line) if start < cell.end and cell.start < end])

    def _stretch_along(self, line: Line, start: int, end: int) -> Stretch | None:
        """The same for a line that runs one way, by its ends alone; None where these must be asked for their glyphs."""
        assert self.layout is not None, "an empty block has no places"
        text = self.layout.text()
        places = []
        for offset in (start, end):
            unit = self.unit(offset)
            place: tuple[float, int] = line.qline.cursorToX(unit)  # type: ignore[assignment]
            if place[1] != unit or not is_grapheme_border(text, offset - self.start):
                return None
            if line.course == "R" and not is_plain_edge(text, offset - self.start):
                return None
            places.append(place[0])
        left, right = places if line.course == "L" else reversed(places)
        return (left, right) if right > left else None

    def edge(self, line: Line, offset: int, *, is_start: bool) -> tuple[float, int]:
        """Where a range that begins or ends with this code point does so: its x, and which side of it lies outside.

        -1 is the left side. Between two directions that is where the text runs to, not where the range is widest.
        """
        if not line.is_mixed:
            x = cursor_x(line.qline, self.unit(offset if is_start else offset + 1))
            return x, -1 if is_start else 1
        cell = next((cell for cell in self.cells(line) if cell.start <= offset < cell.end), self.cells(line)[-1])
        is_left = is_start != cell.is_rtl
        return (cell.left, -1) if is_left else (cell.right, 1)

    def cells(self, line: Line) -> list[Cell]:
        """The cells of a mixed line, by code points of the document; never none."""
        if line.cells is None:
            line.cells = self._cells(line) or [Cell(0.0, 0.0, line.start, line.end)]
        return line.cells

    def _cells(self, line: Line) -> list[Cell]:
        assert self.layout is not None, "an empty block has no cells"
        text = self.layout.text()
        borders: Sequence[int] = range(line.start, line.end + 1)
        if may_join(text):
            borders = list(_borders(text, line.start - self.start, line.end - self.start, self.start))
        first_chars = "".join(text[border - self.start] for border in borders[:-1])
        return line_cells(line.qline, first_chars, list(map(self.unit, borders)), borders, is_rtl=self.is_rtl)


def _borders(text: str, start: int, end: int, base: int) -> Iterator[int]:
    """The borders of the graphemes from start to end, both included, plus a base."""
    yield base + start
    while start < end:
        start = min(grapheme_after(text, start), end)
        yield base + start


Shown = tuple[Block, float]
"""A block and the y at which it stands in the view."""


def cursor_x(line: QTextLine, unit: int) -> float:
    """Where the cursor stands before this UTF-16 unit."""
    place: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    return place[0]


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches that touch, as one."""
    joined: list[Stretch] = []
    for left, right in sorted(stretches):
        if joined and left <= joined[-1][1] + _TOUCHING:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
