"""Lanes above a line: arcs that share a stretch of it lie one above the other, as low as they can.

A lane is half as high as an arc with its name: a bare stub that only passes by takes one, and no room for a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BARE, NAMED, TALL = 1, 2, 3
"""The lanes of an arc without a name, with its name on it, with its name above it."""

MOST_LANES = 24
"""Of one line: a dozen arcs with names. What finds no lane is counted instead ("+3")."""

MOST_AT_CHIP = MOST_LANES // NAMED
"""Arcs that leave a chip to one side: each of them needs a lane of its own."""

_RISES = {BARE: 0.5, NAMED: 1.0, TALL: 0.75}


class Stretch(NamedTuple):
    """What an arc needs: from `low` to `high`, and so many lanes."""

    low: float
    high: float
    lanes: int = 1


def stack(stretches: Sequence[Stretch], *, gap: float, most: int = MOST_LANES) -> tuple[list[int | None], int]:
    """The lowest lane of each stretch (0 is nearest to the text), and how many lanes there are.

    Shorter ones come first and lowest; one that spans another passes above it. Stretches in one lane keep `gap` between
    them. Those that would need more than `most` lanes have none.
    """
    taken: list[list[Stretch]] = []
    chosen: list[int | None] = [None] * len(stretches)
    placed: list[int] = []
    for index in sorted(range(len(stretches)), key=lambda i: (stretches[i].high - stretches[i].low, i)):
        wanted = stretches[index]
        inner = (i for i in placed if wanted.low <= stretches[i].low and stretches[i].high <= wanted.high)
        lowest = max(((chosen[i] or 0) + stretches[i].lanes for i in inner), default=0)
        while lowest + wanted.lanes <= most and _is_taken(taken, lowest, wanted, gap):
            lowest += 1
        if lowest + wanted.lanes > most:
            continue
        while len(taken) < lowest + wanted.lanes:
            taken.append([])
        for lane in range(lowest, lowest + wanted.lanes):
            taken[lane].append(wanted)
        chosen[index] = lowest
        placed.append(index)
    return chosen, len(taken)


def gather(places: Sequence[float], *, apart: float) -> list[list[int]]:
    """Which places (by index) to count together, from left to right, so that the first ones are `apart` at least."""
    groups: list[list[int]] = []
    for index in sorted(range(len(places)), key=places.__getitem__):
        if groups and places[index] - places[groups[-1][0]] < apart:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def rise(lanes: int) -> float:
    """How far the line of an arc lies above the foot of its lowest lane, in lanes."""
    return _RISES[lanes]


def _is_taken(taken: list[list[Stretch]], lowest: int, wanted: Stretch, gap: float) -> bool:
    """Whether one of the lanes from the lowest on has no room for the stretch."""
    return any(
        there.low < wanted.high + gap and wanted.low < there.high + gap
        for lane in taken[lowest : lowest + wanted.lanes]
        for there in lane
    )
