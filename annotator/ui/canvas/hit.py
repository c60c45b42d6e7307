"""What lies under a point of the view."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLine

from annotator.model.text import is_grapheme_border
from annotator.ui.canvas.ends import REACH, End, arc_ends, end_at
from annotator.ui.canvas.gutters import RailView
from annotator.ui.canvas.lines import Arc, Block, Line, Shown
from annotator.ui.canvas.paint_overlay import handles
from annotator.ui.canvas.setting import Setting

_NEAR = 5.0
"""Pixels around a thin line that count as on it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a point touches.

    `items` are ids, innermost first. `offset` is the character (code point) under the point, or nearest to it.
    """

    offset: int
    items: tuple[str, ...] = ()
    is_chip: bool = False
    handle: str | None = None
    """The edge of the focused span that can be dragged from here: "start" or "end"."""
    end: End | None = None
    """The end of the relation that can be dragged from here."""
    crowd: tuple[str, ...] = ()
    """The relations that a count in a crowded gutter stands for."""

    @property
    def item(self) -> str | None:
        return self.items[0] if self.items else None


def hit_test(
    setting: Setting,
    blocks: Sequence[Shown],
    rails: RailView,
    point: QPointF,
    *,
    x: float,
    focus: str | None,
    held: Collection[str] = (),
) -> Hit | None:
    """What is at this point of the view; None where there is no text at all.

    `x` is the column's left edge; `held` are the relations whose ends can be dragged.
    """
    if not blocks:
        return None
    block, y = _block_at(blocks, point.y())
    line = block.line_at(point.y() - y)
    inside = QPointF(point.x() - x, point.y() - y)
    end = end_at(arc_ends(setting, blocks, rails, held, x=x), point, REACH * setting.metrics.zoom)
    if end is not None:
        return Hit(block.start, (end.relation,), end=end.end)
    on_rail, crowd = _rails_at(rails, point), _crowd_at(rails, point)
    if line is None or on_rail or crowd:
        return Hit(block.start, on_rail, crowd=crowd)
    offset = offset_at(setting, block, line, inside.x())
    if focus is not None and (edge := _handle_at(setting, block, line, inside, focus)) is not None:
        spans = tuple(_spans_at(line, inside.x()))
        return Hit(offset, spans if focus in spans else (focus, *spans), handle=edge)
    if inside.y() >= line.text_y:
        return Hit(offset, tuple(_spans_at(line, inside.x())))
    chips = tuple(_chips_at(setting, line, inside))
    return Hit(offset, chips or tuple(_arcs_at(setting, line, inside)), is_chip=bool(chips))


def offset_at(setting: Setting, block: Block, line: Line, x: float) -> int:
    """The first code point of the grapheme under this x of the block, or of the nearest one on the line."""
    if line.is_mixed:
        # Of a control and a letter at the same place the letter is meant.
        nearest = min(
            block.cells(line), key=lambda cell: (max(cell.left - x, x - cell.right, 0.0), cell.left == cell.right)
        )
        offset = nearest.start
    else:
        # The default, CursorBetweenCharacters, rounds to the nearer gap and would lose half a character.
        unit = line.qline.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        offset = max(line.start, min(block.offset(unit), line.visible_end - 1))
    # Qt may break a line where a reader would not.
    while offset > block.start and not is_grapheme_border(setting.content.text, offset):
        offset -= 1
    return offset


def _block_at(blocks: Sequence[Shown], y: float) -> Shown:
    for block, top in blocks:
        if y < top + block.height:
            return block, top
    return blocks[-1]


def _crowd_at(rails: RailView, point: QPointF) -> tuple[str, ...]:
    return next((crowd.relations for crowd in rails.crowds if crowd.box.contains(point)), ())


def _rails_at(rails: RailView, point: QPointF) -> tuple[str, ...]:
    found = []
    for rail in rails.rails:
        if rail.far is not None and rail.far.box.contains(point):
            return (rail.far.span_id,)
        if abs(point.x() - rail.x) <= _NEAR - 2 and rail.top - _NEAR <= point.y() <= rail.bottom + _NEAR:
            found.append((abs(point.x() - rail.x), rail.relation.id))
    return tuple(relation_id for _, relation_id in sorted(found))


def _handle_at(setting: Setting, block: Block, line: Line, point: QPointF, focus: str) -> str | None:
    reach = _NEAR * setting.metrics.zoom
    if not line.text_y <= point.y() <= line.bottom:
        return None
    for fragment in line.fragments:
        if fragment.span.id == focus:
            # On a short span the handles must leave room to click.
            inner = min(reach, (fragment.right - fragment.left) / 4)
            for edge, x, outward in handles(block, line, fragment):
                if -inner <= (point.x() - x) * outward <= reach:
                    return edge
    return None


def _chips_at(setting: Setting, line: Line, point: QPointF) -> Iterator[str]:
    zoom = setting.metrics.zoom
    for fragment in line.fragments:
        chip = fragment.chip
        if (
            chip is not None
            and chip.x - 2 * zoom <= point.x() <= chip.x + chip.width + 2 * zoom
            and chip.y - setting.faces.chip.cap_height - 3 * zoom <= point.y() <= chip.y + 2.5 * zoom
        ):
            yield fragment.span.id


def _arcs_at(setting: Setting, line: Line, point: QPointF) -> Iterator[str]:
    near = [(distance, arc) for arc in line.arcs if (distance := _distance(setting, arc, point)) <= _NEAR]
    near.sort(key=lambda found: found[0])
    return (arc.relation.id for _, arc in near)


def _distance(setting: Setting, arc: Arc, point: QPointF) -> float:
    """How far a point is from an arc: from its lane, its legs, or its label."""
    x, y = point.x(), point.y()
    away = abs(y - arc.y) if arc.low - _NEAR <= x <= arc.high + _NEAR else float("inf")
    legs = [(arc.x1, arc.foot1)] + ([(arc.x2, arc.foot2)] if arc.kind == "whole" else [])
    for leg_x, foot in legs:
        if arc.y <= y <= foot:
            away = min(away, abs(x - leg_x))
    half_height = setting.metrics.label_height / 2
    if arc.label and abs(x - arc.label_x) <= arc.label_width / 2 and abs(y - arc.label_y) <= half_height:
        away = 0.0
    return away


def _spans_at(line: Line, x: float) -> Iterator[str]:
    found = [
        (-fragment.depth, fragment.end - fragment.start, fragment.span.id)
        for fragment in line.fragments
        if any(left - 1 <= x <= right + 1 for left, right in fragment.xs)
    ]
    return (span_id for _, _, span_id in sorted(found))
