"""Applies the project's relation rules to a passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model import Schema
from annotator.suggest.pattern import keys_at
from annotator.suggest.rules import PatternRule, RelationRule
from annotator.suggest.tokens import Mention, Tokens


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed relation between two mentions."""

    label: str
    head: Mention
    tail: Mention
    score: float


class RelationRules:
    """The relation rules of a project, applied word by word."""

    def __init__(self, rules: Sequence[RelationRule], schema: Schema) -> None:
        self._schema = schema
        self._patterns = [rule for rule in rules if isinstance(rule, PatternRule)]

    def apply(self, tokens: Tokens) -> list[Link]:
        """What the rules propose between the mentions laid out on these words."""
        best: dict[tuple[str, Mention, Mention], Link] = {}
        for proposed in self._proposals(tokens):
            link = self._checked(proposed)
            if link is None:
                continue
            key = (link.label, link.head, link.tail)
            if key not in best or best[key].score < link.score:
                best[key] = link
        return list(best.values())

    def _proposals(self, tokens: Tokens) -> Iterator[Link]:
        for at in range(len(tokens)):
            keys = frozenset(keys_at(tokens, at))
            for rule in self._patterns:
                for pattern in rule.patterns:
                    starts = pattern.starts()
                    if starts is not None and starts.isdisjoint(keys):
                        continue
                    for _, kept in pattern.ends(tokens, at, ()):
                        heads = [mention for role, mention in kept if role == "head"]
                        tails = [mention for role, mention in kept if role == "tail"]
                        for head in heads:
                            for tail in tails:
                                yield self._link(rule.relation, head, tail, rule.score)

    def _link(self, label: str, head: Mention, tail: Mention, prior: float) -> Link:
        return Link(label, head, tail, round(prior * min(head.score, tail.score) ** 0.5, 4))

    def _checked(self, link: Link) -> Link | None:
        """The link as the schema allows it; a symmetric one begins with the mention that stands first."""
        kind = self._schema.relation_names[link.label]
        head, tail = link.head, link.tail
        if head.place == tail.place:
            return None
        if kind.is_symmetric and tail.place < head.place:
            head, tail = tail, head
        if not kind.allows(head.label, tail.label):
            return None
        return Link(link.label, head, tail, link.score)
