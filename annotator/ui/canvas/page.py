"""The page: a content laid out for one width and zoom, scrolled to one place. No widget, so pictures use it too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF

from annotator.model.text import tokens
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.flow import Flow
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.gutters import RailView, rails_in_view
from annotator.ui.canvas.hit import Hit, hit_test, offset_at
from annotator.ui.canvas.lines import Block, Line, Shown
from annotator.ui.canvas.setting import Setting
from annotator.ui.canvas.typesetter import Typesetter
from annotator.ui.typography import USUAL, Typography

COMFORT = 0.12
"""Of the view's height: what is nearer to its edge than this is not comfortably visible."""

REVEAL_AT = 0.36
"""Of the view's height: where something is put that had to be scrolled to."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A line that must stay where it is: by a code point in it, and the y of its text in the view."""

    offset: int
    y: float
    is_at_top: bool = False
    """Whether it is the first line, and the page not scrolled: then what grows above the line must be seen."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code point is shown."""

    block: Block
    line: Line
    y: float
    """Of the block's top, in the view."""

    @property
    def text_top(self) -> float:
        return self.y + self.line.text_y


class Page:
    """Blocks one below the other, seen through a view of `width` by `height` pixels."""

    def __init__(
        self,
        content: Content,
        *,
        zoom: float,
        width: float,
        height: float,
        rails: Rails,
        typography: Typography = USUAL,
    ) -> None:
        self.content = content
        self.width = width
        self.setting = Setting.make(content, zoom=zoom, view_width=width, typography=typography, rails=rails)
        self.typesetter = Typesetter(self.setting)
        metrics = self.setting.metrics
        self.flow = Flow(
            self.typesetter.estimates(), self.typesetter.height, top=metrics.page_top, bottom=metrics.page_bottom
        )
        self.flow.resize(height)

    @property
    def x(self) -> float:
        """The left edge of the text column."""
        return float(round((self.width - self.setting.width) / 2))

    @property
    def gutter(self) -> float:
        """The room at each side of the column."""
        return self.x

    def shown(self) -> list[Shown]:
        """The blocks in view."""
        return [(self.typesetter.block(index), float(round(y))) for index, y in self.flow.in_view()]

    def rails(self, shown: Iterable[Shown], lit: Collection[str] = ()) -> RailView:
        """The rails in view; those of `lit` relations also where there is no room."""
        bottom = self.flow.view_height
        return rails_in_view(self.setting, shown, x=self.x, gutter=self.gutter, top=0.0, bottom=bottom, lit=lit)

    def hit(self, point: QPointF, focus: str | None, held: Collection[str] = ()) -> Hit | None:
        """What is at this point of the view; `held` are the relations whose ends can be dragged."""
        shown = self.shown()
        return hit_test(self.setting, shown, self.rails(shown, held), point, x=self.x, focus=focus, held=held)

    def place(self, offset: int) -> Place | None:
        """Where the code point is, if its block is in view."""
        index = self.content.blocks.at(offset)
        for block, y in self.shown():
            if block.index == index and (line := block.line_of(offset)) is not None:
                return Place(block, line, y)
        return None

    def pin(self, offsets: Iterable[int] = ()) -> Pin:
        """The line to keep in place: that of the first of these offsets that is in view, else the topmost one."""
        for offset in offsets:
            place = self.place(offset)
            if place is not None and 0 <= place.text_top < self.flow.view_height:
                is_first = place.block.index == 0 and place.line is place.block.lines[0]
                return Pin(offset, place.text_top, is_at_top=is_first and self.flow.position <= 0)
        for block, y in self.shown():
            for line in block.lines:
                if y + line.text_y >= 0:
                    return Pin(line.start, y + line.text_y, is_at_top=self.flow.position <= 0)
        return Pin(0, self.flow.top)

    def unmoved(self, pin: Pin | None) -> Iterator[int]:
        """The place of an earlier pin, if its line is still there: one line stays through several steps of zoom."""
        place = self.place(pin.offset) if pin is not None else None
        if pin is not None and place is not None and abs(place.text_top - pin.y) <= 1:
            yield pin.offset

    def hold(self, pin: Pin) -> None:
        """Scroll so that the pinned line is where it was."""
        if pin.is_at_top:
            self.flow.scroll_to(0)
        else:
            self.put(pin.offset, pin.y)

    def put(self, offset: int, y: float) -> None:
        """Scroll so that the text of the line with this code point begins at `y`."""
        block = self.typesetter.block(self.content.blocks.at(offset))
        line = block.line_of(offset)
        self.flow.hold(block.index, line.text_y if line is not None else 0.0, y)

    def reveal(self, start: int, end: int) -> bool:
        """Scroll to a range of text unless it can be read comfortably where it is; whether anything moved."""
        margin = COMFORT * self.flow.view_height
        first, last = self.place(start), self.place(max(start, end - 1))
        if first is not None and last is not None:
            top, bottom = first.y + first.line.y, last.y + last.line.bottom
            at_start = self.flow.position <= 0 and top >= 0
            at_end = self.flow.position >= self.flow.limit - 1 and bottom <= self.flow.view_height
            if (top >= margin or at_start) and (bottom <= self.flow.view_height - margin or at_end):
                return False
        before = self.flow.position
        self.put(start, REVEAL_AT * self.flow.view_height)
        return abs(self.flow.position - before) >= 1

    def boxes(self, start: int, end: int) -> Iterator[QRectF]:
        """The text of a range, line by line, as far as it is in view."""
        for block, y in self.shown():
            if block.start < end and start <= block.end:
                for line in block.lines:
                    for left, right in block.xs(line, max(start, line.start), min(end, line.visible_end)):
                        yield QRectF(self.x + left, y + line.text_y, right - left, line.text_height)

    def rect(self, start: int, end: int) -> QRect | None:
        """All the text of a range that is in view, in one rectangle."""
        whole = QRectF()
        for box in self.boxes(start, end):
            whole = whole.united(box)
        return None if whole.isNull() else whole.toAlignedRect()

    def reading_rect(self, start: int, end: int) -> QRect:
        """The lines in view that hold a range and the one below, with the names above them; null if there are none."""
        lines = [(y, line) for block, y in self.shown() for line in block.lines]
        held = [at for at, (_, line) in enumerate(lines) if line.start < end and start < line.end]
        if not held:
            return QRect()
        (top_y, first), (bottom_y, last) = lines[held[0]], lines[min(held[-1] + 1, len(lines) - 1)]
        top = top_y + first.text_y - first.chip_lanes * self.setting.metrics.chip_lane
        bottom = bottom_y + last.text_y + last.text_height + self.setting.metrics.under
        return QRectF(self.x, top, self.setting.width, bottom - top).toAlignedRect()

    def visible_span_ids(self) -> list[str]:
        """The spans whose first line is in view as a whole, in reading order."""
        bottom = self.flow.view_height
        return [
            fragment.span.id
            for block, y in self.shown()
            for line in block.lines
            if y + line.text_y >= 0 and y + line.text_y + line.text_height <= bottom
            for fragment in line.fragments
            if fragment.is_first
        ]

    def beside(self, offset: int, *, down: bool) -> int | None:
        """The start of the token above or below this place; None at the first and last line."""
        index = self.content.blocks.at(offset)
        block = self.typesetter.block(index)
        line = block.line_of(offset)
        if line is None:
            x, at = 0.0, -1
        else:
            stretches = block.xs(line, offset, min(offset + 1, line.end))
            x, at = stretches[0][0] if stretches else 0.0, block.lines.index(line)
        target = self._next_line(block, at, down=down)
        if target is None:
            return None
        block, line = target
        return token_start_at(self.content.text, block, offset_at(self.setting, block, line, x))

    def _next_line(self, block: Block, at: int, *, down: bool) -> tuple[Block, Line] | None:
        step = 1 if down else -1
        if block.lines and 0 <= at + step < len(block.lines):
            return block, block.lines[at + step]
        index = block.index + step
        while 0 <= index < len(self.content.blocks):
            other = self.typesetter.block(index)
            if other.lines:
                return other, other.lines[0 if down else -1]
            index += step
        return None


def token_start_at(text: str, block: Block, offset: int) -> int:
    """The start of the token that holds this place, or of the next one in the block, or of the last."""
    found = offset
    for start, end in tokens(text, block.start, block.end):
        found = start
        if offset < end:
            break
    return found


def token_at(text: str, block: Block, offset: int) -> tuple[int, int] | None:
    """The token that holds this place or begins after it, in the block."""
    return next(((start, end) for start, end in tokens(text, block.start, block.end) if offset < end), None)
