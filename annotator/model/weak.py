"""Weak hits: what a model takes for a name without being sure enough to suggest it. Nobody decides on them as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 2_000
"""So many are kept of one text, the best ones: nobody walks more, and a text may be made to have any number."""

Row = Sequence[Any]
"""Start, end, label and score, as they are sent and stored."""


@dataclass(frozen=True, slots=True)
class WeakHit:
    """A piece of text and the label that a model may give it; `score` ranks from 0 to 1 and is below acceptance."""

    start: int
    end: int
    label: str
    score: float

    @property
    def row(self) -> Row:
        return self.start, self.end, self.label, self.score


WeakHits = tuple[WeakHit, ...]
"""In reading order."""


def weak_hits(rows: Iterable[Row]) -> WeakHits:
    """From rows. Raises TypeError or ValueError when one is no such row."""
    return tuple(_hit(*row) for row in rows)


def _hit(start: Any, end: Any, label: Any, score: Any) -> WeakHit:
    is_place = type(start) is int and type(end) is int and 0 <= start < end
    if not is_place or not isinstance(label, str) or not 0 <= score <= 1:
        raise ValueError("no weak hit")
    return WeakHit(start, end, label, float(score))
