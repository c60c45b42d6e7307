"""Laying one block out, step by step: lines, the fragments of spans on them, chips, and the heights that follow."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import not_

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextLayout, QTextOption

from annotator.model import Span
from annotator.model.graphemes import may_join
from annotator.model.text import Utf16Map, is_grapheme_border, runs_right_to_left
from annotator.ui.canvas.arcs import Starts
from annotator.ui.canvas.cells import course, has_controls
from annotator.ui.canvas.content import MARK
from annotator.ui.canvas.geometry.chips import Wish, place_chips
from annotator.ui.canvas.geometry.crowds import MOST_DEEP, drawn
from annotator.ui.canvas.geometry.lanes import rise
from annotator.ui.canvas.geometry.nesting import depths, packed
from annotator.ui.canvas.lines import Block, Chip, Fragment, Line
from annotator.ui.canvas.setting import Setting

LONGEST_CHIP = 14
"""Characters of a label's name in a chip."""

DEEPEST_ROW = 5
"""Of underlines below one another as their spans lie in one another; where they go deeper, room is saved."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def break_lines(setting: Setting, block: Block) -> None:
    """Let Qt break the text into lines; where they stand is decided when the room above each is known."""
    text = setting.content.text[block.start : block.end]
    block.units = Utf16Map(text)
    has_rtl = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
    # A piece of a long paragraph runs as the whole does.
    block.is_rtl = has_rtl and runs_right_to_left(setting.content.text, block.start)
    is_mixed = has_rtl or may_join(text)
    is_steady = is_mixed and not has_controls(text)
    layout = block.layout = QTextLayout(
        _as_shown(text), setting.faces.text(setting.content.blocks.role(block.index)).font
    )
    layout.setTextOption(_text_option(block))
    layout.setCacheEnabled(True)
    indent = block.style.indent * setting.metrics.zoom
    layout.beginLayout()
    while (qline := layout.createLine()).isValid():
        qline.setLineWidth(setting.width - 2 * indent)
        qline.setPosition(QPointF(indent, 0))
        first = qline.textStart()
        start, end = block.offset(first), block.offset(first + qline.textLength())
        line = Line(qline, start, end, is_mixed=is_mixed)
        shown = text[start - block.start : end - block.start].rstrip()
        line.visible_end = start + len(shown) if shown else end
        if is_steady:
            line.course = course(shown, is_rtl=block.is_rtl)
        block.lines.append(line)
    layout.endLayout()


def _as_shown(text: str) -> str:
    """The text for Qt. At its beginning the binding would take U+FEFF away, and U+FFFE for a sign to swap all bytes."""
    return "\u2060" + text[1:] if text[0] in "\ufeff\ufffe" else text


def _text_option(block: Block) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    if block.is_rtl:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        # A bare layout aligns a paragraph that runs from right to left at the left.
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


def place_spans(setting: Setting, block: Block, spans: Sequence[Span]) -> Starts:
    """Cut the spans into fragments, one per line; where each span of this block starts."""
    starts: dict[str, tuple[Line, Fragment]] = {}
    first_line = 0
    for span in spans if len(spans) <= MOST_DEEP else _thinned(block, spans):
        while block.lines[first_line].end <= span.start and first_line + 1 < len(block.lines):
            first_line += 1
        for line, fragment in _cut(setting, block, span, first_line):
            line.fragments.append(fragment)
            if fragment.is_first:
                starts[span.id] = (line, fragment)
    for line in block.lines:
        if len(line.fragments) > 1:
            _nest(line.fragments)
    return starts


def _thinned(block: Block, spans: Sequence[Span]) -> list[Span]:
    """The spans without those that would lie too deep; these are counted on the lines where they begin."""
    is_drawn = drawn((pieces[0][0], pieces[-1][1]) for pieces in (span.fragments for span in spans))
    if all(is_drawn):
        return list(spans)
    hidden = list(compress(spans, map(not_, is_drawn)))
    block.hidden = {span.id for span in hidden}
    ends = [line.end for line in block.lines]
    for at, count in Counter(bisect_right(ends, span.start) for span in hidden if span.start >= block.start).items():
        block.lines[min(at, len(ends) - 1)].hidden = count
    return list(compress(spans, is_drawn))


def _nest(fragments: list[Fragment]) -> None:
    """How deep the fragments of a line lie in one another, and their underlines below one another."""
    if all(one.end <= following.start for one, following in pairwise(fragments)):
        return
    for fragment, depth in zip(fragments, depths([(one.start, one.end) for one in fragments]), strict=True):
        fragment.depth = depth
    decided = [fragment for fragment in fragments if not fragment.is_suggested]
    places = [(one.start, one.end) for one in decided]
    rows = depths(places)
    if max(rows, default=0) > DEEPEST_ROW:
        rows = packed(places)
    for fragment, row in zip(decided, rows, strict=True):
        fragment.row = row


def _cut(setting: Setting, block: Block, span: Span, first_line: int) -> Iterator[tuple[Line, Fragment]]:
    hue, is_suggested = setting.content.hue(span.label), setting.content.is_suggested(span.id)
    for start, end in span.fragments:
        for index in range(first_line, len(block.lines)):
            line = block.lines[index]
            if line.start >= end:
                break
            if line.end <= start:
                continue
            low, high = max(start, line.start), min(end, line.end)
            if high == line.end and low < line.visible_end:
                high = line.visible_end
            is_last = end == span.end and end <= line.end
            fragment = Fragment(span, low, high, hue=hue, is_suggested=is_suggested, is_last=is_last)
            fragment.xs = block.xs(line, low, high)
            if is_suggested:
                beside = setting.content.text[max(line.start, low - 1) : low], setting.content.text[high : high + 1]
                fragment.is_tight = any(char and not char.isspace() for char in beside)
            yield line, fragment


def label_line(setting: Setting, block: Block, line: Line) -> None:
    """Put the chips above a line; in a paragraph that runs from right to left the same, seen in a mirror."""
    titled = [fragment for fragment in line.fragments if fragment.is_first]
    if not titled:
        return
    metrics, face = setting.metrics, setting.faces.chip
    forms = [_chip_forms(fragment, is_marked=setting.content.is_marked(fragment.span)) for fragment in titled]
    wishes = []
    for fragment, texts in zip(titled, forms, strict=True):
        left, right = fragment.left, fragment.right
        if block.is_rtl:
            left, right = setting.width - right, setting.width - left
        wishes.append(Wish(left, right, tuple(map(face.width, texts))))
    places = place_chips(wishes, limit=setting.width + metrics.rail_first / 2, gap=metrics.chip_gap)
    for fragment, texts, place in zip(titled, forms, places, strict=True):
        if place is None:
            fragment.anchor = (fragment.left + fragment.right) / 2
            line.hidden += 1
            continue
        x = setting.width - place.x - place.width if block.is_rtl else place.x
        fragment.chip = Chip(texts[place.form], x=x, width=place.width, lane=place.lane)
        reach = min(place.width, max(10 * metrics.zoom, fragment.right - fragment.left)) / 2
        fragment.anchor = x + place.width - reach if block.is_rtl else x + reach
    line.chip_lanes = max(place.lane + 1 for place in places if place is not None)


def count_hidden(setting: Setting, block: Block, line: Line) -> None:
    """Say above all chips, where the line ends, how many more labels begin on it."""
    face = setting.faces.chip
    words = f"+{line.hidden:,}"
    width = face.width(words)
    line.count = Chip(words, x=0.0 if block.is_rtl else setting.width - width, width=width, lane=line.chip_lanes)
    line.chip_lanes += 1


def _chip_forms(fragment: Fragment, *, is_marked: bool) -> list[str]:
    """What a chip may say, from the best to the shortest."""
    full, short = (name + MARK * is_marked for name in chip_names(fragment.span.label))
    score = score_text(fragment.span.score) if fragment.is_suggested else ""
    return [f"{full} {score}", f"{short} {score}", full, short] if score else [full, short]


def pile_up(setting: Setting, block: Block) -> None:
    """Give every line its place, now that the lanes above it are counted. Whole pixels keep thin lines crisp."""
    metrics, style = setting.metrics, block.style
    y = round(style.before * metrics.zoom)
    usual = setting.faces.text(setting.content.blocks.role(block.index)).ascent
    for line in block.lines:
        above = line.chip_lanes * metrics.chip_lane
        if line.arc_lanes:
            above += metrics.arc_foot + line.arc_lanes * metrics.arc_lane + metrics.arc_gap
        deepest = max((fragment.row for fragment in line.fragments), default=0)
        line.y = y
        line.text_y = y + round(above)
        line.text_height = math.ceil(line.qline.height())
        # Letters of a face that is higher than Inter need the whole of their line.
        line.tint_y = line.text_y if line.qline.ascent() > usual + 0.5 else line.text_y + metrics.tint_top
        below = metrics.lead + max(0, deepest - 1) * metrics.under_step
        line.height = line.text_y + line.text_height + round(below) - y
        line.qline.setPosition(QPointF(style.indent * metrics.zoom, line.text_y))
        _settle(setting, line)
        y += line.height
    if setting.content.blocks.ends_paragraph(block.index):
        y += round(metrics.paragraph_gap + style.after * metrics.zoom)
    block.height = y
    _find_marks(setting, block)
    for line in block.lines:
        line.cells = None  # Hundreds of blocks are kept; few of their lines will be pointed at.


def _settle(setting: Setting, line: Line) -> None:
    """The heights of a line's chips and arcs."""
    metrics = setting.metrics
    foot = setting.faces.chip.cap_height + 3 * metrics.zoom
    for chip in (line.count, *(fragment.chip for fragment in line.fragments)):
        if chip is not None:
            chip.y = line.tint_y - metrics.chip_drop - chip.lane * metrics.chip_lane
    base = line.text_y - line.chip_lanes * metrics.chip_lane
    for crowd in line.crowds:
        crowd.y = base - metrics.arc_foot - (line.arc_lanes - 1) * metrics.arc_lane
    for arc in line.arcs:
        # Thin lines are crisp in the middle of a pixel.
        arc.y = math.floor(base - metrics.arc_foot - (arc.lane + rise(arc.lanes)) * metrics.arc_lane) + 0.5
        arc.label_y = arc.y - metrics.label_rise if arc.is_tall else arc.y
        arc.foot1, arc.foot2 = (
            fragment.chip.y - foot if fragment is not None and fragment.chip is not None else base
            for fragment in (arc.fragment1, arc.fragment2)
        )


def _find_marks(setting: Setting, block: Block) -> None:
    """Where the characters stand that nobody would see."""
    assert block.layout is not None, "empty blocks have no marks"
    if block.layout.text().isprintable():
        return
    text = setting.content.text
    for line in block.lines:
        for match in _INVISIBLE.finditer(text, line.start, line.end):
            # What belongs to the character before it, such as a joiner, is marked behind that.
            is_first = is_grapheme_border(text, match.start())
            x = block.edge(line, match.start(), is_start=is_first)[0]
            line.marks.append((x, f"U+{ord(match.group()):04X}"))


@lru_cache(maxsize=512)
def chip_names(label: str) -> tuple[str, str]:
    """A label's name as its chip shows it, and the short form for where room is scarce."""
    name = label.replace("_", " ").upper()
    full = name if len(name) <= LONGEST_CHIP else name[: LONGEST_CHIP - 1].rstrip() + "…"
    return full, name[:3].rstrip()


def score_text(score: float | None) -> str:
    """A score from 0 to 1 as it is shown: 0 to 99."""
    return "" if score is None else str(min(99, int(score * 100)))
