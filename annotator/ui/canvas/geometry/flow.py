"""Which blocks are in view, and where. The position is an anchor (a block and a place in it), so nothing hops."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.ui.canvas.geometry.heights import Heights

Measure = Callable[[int], float]
"""Lays a block out if need be, and gives its exact height in pixels."""


class Flow:
    """The blocks one below the other, seen through a window of `view_height` pixels.

    Heights are estimates until a block has been measured. Correcting one above the view moves only the scroll bar.
    `top` and `bottom` are the margins of the page.
    """

    def __init__(self, estimates: Iterable[float], measure: Measure, *, top: float, bottom: float) -> None:
        self.heights = Heights(estimates)
        self.top = top
        self.bottom = bottom
        self.view_height = 0.0
        self._measure = measure
        self._block = 0
        self._offset = -top

    @property
    def position(self) -> float:
        """Pixels from the top of the page to the top of the view, as far as heights are known."""
        return self.top + self.heights.top(self._block) + self._offset

    @property
    def limit(self) -> float:
        """The highest position."""
        return max(0.0, self.top + self.heights.total + self.bottom - self.view_height)

    def resize(self, view_height: float) -> None:
        self.view_height = view_height
        self._settle()

    def scroll_by(self, pixels: float) -> None:
        """Move down, or up with a negative number; every pixel counts, whatever the estimates were."""
        self._offset += pixels
        self._settle()

    def scroll_to(self, position: float) -> None:
        """Jump to a position as the scroll bar counts it."""
        self._block = self.heights.at(position - self.top)
        self._offset = position - self.top - self.heights.top(self._block)
        self._settle()

    def scroll_to_end(self) -> None:
        """Jump to the end of the text, wherever the estimates put it."""
        self._block = len(self.heights) - 1
        self._offset = self._measured(self._block)
        self._settle()

    def hold(self, block: int, place: float, y: float) -> None:
        """Scroll so that the place (pixels below the block's top) stands at `y` in the view."""
        self._block, self._offset = block, place - y
        self._settle()

    def in_view(self) -> list[tuple[int, float]]:
        """The blocks in view, measured, each with the y of its top."""
        found = []
        block, y = self._block, -self._offset
        while block < len(self.heights) and y < self.view_height:
            found.append((block, y))
            y += self._measured(block)
            block += 1
        return found

    def _settle(self) -> None:
        """Let the anchor be the block at the top of the view, and keep the page inside the view."""
        self._walk()
        missing = self._room_below()
        if missing > 0:
            self._offset -= missing
            self._walk()
        if self._block == 0 and self._offset < -self.top:
            self._offset = -self.top

    def _walk(self) -> None:
        while self._offset < 0 and self._block > 0:
            self._block -= 1
            self._offset += self._measured(self._block)
        while self._block < len(self.heights) - 1 and self._offset >= self._measured(self._block):
            self._offset -= self.heights[self._block]
            self._block += 1

    def _room_below(self) -> float:
        """How much empty view there is below the end of the page."""
        block, y = self._block, -self._offset
        while y < self.view_height:
            if block == len(self.heights):
                return self.view_height - y - self.bottom
            y += self._measured(block)
            block += 1
        return 0.0

    def _measured(self, block: int) -> float:
        height = self._measure(block)
        self.heights[block] = height
        return height
