"""Items as JSON and back, without loss. Canonical JSON is what hashes are taken of: the same item, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.model import NO_ATTRS, Alternative, Broken, Decision, Item, Note, Relation, Span
from annotator.model.phrases import NO_PHRASES, Phrases
from annotator.model.weak import WeakHits, weak_hits

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """JSON without blanks, keys in their own order, non-ASCII as it is.

    The order of keys inside attributes and meta data is their author's: an export gives it back.

    Raises Broken for what JSON or UTF-8 cannot hold: NaN, infinities, lone surrogates, objects of other types.
    """
    try:
        text = _ENCODER.encode(value)
        if not text.isascii():
            text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Broken("value-unstorable", reason=str(error)) from error
    return text


def sha256(text: str) -> str:
    """Lower-case hex of the hash of the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def kind_of(item: Item) -> str:
    """ "span", "relation", "decision" or "note"."""
    return _KINDS[type(item)]


def item_to_dict(item: Item) -> dict[str, Any]:
    """The item as plain JSON; what is empty or unknown is left out."""
    return _WRITERS[type(item)](item)


def item_to_json(item: Item) -> str:
    return canonical(item_to_dict(item))


def item_from_dict(data: Mapping[str, Any]) -> Item:
    """The item that `item_to_dict` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    return _READERS[data["kind"]](data)


def item_from_json(text: str) -> Item:
    return item_from_dict(json.loads(text))


def bundle(
    document: str, author: str, items: Iterable[Item], phrases: Phrases = NO_PHRASES, weak: WeakHits = ()
) -> str:
    """A whole layer in one piece. Document and author are part of it, so no two layers share a piece."""
    data: dict[str, Any] = {"author": author, "document": document, "items": [item_to_dict(item) for item in items]}
    if phrases:
        data["phrases"] = phrases.rows
    if weak:
        data["weak"] = [hit.row for hit in weak]
    return canonical(data)


def unbundle(text: str) -> tuple[str, str, list[Item], Phrases, WeakHits]:
    """The document, the author, the items, the phrases and the weak hits of a bundle; older ones lack the latter two.

    Raises KeyError, TypeError or ValueError when damaged.
    """
    data = json.loads(text)
    items = [item_from_dict(entry) for entry in data["items"]]
    return (
        data["document"],
        data["author"],
        items,
        Phrases(_rows(data.get("phrases", []))),
        weak_hits(data.get("weak", [])),
    )


def _rows(rows: Any) -> list[list[int]]:
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and len(row) >= 2 and all(type(number) is int for number in row) for row in rows
    ):
        raise ValueError("the phrases are no rows of numbers")
    return rows


def real(value: float | None) -> float | None:
    """The number as SQLite gives it back: a float, and never minus zero."""
    return None if value is None else float(value) + 0.0


def attrs_from_json(text: str) -> Mapping[str, Any]:
    return NO_ATTRS if text == "{}" else dict(json.loads(text))


def _labelled(item: Span | Relation, data: dict[str, Any]) -> dict[str, Any]:
    if item.attrs:
        data["attrs"] = dict(item.attrs)
    if item.origin is not None:
        data["origin"] = item.origin
    if item.confirmed is not None:
        data["confirmed"] = item.confirmed
    if item.score is not None:
        data["score"] = real(item.score)
    return data


def _span_to_dict(item: Span) -> dict[str, Any]:
    data = _labelled(item, {"kind": "span", "id": item.id, "label": item.label, "fragments": item.fragments})
    if item.alternatives:
        data["alternatives"] = [(other.label, real(other.score)) for other in item.alternatives]
    return data


def _relation_to_dict(item: Relation) -> dict[str, Any]:
    data = {"kind": "relation", "id": item.id, "label": item.label, "head": item.head, "tail": item.tail}
    return _labelled(item, data)


def _decision_to_dict(item: Decision) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "decision",
        "id": item.id,
        "target": item.target,
        "answer": item.answer,
        "how": item.how,
        "label": item.label,
    }
    optional = {"source": item.source, "result": item.result, "seconds": real(item.seconds)}
    return data | {key: value for key, value in optional.items() if value is not None}


def _note_to_dict(item: Note) -> dict[str, Any]:
    data = {"kind": "note", "id": item.id, "type": item.kind, "value": item.value}
    return data if item.target is None else data | {"target": item.target}


def _span(data: Mapping[str, Any]) -> Span:
    return Span(
        data["id"],
        data["label"],
        tuple((start, end) for start, end in data["fragments"]),
        data.get("attrs", NO_ATTRS),
        data.get("origin"),
        data.get("confirmed"),
        data.get("score"),
        tuple(Alternative(label, score) for label, score in data.get("alternatives", ())),
    )


def _relation(data: Mapping[str, Any]) -> Relation:
    return Relation(
        data["id"],
        data["label"],
        data["head"],
        data["tail"],
        data.get("attrs", NO_ATTRS),
        data.get("origin"),
        data.get("confirmed"),
        data.get("score"),
    )


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        data["id"],
        data["target"],
        data["answer"],
        data["how"],
        data["label"],
        data.get("source"),
        data.get("result"),
        data.get("seconds"),
    )


def _note(data: Mapping[str, Any]) -> Note:
    return Note(data["id"], data["type"], data["value"], data.get("target"))


_KINDS: dict[type, str] = {Span: "span", Relation: "relation", Decision: "decision", Note: "note"}
_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Span: _span_to_dict,
    Relation: _relation_to_dict,
    Decision: _decision_to_dict,
    Note: _note_to_dict,
}
_READERS: dict[str, Callable[[Mapping[str, Any]], Item]] = {
    "span": _span,
    "relation": _relation,
    "decision": _decision,
    "note": _note,
}
