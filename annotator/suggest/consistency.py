"""What one place of a document learns from the others: a surname from the full name, a label from the majority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotator.model import Alternative
from annotator.suggest.config import Consistency
from annotator.suggest.passages import Passage
from annotator.suggest.tokens import Mention, Tokens
from annotator.suggest.words import WordList

RULE_WEIGHT = 3.0
"""How many sure finds of the model one find of a rule outweighs: a word list is not mistaken about its words."""

MAJORITY = 1.25
"""How many times the runner-up's weight the best label of a string must have."""

NEVER_ALONE = frozenset(
    {"He", "She", "It", "I", "We", "They", "You", "An", "Do", "So", "To", "No", "Oh", "In", "On", "May", "Will", "Can"}
)
"""Words that begin names ("He Lifeng") and are words of their own far more often."""

LEARNED = 0.8
"""The share of its source's score that a learned mention gets."""


@dataclass(slots=True)
class _Name:
    """One string as it is proposed in the document: weight by label, the best score, and how often."""

    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    score: float = 0.0
    best: Mention | None = None

    def add(self, mention: Mention, weight: float) -> None:
        self.weights[mention.label] += weight
        if self.best is None or mention.score > self.score:
            self.best, self.score = mention, mention.score

    def winner(self) -> str | None:
        """The label that clearly outweighs the others."""
        first, *others = sorted(self.weights, key=lambda label: -self.weights[label])
        return first if not others or self.weights[first] >= MAJORITY * self.weights[others[0]] else None


def harmonise(passages: Sequence[Passage], switches: Consistency, rules_origin: str) -> Iterator[None]:
    """Bring the proposals of a document into line with one another, in place; pauses after each passage looked at."""
    labels = frozenset(switches.labels)
    if switches.surnames:
        yield from _spread_surnames(passages, switches, rules_origin)
    if switches.same_string:
        names = _names(passages, labels, rules_origin)
        for passage in passages:
            _relabel(passage, names, rules_origin)
        sure = {text: name for text, name in names.items() if _can_spread(text) and name.winner() is not None}
        yield from _spread(passages, sure)


def _names(passages: Iterable[Passage], labels: frozenset[str], rules_origin: str) -> dict[str, _Name]:
    names: defaultdict[str, _Name] = defaultdict(_Name)
    for passage in passages:
        for mention in passage.mentions:
            if not labels or mention.label in labels:
                weight = RULE_WEIGHT if mention.origin == rules_origin else mention.score
                names[_covered(passage, mention)].add(mention, weight)
    return names


def _covered(passage: Passage, mention: Mention) -> str:
    return passage.text[mention.start : mention.end]


def _relabel(passage: Passage, names: dict[str, _Name], rules_origin: str) -> None:
    for number, mention in enumerate(passage.mentions):
        name = names.get(_covered(passage, mention))
        label = name.winner() if name is not None and mention.origin != rules_origin else None
        if label is not None and label != mention.label:
            assert name is not None
            learned = replace(mention, label=label, score=round(name.score * LEARNED, 4), others=())
            passage.mentions[number] = learned.succeeding(mention)


def _can_spread(text: str) -> bool:
    """Whether a string is a name wherever it stands: it has a capital, and more than one character."""
    return len(text) > 1 and any(char.isupper() for char in text)


def _spread(passages: Iterable[Passage], names: dict[str, _Name]) -> Iterator[None]:
    words = WordList(names)
    for passage in passages:
        for start, end, text in _free_places(passage, words):
            label = names[text].winner() if text in names else None
            if label is not None:
                # The origin stays the model's: it is its finding, seen at another place.
                passage.propose(_learned((start, end), label, names[text].best, passage.origin))
        yield


def _spread_surnames(passages: Sequence[Passage], switches: Consistency, rules_origin: str) -> Iterator[None]:
    """A word of a full name that stands alone is the same person, unless a rule says otherwise."""
    forms = _name_forms(passages, switches)
    words = WordList(forms)
    for passage in passages:
        for start, end, text in _free_places(passage, words, person=switches.person, fixed=rules_origin):
            if text in forms:
                former = [other for other in passage.mentions if other.place == (start, end)]
                passage.drop(former)
                learned = _learned((start, end), switches.person, forms[text], passage.origin)
                passage.propose(learned.succeeding(former[0]) if former else learned)
        yield


def _learned(place: tuple[int, int], label: str, source: Mention | None, origin: str) -> Mention:
    """A mention elsewhere of what was found at its source, with the same other labels, and less sure."""
    assert source is not None, "what is learned was found somewhere"
    labels = (Alternative(source.label, source.score), *source.others)
    others = [Alternative(other.label, round(other.score * LEARNED, 4)) for other in labels]
    return Mention(
        *place,
        label,
        round(source.score * LEARNED, 4),
        origin,
        tuple(other for other in others if other.label != label),
    )


def _name_forms(passages: Iterable[Passage], switches: Consistency) -> dict[str, Mention]:
    """Each word that stands for a person named in full elsewhere, with the surest mention of the full name."""
    person, family_first = switches.person, frozenset(switches.family_first)
    alone: set[str] = set()
    last: dict[str, Mention] = {}
    first: dict[str, Mention] = {}
    for passage in passages:
        for mention in passage.mentions:
            if mention.label != person:
                continue
            words = _covered(passage, mention).split()
            if len(words) == 1:
                alone.add(words[0])
            elif all(word[:1].isupper() for word in words[-1:] + words[:1]):
                family = words[0] if words[0] in family_first and len(words) == 2 else words[-1]
                last[family] = max(last.get(family, mention), mention, key=_score)
                first[words[0]] = max(first.get(words[0], mention), mention, key=_score)
    # A first word ("Xi" of "Xi Jinping", but also "Will" of "Will Smith") only where it was seen alone as well.
    forms = {**first, **last}
    return {
        word: mention
        for word, mention in forms.items()
        if (word in last or word in alone) and len(word) > 1 and word not in NEVER_ALONE
    }


def _score(mention: Mention) -> float:
    return mention.score


def _free_places(
    passage: Passage, words: WordList, *, person: str = "", fixed: str = ""
) -> Iterator[tuple[int, int, str]]:
    """The occurrences of the words that overlap no mention.

    With `person`, also those that are a mention of their own with another label, but not by the origin `fixed`.
    """
    tokens = passage.tokens
    for at in tokens.where(words.leads):
        for end in tokens.entries(words, at):
            start_char, end_char = tokens.offsets(at, end)
            if _goes_on(tokens, end):
                continue
            rivals = passage.at(start_char, end_char)
            own = [m for m in rivals if m.place == (start_char, end_char) and m.origin != fixed and m.label != person]
            if not rivals or (person and own == rivals):
                yield start_char, end_char, passage.text[start_char:end_char]
                break


def _goes_on(tokens: Tokens, end: int) -> bool:
    """Whether another capitalised word follows at once: then this may be the beginning of a longer name."""
    return (
        end < len(tokens)
        and tokens.words[end][:1].isupper()
        and tokens.words[end - 1] not in ".!?"
        and end not in tokens.starting
    )
