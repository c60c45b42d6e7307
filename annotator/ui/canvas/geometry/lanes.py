"""Lanes above a line: arcs that share a stretch of it lie one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """What an arc needs: from `low` to `high`, and `rows` lanes (two when its label stands above it)."""

    low: float
    high: float
    rows: int = 1


def stack(stretches: Sequence[Stretch], *, gap: float) -> tuple[list[int], int]:
    """The lane of each stretch (0 is the lowest; with two rows it holds the upper one too), and how many there are.

    Shorter ones come first and lowest; one that spans another passes above it. Stretches in one lane keep `gap` between
    them.
    """
    lanes: list[list[Stretch]] = []
    chosen = [0] * len(stretches)
    placed: list[int] = []
    for index in sorted(range(len(stretches)), key=lambda i: (stretches[i].high - stretches[i].low, i)):
        wanted = stretches[index]
        inner = (i for i in placed if wanted.low <= stretches[i].low and stretches[i].high <= wanted.high)
        lane = max((chosen[i] + stretches[i].rows for i in inner), default=0)
        while any(_is_taken(lanes, row, wanted, gap) for row in range(lane, lane + wanted.rows)):
            lane += 1
        while len(lanes) < lane + wanted.rows:
            lanes.append([])
        for row in range(lane, lane + wanted.rows):
            lanes[row].append(wanted)
        chosen[index] = lane
        placed.append(index)
    return chosen, len(lanes)


def _is_taken(lanes: list[list[Stretch]], row: int, wanted: Stretch, gap: float) -> bool:
    return row < len(lanes) and any(
        there.low < wanted.high + gap and wanted.low < there.high + gap for there in lanes[row]
    )
