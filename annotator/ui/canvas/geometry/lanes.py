"""Rows above a line: arcs that share a stretch of it lie one above the other, as low as they can.

A row is half as high as a name: a bare stub that only passes by takes one, and not the room of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BARE, NAMED, TALL = 1, 2, 3
"""The rows of an arc without a name, with its name on it, with its name above it."""

_RISES = {BARE: 0.5, NAMED: 1.0, TALL: 0.75}


class Stretch(NamedTuple):
    """What an arc needs: from `low` to `high`, and so many rows."""

    low: float
    high: float
    rows: int = 1


def stack(stretches: Sequence[Stretch], *, gap: float) -> tuple[list[int], int]:
    """The lowest row of each stretch (0 is nearest to the text), and how many rows there are.

    Shorter ones come first and lowest; one that spans another passes above it. Stretches in one row keep `gap` between
    them.
    """
    taken: list[list[Stretch]] = []
    chosen = [0] * len(stretches)
    placed: list[int] = []
    for index in sorted(range(len(stretches)), key=lambda i: (stretches[i].high - stretches[i].low, i)):
        wanted = stretches[index]
        inner = (i for i in placed if wanted.low <= stretches[i].low and stretches[i].high <= wanted.high)
        lowest = max((chosen[i] + stretches[i].rows for i in inner), default=0)
        while any(_is_taken(taken, row, wanted, gap) for row in range(lowest, lowest + wanted.rows)):
            lowest += 1
        while len(taken) < lowest + wanted.rows:
            taken.append([])
        for row in range(lowest, lowest + wanted.rows):
            taken[row].append(wanted)
        chosen[index] = lowest
        placed.append(index)
    return chosen, len(taken)


def rise(rows: int) -> float:
    """How far the line of an arc lies above the foot of its lowest row, in rows."""
    return _RISES[rows]


def _is_taken(taken: list[list[Stretch]], row: int, wanted: Stretch, gap: float) -> bool:
    return row < len(taken) and any(
        there.low < wanted.high + gap and wanted.low < there.high + gap for there in taken[row]
    )
