"""What is left out where spans lie on one another by the hundred: a reader sees the outer ones and a count."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

MOST_DEEP = 16
"""Spans drawn over one character."""


def drawn(places: Iterable[tuple[int, int]], *, most: int = MOST_DEEP) -> list[bool]:
    """Whether to draw each (start, end), given in reading order: at most so many over a character, outer ones first."""
    under_way: list[int] = []
    found = []
    for start, end in places:
        while under_way and under_way[0] <= start:
            heappop(under_way)
        has_room = len(under_way) < most
        if has_room:
            heappush(under_way, end)
        found.append(has_room)
    return found
