"""How the reader wants the text set: its face, its size, how wide its lines run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextFace = Literal["inter", "serif", "sans", "mono"]
"""The shipped face, or the desktop's own with serifs, without, or with letters of one width."""

LineWidth = Literal["narrow", "normal", "wide"]

TEXT_SIZES = (13, 14, 15, 16, 17, 18, 20, 22)
"""Of body text, in pixels at zoom 1."""

USUAL_SIZE = 16

LINE_WIDTHS: dict[LineWidth, float] = {"narrow": 0.76, "normal": 1.0, "wide": 1.36}
"""Of the usual column: about 68, 90 and 122 characters of body text."""


@dataclass(frozen=True, slots=True)
class Typography:
    """What the reader may choose of the text's look."""

    face: TextFace = "inter"
    size: int = USUAL_SIZE
    line_width: LineWidth = "normal"

    @property
    def scale(self) -> float:
        """What the sizes of all paragraph roles are multiplied with."""
        return self.size / USUAL_SIZE

    def resized(self, step: int) -> Typography:
        """The next larger (1) or smaller (-1) size; the same at either end."""
        at = min(range(len(TEXT_SIZES)), key=lambda number: abs(TEXT_SIZES[number] - self.size))
        size = TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at + step))]
        return Typography(self.face, size, self.line_width)


USUAL = Typography()
