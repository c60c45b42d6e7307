"""The rules of a project as data, checked when they are read. Reference with examples: docs/RULES.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from annotator.model import Broken, Schema
from annotator.suggest.pattern import Node, PatternError
from annotator.suggest.pattern_reader import Reader

How = Literal["add", "replace", "cut"]
"""What an entity rule does where something else is proposed already.

It stays away; takes its place unless that is longer; takes its place in any case. Labels that may nest do not clash.
"""

DROP = "ignore"
"""The label of a rule that takes proposals away."""


@dataclass(frozen=True)
class EntityRule:
    """Proposes `label` for what one of the patterns matches between `before` and `after`; the longest match counts.

    `unless_before` and `unless_after` are surroundings in which it holds its tongue.
    """

    name: str
    label: str
    patterns: tuple[Node, ...]
    before: Node | None = None
    after: Node | None = None
    unless_before: Node | None = None
    unless_after: Node | None = None
    how: How = "add"
    score: float = 0.6

    @property
    def needs_mentions(self) -> bool:
        """Whether it looks at what other rules and the model have proposed."""
        context = (self.before, self.after, self.unless_before, self.unless_after)
        return any(node.names_mentions() for node in (*self.patterns, *context) if node is not None)


@dataclass(frozen=True)
class PatternRule:
    """Proposes a relation between the mentions that a pattern keeps as head and tail: each head with each tail."""

    name: str
    relation: str
    patterns: tuple[Node, ...]
    score: float = 0.6


@dataclass(frozen=True)
class Role:
    """An end of a trigger rule: the places at the trigger where its mention may stand, and the labels it may have."""

    places: tuple[str, ...]
    labels: frozenset[str]


@dataclass(frozen=True)
class TriggerRule:
    """Proposes a relation between mentions that hang on the same word in the parse.

    `triggers` are lemmas: one, or a verb and its object ("hold talk").
    """

    name: str
    relation: str
    triggers: tuple[tuple[str, ...], ...]
    head: Role
    tail: Role
    score: float = 0.6


DocumentKind = Literal["short-form", "acronym", "inside", "holder"]


@dataclass(frozen=True)
class DocumentRule:
    """Proposes relations over the whole document.

    "short-form", "acronym": from the first mention of a new wording of a name to the nearest mention before it of
    another; both have one label of `heads`. "inside": from a mention labelled as in `heads` to one labelled as in
    `tails` inside its words. "holder": where `via` is proposed between X and Y, from a mention labelled as in `heads`
    inside Y to X.
    """

    name: str
    relation: str
    kind: DocumentKind
    heads: frozenset[str]
    tails: frozenset[str] = frozenset()
    via: str = ""
    score: float = 0.6


RelationRule = PatternRule | TriggerRule | DocumentRule


@dataclass(frozen=True)
class Rules:
    """All the rules of a project, in the order of the file."""

    entities: tuple[EntityRule, ...] = ()
    relations: tuple[RelationRule, ...] = ()


def read_rules(schema: Schema) -> Rules:
    """The rules in `schema.suggest`. Raises Broken that names the entry and what is wrong with it."""
    lists = word_lists(schema.suggest.get("words", {}))
    reader = _named_patterns(schema.suggest.get("patterns", {}), Reader(lists, schema.label_names))
    entities = _entries(schema.suggest, "entities")
    relations = _entries(schema.suggest, "relations")
    return Rules(
        tuple(_entity_rule(entry, schema, reader) for entry in entities),
        tuple(_relation_rule(entry, schema, reader) for entry in relations),
    )


def _entries(data: Mapping[str, Any], kind: str) -> list[Entry]:
    found = data.get(kind, [])
    if not isinstance(found, list | tuple) or not all(isinstance(value, Mapping) for value in found):
        raise Broken("rules-value", entry=kind, key=kind, wanted="a list of [[" + kind + "]] entries")
    return [Entry(value, f"{kind} {number} “{value.get('name', '')}”") for number, value in enumerate(found, start=1)]


def _named_patterns(data: Any, reader: Reader) -> Reader:
    if not isinstance(data, Mapping) or not all(isinstance(source, str) for source in data.values()):
        raise Broken("rules-value", entry="patterns", key="patterns", wanted="a table of patterns")
    for name, source in data.items():
        try:
            reader.name(name, source)
        except PatternError as error:
            raise Broken("rules-entry", entry=f"patterns.{name}", reason=error) from error
    return reader


def word_lists(data: Any) -> dict[str, tuple[str, ...]]:
    """The word lists of a project by name. Raises Broken."""
    if not isinstance(data, Mapping):
        raise Broken("rules-value", entry="words", key="words", wanted="a table of word lists")
    return {str(name): words_of(value, name) for name, value in data.items()}


def words_of(value: Any, name: str) -> tuple[str, ...]:
    """A word list, written as a list or as one text with commas or line ends between the words."""
    if isinstance(value, str):
        value = value.replace("\n", ",").split(",")
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise Broken("rules-value", entry="words", key=name, wanted="a list of words")
    return tuple(word.strip() for word in value if word.strip())


class Entry:
    """One entry of the rules; what is asked of it is checked, and so is that nothing else stands in it."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._values = values
        self._where = where

    def broken(self, reason: object) -> Broken:
        return Broken("rules-entry", entry=self._where, reason=reason)

    def only(self, *keys: str) -> None:
        for key in self._values:
            if key not in keys:
                raise Broken("rules-key", entry=self._where, key=key, known=", ".join(keys))

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        value = self._values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise Broken("rules-value", entry=self._where, key=key, wanted="a text")
        return value

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        value = self._values.get(key, default)
        if isinstance(value, str):
            value = (value,)
        if not isinstance(value, list | tuple) or not value or not all(isinstance(text, str) for text in value):
            raise Broken("rules-value", entry=self._where, key=key, wanted="a text or a list of texts")
        return tuple(value)

    def score(self) -> float:
        value = self._values.get("score", 0.6)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise Broken("rules-value", entry=self._where, key="score", wanted="a number from 0 to 1")
        return float(value)

    def one_of(self, key: str, choices: Sequence[str], default: str) -> str:
        value = self._values.get(key, default)
        if value not in choices:
            raise Broken("rules-value", entry=self._where, key=key, wanted="one of " + ", ".join(choices))
        return str(value)

    def node(self, key: str, reader: Reader) -> Node | None:
        return self.nodes(key, reader)[0] if self.has(key) else None

    def nodes(self, key: str, reader: Reader) -> tuple[Node, ...]:
        try:
            return tuple(reader.read(source) for source in self.texts(key))
        except PatternError as error:
            raise self.broken(f"{key}: {error}") from error

    def label(self, schema: Schema) -> str:
        label = self.text("label")
        if label != DROP and label not in schema.label_names:
            raise self.broken(f"the schema has no label {label}")
        return label

    def labels(self, schema: Schema, labels: Iterable[str]) -> frozenset[str]:
        for label in labels:
            if label not in schema.label_names:
                raise self.broken(f"the schema has no label {label}")
        return frozenset(labels)

    def relation(self, schema: Schema) -> str:
        relation = self.text("relation")
        if relation not in schema.relation_names:
            raise self.broken(f"the schema has no relation {relation}")
        return relation


