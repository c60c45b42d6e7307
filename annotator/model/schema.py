"""The schema of a project: which labels and relations there are, and what each of them means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from annotator.model.errors import Broken

AttributeKind = Literal["choice", "text", "yes-no", "link"]
Overlap = Literal["any", "nested", "none"]
"""Whether labels may cross and nest, only nest, or neither."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of span. `name` is stored and exported, `title` is shown; `hue` is an OKLCH hue in degrees."""

    name: str
    title: str
    key: str = ""
    hue: int = 250
    definition: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of relation. `heads` and `tails` are the label names allowed at its ends; empty allows all.

    One that `joins_alike` has the same label at both ends.
    """

    name: str
    title: str
    key: str = ""
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    is_symmetric: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()
    joins_alike: bool = False

    def allows(self, head: str, tail: str) -> bool:
        """Whether a relation of this kind may go from a span labelled `head` to one labelled `tail`."""
        if self.joins_alike and head != tail:
            return False
        return (not self.heads or head in self.heads) and (not self.tails or tail in self.tails)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something more to say about a span or a relation.

    `on` names the labels and relation types that have it; empty stands for every label. A "choice" takes one of
    `values`, a "text" any words, a "yes-no" true or false, a "link" the id of an entry in the local table `table`.
    """

    name: str
    title: str
    kind: AttributeKind = "text"
    on: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    table: str = ""
    definition: str = ""

    def problem_with(self, value: object) -> str:
        """What is wrong with a value for this attribute; empty when nothing is."""
        match self.kind:
            case "choice" if value not in self.values:
                return f"it is one of {', '.join(self.values)}"
            case "yes-no" if not isinstance(value, bool):
                return "it is yes or no"
            case "text" | "link" if not isinstance(value, str) or not value.strip():
                return "it is a text that is not empty"
        return ""


