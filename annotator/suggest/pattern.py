"""The pattern language of a project's rules: what a row of words and mentions looks like. Reference: docs/RULES.md.

    president              this word; in lower case it stands for any case
    "("                    the same, for characters that mean something else here
    {office}               an entry of the word list `office`, of one or several words; or the named pattern `office`
    @meet   @{talking}     a word with this lemma; with a lemma of the list
    [capital]              a word of this class, see words.py; [word not {stop}], [word in {list}]
    <PERSON>  <ORG|GPE>    a mention with one of these labels; <*> any mention
    <head:PERSON>          the same, kept as an end of the relation; <each:GPE>: every two of these belong together
    <GPE in {country}>     the same, if its whole text is in the word list; <tail:GPE not {country}>
    ..4                    up to 4 words that begin no mention and no sentence
    (a | b c)              alternatives; ? * + after any of these: once or not, any number, at least one

Every repetition consumes words, at most MAX_REPEAT times; FUEL bounds how many are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.suggest.tokens import Mention, Tokens
from annotator.suggest.words import WordList

MAX_REPEAT = 30
FUEL = 2_000
"""How many repetitions are tried from one word on; a pattern that needs more ("(a+)+ b") finds nothing there."""

Captures = tuple[tuple[str, Mention], ...]
"""The mentions kept on the way, each with its role: "head", "tail" or "each"."""

Match = tuple[int, Captures]
"""The number of the word after the match, and what was kept."""

_SENTENCE_END = frozenset(".!?;")


class PatternError(ValueError):
    """The pattern is not written as the language wants it; the message says where."""


class Node:
    """A part of a pattern. `ends` yields every way to match from a word on; `starts` are the keys it can begin with."""

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        raise NotImplementedError

    def starts(self) -> frozenset[str] | None:
        """Keys as in `Tokens.where`, one of which is there whenever this matches; None when nothing is known."""
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
            for end in tokens.entries(self.entries, at):
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
    """A word of a class; `within` and `without` are word lists that must, or must not, hold it."""

    name: str
    within: WordList | None = None
    without: WordList | None = None

    def ends(self, tokens: Tokens, at: int, kept: Captures) -> Iterator[Match]:
        if at < len(tokens) and f"[{self.name}" in tokens.keys[at] and self._is_listed(tokens.words[at]):
            yield at + 1, kept

    def starts(self) -> frozenset[str]:
        return frozenset({f"[{self.name}"})

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
        tokens.fuel -= 1
        if tokens.fuel < 0:
            return
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


def matches(node: Node, tokens: Tokens, at: int) -> Iterator[Match]:
    """The ways in which a pattern matches from this word on, those that take more of a repetition first."""
    tokens.fuel = FUEL
    return node.ends(tokens, at, ())
