"""The blocks of a content, laid out when they are wanted, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from operator import sub

from annotator.model import Role
from annotator.ui.canvas.arcs import place_arcs
from annotator.ui.canvas.geometry.blocks import LONGEST_BLOCK
from annotator.ui.canvas.geometry.metrics import ROLE_STYLES
from annotator.ui.canvas.lines import Block
from annotator.ui.canvas.paragraph import break_lines, count_hidden, label_line, pile_up, place_spans
from annotator.ui.canvas.setting import Setting
from annotator.ui.canvas.ties import place_ties

KEPT_BLOCKS = 300
KEPT_LINES = 1_000
"""What stays laid out, at most: blocks, and lines of them. A screen shows 10 to 40 blocks, 20 to 200 lines."""


class Typesetter:
    """Lays out the blocks of a content at one width and zoom, and keeps the latest of them."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._kept: OrderedDict[int, Block] = OrderedDict()
        self._kept_lines = 0

    def block(self, index: int) -> Block:
        """The block laid out; exact until its spans or relations change."""
        known = self._kept.get(index)
        if known is not None:
            self._kept.move_to_end(index)
            return known
        made = self._kept[index] = self._set(index)
        self._kept_lines += len(made.lines)
        while len(self._kept) > KEPT_BLOCKS or (self._kept_lines > KEPT_LINES and len(self._kept) > 1):
            self._forget(next(iter(self._kept)))
        return made

    @property
    def kept(self) -> tuple[int, int]:
        """How many blocks are laid out now, and how many lines they have."""
        return len(self._kept), self._kept_lines

    def height(self, index: int) -> float:
        return self.block(index).height

    def drop(self, blocks: Iterable[int]) -> None:
        """Forget blocks whose spans or relations have changed."""
        for index in blocks:
            self._forget(index)

    def _forget(self, index: int) -> None:
        block = self._kept.pop(index, None)
        if block is not None:
            self._kept_lines -= len(block.lines)

    def estimates(self) -> list[float]:
        """About how high every block is, without laying it out."""
        text, blocks = self.setting.content.text, self.setting.content.blocks
        by_role = {role: self._estimates_by_length(role) for role in {"body", *blocks.roles.values()}}
        lengths = list(map(sub, blocks.ends, blocks.starts))
        heights = list(map(by_role["body"].__getitem__, lengths))
        for index, role in blocks.roles.items():
            heights[index] = by_role[role][lengths[index]]
        if "\r" in text:
            for index in (index for index, length in enumerate(lengths) if length == 1):
                if _is_blank(text, blocks.starts[index], blocks.ends[index]):
                    heights[index] = by_role["body"][0]
        return heights

    def _estimates_by_length(self, role: Role) -> list[float]:
        """About how high a block of each length is; there are far more blocks than lengths."""
        metrics, pitch, per_line = self.setting.metrics, self._pitch(role), self._per_line(role)
        filled = [
            (int(length / per_line) + 1) * pitch + metrics.paragraph_gap for length in range(1, LONGEST_BLOCK + 1)
        ]
        return [metrics.blank, *filled]

    def _pitch(self, role: Role) -> float:
        metrics = self.setting.metrics
        return metrics.chip_lane + self.setting.faces.text(role).height + metrics.lead

    def _per_line(self, role: Role) -> float:
        return max(8.0, self.setting.width / self.setting.faces.text(role).average)

    def _set(self, index: int) -> Block:
        setting = self.setting
        blocks = setting.content.blocks
        block = Block(index, blocks.starts[index], blocks.ends[index], ROLE_STYLES[blocks.role(index)])
        if _is_blank(setting.content.text, block.start, block.end):
            block.height = round(setting.metrics.blank)
            return block
        break_lines(setting, block)
        spans = setting.content.spans_in(index)
        starts = place_spans(setting, block, spans)
        place_ties(setting, block, spans)
        for line in block.lines:
            if line.fragments:
                label_line(setting, block, line)
            if line.hidden:
                count_hidden(setting, block, line)
        if starts:
            place_arcs(setting, block, starts)
        pile_up(setting, block)
        return block


def _is_blank(text: str, start: int, end: int) -> bool:
    """Whether there is nothing but the first half of a line end of two characters."""
    return start == end or (end - start == 1 and text[start] == "\r")