@dataclass(frozen=True)
class Schema:
    """The labels and relations of a project, in the order in which they are shown.

    `suggest` holds the settings of the suggestion worker as plain data (label map, boundary switches, rules); the model
    package does not look into it.
    """

    name: str
    labels: tuple[Label, ...]
    relations: tuple[RelationType, ...] = ()
    overlap: Overlap = "any"
    guidelines: str = ""
    attributes: tuple[Attribute, ...] = ()
    document_labels: tuple[Label, ...] = ()
    suggest: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        self._check_names()
        for kind in (self.labels, self.relations):
            _check_keys(kind)

    def _check_names(self) -> None:
        names: set[str] = set()
        for label in self.labels:
            if not label.name:
                raise Broken("schema-label-empty")
            if label.name in names:
                raise Broken("schema-label-twice", label=label.name)
            names.add(label.name)
        for relation in self.relations:
            for end in (*relation.heads, *relation.tails):
                if end not in names:
                    raise Broken("schema-relation-end", relation=relation.name, label=end)
        for attribute in self.attributes:
            for name in attribute.on:
                if name not in names and name not in self.relation_names:
                    raise Broken("schema-attribute-on", attribute=attribute.name, label=name)

    @cached_property
    def label_names(self) -> Mapping[str, Label]:
        return {label.name: label for label in self.labels}

    @cached_property
    def relation_names(self) -> Mapping[str, RelationType]:
        return {relation.name: relation for relation in self.relations}

    def relations_between(self, head: str, tail: str) -> list[RelationType]:
        """The relation types that may go from a span labelled `head` to one labelled `tail`, in schema order."""
        return [relation for relation in self.relations if relation.allows(head, tail)]

    def fits(self, relation: str, head: str, tail: str) -> bool:
        """Whether a relation of this name may join spans with these labels, as far as the schema knows the name."""
        kind = self.relation_names.get(relation)
        return kind is None or kind.allows(head, tail)

    @cached_property
    def attribute_names(self) -> Mapping[str, Attribute]:
        return {attribute.name: attribute for attribute in self.attributes}

    def attributes_of(self, label: str) -> list[Attribute]:
        """The attributes that a span or relation with this label may have, in schema order."""
        is_span = label in self.label_names
        return [attribute for attribute in self.attributes if label in attribute.on or (is_span and not attribute.on)]

    @cached_property
    def id(self) -> str:
        """SHA-256 of the canonical JSON: a schema is named by its content, so every version has its own name."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Canonical JSON: keys sorted, no spaces, non-ASCII as it is."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "overlap": self.overlap,
            "guidelines": self.guidelines,
            "labels": [_label_to_dict(label) for label in self.labels],
            "relations": [
                {
                    "name": relation.name,
                    "title": relation.title,
                    "key": relation.key,
                    "heads": list(relation.heads),
                    "tails": list(relation.tails),
                    "symmetric": relation.is_symmetric,
                    "definition": relation.definition,
                    "examples": list(relation.examples),
                    # Written only where it holds: schemas from before there was such a thing keep their names.
                    **({"same_label": True} if relation.joins_alike else {}),
                }
                for relation in self.relations
            ],
            "attributes": [
                {
                    "name": attribute.name,
                    "title": attribute.title,
                    "kind": attribute.kind,
                    "on": list(attribute.on),
                    "values": list(attribute.values),
                    "table": attribute.table,
                    "definition": attribute.definition,
                }
                for attribute in self.attributes
            ],
            "document_labels": [_label_to_dict(label) for label in self.document_labels],
            "suggest": dict(self.suggest),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Schema:
        """The schema that `to_dict` wrote, or that a person wrote by hand: only the labels' names are required.

        Raises Broken when a name is missing or a value has the wrong type.
        """
        try:
            return cls(
                name=_string(data, "name", "project"),
                overlap=_overlap(data.get("overlap", "any")),
                guidelines=_string(data, "guidelines", ""),
                labels=tuple(_label(entry, number) for number, entry in enumerate(data.get("labels", ()))),
                relations=tuple(_relation(entry) for entry in data.get("relations", ())),
                attributes=tuple(_attribute(entry) for entry in data.get("attributes", ())),
                document_labels=tuple(
                    _label(entry, number) for number, entry in enumerate(data.get("document_labels", ()))
                ),
                suggest=dict(data.get("suggest", {})),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise Broken("schema-unreadable", reason=reason) from error


def _check_keys(kind: Sequence[Label | RelationType]) -> None:
    owner: dict[str, str] = {}
    for entry in kind:
        if entry.key and owner.setdefault(entry.key, entry.name) != entry.name:
            raise Broken("schema-key-twice", key=entry.key, first=owner[entry.key], second=entry.name)


def _label_to_dict(label: Label) -> dict[str, Any]:
    return {
        "name": label.name,
        "title": label.title,
        "key": label.key,
        "hue": label.hue,
        "definition": label.definition,
        "examples": list(label.examples),
    }


def _label(data: Mapping[str, Any], number: int) -> Label:
    name = _string(data, "name")
    return Label(
        name=name,
        title=_string(data, "title", name),
        key=str(data.get("key", str((number + 1) % 10) if number < 10 else "")),
        hue=int(data.get("hue", (250 + 137 * number) % 360)),
        definition=_string(data, "definition", ""),
        examples=_strings(data, "examples"),
    )


def _relation(data: Mapping[str, Any]) -> RelationType:
    name = _string(data, "name")
    return RelationType(
        name=name,
        title=_string(data, "title", name),
        key=_string(data, "key", ""),
        heads=_strings(data, "heads"),
        tails=_strings(data, "tails"),
        is_symmetric=bool(data.get("symmetric", False)),
        definition=_string(data, "definition", ""),
        examples=_strings(data, "examples"),
        joins_alike=bool(data.get("same_label", False)),
    )


def _attribute(data: Mapping[str, Any]) -> Attribute:
    name = _string(data, "name")
    kind = data.get("kind", "text")
    values = _strings(data, "values")
    match kind:
        case "choice" | "text" | "yes-no" | "link":
            pass
        case _:
            raise ValueError(f'the kind of {name} is "choice", "text", "yes-no" or "link", not {kind!r}')
    if kind == "choice" and not values:
        raise ValueError(f"the choice {name} has no values")
    return Attribute(
        name=name,
        title=_string(data, "title", name),
        kind=kind,
        on=_strings(data, "on"),
        values=values,
        table=_string(data, "table", ""),
        definition=_string(data, "definition", ""),
    )


def _string(data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = data[key] if default is None else data.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} is not a text: {value!r}")
    return value


def _strings(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, ())
    if isinstance(value, str) or not all(isinstance(entry, str) for entry in value):
        raise TypeError(f"{key} is not a list of texts: {value!r}")
    return tuple(value)


def _overlap(value: object) -> Overlap:
    match value:
        case "any" | "nested" | "none":
            return value
    raise ValueError(f'overlap is "any", "nested" or "none", not {value!r}')
