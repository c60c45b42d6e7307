"""Painting what lies above the page: caret ring, the focused span's handles, hint letters, a relation being drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from annotator.ui.canvas.ends import ArcEnd, arc_ends
from annotator.ui.canvas.gutters import RailView
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.lines import Block, Fragment, Line, Shown
from annotator.ui.canvas.overlay import FindMarks, Glow, Overlay
from annotator.ui.canvas.paint import Stage, ring_box
from annotator.ui.canvas.paint_arcs import arrowhead

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush

Places = Iterable[Shown]


def paint_overlay(painter: QPainter, stage: Stage, blocks: list[Shown], rails: RailView, *, is_editable: bool) -> None:
    """Everything that is lit but not content; in a picture there is none of it."""
    overlay = stage.overlay
    if overlay.glow:
        _paint_glow(painter, stage, blocks)
    if overlay.marks is not None:
        _paint_marks(painter, stage, blocks, overlay.marks)
    if overlay.caret is not None and overlay.focus is None and overlay.selection is None:
        _paint_range(painter, stage, blocks, overlay.caret, is_preview=False)
    if overlay.preview is not None:
        _paint_range(painter, stage, blocks, overlay.preview, is_preview=True)
    elif is_editable and overlay.focus is not None:
        _paint_handles(painter, stage, blocks)
    if overlay.focus is not None:
        _paint_hidden_focus(painter, stage, blocks, overlay.focus)
    if overlay.hints:
        _paint_hints(painter, stage, blocks)
    if overlay.rubber is not None:
        _paint_rubber(painter, stage, blocks)
    elif is_editable:
        _paint_ends(painter, stage, arc_ends(stage.setting, blocks, rails, overlay.lit, x=stage.x))


def handles(block: Block, line: Line, fragment: Fragment) -> list[tuple[str, float, int]]:
    """The edges of a span that this fragment shows: "start" or "end", its x, and the side outside it (-1: left)."""
    found = []
    if fragment.is_first:
        found.append(("start", *block.edge(line, fragment.start, is_start=True)))
    if fragment.is_last:
        found.append(("end", *block.edge(line, fragment.end - 1, is_start=False)))
    return found


def _paint_range(painter: QPainter, stage: Stage, blocks: Places, place: tuple[int, int], *, is_preview: bool) -> None:
    """A ring around a range of text: quiet for the caret, in the accent colour for a boundary under way."""
    start, end = place
    radius = stage.setting.metrics.radius
    painter.setPen(stage.inks.ring if is_preview else stage.inks.caret)
    painter.setBrush(_NO_BRUSH)
    for block, y in blocks:
        if block.end >= start and block.start < end:
            for box in _boxes(stage, block, y, start, end):
                painter.drawRoundedRect(box, radius, radius)


def _boxes(stage: Stage, block: Block, y: float, start: int, end: int) -> Iterator[QRectF]:
    """Around the text of a range in one block, line by line."""
    for line in block.lines:
        for left, right in block.xs(line, max(start, line.start), min(end, line.visible_end)):
            top, bottom = line.tint_y, line.text_y + line.text_height + 1
            yield QRectF(stage.x + left - 2, y + top, right - left + 4, bottom - top)


def _paint_glow(painter: QPainter, stage: Stage, blocks: Places) -> None:
    """A light over every place that would change; a dashed ring where nothing would."""
    glow, radius = stage.overlay.glow, stage.setting.metrics.radius
    for block, y in blocks:
        at = bisect_left(glow, block.start, key=lambda place: place[1])
        for start, end, kind in islice(glow, at, None):
            if start >= block.end:
                break
            pen, brush = stage.inks.glow[kind]
            painter.setPen(pen)
            painter.setBrush(brush)
            for box in _boxes(stage, block, y, start, end):
                painter.drawRoundedRect(box, radius, radius)


def paint_glow_marks(painter: QPainter, inks: Inks, overlay: Overlay, length: int, view: QRectF) -> None:
    """Where in the whole text something glows, as marks at the right edge: most of it may be out of sight.

    `length` is that of the text in code points.
    """
    side = 3 * inks.zoom
    drawn: dict[int, Glow] = {}
    for start, _, kind in overlay.glow:
        at = int(view.top() + (view.height() - side) * start / max(1, length))
        if kind != "skip" or at not in drawn:
            drawn[at] = kind
    painter.setPen(_NO_PEN)
    for at, kind in drawn.items():
        painter.setBrush(inks.glow[kind][0].color())
        painter.drawRoundedRect(QRectF(view.right() - 3 * side, at, 2.5 * side, side), side / 2, side / 2)


def _paint_marks(painter: QPainter, stage: Stage, blocks: Places, find: FindMarks) -> None:
    """Dots around what may want a label, and above it in grey the label to propose: it is nobody's yet."""
    metrics, face, inks = stage.setting.metrics, stage.setting.faces.chip, stage.inks
    painter.setFont(face.font)
    for block, y in blocks:
        for mark in find(block.start, block.end):
            pen = inks.lit_mark if (mark.start, mark.end) == stage.overlay.selection else inks.miss
            is_first = True
            for line in block.lines:
                for left, right in block.xs(line, max(mark.start, line.start), min(mark.end, line.visible_end)):
                    top, bottom = line.tint_y, line.text_y + line.text_height
                    box = QRectF(stage.x + left, y + top, right - left, bottom - top)
                    painter.setPen(pen)
                    painter.setBrush(_NO_BRUSH)
                    reach = metrics.inset
                    painter.drawRoundedRect(box.adjusted(-reach, 0, reach, 0), metrics.radius, metrics.radius)
                    if is_first:
                        painter.setPen(inks.muted)
                        words = next((form for form in mark.forms if face.width(form) <= box.width()), mark.forms[-1])
                        x = box.right() - face.width(words) if block.is_rtl else box.left()
                        face.draw(painter, x, y + line.tint_y - metrics.chip_drop, words)
                    is_first = False


