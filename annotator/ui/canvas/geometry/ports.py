"""Ports: where the arcs of one span leave its chip, fanned out so that none of them cross."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Reach(NamedTuple):
    """How far an arc goes from this chip (pixels, negative to the left); `rank` orders arcs that go equally far."""

    distance: float
    rank: str = ""


def fan(reaches: Sequence[Reach], *, width: float, step: float) -> list[float]:
    """The offset of each arc's port from the chip's anchor, at most half the width away from it.

    Arcs to the left leave on the left, arcs to the right on the right; the further one goes, the nearer the middle it
    starts, because it passes above the shorter ones.
    """

    def place(index: int) -> tuple[bool, float, str]:
        reach = reaches[index]
        goes_right = reach.distance > 0
        return goes_right, -abs(reach.distance) if goes_right else abs(reach.distance), reach.rank

    # Equal ones must nest: what comes last on the left of one chip comes first on the right of the other.
    left = sorted((i for i in range(len(reaches)) if reaches[i].distance <= 0), key=place)
    right = sorted((i for i in range(len(reaches)) if reaches[i].distance > 0), key=lambda i: reaches[i].rank)
    right.reverse()
    right.sort(key=lambda i: -reaches[i].distance)
    order = [*left, *right]
    gap = min(step, width / (len(order) - 1)) if len(order) > 1 else 0.0
    offsets = [0.0] * len(order)
    for position, index in enumerate(order):
        offsets[index] = (position - (len(order) - 1) / 2) * gap
    return offsets
