"""Finding by a few letters: "aas" finds "Accept all that is left", word starts and letters in a row first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")

_WORD_START, _TEXT_START, _IN_A_ROW, _LETTER, _SKIPPED = 9.0, 4.0, 12.0, 1.0, 0.15
_LENGTH = 0.01
"""What each character of a text costs: of two that fit alike the shorter is meant."""
_MOST_WEIGHED = 600
"""So many candidates are weighed letter by letter; of more, those that hold the words as they are come first."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text fits (only comparable under one query), and which of its characters were meant."""

    score: float
    places: frozenset[int]


def match(query: str, text: str) -> Match | None:
    """Every word of the query, its letters in order, somewhere in the text; None when one is not there."""
    folded = _folded(text)
    score, places = 0.0, set[int]()
    for word in _folded(query).split():
        found = _best(word, text, folded) if _holds(word, folded) else None
        if found is None:
            return None
        score += found.score
        places |= found.places
    return Match(score - (len(text) * _LENGTH if places else 0.0), frozenset(places))


def rank(query: str, candidates: Iterable[Found], text: Callable[[Found], str]) -> list[tuple[Found, Match]]:
    """The candidates that fit, the best first; equally good ones stay in their order."""
    words = _folded(query).split()
    folded = [(one, _folded(text(one))) for one in candidates]
    fitting = [(one, words_of) for one, words_of in folded if all(_holds(word, words_of) for word in words)]
    if len(fitting) > _MOST_WEIGHED:
        fitting.sort(key=lambda pair: not all(word in pair[1] for word in words))
    found = [(one, match(query, text(one))) for one, _ in fitting[:_MOST_WEIGHED]]
    kept = [(one, how) for one, how in found if how is not None]
    return sorted(kept, key=lambda pair: -pair[1].score)


def _folded(text: str) -> str:
    """Lower case, character for character: places in it are places in the text."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


def _holds(word: str, folded: str) -> bool:
    at = -1
    for letter in word:
        at = folded.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _best(word: str, text: str, folded: str) -> Match | None:
    """The best way to lay the letters over the text, by dynamic programming: each row is one letter more.

    A cell is (score, places) of the best way that ends with this letter at this character.
    """
    row: dict[int, tuple[float, tuple[int, ...]]] = {}
    for number, letter in enumerate(word):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        best: tuple[float, tuple[int, ...]] | None = None
        best_at = 0
        for at, char in enumerate(folded):
            before = row.get(at - 1)
            if before is not None and (best is None or before[0] >= best[0] - _SKIPPED * (at - 1 - best_at)):
                best, best_at = before, at - 1
            if char != letter:
                continue
            if number == 0:
                following[at] = (_value(text, at), (at,))
                continue
            ways = []
            if before is not None:
                ways.append((before[0] + _IN_A_ROW + _LETTER, (*before[1], at)))
            if best is not None:
                ways.append((best[0] + _value(text, at) - _SKIPPED * (at - best_at - 1), (*best[1], at)))
            if ways:
                following[at] = max(ways, key=lambda way: way[0])
        row = following
    if not row:
        return None
    score, places = max(row.values(), key=lambda way: way[0])
    return Match(score, frozenset(places))


def _value(text: str, at: int) -> float:
    """What a letter is worth that follows no other."""
    if at == 0:
        return _LETTER + _WORD_START + _TEXT_START
    is_start = not text[at - 1].isalnum() or (text[at].isupper() and text[at - 1].islower())
    return _LETTER + (_WORD_START if is_start and text[at].isalnum() else 0.0)
