"""The units in which other programs count offsets, and how to find out which one a document was written in.

Ours is the Unicode code point. A unit is described by the width of each code point in it: two for an emoji in UTF-16,
none for a combining mark in grapheme clusters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from annotator.model import Fragment
from annotator.model.text import is_grapheme_border


@dataclass(frozen=True, slots=True)
class Unit:
    """A way of counting: `origin` is the first character's offset, `seen` turns our text into what its user saw."""

    name: str
    title: str
    widths: Callable[[str], Iterable[int]]
    origin: int = 0
    seen: Callable[[str], str] = str


def _utf16(text: str) -> Iterable[int]:
    return (2 if char > "\uffff" else 1 for char in text)


def _one_line_end(text: str) -> Iterable[int]:
    return (0 if char == "\n" and at and text[at - 1] == "\r" else 1 for at, char in enumerate(text))


def _two_line_ends(text: str) -> Iterable[int]:
    return (2 if char == "\n" and not (at and text[at - 1] == "\r") else 1 for at, char in enumerate(text))


def _utf8(text: str) -> Iterable[int]:
    return (1 if char < "\x80" else 2 if char < "\u0800" else 3 if char <= "\uffff" else 4 for char in text)


def _graphemes(text: str) -> Iterable[int]:
    return (1 if is_grapheme_border(text, at) else 0 for at in range(len(text)))


UTF16 = Unit("utf16", "UTF-16 units", _utf16)
LINE_FEEDS = Unit("crlf-as-lf", "characters with CR LF as one", _one_line_end, seen=lambda t: t.replace("\r\n", "\n"))
TWO_LINE_ENDS = Unit("lf-as-crlf", "characters with each line feed as CR LF", _two_line_ends)
WITH_MARK = Unit("bom", "characters after a byte order mark", lambda text: (1 for _ in text), origin=1)
UTF8 = Unit("byte", "UTF-8 bytes", _utf8)
GRAPHEMES = Unit("grapheme", "grapheme clusters", _graphemes)

GUESSES = (UTF16, LINE_FEEDS, TWO_LINE_ENDS, WITH_MARK, UTF8, GRAPHEMES)
"""The units that are tried, in this order, when code points do not fit."""

STATED = {unit.name: unit for unit in (UTF16, UTF8)}
"""The units besides "codepoint" that a file may name as its `offset_unit`."""


class UnitMap:
    """Offsets of one text in some unit, turned into code points."""

    __slots__ = ("_starts",)

    def __init__(self, unit: Unit, text: str) -> None:
        self._starts = list(accumulate(unit.widths(text), initial=unit.origin))

    def to_code_point(self, offset: int) -> int | None:
        """The place in code points; None when the offset lies outside the text or inside a character."""
        # Characters of no width share the offset of the one that follows: the last of them is meant.
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and self._starts[at] == offset else None

    def convert(self, fragments: Sequence[Fragment]) -> tuple[Fragment, ...] | None:
        """The fragments in code points; None when one of them cannot be placed, or would be empty."""
        placed = [(self.to_code_point(start), self.to_code_point(end)) for start, end in fragments]
        whole = tuple((start, end) for start, end in placed if start is not None and end is not None and start < end)
        return whole if len(whole) == len(fragments) else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says of one span: where it is, and, perhaps, the text that it covers."""

    fragments: tuple[Fragment, ...]
    covered: str | None = None

    def holds(self, text: str, seen: Callable[[str], str] = str) -> bool:
        """Whether the text at these places, in code points, is the one claimed. Without a claimed text it is."""
        if any(end > len(text) for _, end in self.fragments):
            return False
        return self.covered is None or self.covered == seen(" ".join(text[start:end] for start, end in self.fragments))


def find_unit(text: str, claims: Sequence[Claim]) -> tuple[Unit, list[tuple[Fragment, ...]]] | None:
    """The unit in which every claim holds, with all fragments in code points; None when there is none.

    The covered texts decide. Where the file gives none, only UTF-16 is considered, because so many programs write it,
    and only if every span then begins and ends at the edge of a word.
    """
    has_proof = any(claim.covered is not None for claim in claims)
    for unit in GUESSES if has_proof else (UTF16,):
        places = UnitMap(unit, text)
        found = [places.convert(claim.fragments) for claim in claims]
        moved = [Claim(parts, claim.covered) for parts, claim in zip(found, claims, strict=True) if parts is not None]
        if len(moved) < len(claims) or not all(claim.holds(text, unit.seen) for claim in moved):
            continue
        if has_proof or all(_is_word(text, start, end) for claim in moved for start, end in claim.fragments):
            return unit, [claim.fragments for claim in moved]
    return None


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether the place begins and ends at the edge of a word."""
    inside = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        inside.strip() == inside
        and not (before.isalnum() and inside[0].isalnum())
        and not (after.isalnum() and inside[-1].isalnum())
    )
