"""Heights of blocks with fast sums: a Fenwick tree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """The height of every block, in pixels; changing one, summing and finding by place all take O(log n)."""

    __slots__ = ("_heights", "_leap", "_tree")

    def __init__(self, heights: Iterable[float]) -> None:
        self._heights = list(heights)
        tops = [0.0, *accumulate(self._heights)]
        self._tree = [0.0] + [tops[i] - tops[i & (i - 1)] for i in range(1, len(tops))]
        self._leap = 1 << max(0, len(self._heights).bit_length() - 1)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> float:
        return self._heights[block]

    def __setitem__(self, block: int, height: float) -> None:
        more = height - self._heights[block]
        if not more:
            return
        self._heights[block] = height
        node = block + 1
        while node < len(self._tree):
            self._tree[node] += more
            node += node & -node

    def top(self, block: int) -> float:
        """The sum of all heights before this block; `top(len(self))` is the whole."""
        total = 0.0
        while block > 0:
            total += self._tree[block]
            block &= block - 1
        return total

    @property
    def total(self) -> float:
        return self.top(len(self._heights))

    def at(self, y: float) -> int:
        """The block that holds this place; the first or last one outside."""
        block, step = 0, self._leap
        while step:
            further = block + step
            if further < len(self._tree) and self._tree[further] <= y:
                block = further
                y -= self._tree[further]
            step >>= 1
        return max(0, min(block, len(self._heights) - 1))
