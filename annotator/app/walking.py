"""In which order spans, relations and suggestions are walked. Pure functions over what is on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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


def open_decisions(layer: Layer, pending: Pending) -> dict[str, Place]:
    """The places of all open suggestions."""
    find = span_finder(layer, pending)
    return {item.id: place_of(item, find) for item in pending}


def all_spans(layer: Layer, pending: Pending) -> dict[str, Place]:
    """The places of all spans on the page, decided or not."""
    find = span_finder(layer, pending)
    spans: Iterable[Span] = (*layer.spans.values(), *pending.spans.values())
    return {span.id: place_of(span, find) for span in spans}


def span_finder(layer: Layer, pending: Pending) -> Callable[[str], Span | None]:
    """Looks a span up among the person's and the suggested ones."""
    return lambda span_id: layer.spans.get(span_id) or pending.spans.get(span_id)


def following(places: dict[str, Place], here: Place) -> str | None:
    """The first item after this place; from the last one on, the first of all."""
    after = [(place, key) for key, place in places.items() if place > here]
    if after:
        return min(after)[1]
    return min(places, key=places.__getitem__, default=None)


def preceding(places: dict[str, Place], here: Place) -> str | None:
    """The last item before this place; from the first one on, the last of all."""
    before = [(place, key) for key, place in places.items() if place < here]
    if before:
        return max(before)[1]
    return max(places, key=places.__getitem__, default=None)