def _paint_handles(painter: QPainter, stage: Stage, blocks: Places) -> None:
    zoom = stage.setting.metrics.zoom
    painter.setPen(_NO_PEN)
    painter.setBrush(stage.inks.accent)
    for block, y, line, fragment in _fragments(blocks):
        if fragment.span.id == stage.overlay.focus:
            for _, x, out in handles(block, line, fragment):
                ring = ring_box(stage.setting, line, fragment, x, x)
                middle = QPointF(stage.x + x + out * (stage.setting.metrics.inset + zoom), y + ring.bottom())
                painter.drawEllipse(middle, 3 * zoom, 3 * zoom)


def _paint_hidden_focus(painter: QPainter, stage: Stage, blocks: Places, focus: str) -> None:
    """A ring where the focused span is, though it is not drawn for want of room."""
    span = stage.setting.content.span(focus)
    for block, y in blocks:
        if span is not None and focus in block.hidden:
            for start, end in span.fragments:
                _paint_range(painter, stage, [(block, y)], (start, end), is_preview=True)


def _paint_ends(painter: QPainter, stage: Stage, ends: Iterable[ArcEnd]) -> None:
    """Rings, where the edges of a span have dots: what is dragged from here is another thing."""
    size = 3.2 * stage.setting.metrics.zoom
    painter.setPen(stage.inks.ring)
    painter.setBrush(stage.inks.page)
    for end in ends:
        painter.drawEllipse(end.at, size, size)


def _paint_hints(painter: QPainter, stage: Stage, blocks: Places) -> None:
    face, zoom = stage.setting.faces.hint, stage.setting.metrics.zoom
    painter.setFont(face.font)
    for _, y, line, fragment in _fragments(blocks):
        letter = stage.overlay.hints.get(fragment.span.id) if fragment.is_first else None
        if letter is None:
            continue
        words = letter.upper()
        width = max(16 * zoom, face.width(words) + 8 * zoom)
        left, base = fragment.left, float(line.text_y)
        if (chip := fragment.chip) is not None:
            left, base = chip.x, chip.y
            rise = stage.setting.faces.chip.cap_height + 2 * zoom
            # Half a name beside the letter would only be noise.
            painter.fillRect(QRectF(stage.x + left, y + base - rise, chip.width, rise + zoom), stage.inks.page)
        badge = QRectF(stage.x + left - 2 * zoom, y + base - 11 * zoom, width, 15 * zoom)
        painter.setPen(_NO_PEN)
        painter.setBrush(stage.inks.badge)
        painter.drawRoundedRect(badge, 4 * zoom, 4 * zoom)
        painter.setPen(stage.inks.on_badge)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


def _paint_rubber(painter: QPainter, stage: Stage, blocks: list[Shown]) -> None:
    rubber = stage.overlay.rubber
    assert rubber is not None, "asked for only while a relation is drawn"
    ends: dict[str, QPointF] = {}
    foot = stage.setting.faces.chip.cap_height + 3 * stage.setting.metrics.zoom
    for _, y, _, fragment in _fragments(blocks):
        if fragment.chip is not None and fragment.span.id in (rubber.fixed, rubber.target):
            ends[fragment.span.id] = QPointF(stage.x + fragment.anchor, y + fragment.chip.y - foot)
    start = ends.get(rubber.fixed) or _out_of_view(stage, blocks, rubber.fixed)
    end = ends.get(rubber.target or "", QPointF(rubber.x, rubber.y))
    rise = stage.setting.metrics.arc_lane * 4
    crest = min(start.y(), end.y()) - rise
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), crest), QPointF(end.x(), crest), end)
    strokes = stage.inks.lit_arc
    painter.setPen(strokes.solid if rubber.target else strokes.dash)
    painter.setBrush(_NO_BRUSH)
    painter.drawPath(path)
    painter.setPen(_NO_PEN)
    painter.setBrush(strokes.brush)
    painter.drawPolygon(arrowhead(end if rubber.is_tail else start, stage.setting.metrics.arrow))


def _out_of_view(stage: Stage, blocks: list[Shown], span_id: str) -> QPointF:
    """Where a line comes into view from a span above or below it: in the left gutter."""
    span = stage.setting.content.span(span_id)
    is_above = span is not None and bool(blocks) and span.start < blocks[0][0].end
    return QPointF(stage.x - stage.setting.gutter_x, stage.top if is_above else stage.bottom)


def _fragments(blocks: Places) -> Iterable[tuple[Block, float, Line, Fragment]]:
    for block, y in blocks:
        for line in block.lines:
            for fragment in line.fragments:
                yield block, y, line, fragment
