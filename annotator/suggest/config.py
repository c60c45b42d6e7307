"""What the suggestions of one project are made with: its schema and, out of `schema.suggest`, map, switches, rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from annotator.model import Broken, Schema
from annotator.suggest.boundaries import Boundaries
from annotator.suggest.labels import IGNORE, guess_label_map
from annotator.suggest.rules import Rules, read_rules, word_lists

_SECTIONS = ("label_map", "boundaries", "consistency", "nesting", "words", "patterns", "entities", "relations")


@dataclass(frozen=True, slots=True)
class Consistency:
    """What one place of a document may learn from the others.

    `surnames`: a part of a full name that stands alone is that person too; `family_first` holds family names that come
    first in a full name (written as the name of a word list). `same_string`: one name has one label, and is proposed
    wherever it stands; only for the labels in `labels` (none: every label of the project).
    """

    surnames: bool = True
    same_string: bool = True
    person: str = "PERSON"
    labels: tuple[str, ...] = ()
    family_first: tuple[str, ...] = ()


@dataclass(frozen=True)
class SuggestConfig:
    """Plain, checked data; the same for the program and for its worker.

    `model` is an installed package or a path, None for the first that is found. `rules_hash` and `map_hash` name the
    versions of the project's rules and label map in the author's info.
    """

    schema: Schema
    model: str | None
    label_map: Mapping[str, str]
    boundaries: Boundaries
    consistency: Consistency
    nesting: Mapping[str, frozenset[str]]
    rules: Rules
    rules_hash: str
    map_hash: str

    @classmethod
    def from_schema(cls, schema: Schema, model: str | None = None) -> SuggestConfig:
        """Read and check `schema.suggest`. Raises Broken that names the entry and what is wrong with it."""
        data = schema.suggest
        for key in data:
            if key not in _SECTIONS:
                raise Broken("rules-key", entry="rules", key=key, known=", ".join(_SECTIONS))
        label_map = _label_map(data.get("label_map"), schema)
        return cls(
            schema=schema,
            model=model,
            label_map=label_map,
            boundaries=_boundaries(data.get("boundaries", {}), word_lists(data.get("words", {}))),
            consistency=_consistency(data.get("consistency", {}), schema, word_lists(data.get("words", {}))),
            nesting=_nesting(data.get("nesting"), schema),
            rules=read_rules(schema),
            rules_hash=_hash({key: value for key, value in data.items() if key != "label_map"}),
            map_hash=_hash(label_map),
        )

    @property
    def rules_origin(self) -> str:
        """The origin of what the rules propose."""
        return f"rules:{self.schema.name}@{self.rules_hash}"


def _label_map(data: Any, schema: Schema) -> dict[str, str]:
    if data is None:
        return guess_label_map(schema.label_names)
    if not isinstance(data, Mapping) or not all(isinstance(label, str) for label in data.values()):
        raise Broken("rules-value", entry="label_map", key="label_map", wanted="a table of labels")
    for model_label, label in data.items():
        if label != IGNORE and label not in schema.label_names:
            raise Broken("rules-entry", entry=f"label_map.{model_label}", reason=f"the schema has no label {label}")
    return dict(data)


def _boundaries(data: Any, lists: Mapping[str, tuple[str, ...]]) -> Boundaries:
    if not isinstance(data, Mapping):
        raise Broken("rules-value", entry="boundaries", key="boundaries", wanted="a table of switches")
    try:
        return Boundaries.from_dict(data, lists)
    except ValueError as error:
        raise Broken("rules-entry", entry="boundaries", reason=error) from error


def _consistency(data: Any, schema: Schema, lists: Mapping[str, tuple[str, ...]]) -> Consistency:
    if not isinstance(data, Mapping):
        raise Broken("rules-value", entry="consistency", key="consistency", wanted="a table of switches")
    known = {field.name: field.default for field in fields(Consistency)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise Broken("rules-key", entry="consistency", key=key, known=", ".join(known))
        values[key] = tuple(value) if isinstance(value, list) else value
        if type(values[key]) is not type(known[key]):
            raise Broken("rules-value", entry="consistency", key=key, wanted=type(known[key]).__name__)
    for label in values.get("labels", ()):
        if label not in schema.label_names:
            raise Broken("rules-entry", entry="consistency.labels", reason=f"the schema has no label {label}")
    if "family_first" in values:
        for name in values["family_first"]:
            if name not in lists:
                raise Broken("rules-entry", entry="consistency.family_first", reason=f"there is no word list {name}")
        values["family_first"] = tuple(word for name in values["family_first"] for word in lists[name])
    return Consistency(**values)


def _nesting(data: Any, schema: Schema) -> dict[str, frozenset[str]]:
    """Which labels may be proposed inside which; without the section any other one, if the schema lets labels nest."""
    names = frozenset(schema.label_names)
    if schema.overlap == "none":
        return {}
    if data is None:
        return {name: names - {name} for name in names}
    if not isinstance(data, Mapping) or not all(isinstance(inner, list | tuple) for inner in data.values()):
        raise Broken("rules-value", entry="nesting", key="nesting", wanted="a table of lists of labels")
    for outer, inner in data.items():
        for label in (outer, *inner):
            if label not in names:
                raise Broken("rules-entry", entry=f"nesting.{outer}", reason=f"the schema has no label {label}")
    return {outer: frozenset(inner) for outer, inner in data.items()}


def _hash(value: Any) -> str:
    """The first 8 hex digits of the SHA-256 of the canonical JSON."""
    source = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=list)
    return hashlib.sha256(source.encode()).hexdigest()[:8]
