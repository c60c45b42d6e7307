"""A JSON object as a record: our own format, and the minimal one that anybody can write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from annotator.formats.base import Record, split_author
from annotator.formats.files import MIB, TEXT_LIMIT
from annotator.formats.jsonl_place import CODE_POINT, SCHEMA, Place, Seen, is_whole_number
from annotator.formats.jsonl_relations import looks_like_notes, read_notes, read_relations
from annotator.formats.jsonl_spans import read_spans
from annotator.formats.structure import describe
from annotator.formats.text import warn_of_text
from annotator.model import Broken, Item, Role, text_id
from annotator.model.items import Status

KEYS = (
    "schema",
    "id",
    "name",
    "text",
    "offset_unit",
    "author",
    "status",
    "spans",
    "relations",
    "notes",
    "meta",
)
"""The keys of a record, in the order in which they are written."""

_HEX = frozenset("0123456789abcdef")


def read_record(line: int, value: Any, seen: Seen) -> Record | None:
    """The record that the object is; None, and in the report, when it is none or holds nothing to annotate."""
    place = Place(seen, line)
    if not place.is_object(value, "a record"):
        return None
    if "schema" in value and value["schema"] != SCHEMA:
        place.wrong("record", "schema", wanted=f'"{SCHEMA}"', found=value["schema"])
        return None
    place.is_own = "schema" in value
    place.is_machine = str(value.get("author")).startswith(("model:", "rules:"))
    text = _text(value, place)
    if text is None:
        return None
    meta = _meta(value, text, place)
    status = _status(value, place, meta)
    record = Record(
        name=_name(value, place),
        text=text,
        author=_author(value, place, meta),
        status=status,
        items=_items(value, text, place, meta),
        meta=meta,
        source={"file": seen.file_name, "format": "jsonl", "line": line},
    )
    warn_of_text(text, seen.report, line=line, spans=len(record.spans))
    return None if place.problems else record


def _text(value: Mapping[str, Any], place: Place) -> str | None:
    text = value.get("text")
    if not isinstance(text, str):
        if "text" in value:
            place.wrong("record", "text", wanted="a string", found=text)
        else:
            place.problem("record-no-text")
        return None
    if len(text) > TEXT_LIMIT:
        place.problem("record-large", limit=TEXT_LIMIT // MIB)
        return None
    # What we wrote ourselves comes back as it was, even if there is little to see in it.
    if not text or not (place.is_own or value.get("spans") or text.strip()):
        place.warning("record-blank")
        return None
    return text


def _meta(value: Mapping[str, Any], text: str, place: Place) -> dict[str, Any]:
    """The document's meta, with the record's unknown keys; structure is added to foreign records only."""
    given = value.get("meta")
    meta: dict[str, Any] = dict(given) if isinstance(given, dict) else {}
    if given is not None and not isinstance(given, dict):
        place.own_or_kept("record", "meta", wanted="an object", found=given, kept=meta)
    for key, unknown in value.items():
        if key not in KEYS:
            place.keep("records", key, unknown, meta)
    _check_id(value.get("id"), text, place, meta)
    if "roles" in meta and not _are_roles(meta["roles"], len(text)):
        if place.is_own:
            place.problem("record-roles")
        else:
            place.keep("records", "_roles", meta.pop("roles"), meta)
    if not place.is_own:
        for key, found in describe(text).items():
            meta.setdefault(key, found)
    return meta


def _check_id(given: object, text: str, place: Place, meta: dict[str, Any]) -> None:
    """Our ids are the hash of the text; a foreign id is kept, and may not stand for two texts."""
    if given is None:
        return
    identity = text_id(text)
    if place.is_own or (isinstance(given, str) and len(given) == len(identity) and _HEX.issuperset(given)):
        if given != identity:
            place.problem("record-id", found=str(given), wanted=identity)
        return
    if place.seen.foreign_ids.setdefault(repr(given), identity) != identity:
        place.problem("record-id-twice", id=str(given))
    place.keep("records", "id", given, meta)


def _are_roles(roles: object, length: int) -> bool:
    if not isinstance(roles, list):
        return False
    last = 0
    for entry in roles:
        if (
            not isinstance(entry, dict)
            or entry.keys() != {"start", "end", "role"}
            or entry["role"] not in get_args(Role)
        ):
            return False
        start, end = entry["start"], entry["end"]
        if not (is_whole_number(start) and is_whole_number(end) and last <= start < end <= length):
            return False
        last = end
    return True


def _name(value: Mapping[str, Any], place: Place) -> str:
    name = value.get("name")
    if not isinstance(name, str | None):
        place.wrong("record", "name", wanted="a string", found=name)
    return name if isinstance(name, str) and name else f"{place.seen.stem}-{place.seen.records + 1}"


def _author(value: Mapping[str, Any], place: Place, meta: dict[str, Any]) -> str | None:
    author = value.get("author")
    if author is None:
        return None
    try:
        if isinstance(author, str):
            split_author(author)
            return author
    except Broken:
        pass
    # In a file of articles, "author" is who wrote the article.
    place.own_or_kept("record", "author", wanted='"gold" or "person:NAME"', found=author, kept=meta)
    return None


def _status(value: Mapping[str, Any], place: Place, meta: dict[str, Any]) -> Status:
    match value.get("status"):
        case None:
            return "open"
        case "open":
            return "open"
        case "done":
            return "done"
        case other:
            place.own_or_kept("record", "status", wanted='"open" or "done"', found=other, kept=meta)
            return "open"


def _items(value: Mapping[str, Any], text: str, place: Place, meta: dict[str, Any]) -> tuple[Item, ...]:
    spans = read_spans(value.get("spans"), text, place, unit=value.get("offset_unit", CODE_POINT))
    if spans is None:
        return ()
    relations = read_relations(value.get("relations"), spans, place)
    notes = value.get("notes")
    if notes is not None and not place.is_own and not looks_like_notes(notes):
        place.keep("records", "notes", notes, meta)
        notes = None
    taken = {*spans.ids, *(relation.id for relation in relations)}
    return (*spans.spans, *relations, *read_notes(notes, taken, place))
