"""The rails of the blocks in view: which stubs belong together, and where each rail stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from annotator.model import Relation
from annotator.ui.canvas.geometry.metrics import MAX_RAILS
from annotator.ui.canvas.geometry.rails import SIDES, Run, Side
from annotator.ui.canvas.lines import Arc, Shown
from annotator.ui.canvas.setting import Setting

LONGEST_FAR = 14
"""Characters of the far end's text."""


@dataclass(slots=True)
class Far:
    """The end of a relation that is out of view: where it lies, its first words, and the place of those."""

    span_id: str
    is_above: bool
    words: str
    box: QRectF


@dataclass(slots=True)
class Rail:
    """One rail: at `x` from `top` to `bottom`, joined to stubs that end at `stub_x`. Pixels of the view."""

    relation: Relation
    is_suggested: bool
    side: Side
    x: float
    stub_x: float
    top: float
    bottom: float
    far: Far | None

    def tip(self, size: float) -> QPointF:
        """The point of the arrow towards an end out of view."""
        return QPointF(self.x, self.top - 1.75 * size if self.far and self.far.is_above else self.bottom + 1.75 * size)


@dataclass(slots=True)
class Crowd:
    """Relations that are counted at one place: of a gutter without room for their rails, of a line without lanes."""

    box: QRectF
    relations: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"+{len(self.relations):,}"


@dataclass(slots=True)
class RailView:
    """All rails in view, and where some relations found no room."""

    rails: list[Rail] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)


Stub = tuple[Arc, float]
"""A stub and its y in the view."""


def rails_in_view(
    setting: Setting,
    blocks: Sequence[Shown],
    *,
    x: float,
    gutter: float,
    top: float,
    bottom: float,
    lit: Collection[str] = (),
) -> RailView:
    """Place the rails of all stubs between `top` and `bottom`. `x` is the column's left edge.

    Relations that are lit have a rail even where there is no room: between the outermost ones.
    """
    by_relation: defaultdict[str, list[Stub]] = defaultdict(list)
    for arc, y in _stubs(blocks, top, bottom):
        by_relation[arc.relation.id].append((arc, y))
    view = RailView()
    for side in SIDES:
        ours = [ends for ends in by_relation.values() if ends[0][0].side == side]
        lanes = setting.rails.lanes(side, [_run(setting, ends[0][0].relation) for ends in ours])
        crowded = []
        room = _room(setting, gutter)
        for ends in ours:
            relation = ends[0][0].relation.id
            if lanes[relation] < room or relation in lit:
                view.rails.append(_rail(setting, ends, min(lanes[relation], room - 0.5), x=x))
            if lanes[relation] >= room:
                crowded += ends
        _place_words(setting, [rail for rail in view.rails if rail.side == side], x=x, gutter=gutter)
        view.crowds += _crowds(setting, side, crowded, x)
    view.crowds += _crowds_above(setting, blocks, x=x, top=top, bottom=bottom)
    return view


def _stubs(blocks: Iterable[Shown], top: float, bottom: float) -> Iterator[Stub]:
    for block, y in blocks:
        for line in block.lines:
            if line.arcs and y + line.text_y > top and y + line.y < bottom:
                yield from ((arc, y + arc.y) for arc in line.arcs if arc.kind != "whole")


def _crowds(setting: Setting, side: Side, stubs: Iterable[Stub], x: float) -> Iterator[Crowd]:
    """Where the stubs end whose rails found no room. Stubs that end close to one another are counted together."""
    height = setting.metrics.label_height
    together: list[list[Stub]] = []
    for stub in sorted(stubs, key=lambda stub: stub[1]):
        if together and stub[1] - together[-1][0][1] < height:
            together[-1].append(stub)
        else:
            together.append([stub])
    for group in together:
        middle = (group[0][1] + group[-1][1]) / 2
        yield Crowd(_count_box(setting, side, middle, x), tuple(arc.relation.id for arc, _ in group))


