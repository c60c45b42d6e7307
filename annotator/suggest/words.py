"""Words and lists of words: how they are looked up, and which classes the rules can ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

_SPACE = re.compile(r"\s")
_LEAD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_][\w.&'’\-]*|['’]s?|-")
_AMOUNT = re.compile(r"\d[\d,.]*(?:[kKmMbB]|bn|mn|tn|trn)?")
_NUMBER = re.compile(r"[+\-\u2212]?\d[\d,. ]*\d|\d")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")

CLASSES: dict[str, Callable[[str], bool]] = {
    "any": lambda _: True,
    "word": lambda word: _WORD.fullmatch(word) is not None,
    "capital": lambda word: word[:1].isupper(),
    "lower": lambda word: word[:1].islower(),
    "upper": lambda word: len(word) > 1 and word.isupper(),
    "number": lambda word: _NUMBER.fullmatch(word) is not None,
    "small": lambda word: word.isdecimal() and len(word) <= 3,
    "amount": lambda word: _AMOUNT.fullmatch(word) is not None,
    "year": lambda word: _YEAR.fullmatch(word) is not None,
    "day": lambda word: _DAY.fullmatch(word) is not None,
    "ordinal": lambda word: _ORDINAL.fullmatch(word) is not None,
}
"""What a pattern may write as [name]: a test of the word as it stands in the text."""

TAG_CLASSES = {"noun": ("NOUN", "PROPN"), "adjective": ("ADJ",), "verb": ("VERB", "AUX")}
"""The same, by universal part of speech; known to relation rules only, and only with a model."""


@lru_cache(maxsize=20_000)
def word_keys(word: str) -> frozenset[str]:
    """What a pattern that begins with this word may be looked up by: the word's lead and `[class` for its classes."""
    return frozenset({lead(word), *(f"[{name}" for name, holds in CLASSES.items() if holds(word))})


def tag_keys(tag: str) -> frozenset[str]:
    """The same for a part of speech."""
    return frozenset(f"[{name}" for name, tags in TAG_CLASSES.items() if tag in tags)


def fold(text: str) -> str:
    """Lower case of the same length: a letter whose lower case is longer stays as it is."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def lead(word: str) -> str:
    """What a word is looked up by: its letters and digits up to the first other character, in lower case."""
    found = _LEAD.match(word)
    return found.group().lower() if found else word[:1]


class WordList:
    """Names or words, of one or several words each. One in lower case stands for any case, else case counts.

    A name written with capitals also matches in capitals throughout, as in headlines, from four letters on.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self.leads: dict[str, list[tuple[str, bool]]] = {}
        for entry in dict.fromkeys(entries):
            if not entry.strip():
                continue
            is_any_case = entry == entry.lower()
            found = self.leads.setdefault(lead(entry), [])
            found.append((entry, is_any_case))
            if not is_any_case and len(entry) >= 4 and entry != entry.upper():
                found.append((entry.upper(), False))
        for found in self.leads.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, first_lead: str, plain: str, folded: str, start: int) -> list[int]:
        """The lengths of the entries that stand at `start`, longest first. `first_lead` is the lead of the word there.

        `plain` has one space for each white space; `folded` is `fold(plain)`.
        """
        return [
            len(entry)
            for entry, is_any_case in self.leads.get(first_lead, ())
            if (folded if is_any_case else plain).startswith(entry, start)
        ]

    def holds(self, text: str) -> bool:
        """Whether the whole of this text is an entry."""
        plain = _SPACE.sub(" ", text)
        folded = fold(plain)
        return any((folded if is_any_case else plain) == entry for entry, is_any_case in self.leads.get(lead(text), ()))
