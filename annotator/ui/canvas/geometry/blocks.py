"""Cutting a text into blocks: what is laid out at one go. A block is a paragraph, or a piece of a very long one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import add

from annotator.model import Role, RoleRange
from annotator.model.text import is_grapheme_border, paragraphs

LONGEST_BLOCK = 8_000
"""Characters; the cost of laying a paragraph out grows with its length, so longer ones are cut."""

PIECE = 900
"""Characters of a piece, at most."""

_LOOK_BACK = 400
"""Characters in which a space, or then a grapheme border, is looked for."""


class Blocks:
    """The blocks of a text: places in code points, half-open, and the role of each.

    Between one block and the next lies the line end of a paragraph, or nothing where a long paragraph was cut.
    """

    __slots__ = ("ends", "roles", "starts")

    def __init__(self, text: str, roles: Iterable[RoleRange] = ()) -> None:
        lengths = list(map(len, text.split("\n")))
        if max(lengths) <= LONGEST_BLOCK:
            # What nearly every text is, without asking each of perhaps 100,000 paragraphs.
            self.starts = [0, *accumulate(map((1).__add__, lengths))][:-1]
            self.ends = list(map(add, self.starts, lengths))
        else:
            self.starts, self.ends = map(list, zip(*_cut(text), strict=True))
        self.roles: dict[int, Role] = {}
        for place in roles:
            for block in self.between(place.start, place.end):
                self.roles[block] = place.role

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The block that holds the offset; a line end belongs to the block before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def between(self, start: int, end: int) -> range:
        """The blocks that share at least one character with the range; the block at `start` when it is empty."""
        first = self.at(start)
        last = self.at(max(start, end - 1))
        return range(first, last + 1)

    def role(self, block: int) -> Role:
        return self.roles.get(block, "body")

    def ends_paragraph(self, block: int) -> bool:
        """Whether a line end or the end of the text follows, not the next piece of the same paragraph."""
        return block + 1 == len(self.starts) or self.starts[block + 1] > self.ends[block]


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs, long ones in pieces."""
    for start, end in paragraphs(text):
        if end - start <= LONGEST_BLOCK:
            yield start, end
        else:
            yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > PIECE:
        cut = _cut_before(text, start + PIECE)
        yield start, cut
        start = cut
    yield start, end


def _cut_before(text: str, limit: int) -> int:
    """Where to cut, at most `_LOOK_BACK` before the limit: behind a space, else between graphemes, else there."""
    lowest = limit - _LOOK_BACK
    for at in range(limit, lowest, -1):
        if text[at - 1].isspace() and is_grapheme_border(text, at):
            return at
    for at in range(limit, lowest, -1):
        if is_grapheme_border(text, at):
            return at
    return limit
