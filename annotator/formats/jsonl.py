"""annotator-jsonl/1, our own format and the only one without loss; docs/FORMAT.md is its reference."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from annotator.formats.base import Record
from annotator.formats.foreign import foreign_format, is_prodigy, prodigy_objection
from annotator.formats.json_values import Value, read_values
from annotator.formats.jsonl_place import CODE_POINT, SCHEMA, Seen
from annotator.formats.jsonl_record import read_record
from annotator.formats.jsonl_relations import DECISION
from annotator.formats.report import FileReport, visible
from annotator.formats.text import plain_name
from annotator.model import Broken, Decision, Note, Relation, Span

_LOOK = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\\\r\n]*"\s*:')


class JsonlImporter:
    """Reads our own records, and minimal ones that anybody can write."""

    name = "jsonl"
    extensions = (".jsonl", ".ndjson", ".json")

    def sniff(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes say it all
        return bool(_LOOK.match(head)) and b'"text"' in head

    def read(self, path: Path, report: FileReport, *, encoding: str | None = None) -> Iterator[Record]:
        stem = plain_name(path.stem.strip() or path.name)
        seen = Seen(report, stem, plain_name(path.name))
        is_first_prodigy = True
        for at, found in enumerate(read_values(path, report, encoding)):
            if at == 0 and (name := foreign_format(found.value)):
                raise Broken("format-foreign", where=report.where(), format=name)
            if is_prodigy(found.value):
                _check_prodigy(found, report, is_first=is_first_prodigy)
                is_first_prodigy = False
            record = read_record(found.line, found.value, seen)
            if record is not None:
                seen.records += 1
                yield record
        if not (seen.records or report.is_bad):
            report.warning("file-no-record")
        seen.tell()


class JsonlExporter:
    """Writes our own format: the same records give the same bytes, in whatever order their items come."""

    name = "jsonl"
    extension = ".jsonl"

    def write(self, records: Iterable[Record], stream: BinaryIO) -> None:
        for record in records:
            try:
                line = record_line(record)
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                reason = f"{type(error).__name__}: {error}"
                raise Broken("record-unwritable", name=visible(record.name), reason=visible(reason)) from error
            stream.write(line)


def record_line(record: Record) -> bytes:
    """One record as one line, with its line feed.

    Raises ValueError or TypeError for what JSON and UTF-8 cannot hold, KeyError for a relation without its span.
    """
    notes: list[Note | Decision] = [*record.notes, *record.decisions]
    notes.sort(key=lambda note: (_kind(note), note.target or "", note.id))
    spans = sorted(record.spans, key=lambda span: (span.start, -span.end, span.label, span.id))
    position = {span.id: at for at, span in enumerate(spans)}
    relations = sorted(
        record.relations,
        key=lambda relation: (position[relation.head], position[relation.tail], relation.label, relation.id),
    )
    value = {
        "schema": SCHEMA,
        "id": record.id,
        "name": record.name,
        "text": record.text,
        "offset_unit": CODE_POINT,
        "author": record.author,
        "status": record.status,
        "spans": [_span(span, record.text) for span in spans],
        "relations": [_relation(relation) for relation in relations],
        "notes": [_note(note) for note in notes],
        "meta": record.meta,
    }
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain) + "\n").encode()


def _span(span: Span, text: str) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": span.id,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "text": span.covered(text),
    }
    if span.is_discontinuous:
        value["fragments"] = [list(fragment) for fragment in span.fragments]
    value |= _extras(span)
    if span.alternatives:
        value["alternatives"] = [{"label": other.label, "score": other.score} for other in span.alternatives]
    return value


def _relation(relation: Relation) -> dict[str, Any]:
    value = {"id": relation.id, "label": relation.label, "head": relation.head, "tail": relation.tail}
    return value | _extras(relation)


def _extras(item: Span | Relation) -> dict[str, Any]:
    found = {
        "attrs": dict(item.attrs) or None,
        "origin": item.origin,
        "confirmed": item.confirmed,
        "score": item.score,
    }
    return {key: value for key, value in found.items() if value is not None}


def _note(note: Note | Decision) -> dict[str, Any]:
    value: dict[str, Any] = {"id": note.id, "kind": _kind(note)}
    if isinstance(note, Note):
        more: dict[str, Any] = {"value": note.value, "target": note.target}
    else:
        more = {
            "value": note.answer,
            "target": note.target,
            "how": note.how,
            "label": note.label,
            "origin": note.source,
            "result": note.result,
            "seconds": note.seconds,
        }
    return value | {key: entry for key, entry in more.items() if entry is not None}


def _kind(item: Note | Decision) -> str:
    return item.kind if isinstance(item, Note) else DECISION


def _plain(value: object) -> object:
    """Mappings that are no dict, such as the read-only ones of the model."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _check_prodigy(found: Value, report: FileReport, *, is_first: bool) -> None:
    objection = prodigy_objection(found.value)
    if objection:
        raise Broken("format-prodigy-part", where=report.where(found.line), part=objection)
    if is_first:
        report.notice("format-prodigy")