def _crowds_above(setting: Setting, blocks: Iterable[Shown], *, x: float, top: float, bottom: float) -> Iterator[Crowd]:
    """The counts above the lines in view whose lanes do not hold all arcs."""
    height = setting.metrics.label_height
    for block, y in blocks:
        for line in block.lines:
            for crowd in line.crowds:
                box = QRectF(x + crowd.x - crowd.width / 2, y + crowd.y - height / 2, crowd.width, height)
                if box.bottom() > top and box.top() < bottom:
                    yield Crowd(box, crowd.relations)


def _room(setting: Setting, gutter: float) -> int:
    """How many rails one gutter holds."""
    metrics = setting.metrics
    return max(1, min(MAX_RAILS, int((gutter - metrics.rail_first - metrics.zoom) / metrics.rail_lane) + 1))


def _run(setting: Setting, relation: Relation) -> Run:
    spans = [span for span in map(setting.content.span, (relation.head, relation.tail)) if span is not None]
    starts = [span.start for span in spans]
    return Run(relation.id, min(starts), max(starts))


def _rail(setting: Setting, ends: Sequence[Stub], lane: float, *, x: float) -> Rail:
    metrics, arc = setting.metrics, ends[0][0]
    side = arc.side
    edge = x if side < 0 else x + setting.width
    rail_x = edge + side * (metrics.rail_first + lane * metrics.rail_lane)
    ys = sorted(y for _, y in ends)
    rail = Rail(
        arc.relation,
        arc.is_suggested,
        side,
        x=rail_x,
        stub_x=edge + side * setting.gutter_x,
        top=ys[0],
        bottom=ys[-1],
        far=None,
    )
    if len(ends) == 1:
        _end_short(setting, rail, arc)
    return rail


def _end_short(setting: Setting, rail: Rail, arc: Arc) -> None:
    """A short rail towards the end that is out of view."""
    relation = arc.relation
    near_id, far_id = (relation.head, relation.tail) if arc.kind == "head" else (relation.tail, relation.head)
    near, far = setting.content.span(near_id), setting.content.span(far_id)
    if near is None or far is None:
        return
    is_above = far.start < near.start
    length = 16 * setting.metrics.zoom
    if is_above:
        rail.top = rail.bottom - length
    else:
        rail.bottom = rail.top + length
    words = " ".join(setting.content.text[far.start : far.end].split())
    words = words if len(words) <= LONGEST_FAR else words[: LONGEST_FAR - 1] + "…"
    rail.far = Far(far_id, is_above, words, QRectF())


def _place_words(setting: Setting, rails: Sequence[Rail], *, x: float, gutter: float) -> None:
    """Put the far ends' words outside of all rails that pass them, apart from one another."""
    metrics = setting.metrics
    height, gap = metrics.label_height, 4 * metrics.zoom
    taken: list[QRectF] = []
    for rail in rails:
        if rail.far is None:
            continue
        middle = rail.top if rail.far.is_above else rail.bottom
        step = -height if rail.far.is_above else height
        box = QRectF()
        for tries in range(3):
            top = middle - height / 2 + tries * step
            passing = [other.x for other in rails if other.top < top + height and top < other.bottom]
            outer = max((abs(other_x - x - setting.width / 2) for other_x in passing), default=0.0)
            outer = max(outer, abs(rail.x - x - setting.width / 2))
            room = gutter + setting.width / 2 - outer - 2 * gap
            middle_x = x + setting.width / 2
            left = middle_x + outer + gap if rail.side > 0 else middle_x - outer - gap - room
            box = QRectF(left, top, max(0.0, room), height)
            if not any(box.intersects(other) for other in taken):
                break
        taken.append(box)
        rail.far.box = box
        rail.far.words = setting.faces.label.elided(rail.far.words, box.width()) if box.width() > 2 * height else ""


def _count_box(setting: Setting, side: Side, y: float, x: float) -> QRectF:
    metrics = setting.metrics
    width = 22 * metrics.zoom
    left = x - setting.gutter_x - width if side < 0 else x + setting.width + setting.gutter_x
    return QRectF(left, y - metrics.label_height / 2, width, metrics.label_height)
