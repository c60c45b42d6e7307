"""Applies the project's entity rules to a passage."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.suggest.passages import Passage
from annotator.suggest.pattern import Node, matches
from annotator.suggest.rules import DROP, EntityRule
from annotator.suggest.tokens import Mention, Tokens

_REACH_BACK = 30
"""How many words before a match its `before` may begin."""


class EntityRules:
    """Entity rules with an index of the words that each can begin with."""

    def __init__(self, rules: Sequence[EntityRule], origin: str) -> None:
        self._origin = origin
        self._rules = [(rule, _index(rule.patterns)) for rule in rules]

    def apply(self, passage: Passage) -> None:
        """Propose, replace and drop mentions of the passage, rule by rule in the order of the file."""
        tokens = passage.tokens
        for rule, keys in self._rules:
            if self._apply_one(rule, keys, passage, tokens):
                tokens.place(passage.mentions)

    def _apply_one(self, rule: EntityRule, keys: frozenset[str] | None, passage: Passage, tokens: Tokens) -> bool:
        has_changed = False
        free_from = 0
        for at in tokens.where(keys):
            end = _match(rule, tokens, at) if at >= free_from else None
            if end is not None and self._take(rule, passage, tokens, at, end):
                has_changed = True
                free_from = end
        return has_changed

    def _take(self, rule: EntityRule, passage: Passage, tokens: Tokens, first: int, end: int) -> bool:
        start_char, end_char = tokens.offsets(first, end)
        if rule.label == DROP:
            doomed = [mention for mention in passage.mentions if mention.place == (start_char, end_char)]
            passage.drop(doomed)
            return bool(doomed)
        mention = Mention(start_char, end_char, rule.label, rule.score, self._origin)
        same = next((other for other in passage.mentions if other.place == mention.place), None)
        if same is not None and same.label == rule.label:
            return True
        return passage.propose(mention, wins=rule.how != "add", cuts=rule.how == "cut")


def _index(patterns: Sequence[Node]) -> frozenset[str] | None:
    starts = [pattern.starts() for pattern in patterns]
    return None if None in starts else frozenset[str]().union(*(found for found in starts if found is not None))


def _match(rule: EntityRule, tokens: Tokens, at: int) -> int | None:
    """The word after the longest match that begins here, in its surroundings."""
    ends = {end for pattern in rule.patterns for end, _ in matches(pattern, tokens, at) if end > at}
    if rule.after is not None:
        ends = {end for end in ends if _begins_at(rule.after, tokens, end)}
    if rule.unless_after is not None:
        ends = {end for end in ends if not _begins_at(rule.unless_after, tokens, end)}
    if not ends or (rule.before is not None and not _ends_at(rule.before, tokens, at)):
        return None
    if rule.unless_before is not None and _ends_at(rule.unless_before, tokens, at):
        return None
    return max(ends)


def _ends_at(node: Node, tokens: Tokens, end: int) -> bool:
    return any(
        found == end for start in range(max(0, end - _REACH_BACK), end) for found, _ in matches(node, tokens, start)
    )


def _begins_at(node: Node, tokens: Tokens, at: int) -> bool:
    return next(matches(node, tokens, at), None) is not None
