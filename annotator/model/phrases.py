"""The noun phrases of a text, as a parse found them: around each noun, step by step, ever more that belongs to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

from annotator.model.items import Fragment

LONGEST = 400
"""Code points. No longer phrase is kept: nobody labels one."""

Row = Sequence[int]
"""One phrase: how far its noun begins behind the noun before, the noun's length, then for each step what it adds on the
left and on the right. All in code points."""

Rungs = tuple[Fragment, ...]
"""The places of one phrase, from the noun outwards; each lies in the next."""


class Phrases:
    """The phrases of one text in the order of their nouns, in the compact form in which they are sent and stored.

    What is read from a file is believed only as far as it makes sense: a row that is none is passed over.
    """

    __slots__ = ("_heads", "rows")

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = rows
        self._heads: list[int] | None = None  # made when it is first needed: most documents are only read

    def __bool__(self) -> bool:
        return bool(self.rows)

    @classmethod
    def of(cls, phrases: Iterable[Rungs]) -> Phrases:
        """From places. Raises ValueError unless each lies in the next, and the nouns are in order."""
        rows = []
        before = 0
        for rungs in phrases:
            head = rungs[0]
            steps = [(low - wider_low, wider_high - high) for (low, high), (wider_low, wider_high) in pairwise(rungs)]
            row = (head[0] - before, head[1] - head[0], *chain.from_iterable(steps))
            if min(row) < 0:
                raise ValueError(f"no phrase after {before}: {rungs}")
            rows.append(row)
            before = head[0]
        return cls(rows)

    def near(self, start: int, end: int) -> Iterator[Rungs]:
        """Every phrase that can hold this place or lie in it, and others that stand close by."""
        if self._heads is None:
            self._heads = list(accumulate(row[0] for row in self.rows))
        heads = self._heads
        for at in range(bisect_left(heads, start - LONGEST), bisect_left(heads, end + LONGEST)):
            yield _rungs(heads[at], self.rows[at])


def _rungs(head: int, row: Row) -> Rungs:
    low, high = head, head + row[1]
    found = [(low, high)]
    for left, right in zip(row[2::2], row[3::2], strict=False):
        low, high = low - left, high + right
        found.append((low, high))
    return tuple(found)


NO_PHRASES = Phrases()
"""What there is without a parse."""
