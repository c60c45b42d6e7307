"""The arcs of a block's relations: which are whole and which are stubs, their ports, labels and lanes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from annotator.model import Relation
from annotator.ui.canvas.geometry.lanes import BARE, MOST_AT_CHIP, NAMED, TALL, Stretch, gather, stack
from annotator.ui.canvas.geometry.names import nudged
from annotator.ui.canvas.geometry.ports import Reach, fan
from annotator.ui.canvas.geometry.rails import Side
from annotator.ui.canvas.lines import Arc, ArcKind, Block, Crowded, Fragment, Line
from annotator.ui.canvas.setting import Setting

Starts = Mapping[str, tuple[Line, Fragment]]
"""Where each span of a block begins: arcs end at that fragment's chip."""

FAR_CHARS = 1_200
"""From here on, both ends of a relation across lines carry its label: they are hardly seen together."""

_APART = 0.01
"""By which a stretch that passes above another is longer, at least."""

_STUB_ENDS = 22
"""Pixels of a stub beside its name, at zoom 1."""

_DOUBT = 0.04
"""Of the text before a span: by how much a guess where it stands may be wrong."""

MOST_STUBS = 48
"""That leave one chip for a gutter, which holds eight rails; the others are counted."""

_OUT_OF_LINE = 1e6
"""A stub goes further than any arc within the line."""


def place_arcs(setting: Setting, block: Block, starts: Starts) -> None:
    """Give every line of a block its arcs, with ports, labels and lanes."""
    reaches: defaultdict[str, list[tuple[Reach, Arc, bool]]] = defaultdict(list)
    busy: dict[int, Line] = {}
    joined = setting.content.relations_by_end(block.index)
    crowded = _crowded(starts, joined)
    whole: dict[str, Arc] = {}
    for span_id, (line, _) in starts.items():
        for relation in joined.get(span_id, ()):
            if relation.id in crowded:
                busy[id(line)] = line
                continue
            arc, reach = _arc_at(setting, starts, relation, span_id, whole)
            reaches[span_id].append((reach, arc, arc.kind != "tail" and relation.head == span_id))
            if relation.id not in whole:
                line.arcs.append(arc)
            if arc.kind == "whole":
                whole[relation.id] = arc
            busy[id(line)] = line
    for span_id, ends in reaches.items():
        _spread(setting, starts[span_id][1], ends)
    without_lane: defaultdict[int, list[tuple[Fragment, str]]] = defaultdict(list)
    for relation_id, span_id in crowded.items():
        line, fragment = starts[span_id]
        without_lane[id(line)].append((fragment, relation_id))
    for line in busy.values():
        _stack(setting, line, without_lane[id(line)])


def _crowded(starts: Starts, joined: Mapping[str, Sequence[Relation]]) -> dict[str, str]:
    """Of a chip with more arcs to one side than there are lanes, those that go furthest; each with the chip's span."""
    found: dict[str, str] = {}
    for span_id, relations in joined.items():
        if len(relations) <= MOST_AT_CHIP or span_id not in starts:
            continue
        line, fragment = starts[span_id]
        sides: defaultdict[bool, list[tuple[float, str]]] = defaultdict(list)
        stubs = []
        for relation in relations:
            other = starts.get(relation.tail if relation.head == span_id else relation.head)
            if other is not None and other[0] is line:
                distance = other[1].anchor - fragment.anchor
                sides[distance > 0].append((abs(distance), relation.id))
            else:
                stubs.append(relation.id)
        for reaches in sides.values():
            found.update((relation_id, span_id) for _, relation_id in sorted(reaches)[MOST_AT_CHIP:])
        found.update((relation_id, span_id) for relation_id in stubs[MOST_STUBS:])
    return found


def _arc_at(
    setting: Setting, starts: Starts, relation: Relation, span_id: str, whole: Mapping[str, Arc]
) -> tuple[Arc, Reach]:
    """The arc of the relation as it leaves this span, and how far it goes from there. `whole` are those made so far."""
    line, fragment = starts[span_id]
    is_head = relation.head == span_id
    other = starts.get(relation.tail if is_head else relation.head)
    if other is not None and other[0] is line:
        arc = whole.get(relation.id)
        if arc is None:
            arc = _arc(setting, relation, "whole")
            arc.fragment1, arc.fragment2 = (fragment, other[1]) if is_head else (other[1], fragment)
        return arc, Reach(other[1].anchor - fragment.anchor, relation.id)
    runs = _run_to(setting, relation.head), _run_to(setting, relation.tail)
    side = setting.rails.side(relation.id, _nearer_side(setting, runs))
    arc = _arc(setting, relation, "head" if is_head else "tail", side, runs)
    arc.fragment1 = fragment
    return arc, Reach(arc.side * _OUT_OF_LINE, relation.id)


