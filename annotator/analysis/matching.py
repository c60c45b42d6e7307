"""Where the same words stand again: whole words or not, with or without regard to case, inflected or as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model import Fragment
from annotator.model.text import is_grapheme_border, tokens

_POSSESSIVES = ("'s", "’s")
_SHORTEST = 3
"""Letters of a word that is inflected; shorter ones become other words too easily."""


@dataclass(frozen=True, slots=True)
class Matching:
    """When two pieces of text count as the same mention.

    `is_whole` leaves out what is a part of a word only. `is_inflected` takes the singular, the plural and the
    possessive of the last word for the same, by the plain rules of English spelling.
    """

    is_whole: bool = True
    is_case_kept: bool = True
    is_inflected: bool = False


def forms(words: str, matching: Matching) -> tuple[str, ...]:
    """The words in every form that counts as the same, the given one first."""
    if not matching.is_inflected:
        return (words,)
    base = next((words[: -len(ending)] for ending in _POSSESSIVES if words.endswith(ending)), words)
    if base.endswith(("s'", "s’")):
        base = base[:-1]
    last = re.search(r"[A-Za-z]+$", base)
    if last is None or len(last.group()) < _SHORTEST:
        return tuple(dict.fromkeys((words, base)))
    found = [words, base]
    for singular in (base, *_singulars(base)):
        found += (singular, *_plurals(singular))
    return tuple(dict.fromkeys(found))


def _singulars(base: str) -> Iterator[str]:
    if base.endswith("ies"):
        yield base[:-3] + "y"
    elif base.endswith("s") and not base.endswith(("ss", "us", "is")):
        yield base[:-1]
        if base.endswith(("ses", "xes", "zes", "ches", "shes")):
            yield base[:-2]


def _plurals(base: str) -> Iterator[str]:
    if base.endswith("y") and base[-2:-1] not in tuple("aeiou"):
        yield base[:-1] + "ies"
    elif base.endswith(("s", "x", "z", "ch", "sh")):
        yield base + "es"
    else:
        yield base + "s"


def find_places(text: str, words: str, matching: Matching) -> Iterator[Fragment]:
    """Every place of the words in the text, in order; none overlaps another, none cuts a grapheme cluster."""
    return (place for place in look_for_places(text, words, matching) if place is not None)


def look_for_places(text: str, words: str, matching: Matching) -> Iterator[Fragment | None]:
    """The places, and None for each that turned out to be none: who has little time can stop between any two."""
    if not words:
        return
    alternatives = sorted(forms(words, matching), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, alternatives)), 0 if matching.is_case_kept else re.IGNORECASE)
    borders = _WordBorders(text)
    for match in pattern.finditer(text):
        start, end = match.span()
        is_one = not matching.is_whole or borders.hold(start, end)
        yield (start, end) if is_one and is_grapheme_border(text, start) and is_grapheme_border(text, end) else None


class _WordBorders:
    """Tells where tokens begin and end; asked from the beginning of the text to its end, it reads the text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._run = (0, 0)
        self._starts: set[int] = set()
        self._ends: set[int] = set()

    def hold(self, start: int, end: int) -> bool:
        """Whether a token begins at the start and one ends at the end."""
        self._read(start)
        if start not in self._starts:
            return False
        self._read(end - 1)
        return end in self._ends

    def _read(self, offset: int) -> None:
        """Read the run of characters without white space that holds this offset."""
        if self._run[0] <= offset < self._run[1]:
            return
        text, start, end = self._text, offset, offset + 1
        while start > self._run[1] and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        self._run = (start, end)
        found = tokens(text, start, end)
        self._starts, self._ends = {low for low, _ in found}, {high for _, high in found}
