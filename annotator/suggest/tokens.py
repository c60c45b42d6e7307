"""One piece of text as the rules see it: its words, and the mentions found on them so far. Knows nothing of spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_SPACE = re.compile(r"\s")
_LEAD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A proposed span, in code points of the whole text. `score` ranks from 0 to 1, `origin` names the source."""

    start: int
    end: int
    label: str
    score: float
    origin: str

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(slots=True)
class Tokens:
    """The words of text[start:end] without white space; every offset in it counts on the whole text.

    `lemmas` and `tags` (universal parts of speech) are empty before the parse and without a model; `heads` and `deps`
    likewise. `breaks` are the numbers of the words that begin a sentence.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    lemmas: Sequence[str] = ()
    tags: Sequence[str] = ()
    deps: Sequence[str] = ()
    heads: Sequence[int] = ()
    breaks: frozenset[int] = frozenset()
    words: list[str] = field(init=False)
    lower: list[str] = field(init=False)
    plain: str = field(init=False)
    folded: str = field(init=False)
    origin: int = field(init=False)
    starting: dict[int, list[tuple[int, Mention]]] = field(init=False)
    _start_at: dict[int, int] = field(init=False)
    _end_at: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [self.text[start:end] for start, end in self.spans]
        self.lower = [word.lower() for word in self.words]
        self.origin = self.spans[0][0] if self.spans else 0
        piece = self.text[self.origin : self.spans[-1][1]] if self.spans else ""
        self.plain = _SPACE.sub(" ", piece)
        self.folded = fold(self.plain)
        self._start_at = {start: number for number, (start, _) in enumerate(self.spans)}
        self._end_at = {end: number + 1 for number, (_, end) in enumerate(self.spans)}
        self.starting = {}

    def __len__(self) -> int:
        return len(self.spans)

    def place(self, mentions: Iterable[Mention]) -> None:
        """Forget the mentions and lay these out instead; one that cuts a word, or lies elsewhere, is left out."""
        self.starting = {}
        for mention in mentions:
            first, end = self._start_at.get(mention.start), self._end_at.get(mention.end)
            if first is not None and end is not None:
                self.starting.setdefault(first, []).append((end, mention))

    def word_at(self, offset: int) -> int | None:
        """The number of the word that starts at this offset."""
        return self._start_at.get(offset)

    def word_end(self, offset: int) -> int | None:
        """The number after the word that ends at this offset."""
        return self._end_at.get(offset)

    def range_of(self, mention: Mention) -> tuple[int, int] | None:
        """The words under a mention, half-open; None when it cuts one or lies elsewhere."""
        first, end = self._start_at.get(mention.start), self._end_at.get(mention.end)
        return None if first is None or end is None else (first, end)

    def offsets(self, first: int, end: int) -> tuple[int, int]:
        """The place in the text of the words from `first` to before `end`."""
        return self.spans[first][0], self.spans[end - 1][1]


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

    def ends(self, tokens: Tokens, at: int) -> list[int]:
        """The word numbers after each entry that begins at this word, longest first."""
        found = self.leads.get(lead(tokens.words[at]))
        if not found:
            return []
        start = tokens.spans[at][0]
        ends = []
        for entry, is_any_case in found:
            piece = tokens.folded if is_any_case else tokens.plain
            if piece.startswith(entry, start - tokens.origin):
                end = tokens.word_end(start + len(entry))
                if end is not None:
                    ends.append(end)
        return ends

    def holds(self, text: str) -> bool:
        """Whether the whole of this text is an entry."""
        plain = _SPACE.sub(" ", text)
        folded = fold(plain)
        return any((folded if is_any_case else plain) == entry for entry, is_any_case in self.leads.get(lead(text), ()))