Runs = tuple[float, float]
"""About how many pixels of text stand before the head of a relation in its block, and before its tail."""


def _arc(setting: Setting, relation: Relation, kind: ArcKind, side: Side = -1, runs: Runs = (0.0, 0.0)) -> Arc:
    content = setting.content
    arc = Arc(
        relation,
        kind,
        is_suggested=content.is_suggested(relation.id),
        is_symmetric=content.is_symmetric(relation),
    )
    arc.side = side
    label = content.relation_title(relation)
    if arc.is_suggested and relation.score is not None:
        label += f" {min(99, int(relation.score * 100))}"
    width = setting.faces.label.width(label) + 8 * setting.metrics.zoom
    if kind == "whole" or _is_far(setting, relation) or kind == _named_end(setting, relation, side, width, runs):
        arc.label, arc.label_width = label, width
    return arc


def _named_end(setting: Setting, relation: Relation, side: Side, width: float, runs: Runs) -> ArcKind:
    """The stub that carries the name: the head's, unless that is too short for it and the tail's is not.

    Several relations of one kind that leave a span share one name there.
    """
    head, tail = (run % setting.width if side < 0 else setting.width - run % setting.width for run in runs)
    least = width + _STUB_ENDS * setting.metrics.zoom - setting.gutter_x
    if head >= least or tail - _DOUBT * runs[1] < least:
        return "head"
    return "head" if setting.content.has_namesake(relation) else "tail"


def _nearer_side(setting: Setting, runs: Runs) -> Side:
    """The gutter that both ends together are nearer to, guessed from the text: one end may not be laid out yet."""
    head, tail = runs
    return -1 if head % setting.width + tail % setting.width <= setting.width else 1


def _run_to(setting: Setting, span_id: str) -> float:
    """About how many pixels of text stand before a span in its block."""
    span, blocks = setting.content.span(span_id), setting.content.blocks
    if span is None:
        return 0.0
    block = blocks.at(span.start)
    return (span.start - blocks.starts[block]) * setting.faces.text(blocks.role(block)).average


def _is_far(setting: Setting, relation: Relation) -> bool:
    head, tail = setting.content.span(relation.head), setting.content.span(relation.tail)
    return head is not None and tail is not None and abs(head.start - tail.start) > FAR_CHARS


def _spread(setting: Setting, fragment: Fragment, ends: list[tuple[Reach, Arc, bool]]) -> None:
    """Fan the arcs of one span out over its chip."""
    chip = fragment.chip
    width = max(0.0, chip.width - 4 * setting.metrics.zoom) if chip else 0.0
    trunks = {trunk(arc): reach for reach, arc, _ in reversed(ends)}
    ports = fan(list(trunks.values()), width=width, step=setting.metrics.port_step)
    port_of = dict(zip(trunks, ports, strict=True))
    offsets = [port_of[trunk(arc)] for _, arc, _ in ends]
    low = chip.x + setting.metrics.zoom if chip else fragment.left
    high = chip.x + chip.width - setting.metrics.zoom if chip else fragment.right
    half = (max(offsets) - min(offsets)) / 2
    middle = min(max(fragment.anchor, low + half), max(high - half, low + half))
    for offset, (_, arc, is_head) in zip(offsets, ends, strict=True):
        x = middle + offset
        if arc.kind == "whole" and not is_head:
            arc.x2 = x
        else:
            arc.x1 = x
        if arc.kind != "whole":
            arc.x2 = -setting.gutter_x if arc.side < 0 else setting.width + setting.gutter_x


def trunk(arc: Arc) -> tuple[object, ...]:
    """What the stubs have in common that leave one span together: they share a lane and a name."""
    if arc.kind == "whole":
        return (arc.relation.id,)
    return arc.kind, arc.side, id(arc.fragment1), arc.relation.label, arc.is_suggested, bool(arc.label)


