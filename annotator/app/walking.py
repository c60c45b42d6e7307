"""In which order spans, relations and suggestions are walked. Knows only what is on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from itertools import chain

from annotator.model import Layer, Pending, Relation, Span

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


class Walk:
    """Items in reading order, to go from one to the next.

    Sorted when the first step is taken; from then on `update` costs as much as there is to update.
    """

    def __init__(self, ids: Callable[[], Iterable[str]], place: Callable[[str], Place | None]) -> None:
        """`ids` gives all that is walked; `place` says where an item stands now, None when it is not walked."""
        self._ids = ids
        self._place = place
        self._places: dict[str, Place] = {}
        self._order: list[Place] | None = None

    def following(self, here: Place) -> str | None:
        """The first item after this place; from the last one on, the first of all."""
        order = self._sorted()
        return order[bisect_right(order, here) % len(order)][3] if order else None

    def preceding(self, here: Place) -> str | None:
        """The last item before this place; from the first one on, the last of all."""
        order = self._sorted()
        return order[bisect_left(order, here) - 1][3] if order else None

    def prepare(self) -> None:
        """Sort now, so that the first step costs nothing."""
        self._sorted()

    def update(self, ids: Iterable[str]) -> None:
        """Follow a change of these items."""
        if self._order is None:
            return
        for item_id in ids:
            was, now = self._places.pop(item_id, None), self._place(item_id)
            if now is not None:
                self._places[item_id] = now
            if was != now:
                if was is not None:
                    del self._order[bisect_left(self._order, was)]
                if now is not None:
                    insort(self._order, now)

    def _sorted(self) -> list[Place]:
        if self._order is None:
            found = ((item_id, self._place(item_id)) for item_id in self._ids())
            self._places = {item_id: place for item_id, place in found if place is not None}
            self._order = sorted(self._places.values())
        return self._order


def open_decisions(layer: Layer, pending: Pending) -> Walk:
    """All open suggestions."""
    find = span_finder(layer, pending)

    def place(item_id: str) -> Place | None:
        item = pending.get(item_id)
        return place_of(item, find) if item is not None else None

    return Walk(lambda: (item.id for item in pending), place)


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
