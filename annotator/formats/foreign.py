"""Formats of other programs that look like ours at first sight, told by their keys so that none is misread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Sign = Callable[[Mapping[str, Any]], bool]


def _has(*keys: str) -> Sign:
    return lambda record: all(key in record for key in keys)


def _first_has(key: str, inner: str) -> Sign:
    """Whether the first entry of the list under a key is an object with this key."""
    return lambda record: (
        isinstance(record.get(key), list)
        and bool(record[key])
        and isinstance(record[key][0], dict)
        and inner in record[key][0]
    )


def _is_list(key: str) -> Sign:
    return lambda record: isinstance(record.get(key), list)


_LABEL_STUDIO = ("annotations", "completions", "predictions")

_NOT_UNDERSTOOD: tuple[tuple[str, Sign], ...] = (
    ("Label Studio", lambda record: "data" in record and not record.keys().isdisjoint(_LABEL_STUDIO)),
    ("doccano", _is_list("label")),
    ("doccano", _is_list("entities")),
    ("doccano", _first_has("annotations", "start_offset")),
    ("doccano (label types)", _has("text", "suffix_key")),
    ("PyTorch-IE", _has("metadata", "entities")),
    ("GLiNER", _has("tokenized_text")),
    ("DyGIE++", _has("sentences", "doc_key")),
    ("DocRED", _has("vertexSet")),
    ("TACRED", _has("subj_start", "obj_start")),
    ("SpERT", _has("tokens", "entities")),
    ("a token classification data set", _has("tokens", "ner_tags")),
    ("chat messages", _has("messages")),
    ("PubAnnotation", lambda record: not record.keys().isdisjoint(("denotations", "tracks"))),
    ("BioC", _has("documents", "source")),
    ("Argilla", lambda record: "fields" in record and not record.keys().isdisjoint(("responses", "suggestions"))),
    ("Web Annotation", _has("@context")),
    ("match patterns of spaCy", lambda record: "pattern" in record and "text" not in record),
    ("UIMA CAS", _has("%FEATURE_STRUCTURES")),
)
_PRODIGY_KEYS = frozenset(("_input_hash", "_task_hash", "_view_id", "_session_id"))


def foreign_format(value: object) -> str | None:
    """The name of the format that a JSON value is of, when we do not read it; None when it may be a record of ours."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return "spaCy 2 training data"
    if not isinstance(value, Mapping) or "schema" in value:
        return None
    return next((name for name, has_sign in _NOT_UNDERSTOOD if has_sign(value)), None)


def is_prodigy(value: object) -> bool:
    """Whether Prodigy wrote this record. Its spans are like those of the minimal record."""
    return isinstance(value, Mapping) and "schema" not in value and not _PRODIGY_KEYS.isdisjoint(value)


def prodigy_objection(value: Mapping[str, Any]) -> str | None:
    """What in a record of Prodigy would be misread as a minimal record; None when it can be taken as one."""
    if value.get("answer", "accept") != "accept":
        return f"the answer {value['answer']}"
    relations = value.get("relations")
    if isinstance(relations, list) and any(isinstance(one, Mapping) and "child" in one for one in relations):
        return "relations between tokens"
    return None