def _stack(setting: Setting, line: Line, crowded: list[tuple[Fragment, str]]) -> None:
    """Give the arcs their lanes; those without one are counted with the crowded ones, at the chip they leave."""
    zoom = setting.metrics.zoom
    trunks: defaultdict[tuple[object, ...], list[Arc]] = defaultdict(list)
    for arc in line.arcs:
        trunks[trunk(arc)].append(arc)
    legs = [(arc.high - arc.low, x) for arc in line.arcs for x in _feet(arc)]
    stretches = [_joint_stretch(arcs, legs, zoom) for arcs in trunks.values()]
    _keep_names_clear([arcs[0] for arcs in trunks.values()], stretches)
    lanes, line.arc_lanes = stack(stretches, gap=4 * zoom)
    line.arcs = []
    for arcs, lane, stretch in zip(trunks.values(), lanes, stretches, strict=True):
        for arc in arcs:
            if lane is not None:
                arc.lane, arc.lanes = lane, stretch.lanes
                line.arcs.append(arc)
            elif arc.fragment1 is not None:
                crowded.append((arc.fragment1, arc.relation.id))
    if crowded:
        line.crowds = _counts(setting, crowded)
        line.arc_lanes += NAMED


def _counts(setting: Setting, crowded: Sequence[tuple[Fragment, str]]) -> list[Crowded]:
    """How many have no lane, at the chips and apart from one another."""
    zoom, face = setting.metrics.zoom, setting.faces.label
    width = max(22 * zoom, face.width(f"+{len(crowded):,}") + 8 * zoom)
    xs = [min(max(fragment.anchor, width / 2), setting.width - width / 2) for fragment, _ in crowded]
    return [
        Crowded(tuple(crowded[at][1] for at in group), x=xs[group[0]], width=width)
        for group in gather(xs, apart=width + 2 * zoom)
    ]


def _keep_names_clear(arcs: list[Arc], stretches: list[Stretch]) -> None:
    """Let a stub whose name stands over the legs of other arcs pass above these; the outermost stub stays lowest."""
    for side in (-1, 1):
        reach = -math.inf
        stubs = [at for at, arc in enumerate(arcs) if arc.kind != "whole" and arc.side == side]
        for at in sorted(stubs, key=lambda at: -side * arcs[at].x1):
            arc, (low, high, takes) = arcs[at], stretches[at]
            half = arc.label_width / 2
            for other, beside in zip(arcs, stretches, strict=True):
                legs = _feet(other) if other.kind == "whole" else ()
                if arc.label and any(abs(leg - arc.label_x) < half for leg in legs):
                    low, high = min(low, beside.low), max(high, beside.high)
            reach = max(reach + _APART, high if side < 0 else -low)
            stretches[at] = Stretch(low, reach, takes) if side < 0 else Stretch(-reach, high, takes)


def _feet(arc: Arc) -> tuple[float, ...]:
    """Where its legs stand."""
    return (arc.x1, arc.x2) if arc.kind == "whole" else (arc.x1,)


def _joint_stretch(arcs: list[Arc], legs: Sequence[tuple[float, float]], zoom: float) -> Stretch:
    """The room of stubs that share a lane. The first one carries the name of all, with the best score."""
    first = arcs[0]
    if len(arcs) > 1 and first.label:
        widest = max(arcs, key=lambda arc: arc.label)
        first.label, first.label_width = widest.label, widest.label_width
    length = first.high - first.low
    found = _stretch(first, [x for longer, x in legs if longer > length], zoom)
    for arc in arcs[1:]:
        arc.label, arc.label_width = "", 0.0
        arc.label_x = first.label_x
    return found


def _stretch(arc: Arc, legs: Sequence[float], zoom: float) -> Stretch:
    """The room that an arc takes with its label: on it where there is room, else above it.

    `legs` are those of longer arcs, which pass above.
    """
    low, high, half = arc.low, arc.high, arc.label_width / 2
    if not arc.label:
        return Stretch(low, high, BARE)
    if arc.kind == "whole":
        arc.is_tall = high - low < arc.label_width + 14 * zoom
        most = half / 2 if arc.is_tall else (high - low) / 2 - half - 7 * zoom
        arc.label_x = nudged((low + high) / 2, half - 2 * zoom, legs, most=most)
    else:
        # A stub that is too short for its label has it on the other side of its leg.
        has_room = high - low >= arc.label_width + _STUB_ENDS * zoom
        arc.label_x = arc.x1 + arc.side * (half + 10 * zoom) if has_room else arc.x1 - arc.side * (half + 2 * zoom)
    return Stretch(min(low, arc.label_x - half), max(high, arc.label_x + half), TALL if arc.is_tall else NAMED)
