"""One piece of text as the rules see it: its words, and the mentions found on them so far. Knows nothing of spaCy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from annotator.model import Alternative
from annotator.suggest.words import WordList, fold, lead, tag_keys, word_keys

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A proposed span, in code points of the whole text. `score` ranks from 0 to 1, `origin` names the source.

    `others` are the labels that it could have instead, the likeliest first; there may be more than are shown.
    """

    start: int
    end: int
    label: str
    score: float
    origin: str
    others: tuple[Alternative, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end

    def succeeding(self, former: Mention) -> Mention:
        """This one with the labels of the one before it on the same words: they were not chosen, but are likely."""
        by_label: dict[str, Alternative] = {}
        for other in (*self.others, Alternative(former.label, former.score), *former.others):
            if other.label != self.label:
                by_label.setdefault(other.label, other)
        return replace(self, others=tuple(by_label.values()))


@dataclass(slots=True)
class Tokens:
    """The words of text[start:end] without white space; every offset in it counts on the whole text.

    `lemmas` and `tags` (universal parts of speech) are empty before the parse and without a model; `heads` and `deps`
    likewise. `breaks` are the numbers of the words that begin a sentence. `fuel` is what a pattern may still spend.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    lemmas: Sequence[str] = ()
    tags: Sequence[str] = ()
    deps: Sequence[str] = ()
    heads: Sequence[int] = ()
    breaks: frozenset[int] = frozenset()
    fuel: int = 0
    words: list[str] = field(init=False)
    lower: list[str] = field(init=False)
    keys: list[frozenset[str]] = field(init=False)
    starting: dict[int, list[tuple[int, Mention]]] = field(init=False)
    _leads: list[str] = field(init=False)
    _plain: str = field(init=False)
    _folded: str = field(init=False)
    _origin: int = field(init=False)
    _places: dict[str, list[int]] = field(init=False)
    _start_at: dict[int, int] = field(init=False)
    _end_at: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [self.text[start:end] for start, end in self.spans]
        self.lower = [word.lower() for word in self.words]
        self.keys = [word_keys(word) for word in self.words]
        if self.tags:
            self.keys = [keys | tag_keys(tag) for keys, tag in zip(self.keys, self.tags, strict=True)]
        self._leads = [lead(word) for word in self.words]
        self._origin = self.spans[0][0] if self.spans else 0
        self._plain = _SPACE.sub(" ", self.text[self._origin : self.spans[-1][1]] if self.spans else "")
        self._folded = fold(self._plain)
        self._start_at = {start: number for number, (start, _) in enumerate(self.spans)}
        self._end_at = {end: number + 1 for number, (_, end) in enumerate(self.spans)}
        self._places = self._index()
        self.starting = {}

    def _index(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, (keys, lemma) in enumerate(zip(self.keys, self.lemmas or self.lower, strict=True)):
            for key in keys:
                places[key].append(number)
            places[f"@{lemma}"].append(number)
        return dict(places)

    def __len__(self) -> int:
        return len(self.spans)

    def place(self, mentions: Iterable[Mention]) -> None:
        """Forget the mentions and lay these out instead; one that cuts a word, or lies elsewhere, is left out."""
        self.starting = {}
        for mention in mentions:
            first, end = self._start_at.get(mention.start), self._end_at.get(mention.end)
            if first is not None and end is not None:
                self.starting.setdefault(first, []).append((end, mention))

    def where(self, keys: Container[str] | None) -> list[int]:
        """The words at which something may begin that is looked up by these keys, in order; None: by anything.

        A key is the lead of a word, `@lemma`, `[class`, `<LABEL` for a mention, or `<` for any mention.
        """
        if keys is None:
            return list(range(len(self)))
        found = {number for key, places in self._places.items() if key in keys for number in places}
        for number, mentions in self.starting.items():
            if "<" in keys or any(f"<{mention.label}" in keys for _, mention in mentions):
                found.add(number)
        return sorted(found)

    def entries(self, words: WordList, at: int) -> list[int]:
        """The word numbers after each entry of the list that begins at this word, longest first."""
        if self._leads[at] not in words.leads:
            return []
        start = self.spans[at][0]
        lengths = words.at(self._leads[at], self._plain, self._folded, start - self._origin)
        ends = (self._end_at.get(start + length) for length in lengths)
        return [end for end in ends if end is not None]

    def offsets(self, first: int, end: int) -> tuple[int, int]:
        """The place in the text of the words from `first` to before `end`."""
        return self.spans[first][0], self.spans[end - 1][1]
