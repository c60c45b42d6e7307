"""Lanes above a line: arcs that share a stretch of it lie one above the other, as low as they can.

A lane is half as high as an arc with its name: a bare stub that only passes by takes one, and no room for a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BARE, NAMED, TALL = 1, 2, 3
"""The lanes of an arc without a name, with its name on it, with its name above it."""

_RISES = {BARE: 0.5, NAMED: 1.0, TALL: 0.75}


class Stretch(NamedTuple):
    """What an arc needs: from `low` to `high`, and so many lanes."""

    low: float
    high: float
    lanes: int = 1


def stack(stretches: Sequence[Stretch], *, gap: float) -> tuple[list[int], int]:
    """The lowest lane of each stretch (0 is nearest to the text), and how many lanes there are.

    Shorter ones come first and lowest; one that spans another passes above it. Stretches in one lane keep `gap` between
    them.
    """
    taken: list[list[Stretch]] = []
    chosen = [0] * len(stretches)
    placed: list[int] = []
    for index in sorted(range(len(stretches)), key=lambda i: (stretches[i].high - stretches[i].low, i)):
        wanted = stretches[index]
        inner = (i for i in placed if wanted.low <= stretches[i].low and stretches[i].high <= wanted.high)
        lowest = max((chosen[i] + stretches[i].lanes for i in inner), default=0)
        while any(_is_taken(taken, lane, wanted, gap) for lane in range(lowest, lowest + wanted.lanes)):
            lowest += 1
        while len(taken) < lowest + wanted.lanes:
            taken.append([])
        for lane in range(lowest, lowest + wanted.lanes):
            taken[lane].append(wanted)
        chosen[index] = lowest
        placed.append(index)
    return chosen, len(taken)


def rise(lanes: int) -> float:
    """How far the line of an arc lies above the foot of its lowest lane, in lanes."""
    return _RISES[lanes]


def _is_taken(taken: list[list[Stretch]], lane: int, wanted: Stretch, gap: float) -> bool:
    return lane < len(taken) and any(
        there.low < wanted.high + gap and wanted.low < there.high + gap for there in taken[lane]
    )
