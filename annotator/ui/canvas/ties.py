"""Ties: dotted lines along the underline that hold the pieces of a discontinuous span together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from annotator.model import Span
from annotator.ui.canvas.lines import Block, Stretch, Tie
from annotator.ui.canvas.setting import Setting


def place_ties(setting: Setting, block: Block, spans: Iterable[Span]) -> None:
    """Tie the pieces of every discontinuous span of the block, on each line between two of them."""
    for span in spans:
        if len(span.fragments) == 1:
            continue
        hue = setting.content.hue(span.label)
        for (_, gap_start), (gap_end, _) in pairwise(span.fragments):
            for line in block.lines:
                row = next((fragment.row for fragment in line.fragments if fragment.span is span), 0)
                xs = block.xs(line, max(gap_start, line.start), min(gap_end, line.visible_end))
                line.ties += [Tie(span.id, hue, row, stretch) for stretch in xs if _is_visible(stretch)]


def _is_visible(stretch: Stretch) -> bool:
    return stretch[1] - stretch[0] > 1
