"""Heights of blocks with fast sums."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

SHELF = 256
"""Blocks that are summed up together: about the square root of the blocks of a long document."""


class Heights:
    """The height of every block, in pixels, and the sum of every shelf of SHELF blocks.

    Made at a pass; changing one, summing and finding by place add up single heights within one shelf only.
    """

    __slots__ = ("_heights", "_shelves", "_tops")

    def __init__(self, heights: Iterable[float]) -> None:
        self._heights = list(heights)
        self._shelves = [
            sum(self._heights[first : first + SHELF]) for first in range(0, max(1, len(self._heights)), SHELF)
        ]
        self._tops: list[float] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> float:
        return self._heights[block]

    def __setitem__(self, block: int, height: float) -> None:
        if height != self._heights[block]:
            self._heights[block] = height
            first = block - block % SHELF
            # Summed anew, so that rounding errors do not pile up.
            self._shelves[block // SHELF] = sum(self._heights[first : first + SHELF])
            self._tops = None

    def _shelf_tops(self) -> list[float]:
        """The sum of all before each shelf, and of all."""
        if self._tops is None:
            self._tops = [0.0, *accumulate(self._shelves)]
        return self._tops

    def top(self, block: int) -> float:
        """The sum of all heights before this block; `top(len(self))` is the whole."""
        shelf = min(block // SHELF, len(self._shelves) - 1)
        return self._shelf_tops()[shelf] + sum(self._heights[shelf * SHELF : block])

    @property
    def total(self) -> float:
        return self._shelf_tops()[-1]

    def at(self, y: float) -> int:
        """The block that holds this place; the first or last one outside."""
        tops = self._shelf_tops()
        shelf = max(0, min(bisect_right(tops, y), len(self._shelves)) - 1)
        first = shelf * SHELF
        bottoms = accumulate(self._heights[first : first + SHELF], initial=tops[shelf])
        block = first + bisect_right(list(bottoms), y) - 1
        return max(0, min(block, len(self._heights) - 1))
