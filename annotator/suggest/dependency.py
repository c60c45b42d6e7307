"""Finds the mentions that stand in a role at a trigger word, by the dependency parse with spaCy's own labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.suggest.rules import Role, TriggerRule
from annotator.suggest.tokens import Mention, Tokens

_SUBJECT = frozenset({"nsubj", "csubj"})
_OBJECT = frozenset({"dobj", "nsubjpass", "dative"})
_NOUN_PLACES = {
    "object": _OBJECT,
    "owner": frozenset({"poss"}),
    "modifier": frozenset({"compound", "amod", "nmod"}),
}
_CLIMB = frozenset(
    {"xcomp", "advcl", "conj", "ccomp", "acomp", "attr", "pcomp", "prep", "acl", "relcl", "dobj", "pobj", "oprd"}
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = frozenset({"he", "she"})
_PRONOUN_SCORE = 0.7
_KINDS_OF_PLACE = frozenset(
    {
        "city",
        "town",
        "village",
        "province",
        "state",
        "region",
        "district",
        "county",
        "island",
        "capital",
        "port",
        "resort",
    }
    | {"suburb", "municipality", "prefecture", "coast", "part", "north", "south", "east", "west", "outskirt", "center"}
)


@dataclass(slots=True)
class Memory:
    """Who was spoken of last: whom "he" or "she" is taken to mean, from one paragraph to the next.

    `label` is the label of persons.
    """

    label: str
    person: Mention | None = None


@dataclass(slots=True)
class Parse:
    """The tree over the words of one piece."""

    tokens: Tokens
    memory: Memory
    children: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.tokens.words]
        for number, head in enumerate(self.tokens.heads):
            if head != number:
                self.children[head].append(number)

    def fire(self, rule: TriggerRule) -> Iterator[tuple[Mention, Mention, float]]:
        """Each pair of head and tail that hangs on a trigger of the rule, with the certainty of its ends (0 to 1)."""
        for anchors in self._anchors(rule.triggers):
            heads = dict(self._fill(anchors, rule.head))
            tails = dict(self._fill(anchors, rule.tail))
            for head, head_score in heads.items():
                for tail, tail_score in tails.items():
                    yield head, tail, min(head_score, tail_score)

    def _anchors(self, triggers: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, ...]]:
        """The words of each trigger: the word itself, or a verb and its object."""
        lemmas = self.tokens.lemmas
        for number, lemma in enumerate(lemmas):
            for trigger in triggers:
                if lemma != trigger[0] or self.tokens.deps[number] == "neg" or self._is_denied(number):
                    continue
                if len(trigger) == 1:
                    yield (number,)
                else:
                    objects = [
                        child for child in self._phrase(number, _OBJECT | {"prep"}) if lemmas[child] == trigger[1]
                    ]
                    for child in objects:
                        yield (number, child)

    def _is_denied(self, number: int) -> bool:
        return any(self.tokens.deps[child] == "neg" for child in self.children[number])

    def _phrase(self, number: int, roles: frozenset[str]) -> Iterator[int]:
        """The words in these roles, and those joined to them by "and"."""
        for child in self.children[number]:
            if self.tokens.deps[child] in roles:
                yield from self._joined(child)

    def _joined(self, number: int) -> Iterator[int]:
        yield number
        for child in self.children[number]:
            if self.tokens.deps[child] == "conj":
                yield from self._joined(child)

    def _fill(self, anchors: tuple[int, ...], role: Role) -> Iterator[tuple[Mention, float]]:
        for place in role.places:
            for number in self._standing(anchors, place):
                yield from self._mentions(number, role.labels)

    def _standing(self, anchors: tuple[int, ...], place: str) -> Iterator[int]:
        """The words that stand at this place of the trigger."""
        if place == "subject":
            yield from self._subjects(anchors[0])
        elif place == "own-subject":
            yield from self._phrase(anchors[0], _SUBJECT)
        elif place in _NOUN_PLACES:
            for anchor in anchors:
                yield from self._phrase(anchor, _NOUN_PLACES[place])
        else:
            for anchor in anchors:
                yield from self._at_preposition(anchor, place)

    def _at_preposition(self, anchor: int, place: str) -> Iterator[int]:
        preposition = place.removesuffix("+")
        yield from self._after(anchor, preposition)
        if place.endswith("+"):
            for joined in self._objects(anchor):
                yield from self._after(joined, preposition)

    def _objects(self, anchor: int) -> Iterator[int]:
        """The objects of a verb, with a preposition or without."""
        yield from self._phrase(anchor, _OBJECT)
        for child in self.children[anchor]:
            if self.tokens.deps[child] in {"prep", "agent"}:
                yield from self._phrase(child, frozenset({"pobj"}))

    def _after(self, anchor: int, preposition: str) -> Iterator[int]:
        for child in self.children[anchor]:
            if self.tokens.deps[child] in {"prep", "agent", "dative"} and self.tokens.lower[child] == preposition:
                yield from self._phrase(child, frozenset({"pobj"}))

    def _subjects(self, number: int) -> Iterator[int]:
        """The subjects of a verb, or those of what is above it when it has none; of a noun, its owner."""
        seen = set()
        while number not in seen:
            seen.add(number)
            own = list(self._phrase(number, _SUBJECT)) or list(self._after(number, "by"))
            if own:
                yield from (self._antecedent(subject, number) for subject in own)
                return
            owners = list(self._phrase(number, frozenset({"poss"})))
            if owners and len(seen) > 1:
                yield from owners
                return
            dep, head = self.tokens.deps[number], self.tokens.heads[number]
            if dep == "acl" and not any(self._phrase(head, frozenset({"poss"}))):
                yield head  # "Xi, speaking in Beijing"
            if dep not in _CLIMB:
                return
            number = head

    def _antecedent(self, subject: int, verb: int) -> int:
        """What "who" stands for: the word that its clause belongs to."""
        is_relative = self.tokens.lower[subject] in _RELATIVE and self.tokens.deps[verb] == "relcl"
        return self.tokens.heads[verb] if is_relative else subject

    def _mentions(self, number: int, labels: frozenset[str]) -> Iterator[tuple[Mention, float]]:
        found = self.mention_at(number, labels)
        if found is None:
            found = self._beside(number, labels)
        if found is not None:
            yield found, 1.0
        elif self.tokens.lower[number] in _PRONOUNS:
            person = self._spoken_of(number) or self.memory.person
            if person is not None and person.label in labels:
                yield person, _PRONOUN_SCORE

    def _beside(self, number: int, labels: frozenset[str]) -> Mention | None:
        """A name that says what this word means: "his counterpart Lavrov", "the city of Arica", "Lavrov, a man who"."""
        if self.tokens.deps[number] == "appos":
            return self.mention_at(self.tokens.heads[number], labels)
        for child in self.children[number]:
            if self.tokens.deps[child] == "appos" and (found := self.mention_at(child, labels)) is not None:
                return found
        if self.tokens.lemmas[number] in _KINDS_OF_PLACE:
            for child in self._after(number, "of"):
                if (found := self.mention_at(child, labels)) is not None:
                    return found
        return None

    def mention_at(self, number: int, labels: frozenset[str]) -> Mention | None:
        """The longest mention with one of these labels that ends with, or else holds, this word."""
        best: tuple[bool, int, Mention] | None = None
        for first in range(max(0, number - 12), number + 1):
            for end, mention in self.tokens.starting.get(first, ()):
                if end > number and mention.label in labels:
                    rank = (end == number + 1, end - first, mention)
                    if best is None or rank[:2] > best[:2]:
                        best = rank
        return best[2] if best is not None else None

    def remember(self) -> None:
        """Keep whom a pronoun at the beginning of the next piece would mean."""
        self.memory.person = self._spoken_of(len(self.tokens)) or self.memory.person

    def _spoken_of(self, before: int) -> Mention | None:
        """The last person before this word who is the subject of something, else the last one named."""
        named: Mention | None = None
        subject: Mention | None = None
        for number in sorted(self.tokens.starting):
            for end, mention in self.tokens.starting[number] if number < before else ():
                if mention.label == self.memory.label:
                    named = mention
                    if any(self.tokens.deps[at] in {"nsubj", "nsubjpass"} for at in range(number, end)):
                        subject = mention
        return subject or named
