"""The relations, notes and decisions of a JSONL record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from annotator.formats.jsonl_items import free_ids, item_title, read_extras, read_id, read_label
from annotator.formats.jsonl_place import Place, is_whole_number, shown
from annotator.formats.jsonl_spans import SpanSet
from annotator.formats.report import visible
from annotator.model import Answer, Decision, How, Note, Relation

DECISION = "decision"
"""The kind under which an answer to a suggestion stands among the notes."""

_RELATION_KEYS = frozenset(("id", "label", "head", "tail"))
_NOTE_KEYS = frozenset(("id", "kind", "value", "target"))
_DECISION_KEYS = frozenset((*_NOTE_KEYS, "how", "label", "origin", "result", "seconds"))


def read_relations(entries: object, spans: SpanSet, place: Place) -> list[Relation]:
    """The relations of a record, in file order, between the spans that were read before."""
    if not isinstance(entries, list | None):
        place.wrong("record", "relations", wanted="a list", found=entries)
        return []
    found = [entry for at, entry in enumerate(entries or ()) if place.is_object(entry, f"relation {at + 1}")]
    ids = _relation_ids(found, spans, place)
    known = frozenset(ids)
    made: list[Relation] = []
    twins: dict[tuple[str, str, str], str] = {}
    for at, (entry, identity) in enumerate(zip(found, ids, strict=True)):
        title = item_title("relation", entry, at)
        label = read_label(entry, title, place)
        extras = read_extras(entry, _RELATION_KEYS, title, place)
        head, tail = (_end(entry.get(key), key, title, spans, known, place) for key in ("head", "tail"))
        if head is None or tail is None or not label:
            continue
        place.seen.relation_labels[label] = None
        if head == tail:
            place.warning("relation-loop", item=title)
        twin = twins.setdefault((label, head, tail), identity)
        if twin != identity:
            place.warning("relation-twice", item=title, twin=twin)
            if not place.is_own:
                continue
        made.append(Relation(identity, label, head, tail, **extras))
    return made


def _relation_ids(entries: list[dict[str, Any]], spans: SpanSet, place: Place) -> list[str]:
    """One id for each entry. Numbers are counted apart for spans and relations in many files, so they may meet here."""
    given: list[str | None] = []
    taken = set(spans.ids)
    for at, entry in enumerate(entries):
        identity = read_id(entry, item_title("relation", entry, at), place)
        if identity is not None and is_whole_number(entry["id"]) and identity in spans.ids:
            identity = f"R{identity}"
        if identity is not None and identity in taken:
            place.problem("item-id-twice", item="relation", id=identity)
        if identity is not None:
            taken.add(identity)
        given.append(identity)
    names = free_ids("R", taken)
    return [identity or next(names) for identity in given]


def _end(value: object, key: str, title: str, spans: SpanSet, relations: frozenset[str], place: Place) -> str | None:
    """The id of the span at one end: an id, or a place in the list of spans when these have no ids."""
    if is_whole_number(value) and isinstance(value, int):
        if not spans.has_ids and 0 <= value < len(spans.in_order):
            return spans.in_order[value]
        value = str(value)
    if not isinstance(value, str) or not value:
        place.wrong(title, key, wanted="the id of a span", found=value)
        return None
    found = spans.ids.get(value)
    if found is None:
        place.problem("relation-of-relation" if value in relations else "relation-end", item=title, end=key, id=value)
    return found


# ---- notes


def read_notes(entries: object, taken: set[str], place: Place) -> list[Note | Decision]:
    """The notes of a record. `taken` are the ids of its spans and relations."""
    if not isinstance(entries, list | None):
        place.wrong("record", "notes", wanted="a list", found=entries)
        return []
    made: list[Note | Decision] = []
    names = free_ids("N", taken)
    seen = set(taken)
    for at, entry in enumerate(entries or ()):
        if not place.is_object(entry, f"note {at + 1}"):
            continue
        title = item_title("note", entry, at)
        note = _decision(entry, title, place) if entry.get("kind") == DECISION else _note(entry, title, names, place)
        if note is None:
            continue
        if note.id in seen:
            place.problem("item-id-twice", item="note", id=note.id)
        seen.add(note.id)
        made.append(note)
    return made


def looks_like_notes(entries: object) -> bool:
    """Whether this can be our list of notes; other programs call other things by that name."""
    return isinstance(entries, list) and all(
        isinstance(entry, dict) and isinstance(entry.get("kind"), str) and isinstance(entry.get("value"), str)
        for entry in entries
    )


def _note(entry: Mapping[str, Any], title: str, names: Any, place: Place) -> Note | None:
    _tell_left_out(entry, _NOTE_KEYS, title, place)
    kind, value, target = entry.get("kind"), entry.get("value"), entry.get("target")
    if not isinstance(kind, str) or not kind:
        place.wrong(title, "kind", wanted="a string that is not empty", found=kind)
    elif not isinstance(value, str):
        place.wrong(title, "value", wanted="a string", found=value)
    elif not isinstance(target, str | None):
        place.wrong(title, "target", wanted="the id of an item", found=target)
    else:
        return Note(read_id(entry, title, place) or next(names), kind, value, target)
    return None


def _decision(entry: Mapping[str, Any], title: str, place: Place) -> Decision | None:
    _tell_left_out(entry, _DECISION_KEYS, title, place)
    for key, optional in (("target", False), ("label", False), ("origin", True), ("result", True)):
        value = entry.get(key)
        if not (isinstance(value, str) and value) and not (optional and value is None):
            place.wrong(title, key, wanted="a string that is not empty", found=value)
            return None
    for key, choices in (("value", get_args(Answer)), ("how", get_args(How))):
        if entry.get(key) not in choices:
            place.wrong(title, key, wanted=" or ".join(map(shown, choices)), found=entry.get(key))
            return None
    seconds = entry.get("seconds")
    if seconds is not None and type(seconds) not in (int, float):
        place.wrong(title, "seconds", wanted="a number", found=seconds)
        return None
    target = entry["target"]
    if entry.get("id", Decision.id_for(target)) != Decision.id_for(target):
        place.wrong(title, "id", wanted=f'"{visible(Decision.id_for(target), 60)}"', found=entry["id"])
        return None
    return Decision(
        Decision.id_for(target),
        target,
        entry["value"],
        entry["how"],
        entry["label"],
        entry.get("origin"),
        entry.get("result"),
        seconds,
    )


def _tell_left_out(entry: Mapping[str, Any], known: frozenset[str], title: str, place: Place) -> None:
    if not entry.keys() <= known:
        keys = ", ".join(visible(key, 40) for key in entry if key not in known)
        place.warning("note-keys", item=title, keys=keys)
