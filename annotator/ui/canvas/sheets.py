"""A content laid out at its full height, whole or in part, and cut into sheets between its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.gutters import rails_in_view
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.overlay import Overlay
from annotator.ui.canvas.page import Page
from annotator.ui.canvas.paint import Stage, paint_blocks
from annotator.ui.canvas.paint_arcs import paint_rails
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.typography import USUAL, Typography

_ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks: `width_px` is its width as on screen, `zoom` the size of what is on it.

    `scale` is the pixels of a PNG for each of these; `only` a range of code points whose lines alone are drawn.
    """

    theme: Theme = LIGHT
    width_px: int = 1000
    zoom: float = 1.0
    scale: float = 2.0
    typography: Typography = USUAL
    only: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some lines of the page: from `top` to `bottom`, in pixels of the page."""

    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Sheets:
    """All lines of a content, or those of a range, ready to be painted."""

    def __init__(self, content: Content, look: Look) -> None:
        self.look = look
        self.page = Page(
            content,
            zoom=look.zoom,
            width=look.width_px,
            height=_ENDLESS,
            rails=Rails(),
            typography=look.typography,
        )
        self.shown = self.page.shown()

    @property
    def margin(self) -> float:
        """Above the first line and below the last one."""
        return self.page.flow.top

    def whole(self) -> Sheet:
        """All lines on one sheet."""
        lines = self._lines()
        return Sheet(lines[0].top, lines[-1].bottom) if lines else Sheet(0.0, 0.0)

    def cut(self, height: float) -> Iterator[Sheet]:
        """Sheets of at most this height. A line that is higher than a sheet gets one of its own, cut short."""
        lines = self._lines()
        if not lines:
            yield Sheet(0.0, 0.0)
        start = 0
        while start < len(lines):
            top = lines[start].top
            end = start + 1
            while end < len(lines) and lines[end].bottom - top <= height:
                end += 1
            yield Sheet(top, lines[end - 1].bottom)
            start = end

    def _lines(self) -> list[Sheet]:
        first, last = self.look.only or (0, len(self.page.content.text) + 1)
        return [
            Sheet(y + line.y, y + line.bottom)
            for block, y in self.shown
            for line in block.lines
            if first < line.end and line.start < last
        ]

    def paint(self, painter: QPainter, sheet: Sheet, *, y: float) -> None:
        """Paint the lines of a sheet, and only those, from `y` on."""
        painter.save()
        painter.translate(0, y - sheet.top)
        if sheet.height:
            painter.setClipRect(QRectF(0, sheet.top - 1, self.page.width, sheet.height + 2))
        inks = Inks(self.look.theme, self.look.zoom)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        stage = Stage(self.page.setting, inks, Overlay(), self.page.x, sheet.top, sheet.bottom)
        here = [(block, top) for block, top in self.shown if _touches(block.height, top, sheet)]
        paint_blocks(painter, stage, here)
        rails = rails_in_view(
            self.page.setting, here, x=self.page.x, gutter=self.page.gutter, top=sheet.top, bottom=sheet.bottom
        )
        paint_rails(painter, self.page.setting, inks, Overlay(), rails)
        painter.restore()


def _touches(height: float, top: float, sheet: Sheet) -> bool:
    return top < sheet.bottom and top + height > sheet.top
