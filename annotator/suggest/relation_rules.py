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
from annotator.suggest.rules import DocumentKind, DocumentRule, PatternRule, RelationRule, TriggerRule
from annotator.suggest.tokens import Mention, Tokens


@dataclass(frozen=True, slots=True)
class Proposal:
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
        self._document_rules = [rule for rule in rules if isinstance(rule, DocumentRule)]

    def in_passage(self, tokens: Tokens, memory: Memory) -> list[Proposal]:
        """What is proposed between the mentions laid out on these words; `memory` goes from passage to passage."""
        found = list(self._by_pattern(tokens))
        if tokens.heads:
            parse = Parse(tokens, memory)
            for rule in self._triggers:
                for head, tail, certainty in parse.fire(rule):
                    found += self._propose(rule.relation, head, tail, rule.score * certainty)
            parse.remember()
        return [proposal for proposal in _best(found) if not _in_one_name(proposal, tokens)]

    def in_document(self, text: str, mentions: Sequence[Mention], found: Sequence[Proposal]) -> list[Proposal]:
        """What follows from the names of a document and from the relations found in its passages."""
        document = Document(text, mentions)
        proposals: list[Proposal] = []
        for rule in self._document_rules:
            for head, tail in _KINDS[rule.kind](rule, document, found):
                proposals += self._propose(rule.relation, head, tail, rule.score)
        known = {(proposal.label, proposal.head, proposal.tail) for proposal in found}
        return [
            proposal for proposal in _best(proposals) if (proposal.label, proposal.head, proposal.tail) not in known
        ]

    def _by_pattern(self, tokens: Tokens) -> Iterator[Proposal]:
        for rule, pattern, starts in self._patterns:
            for at in tokens.where(starts):
                for _, kept in matches(pattern, tokens, at):
                    for head, tail in _pairs(kept):
                        yield from self._propose(rule.relation, head, tail, rule.score)

    def _propose(self, label: str, head: Mention, tail: Mention, prior: float) -> list[Proposal]:
        """The relation if the schema allows it; a symmetric one begins with what stands first in the text."""
        kind = self._schema.relation_names[label]
        if head.place == tail.place:
            return []
        if kind.is_symmetric and tail.place < head.place:
            head, tail = tail, head
        if not kind.allows(head.label, tail.label):
            return []
        return [Proposal(label, head, tail, round(prior * min(head.score, tail.score), 4))]


def _in_one_name(proposal: Proposal, tokens: Tokens) -> bool:
    """Whether both ends are parts of one mention: what a name is made of says nothing about the world."""
    start, end = min(proposal.head.start, proposal.tail.start), max(proposal.head.end, proposal.tail.end)
    return any(
        mention.start <= start and end <= mention.end and mention not in {proposal.head, proposal.tail}
        for mentions in tokens.starting.values()
        for _, mention in mentions
    )


def _best(proposals: Sequence[Proposal]) -> list[Proposal]:
    """One proposal for each label and pair of ends, with the best score that it has."""
    best: dict[tuple[str, Mention, Mention], Proposal] = {}
    for proposal in proposals:
        key = (proposal.label, proposal.head, proposal.tail)
        if key not in best or best[key].score < proposal.score:
            best[key] = proposal
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


def _short_forms(rule: DocumentRule, document: Document, _: Sequence[Proposal]) -> Ends:
    return _wordings(rule, document, SHORT_FORM)


def _acronyms(rule: DocumentRule, document: Document, _: Sequence[Proposal]) -> Ends:
    return _wordings(rule, document, ACRONYM)


def _wordings(rule: DocumentRule, document: Document, likeness: Likeness) -> Ends:
    for label in sorted(rule.heads):
        mentions = [mention for mention in document.mentions if mention.label == label]
        yield from join_wordings(document.text, mentions, likeness)


def _inside(rule: DocumentRule, document: Document, _: Sequence[Proposal]) -> Ends:
    for outer in document.mentions:
        if outer.label in rule.heads:
            yield from ((outer, inner) for inner in document.inside(outer, rule.tails) if not document.is_joined(inner))


def _holder(rule: DocumentRule, document: Document, found: Sequence[Proposal]) -> Ends:
    for proposal in found:
        if proposal.label == rule.via:
            # The first one is the body of the office; further ones say where that belongs.
            yield from ((body, proposal.head) for body in document.inside(proposal.tail, rule.heads)[:1])


_KINDS: dict[DocumentKind, Callable[[DocumentRule, Document, Sequence[Proposal]], Ends]] = {
    "short-form": _short_forms,
    "acronym": _acronyms,
    "inside": _inside,
    "holder": _holder,
}
