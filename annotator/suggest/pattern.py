"""The pattern language of a project's rules: what a row of words and mentions looks like. Reference: docs/RULES.md.

    president              this word; in lower case it stands for any case
    "("                    the same, for characters that mean something else here
    {office}               an entry of the word list `office`, of one or several words; or the named pattern `office`
    @meet   @{talking}     a word with this lemma; with a lemma of the list
    [capital]              a word of this class, see CLASSES; [word not {stop}], [word in {list}]
    <PERSON>  <ORG|GPE>    a mention with one of these labels; <*> any mention
    <head:PERSON>          the same, kept as an end of the relation; <each:GPE>: every two of these belong together
    <GPE in {country}>     the same, if its whole text is in the word list; <tail:GPE not {country}>
    ..4                    up to 4 words that begin no mention and no sentence
    (a | b c)              alternatives; ? * + after any of these: once or not, any number, at least one

Every repetition consumes words, at most MAX_REPEAT times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.suggest.tokens import Mention, Tokens, WordList, lead

MAX_REPEAT = 30
MAX_TRIES = 2_000
"""How many ways to match from one word on are looked at."""

Captures = tuple[tuple[str, Mention], ...]
"""The mentions kept on the way, each with its role: "head", "tail" or "each"."""

Match = tuple[int, Captures]
"""The number of the word after the match, and what was kept."""

_WORD = re.compile(r"[^\W\d_][\w.&'’\-]*|['’]s?|-")
_AMOUNT = re.compile(r"\d[\d,.]*(?:[kKmMbB]|bn|mn|tn|trn)?")
_NUMBER = re.compile(r"[+\-\u2212]?\d[\d,. ]*\d|\d")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")

CLASSES: dict[str, Callable[[Tokens, int], bool]] = {
    "any": lambda _, __: True,
    "word": lambda tokens, at: _WORD.fullmatch(tokens.words[at]) is not None,
    "amount": lambda tokens, at: _AMOUNT.fullmatch(tokens.words[at]) is not None,
    "capital": lambda tokens, at: tokens.words[at][:1].isupper(),
    "lower": lambda tokens, at: tokens.words[at][:1].islower(),
    "upper": lambda tokens, at: len(tokens.words[at]) > 1 and tokens.words[at].isupper(),
    "small": lambda tokens, at: tokens.words[at].isdecimal() and len(tokens.words[at]) <= 3,
    "number": lambda tokens, at: _NUMBER.fullmatch(tokens.words[at]) is not None,
    "year": lambda tokens, at: _YEAR.fullmatch(tokens.words[at]) is not None,
    "day": lambda tokens, at: _DAY.fullmatch(tokens.words[at]) is not None,
    "ordinal": lambda tokens, at: _ORDINAL.fullmatch(tokens.words[at]) is not None,
    "noun": lambda tokens, at: bool(tokens.tags) and tokens.tags[at] in {"NOUN", "PROPN"},
    "adjective": lambda tokens, at: bool(tokens.tags) and tokens.tags[at] == "ADJ",
    "verb": lambda tokens, at: bool(tokens.tags) and tokens.tags[at] in {"VERB", "AUX"},
}
_SENTENCE_END = frozenset(".!?;")


class PatternError(ValueError):
    """The pattern is not written as the language wants it; the message says where."""


class Node:
    """A part of a pattern. `ends` yields every way to match from a word on; `starts` are the keys it can begin with."""

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        raise NotImplementedError

    def starts(self) -> frozenset[str] | None:
        """`word`, `@lemma`, `<LABEL`: one of these is there whenever this matches; None when nothing is known."""
        return None

    @property
    def children(self) -> tuple[Node, ...]:
        return ()

    def roles(self) -> frozenset[str]:
        """The roles of the mentions it may keep."""
        return frozenset[str]().union(*(child.roles() for child in self.children))

    def names_mentions(self) -> bool:
        """Whether it looks at mentions at all."""
        return any(child.names_mentions() for child in self.children)

    def can_be_empty(self) -> bool:
        return False


@dataclass(frozen=True)
class Words(Node):
    """An entry of a word list; a single word is a list of one."""

    entries: WordList

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if at < len(tokens):
            for end in self.entries.ends(tokens, at):
                yield end, kept

    def starts(self) -> frozenset[str]:
        return frozenset(self.entries.leads)


@dataclass(frozen=True)
class Lemma(Node):
    """A word with one of these lemmas; where there are no lemmas, the word itself in lower case."""

    lemmas: frozenset[str]

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if at < len(tokens) and (tokens.lemmas or tokens.lower)[at] in self.lemmas:
            yield at + 1, kept

    def starts(self) -> frozenset[str]:
        return frozenset(f"@{lemma}" for lemma in self.lemmas)


@dataclass(frozen=True)
class Class(Node):
    """A word of a class of CLASSES; `within` and `without` are word lists that must, or must not, hold it."""

    name: str
    within: WordList | None = None
    without: WordList | None = None

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if at < len(tokens) and CLASSES[self.name](tokens, at) and self._is_listed(tokens.words[at]):
            yield at + 1, kept

    def _is_listed(self, word: str) -> bool:
        return (self.within is None or self.within.holds(word)) and (
            self.without is None or not self.without.holds(word)
        )


@dataclass(frozen=True)
class Mentioned(Node):
    """A mention, whole. `within` and `without` are word lists that must, or must not, hold its text."""

    labels: frozenset[str] | None
    role: str = ""
    within: WordList | None = None
    without: WordList | None = None

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        for end, mention in tokens.starting.get(at, ()):
            if self.accepts(tokens.text, mention):
                yield end, ((*kept, (self.role, mention)) if self.role else kept)

    def accepts(self, text: str, mention: Mention) -> bool:
        if self.labels is not None and mention.label not in self.labels:
            return False
        covered = text[mention.start : mention.end]
        if self.within is not None and not self.within.holds(covered):
            return False
        return self.without is None or not self.without.holds(covered)

    def starts(self) -> frozenset[str]:
        return frozenset(f"<{label}" for label in self.labels) if self.labels is not None else frozenset({"<"})

    def roles(self) -> frozenset[str]:
        return frozenset({self.role}) if self.role else frozenset()

    def names_mentions(self) -> bool:
        return True


@dataclass(frozen=True)
class Gap(Node):
    """Up to `most` words, none of which begins a mention or a sentence."""

    most: int

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        yield at, kept
        for end in range(at, min(at + self.most, len(tokens))):
            is_border = end in tokens.starting or tokens.words[end] in _SENTENCE_END
            if is_border or (end > at and end in tokens.breaks):
                return
            yield end + 1, kept

    def can_be_empty(self) -> bool:
        return True


@dataclass(frozen=True)
class Row(Node):
    """One part after the other."""

    parts: tuple[Node, ...]

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        return self._from(0, tokens, at, kept)

    def _from(self, number: int, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if number == len(self.parts):
            yield at, kept
            return
        for end, more in self.parts[number].ends(tokens, at, kept):
            yield from self._from(number + 1, tokens, end, more)

    def starts(self) -> frozenset[str] | None:
        found: set[str] = set()
        for part in self.parts:
            starts = part.starts()
            if starts is None:
                return None
            found |= starts
            if not part.can_be_empty():
                return frozenset(found)
        return None

    @property
    def children(self) -> tuple[Node, ...]:
        return self.parts

    def can_be_empty(self) -> bool:
        return all(part.can_be_empty() for part in self.parts)


@dataclass(frozen=True)
class Choice(Node):
    """One of several."""

    options: tuple[Node, ...]

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        for option in self.options:
            yield from option.ends(tokens, at, kept)

    def starts(self) -> frozenset[str] | None:
        found = [option.starts() for option in self.options]
        return None if None in found else frozenset[str]().union(*(starts for starts in found if starts is not None))

    @property
    def children(self) -> tuple[Node, ...]:
        return self.options

    def can_be_empty(self) -> bool:
        return any(option.can_be_empty() for option in self.options)


@dataclass(frozen=True)
class Repeat(Node):
    """A part several times in a row, the longest way first."""

    part: Node
    least: int
    most: int

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        return self._more(0, tokens, at, kept)

    def _more(self, times: int, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if times < self.most:
            for end, more in self.part.ends(tokens, at, kept):
                if end > at:
                    yield from self._more(times + 1, tokens, end, more)
        if times >= self.least:
            yield at, kept

    def starts(self) -> frozenset[str] | None:
        return self.part.starts()

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.part,)

    def can_be_empty(self) -> bool:
        return self.least == 0 or self.part.can_be_empty()


def keys_at(tokens: Tokens, at: int) -> Iterator[str]:
    """What a pattern that matches here may begin with, as in `Node.starts`."""
    yield lead(tokens.words[at])
    yield f"@{(tokens.lemmas or tokens.lower)[at]}"
    if at in tokens.starting:
        yield "<"
        for _, mention in tokens.starting[at]:
            yield f"<{mention.label}"
