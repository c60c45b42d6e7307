"""Choose what to export: whose layer, of which documents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

from annotator.app.identity import Identity
from annotator.formats import Record, Written, write_jsonl
from annotator.model import Broken, Decision
from annotator.store import LayerRow, Project

LayerChoice = Literal["person", "gold", "suggestions"]
StatusChoice = Literal["done", "any"]


def summary(written: Written) -> str:
    """What went out, in one line; a document counts once for each author."""
    return (
        f"{count_of(written.records, 'document')}, {count_of(written.spans, 'span')}, "
        f"{count_of(written.relations, 'relation')}"
    )


def count_of(number: int, noun: str) -> str:
    """`1 span`, `2,000 spans`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def export(project: Project, path: Path, *, layer: LayerChoice, status: StatusChoice, identity: Identity) -> Written:
    """Write the chosen layers as JSONL, one document a line, in project order.

    Raises Broken when nothing matches, so that an empty file is never taken for gold; an older file stays as it is.
    """
    records = records_of(project, layer=layer, status=status, identity=identity)
    first = next(records, None)
    if first is None:
        raise Broken("export-nothing", hint=_WHY_NOTHING[layer])
    return write_jsonl(chain((first,), records), path)


_WHY_NOTHING = {
    "person": "No document is done yet. Finish one, or export all of them (in a terminal: --status any).",
    "gold": "No document has gold labels yet. Import some, or choose other labels.",
    "suggestions": "No document has suggestions yet. Open one and wait a moment, or run “annotator suggest”.",
}


def records_of(project: Project, *, layer: LayerChoice, status: StatusChoice, identity: Identity) -> Iterator[Record]:
    """The records to export. A document without anybody's layer goes out as this person's, open and empty."""
    for row in project.documents():
        chosen = [found for found in project.layers(row.document.id) if _is_wanted(found, layer)]
        if layer == "suggestions":
            newest = project.suggestions(row.document.id)
            chosen = [found for found in chosen if newest and found.author.id == newest[0].id]
        for found in chosen:
            if status == "any" or layer == "suggestions" or found.status == "done":
                yield _record(project, row.document.id, found)
        if not chosen and layer == "person" and status == "any":
            author = f"person:{identity.name}"
            yield Record(row.document.name, project.text(row.document.id), author, meta=row.document.meta)


def _is_wanted(row: LayerRow, layer: LayerChoice) -> bool:
    match layer:
        case "person":
            return row.author.kind == "person"
        case "gold":
            return row.author.kind == "gold"
        case "suggestions":
            return row.is_machine


def _record(project: Project, document_id: str, row: LayerRow) -> Record:
    document = project.document(document_id)
    if row.is_machine:
        suggested = project.suggestions(document_id)
        assert suggested is not None, "the row was read from there"
        layer = suggested[1]
    else:
        layer = project.layer(document_id, row.author.id)
    items = tuple(item for item in layer if not isinstance(item, Decision))
    return Record(document.name, project.text(document_id), row.author.title, items=items, meta=document.meta)
