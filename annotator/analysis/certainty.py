"""What an act on many suggestions must not cover: those that are unsure, as long as nobody has looked at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from annotator.model import Pending, Relation, Span

LOW = 0.5
"""A score below this is called low in the window. What scores low is never accepted in bulk unless it was in focus."""

Reason = Literal["low", "end", "outlier", "other-label", "overlap"]
"""Why a suggestion is held back: its score is low; so is that of an open end that would come along with a relation; it
scores far below the others of its kind; its text has another label elsewhere; it overlaps a label that is decided."""


def is_low(item: Span | Relation) -> bool:
    """Whether a suggestion is unsure. One without a score follows from a rule and counts as sure."""
    return item.score is not None and item.score < LOW


def held_back(
    wanted: Iterable[Span | Relation], pending: Pending, looked_at: Collection[str]
) -> dict[str, Literal["low", "end"]]:
    """The ids of those among `wanted` that accepting in bulk has to leave open, and why.

    `looked_at` holds the ids of the suggestions that have been in focus: these are never held back. A relation would
    take its open ends along, so it waits for them.
    """
    found: dict[str, Literal["low", "end"]] = {}
    for item in wanted:
        if _is_unseen(item, looked_at):
            found[item.id] = "low"
        elif isinstance(item, Relation):
            ends = (pending.spans.get(end) for end in (item.head, item.tail))
            if any(end is not None and _is_unseen(end, looked_at) for end in ends):
                found[item.id] = "end"
    return found


def _is_unseen(item: Span | Relation, looked_at: Collection[str]) -> bool:
    return is_low(item) and item.id not in looked_at
