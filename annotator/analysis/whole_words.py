"""Where a text stands in a document as whole words: looked up, not searched for."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from annotator.analysis.clues import tokens_of
from annotator.model import Fragment


class Words:
    """Where the words of a text begin and end, and where each one stands that may begin a name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts, self._ends = array("q"), array("q")
        self._names: dict[str, array[int]] = {}
        self._places: dict[str, tuple[int, ...]] = {}

    def add(self, tokens: Iterable[Fragment]) -> None:
        """The words of the next piece."""
        for start, end in tokens:
            self._starts.append(start)
            self._ends.append(end)
            if self._text[start].isupper():
                self._names.setdefault(self._text[start:end], array("q")).append(start)

    def places(self, text: str) -> tuple[int, ...]:
        """Where this text stands as whole words; nowhere, when it is too short or has neither capital nor a letter
        of a script without capitals."""
        known = self._places.get(text)
        if known is None:
            known = self._places[text] = tuple(self._find(text))
        return known

    def _find(self, text: str) -> Iterator[int]:
        if len(text) < 2 or "\n" in text:
            return
        for start in self._starts_of(text):
            if _has(self._starts, start) and _has(self._ends, start + len(text)):
                yield start

    def _starts_of(self, text: str) -> Iterator[int]:
        anchor = next(((low, high) for low, high in tokens_of(text, (0, len(text))) if text[low].isupper()), None)
        if anchor is not None:
            low, high = anchor
            for at in self._names.get(text[low:high], ()):
                if at >= low and self._text.startswith(text, at - low):
                    yield at - low
        elif any(char.isalpha() and char.upper() == char.lower() for char in text):
            at = self._text.find(text)
            while at != -1:
                yield at
                at = self._text.find(text, at + len(text))


def _has(numbers: array[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
