"""Where every character of a line stands when text runs in both directions, or joins into what a reader takes for one.

Qt's cursor is right, and quick, within a stretch of one direction. Elsewhere it is not: before a run that goes deeper
into the other direction it stands at the end of the run before, and behind a ligature it passes over the last letter of
the run. There the glyphs know better, each character asked for its own. Characters that have the same glyphs, such as
the parts of a ligature, share their room evenly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from PySide6.QtGui import QGlyphRun, QTextLine

_NO_WIDTH = 0.01
_SLIT = 0.2
"""Of the line's height: kerning leaves no wider gap between two letters."""
_UNSEEN = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""Controls that steer the direction: asked for the glyphs of these, Qt may give those of their neighbours."""
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Cell(NamedTuple):
    """A grapheme cluster on a line: from where to where it is, and what of the text it is."""

    left: float
    right: float
    start: int
    end: int
    is_rtl: bool = False
    """Whether the text runs from right to left here."""


_KINDS = dict.fromkeys(("R", "AL"), "R") | dict.fromkeys(("EN", "AN"), "N") | dict.fromkeys(_UNSEEN, "?") | {"L": "L"}
_ALONG_LTR = frozenset(("L", "ES", "ET", "CS", "ON", "NSM", "WS", "S"))
_ALONG_RTL = frozenset(("R", "AL", "ES", "ET", "CS", "ON", "NSM", "WS", "S"))
_BETWEEN = re.compile(r"(?<=([LR])) +(?=\1)")


@dataclass(slots=True)
class _Ink:
    """Where the glyphs of a grapheme are."""

    left: float
    right: float
    is_rtl: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


_UNKNOWN = _Ink(0.0, 0.0)


Course = Literal["L", "R", ""]
"""How all of a line runs: from left to right, from right to left, or in both directions."""


def course(text: str, *, is_rtl: bool) -> Course:
    """How a line with this text runs, in a paragraph that runs as `is_rtl` says and has no controls of direction.

    Without a strong character of its own it may run as its neighbours do: then it counts as one that runs both ways.
    """
    kinds = {unicodedata.bidirectional(char) for char in set(text)}
    if is_rtl:
        return "R" if kinds <= _ALONG_RTL and ("R" in kinds or "AL" in kinds) else ""
    return "L" if kinds <= _ALONG_LTR and "L" in kinds else ""


def is_plain_edge(text: str, at: int) -> bool:
    """Whether the cursor can be trusted at this place of a line that runs from right to left.

    Between words it can, and amid a word where letters stand on both sides: not beside its first and last letter, which
    may be half of a ligature, nor beside a mark.
    """
    around = [unicodedata.bidirectional(char) for char in text[max(0, at - 2) : at + 2]]
    is_between_words = not 0 < at < len(text) or text[at] == " " or text[at - 1] == " "
    return is_between_words or (len(around) == 4 and all(kind in ("R", "AL") for kind in around))


def has_controls(text: str) -> bool:
    """Whether there are characters that steer the direction."""
    return _CONTROLS.search(text) is not None


def line_cells(line: QTextLine, text: str, units: Sequence[int], places: Sequence[int], *, is_rtl: bool) -> list[Cell]:
    """The cells of a line's graphemes, in the order of the text.

    `text` has the first character of each. Their borders, one more than there are graphemes, are `units` of UTF-16 in
    the line's layout, and `places` as the cells shall tell them. `is_rtl` says which way the paragraph runs. No two
    cells overlap; only what has nothing to see has no width.
    """
    inks = _by_cursor(line, _directions(text, is_rtl=is_rtl), units)
    doubtful = [at for at, ink in enumerate(inks) if ink is _UNKNOWN or (ink.width <= _NO_WIDTH and _is_seen(text[at]))]
    if doubtful:
        for at in doubtful:
            inks[at] = _ink(line, text[at], units[at], units[at + 1])
        _house(inks, text)
        seen = sorted((at for at, ink in enumerate(inks) if ink.width > _NO_WIDTH), key=lambda at: inks[at].left)
        for group in list(_groups(inks, seen)):
            if len(group) > 1:
                _share([inks[at] for at in sorted(group)])
        _close([inks[at] for at in sorted(seen, key=lambda at: inks[at].left)], _SLIT * line.height())
    return [Cell(ink.left, ink.right, places[at], places[at + 1], ink.is_rtl) for at, ink in enumerate(inks)]


def _directions(text: str, *, is_rtl: bool) -> str:
    """For each character R or L where it runs so for certain, else a sign of its own kind."""
    kinds = [_KINDS.get(unicodedata.bidirectional(char), " ") for char in text]
    if "?" in kinds:
        return "?" * len(kinds)
    if not is_rtl and not {"R", "N"} & set(kinds):
        return "L" * len(kinds)
    # Spaces and the like run as the letters around them, when these run alike.
    return _BETWEEN.sub(lambda found: found[1] * len(found[0]), "".join(kinds))


def _by_cursor(line: QTextLine, directions: str, units: Sequence[int]) -> list[_Ink]:
    """By the cursor alone, within stretches of one direction: there it is right, and quick."""
    edges: list[tuple[float, int]] = list(map(line.cursorToX, units))  # type: ignore[arg-type]
    is_certain = [edge[1] == unit for edge, unit in zip(edges, units, strict=True)]
    is_uniform = directions == "L" * len(directions)
    around = f" {directions} "
    found = []
    for at, kind in enumerate(directions):
        x, following = edges[at][0], edges[at + 1][0]
        is_inside = is_uniform or (kind in "LR" and around[at] == kind == around[at + 2])
        if not (is_inside and is_certain[at] and is_certain[at + 1]):
            found.append(_UNKNOWN)
        elif kind == "L":
            found.append(_Ink(x, following) if x <= following else _UNKNOWN)
        else:
            found.append(_Ink(following, x, is_rtl=True) if following <= x else _UNKNOWN)
    return found


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"


def _ink(line: QTextLine, char: str, start: int, end: int) -> _Ink:
    if unicodedata.bidirectional(char) in _UNSEEN:
        x = _cursor(line, start)[0]
        return _Ink(x, x)
    runs = line.glyphRuns(start, end - start)
    if not runs:
        return _Ink(*_cursor(line, start))
    if any(run.flags() & QGlyphRun.GlyphRunFlag.SplitLigature for run in runs):
        stretches = list(_stretches(runs))
    else:
        stretches = [(box.left(), box.right()) for box in [run.boundingRect() for run in runs]]
    left, right = stretches[0] if len(stretches) == 1 else (min(stretches)[0], max(right for _, right in stretches))
    return _Ink(left, right, runs[0].isRightToLeft())


def _stretches(runs: Iterable[QGlyphRun]) -> Iterator[tuple[float, float]]:
    """From where to where each glyph reaches; the box of a ligature's part has the part's width, but not its place."""
    for run in runs:
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for place, advance in zip(run.positions(), advances, strict=True):
            yield place.x(), place.x() + advance.x()


def _cursor(line: QTextLine, unit: int) -> tuple[float, float]:
    """From where to where by the cursor: right for a tab and for what has no width."""
    leading: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    trailing: tuple[float, int] = line.cursorToX(unit, QTextLine.Edge.Trailing)  # type: ignore[assignment]
    return min(leading[0], trailing[0]), max(leading[0], trailing[0])


def _house(inks: Sequence[_Ink], text: str) -> None:
    """Letters whose glyph counts as that of a neighbour live with it."""
    for at, ink in enumerate(inks):
        if ink.width <= _NO_WIDTH and _is_seen(text[at]):
            hosts = [inks[near] for near in (at - 1, at + 1) if 0 <= near < len(inks) and inks[near].width > _NO_WIDTH]
            if hosts:
                ink.left, ink.right, ink.is_rtl = hosts[0].left, hosts[0].right, hosts[0].is_rtl


def _groups(inks: Sequence[_Ink], seen: Iterable[int]) -> Iterator[list[int]]:
    """Those that lie on one another together; `seen` from left to right."""
    group: list[int] = []
    right = 0.0
    for at in seen:
        ink = inks[at]
        if group and right - ink.left > min(ink.width, right - inks[group[0]].left) / 2:
            group.append(at)
            right = max(right, ink.right)
        else:
            yield group
            group, right = [at], ink.right
    yield group


def _share(inks: Sequence[_Ink]) -> None:
    """Divide the room among its inhabitants, given in the order of the text."""
    left, right = min(ink.left for ink in inks), max(ink.right for ink in inks)
    width = (right - left) / len(inks)
    is_rtl = inks[0].is_rtl
    for number, ink in enumerate(inks):
        ink.left = right - (number + 1) * width if is_rtl else left + number * width
        ink.right = ink.left + width


def _close(inks: Sequence[_Ink], slit: float) -> None:
    """Close the slits and overlaps that kerning leaves between neighbours, given from left to right."""
    for ink, following in pairwise(inks):
        if following.left - ink.right < slit:
            ink.right = max(ink.left, following.left)
