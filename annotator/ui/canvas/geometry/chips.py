"""Chips: the names of labels above their spans, side by side before one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_LANES = 12
"""Chips one above the other; what finds no lane is counted instead ("+3")."""


class Wish(NamedTuple):
    """A chip to be placed: its span from `left` to `right` on this line, the widths of its forms, best form first."""

    left: float
    right: float
    widths: tuple[float, ...]


class Place(NamedTuple):
    """Where a chip goes: its left edge, its width, its lane (0 is nearest to the text), and which form it takes."""

    x: float
    width: float
    lane: int
    form: int


def place_chips(wishes: Sequence[Wish], *, limit: float, gap: float, most: int = MOST_LANES) -> list[Place | None]:
    """A place for every chip that finds one in `most` lanes.

    No two in one lane come nearer than `gap`, and none passes `limit` if it can be helped.
    In turn: at the span's start, in ever shorter forms; pushed to the right but still above its own span; one lane up.
    """
    lanes: list[float] = []
    order = sorted(range(len(wishes)), key=lambda i: (wishes[i].left, wishes[i].right))
    found: dict[int, Place | None] = {}
    for turn, index in enumerate(order):
        next_left = _next_left(wishes, order, turn)
        place = _in_lowest_lane(wishes[index], lanes, next_left, limit) or _further_up(wishes[index], lanes, limit)
        if place.lane >= most:
            found[index] = None
            continue
        while len(lanes) <= place.lane:
            lanes.append(float("-inf"))
        lanes[place.lane] = place.x + place.width + gap
        found[index] = place
    return [found[index] for index in range(len(wishes))]


def _next_left(wishes: Sequence[Wish], order: list[int], turn: int) -> float:
    """Where the next span begins that lies wholly behind this one: its chip has a right to that place."""
    here = wishes[order[turn]]
    return next((wishes[i].left for i in order[turn + 1 :] if wishes[i].left > here.right - 1), float("inf"))


def _in_lowest_lane(wish: Wish, lanes: list[float], next_left: float, limit: float) -> Place | None:
    taken = lanes[0] if lanes else float("-inf")
    is_pushed = taken > wish.left
    x = max(taken, wish.left)
    room = min(next_left, limit) - x
    if is_pushed:
        room = min(room, wish.right - x)
    for form, width in enumerate(wish.widths):
        if width <= room:
            return Place(x, width, 0, form)
    # At the end of a line a chip may begin before its span, as long as it stays above it.
    for form, width in enumerate(wish.widths):
        if next_left == float("inf") and taken <= limit - width <= wish.left and wish.right <= limit:
            return Place(limit - width, width, 0, form)
    return None


def _further_up(wish: Wish, lanes: list[float], limit: float) -> Place:
    width = wish.widths[0]
    x = min(wish.left, limit - width)
    lane = 0
    while lane < len(lanes) and lanes[lane] > x:
        lane += 1
    return Place(x, width, lane, 0)
