"""In which order spans, relations and suggestions are walked. Knows only what is on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Literal

from annotator.model import Layer, Pending, Relation, Span

Order = Literal["reading", "certainty"]
"""How open decisions are walked: as they stand in the text, or the least certain first."""

Place = tuple[int, int, int, str]
"""Where an item stands in reading order: start, kind, minus end, id. A relation stands after its later end."""

START: Place = (-1, 0, 0, "")


def place_before(offset: int) -> Place:
    """The place just before an item that starts at this offset."""
    return (offset, -1, 0, "")


def place_of(item: Span | Relation, find: Callable[[str], Span | None]) -> Place:
    """The item's place; `find` gives the spans that relations join."""
    if isinstance(item, Span):
        return (item.start, 0, -item.end, item.id)
    ends = [span for span in (find(item.head), find(item.tail)) if span is not None]
    return (max((span.start for span in ends), default=0), 1, 0, item.id)


def certainty(item: Span | Relation) -> float:
    """How sure a suggestion is, from 0 to 1; one without a score follows from a rule and counts as sure."""
    return 1.0 if item.score is None else item.score


def _alike(_item_id: str) -> float:
    return 0.0


class Walk:
    """Items by rank and then in reading order, to go from one to the next. Without `rank` all are of one rank, 0.

    Sorted when the first step is taken; from then on `update` costs as much as there is to update.
    """

    def __init__(
        self,
        ids: Callable[[], Iterable[str]],
        place: Callable[[str], Place | None],
        rank: Callable[[str], float] = _alike,
    ) -> None:
        """`ids` gives all that is walked; `place` says where an item stands now, None when it is not walked."""
        self._ids = ids
        self._place = place
        self._rank = rank
        self._places: dict[str, tuple[float, Place]] = {}
        self._order: list[tuple[float, Place]] | None = None

    def following(self, here: Place, rank: float = 0.0) -> str | None:
        """The first item after this place; from the last one on, the first of all."""
        order = self._sorted()
        return order[bisect_right(order, (rank, here)) % len(order)][1][3] if order else None

    def preceding(self, here: Place, rank: float = 0.0) -> str | None:
        """The last item before this place; from the first one on, the last of all."""
        order = self._sorted()
        return order[bisect_left(order, (rank, here)) - 1][1][3] if order else None

    def prepare(self) -> None:
        """Sort now, so that the first step costs nothing."""
        self._sorted()

    def update(self, ids: Iterable[str]) -> None:
        """Follow a change of these items."""
        if self._order is None:
            return
        for item_id in ids:
            was, now = self._places.pop(item_id, None), self._ranked(item_id)
            if now is not None:
                self._places[item_id] = now
            if was != now:
                if was is not None:
                    del self._order[bisect_left(self._order, was)]
                if now is not None:
                    insort(self._order, now)

    def _sorted(self) -> list[tuple[float, Place]]:
        if self._order is None:
            found = ((item_id, self._ranked(item_id)) for item_id in self._ids())
            self._places = {item_id: place for item_id, place in found if place is not None}
            self._order = sorted(self._places.values())
        return self._order

    def _ranked(self, item_id: str) -> tuple[float, Place] | None:
        place = self._place(item_id)
        return None if place is None else (self._rank(item_id), place)


def open_decisions(layer: Layer, pending: Pending, order: Order = "reading") -> Walk:
    """All open suggestions."""
    find = span_finder(layer, pending)

    def place(item_id: str) -> Place | None:
        item = pending.get(item_id)
        return place_of(item, find) if item is not None else None

    def rank(item_id: str) -> float:
        item = pending.get(item_id)
        return certainty(item) if item is not None else 0.0

    return Walk(lambda: (item.id for item in pending), place, _alike if order == "reading" else rank)


def all_spans(layer: Layer, pending: Pending) -> Walk:
    """All spans on the page, decided or not."""
    find = span_finder(layer, pending)

    def place(item_id: str) -> Place | None:
        span = find(item_id)
        return place_of(span, find) if span is not None else None

    return Walk(lambda: chain(layer.spans, pending.spans), place)


def span_finder(layer: Layer, pending: Pending) -> Callable[[str], Span | None]:
    """Looks a span up among the person's and the suggested ones."""
    return lambda span_id: layer.spans.get(span_id) or pending.spans.get(span_id)
