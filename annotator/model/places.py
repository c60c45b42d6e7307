"""Finding the few things at a place of a text without asking all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Generic, Self, TypeVar

from annotator.model.items import Span

STRETCH = 512
"""Code points. A text is divided into stretches of this length; a thing is listed in every stretch that it touches."""

Thing = TypeVar("Thing")


class Places(Generic[Thing]):
    """Things by where they stand. Putting, taking and finding cost as much as there is nearby."""

    __slots__ = ("_at",)

    def __init__(self) -> None:
        self._at: dict[int, list[Thing]] = {}

    def copy(self) -> Self:
        """The same things, put and taken apart from these."""
        made = type(self)()
        made._at = {stretch: things.copy() for stretch, things in self._at.items()}  # noqa: SLF001 - of the same class
        return made

    def put(self, thing: Thing, start: int, end: int) -> None:
        for stretch in _stretches(start, end):
            self._at.setdefault(stretch, []).append(thing)

    def put_at(self, thing: Thing, offset: int) -> None:
        """Put a thing that is only a point."""
        stretch = offset // STRETCH
        if stretch in self._at:
            self._at[stretch].append(thing)
        else:
            self._at[stretch] = [thing]

    def take(self, thing: Thing, start: int, end: int) -> None:
        """Take out what was put with the same start and end."""
        for stretch in _stretches(start, end):
            self._at[stretch].remove(thing)

    def near(self, start: int, end: int) -> Collection[Thing]:
        """All things that share a character with this range, and some that stand close by; each once, unordered."""
        stretches = _stretches(start, end)
        if len(stretches) == 1:
            return self._at.get(stretches[0], ())
        return {id(thing): thing for stretch in stretches for thing in self._at.get(stretch, ())}.values()


class SpanPlaces(Places[Span]):
    """Spans by where they stand."""

    __slots__ = ()

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        super().__init__()
        at = self._at
        for span in spans:  # written out: a large document has 200,000 of them
            fragments = span.fragments
            first, last = fragments[0][0] // STRETCH, (fragments[-1][1] - 1) // STRETCH
            if first != last:
                self.add(span)
            elif first in at:
                at[first].append(span)
            else:
                at[first] = [span]

    def add(self, span: Span) -> None:
        self.put(span, span.start, span.end)

    def remove(self, span: Span) -> None:
        self.take(span, span.start, span.end)


def _stretches(start: int, end: int) -> range:
    return range(start // STRETCH, max(start, end - 1) // STRETCH + 1)
