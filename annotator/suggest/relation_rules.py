"""Applies the project's relation rules: to the words of a passage, to its parse, and to a whole document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from annotator.model import Schema
from annotator.suggest.aliases import ACRONYM, SHORT_FORM, Likeness, join_wordings
from annotator.suggest.dependency import Memory, Parse
from annotator.suggest.pattern import Captures, matches
from annotator.suggest.rules import LinkKind, LinkRule, PatternRule, RelationRule, TriggerRule
from annotator.suggest.tokens import Mention, Tokens


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed relation between two mentions."""

    label: str
    head: Mention
    tail: Mention
    score: float


class RelationRules:
    """The relation rules of a project. The score of a proposal is the rule's, times that of the weaker end."""

    def __init__(self, rules: Sequence[RelationRule], schema: Schema) -> None:
        self._schema = schema
        self._patterns = [
            (rule, pattern, pattern.starts())
            for rule in rules
            if isinstance(rule, PatternRule)
            for pattern in rule.patterns
        ]
        self._triggers = [rule for rule in rules if isinstance(rule, TriggerRule)]
        self._links = [rule for rule in rules if isinstance(rule, LinkRule)]

    def in_passage(self, tokens: Tokens, memory: Memory) -> list[Link]:
        """What is proposed between the mentions laid out on these words; `memory` goes from passage to passage."""
        found = list(self._by_pattern(tokens))
        if tokens.heads:
            parse = Parse(tokens, memory)
            for rule in self._triggers:
                for head, tail, certainty in parse.fire(rule):
                    found += self._link(rule.relation, head, tail, rule.score * certainty)
            parse.remember()
        return [link for link in _best(found) if not _in_one_name(link, tokens)]

    def in_document(self, text: str, mentions: Sequence[Mention], found: Sequence[Link]) -> list[Link]:
        """What follows from the names of a document and from the relations found in its passages."""
        document = Document(text, mentions)
        links: list[Link] = []
        for rule in self._links:
            for head, tail in _LINKS[rule.link](rule, document, found):
                links += self._link(rule.relation, head, tail, rule.score)
        known = {(link.label, link.head, link.tail) for link in found}
        return [link for link in _best(links) if (link.label, link.head, link.tail) not in known]

    def _by_pattern(self, tokens: Tokens) -> Iterator[Link]:
        for rule, pattern, starts in self._patterns:
            for at in tokens.where(starts):
                for _, kept in matches(pattern, tokens, at):
                    for head, tail in _pairs(kept):
                        yield from self._link(rule.relation, head, tail, rule.score)

    def _link(self, label: str, head: Mention, tail: Mention, prior: float) -> list[Link]:
        """The link as the schema allows it, or nothing; a symmetric one begins with what stands first in the text."""
        kind = self._schema.relation_names[label]
        if head.place == tail.place:
            return []
        if kind.is_symmetric and tail.place < head.place:
            head, tail = tail, head
        if not kind.allows(head.label, tail.label):
            return []
        return [Link(label, head, tail, round(prior * min(head.score, tail.score), 4))]


def _in_one_name(link: Link, tokens: Tokens) -> bool:
    """Whether both ends are parts of one mention: what a name is made of says nothing about the world."""
    start, end = min(link.head.start, link.tail.start), max(link.head.end, link.tail.end)
    return any(
        mention.start <= start and end <= mention.end and mention not in {link.head, link.tail}
        for mentions in tokens.starting.values()
        for _, mention in mentions
    )


def _best(links: Sequence[Link]) -> list[Link]:
    """One link for each label and pair of ends, with the best score that it has."""
    best: dict[tuple[str, Mention, Mention], Link] = {}
    for link in links:
        key = (link.label, link.head, link.tail)
        if key not in best or best[key].score < link.score:
            best[key] = link
    return list(best.values())


def _pairs(kept: Captures) -> Iterator[tuple[Mention, Mention]]:
    roles = {role: [mention for kept_role, mention in kept if kept_role == role] for role in ("head", "tail", "each")}
    yield from product(roles["head"], roles["tail"])
    yield from combinations(roles["each"], 2)


# ---- rules that look at a whole document

_HYPHENS = frozenset("-–")
Ends = Iterator[tuple[Mention, Mention]]


class Document:
    """The text and its mentions by place, for looking inside them."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self.mentions]

    def inside(self, outer: Mention, labels: frozenset[str]) -> list[Mention]:
        """The mentions within another one's words."""
        near = self.mentions[bisect_left(self._starts, outer.start) : bisect_left(self._starts, outer.end)]
        return [m for m in near if m.label in labels and m.end <= outer.end and m.place != outer.place]

    def is_joined(self, mention: Mention) -> bool:
        """Whether a hyphen ties it to another word: the "China-EU summit" is not in China."""
        return self.text[mention.end : mention.end + 1] in _HYPHENS or self.text[mention.start - 1] in _HYPHENS


def _short_forms(rule: LinkRule, document: Document, _: Sequence[Link]) -> Ends:
    return _wordings(rule, document, SHORT_FORM)


def _acronyms(rule: LinkRule, document: Document, _: Sequence[Link]) -> Ends:
    return _wordings(rule, document, ACRONYM)


def _wordings(rule: LinkRule, document: Document, likeness: Likeness) -> Ends:
    for label in sorted(rule.heads):
        mentions = [mention for mention in document.mentions if mention.label == label]
        yield from join_wordings(document.text, mentions, likeness)


def _inside(rule: LinkRule, document: Document, _: Sequence[Link]) -> Ends:
    for outer in document.mentions:
        if outer.label in rule.heads:
            yield from ((outer, inner) for inner in document.inside(outer, rule.tails) if not document.is_joined(inner))


def _holder(rule: LinkRule, document: Document, found: Sequence[Link]) -> Ends:
    for link in found:
        if link.label == rule.via:
            bodies = document.inside(link.tail, rule.heads)
            inner = {other for body in bodies for other in document.inside(body, rule.heads)}
            yield from ((body, link.head) for body in bodies if body not in inner)


_LINKS: dict[LinkKind, Callable[[LinkRule, Document, Sequence[Link]], Ends]] = {
    "short-form": _short_forms,
    "acronym": _acronyms,
    "inside": _inside,
    "holder": _holder,
}