_HOWS: tuple[How, ...] = ("add", "replace", "cut")


def _entity_rule(entry: Entry, schema: Schema, reader: Reader) -> EntityRule:
    entry.only("name", "label", "pattern", "before", "after", "unless_before", "unless_after", "how", "score")
    how = entry.one_of("how", _HOWS, "add")
    return EntityRule(
        name=entry.text("name"),
        label=entry.label(schema),
        patterns=entry.nodes("pattern", reader),
        before=entry.node("before", reader),
        after=entry.node("after", reader),
        unless_before=entry.node("unless_before", reader),
        unless_after=entry.node("unless_after", reader),
        how=next(known for known in _HOWS if known == how),
        score=entry.score(),
    )


def _relation_rule(entry: Entry, schema: Schema, reader: Reader) -> RelationRule:
    if entry.has("trigger"):
        return _trigger_rule(entry, schema)
    if entry.has("kind"):
        return _document_rule(entry, schema)
    entry.only("name", "relation", "pattern", "score")
    patterns = entry.nodes("pattern", reader)
    for node in patterns:
        if node.roles() not in ({"head", "tail"}, {"each"}):
            raise entry.broken("pattern: a relation needs a <head:…> and a <tail:…>, or <each:…>")
    return PatternRule(entry.text("name"), entry.relation(schema), patterns, entry.score())


def _trigger_rule(entry: Entry, schema: Schema) -> TriggerRule:
    entry.only("name", "relation", "trigger", "head", "tail", "score")
    triggers = tuple(tuple(trigger.split()) for trigger in entry.texts("trigger"))
    if not all(1 <= len(trigger) <= 2 for trigger in triggers):
        raise entry.broken("trigger: one lemma, or a verb and its object")
    return TriggerRule(
        entry.text("name"),
        entry.relation(schema),
        triggers,
        _role(entry, "head", schema),
        _role(entry, "tail", schema),
        entry.score(),
    )


_DOCUMENT_KINDS: tuple[DocumentKind, ...] = ("short-form", "acronym", "inside", "holder")


def _document_rule(entry: Entry, schema: Schema) -> DocumentRule:
    entry.only("name", "relation", "kind", "heads", "tails", "via", "score")
    chosen = entry.one_of("kind", _DOCUMENT_KINDS, "")
    via = entry.text("via") if chosen == "holder" else ""
    if via and via not in schema.relation_names:
        raise entry.broken(f"via: the schema has no relation {via}")
    return DocumentRule(
        name=entry.text("name"),
        relation=entry.relation(schema),
        kind=next(known for known in _DOCUMENT_KINDS if known == chosen),
        heads=entry.labels(schema, entry.texts("heads")),
        tails=entry.labels(schema, entry.texts("tails")) if chosen == "inside" else frozenset(),
        via=via,
        score=entry.score(),
    )


def _role(entry: Entry, key: str, schema: Schema) -> Role:
    """`subject:PERSON`, `object|with:PERSON|ORG`: places, a colon, labels.

    The places are subject, own-subject (not that of a verb above), object, owner ("Xi's visit") and
    modifier ("energy talks"); any other is a preposition
    at the trigger, or with a plus ("in+") at the trigger or its objects.
    """
    places, colon, labels = entry.text(key).partition(":")
    if not colon:
        raise entry.broken(f"{key}: written as places:labels, such as subject:PERSON")
    return Role(
        tuple(place.strip() for place in places.split("|")),
        entry.labels(schema, [label.strip() for label in labels.split("|")]),
    )
