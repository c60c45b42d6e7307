"""The ends of a relation that can be taken hold of, so that it starts or ends at another span."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF

from annotator.ui.canvas.gutters import RailView
from annotator.ui.canvas.lines import Shown
from annotator.ui.canvas.setting import Setting

End = Literal["head", "tail"]

REACH = 6.0
"""Pixels around the middle of a handle that count as on it, at zoom 1."""


class ArcEnd(NamedTuple):
    """One end of a relation, and where its handle stands in the view."""

    relation: str
    end: End
    span: str
    """The span at which it starts or ends now."""
    at: QPointF


def arc_ends(
    setting: Setting, blocks: Sequence[Shown], rails: RailView, held: Collection[str], *, x: float
) -> Iterator[ArcEnd]:
    """The ends in view of the relations with these ids. An end out of view is held by the tip of its short rail."""
    if not held:
        return
    lift = 2.0 * setting.metrics.zoom
    for block, y in blocks:
        for line in block.lines:
            for arc in line.arcs:
                if arc.relation.id not in held:
                    continue
                ids: dict[End, str] = {"head": arc.relation.head, "tail": arc.relation.tail}
                near: End = "tail" if arc.kind == "tail" else "head"
                yield ArcEnd(arc.relation.id, near, ids[near], QPointF(x + arc.x1, y + arc.foot1 - lift))
                if arc.kind == "whole":
                    yield ArcEnd(arc.relation.id, "tail", ids["tail"], QPointF(x + arc.x2, y + arc.foot2 - lift))
    for rail in rails.rails:
        if rail.relation.id in held and rail.far is not None:
            end: End = "head" if rail.far.span_id == rail.relation.head else "tail"
            yield ArcEnd(rail.relation.id, end, rail.far.span_id, rail.tip(setting.metrics.arrow))


def end_at(ends: Iterator[ArcEnd], point: QPointF, reach: float) -> ArcEnd | None:
    """The end whose handle is nearest to a point, if one is within reach."""
    near = [(away, number, end) for number, end in enumerate(ends) if (away := _distance(end.at, point)) <= reach]
    return min(near)[2] if near else None


def _distance(one: QPointF, other: QPointF) -> float:
    return max(abs(one.x() - other.x()), abs(one.y() - other.y()))
