"""Bring files into a project: all of a file or nothing, and every file or none when one of them is bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from annotator.app.identity import Identity
from annotator.formats import Record, Report, read_files, split_author
from annotator.model import AnnotatorError, Document, Label, RelationType, Schema
from annotator.store import AuthorRef, ImportCounts, ImportRecord, Project


def import_files(
    project: Project, paths: Sequence[Path], identity: Identity, *, encoding: str | None = None
) -> tuple[ImportCounts, Report]:
    """Read the files and write them to the project in one transaction.

    Raises Broken when a file has problems; nothing is written then, and the report in the error lists them all.
    """
    records, report = read_files(paths, encoding=encoding)
    report.raise_if_bad()
    return import_records(project, records, identity), report


Imported = tuple[ImportCounts, Report] | AnnotatorError
"""What came of an import."""


def try_import(project: Project, paths: Sequence[Path], identity: Identity, *, encoding: str | None = None) -> Imported:
    """Import, and give back what kept the files out instead of raising it."""
    try:
        return import_files(project, paths, identity, encoding=encoding)
    except AnnotatorError as error:
        return error


def import_records(project: Project, records: Sequence[Record], identity: Identity) -> ImportCounts:
    """Write what was read; labels that the schema does not know are added to it, so that nothing is lost."""
    wanted = [_for_store(record, identity) for record in records]
    if any(record.author == AuthorRef("person", identity.name) for record in wanted):
        project.ensure_author("person", identity.name, author_id=identity.id)
    schema = project.schema()
    widened = _widened(schema, records)
    if widened is not schema:
        project.set_schema(widened)
    return project.import_documents(wanted)


def _for_store(record: Record, identity: Identity) -> ImportRecord:
    document = Document(record.id, record.name, len(record.text), 0, record.meta)
    return ImportRecord(document, record.text, record.source, _author(record, identity), record.items)


def _author(record: Record, identity: Identity) -> AuthorRef | None:
    """Who said what the record says; the person at this machine when it does not tell."""
    if record.author is None:
        return AuthorRef("person", identity.name) if record.items else None
    return AuthorRef(*split_author(record.author))


def _widened(schema: Schema, records: Sequence[Record]) -> Schema:
    """The schema with every label and relation that the records use; the same object when it has them all."""
    spans = (span.label for record in records for span in record.spans)
    relations = (relation.label for record in records for relation in record.relations)
    labels = dict.fromkeys(label for label in spans if label not in schema.label_names)
    kinds = dict.fromkeys(label for label in relations if label not in schema.relation_names)
    if not labels and not kinds:
        return schema
    taken = {label.key for label in schema.labels}
    free = [digit for digit in "1234567890" if digit not in taken]
    added = tuple(
        Label(name, name, free[number] if number < len(free) else "", (250 + 137 * (len(schema.labels) + number)) % 360)
        for number, name in enumerate(labels)
    )
    kept = (*schema.relations, *(RelationType(name, name) for name in kinds))
    return replace(schema, labels=(*schema.labels, *added), relations=kept)
