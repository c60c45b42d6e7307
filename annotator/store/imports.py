"""Documents and layers from outside, put into the project together or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from annotator.model import Author, Broken, text_id
from annotator.store.acts import timestamp
from annotator.store.authors import author_id, find_author, write_author
from annotator.store.codec import bundle, sha256
from annotator.store.documents import add_document
from annotator.store.journal import Chain, note_entry
from annotator.store.layers import MACHINES, Tally, check_items, layer_key, write_bundle
from annotator.store.records import AuthorRef, ImportCounts, ImportRecord
from annotator.store.rows import insert_items, read_items


def import_records(connection: sqlite3.Connection, chain: Chain, records: Sequence[ImportRecord]) -> ImportCounts:
    """Add the documents and layers. The caller's transaction makes it all or nothing.

    Raises Broken for a record that cannot be: text and id differ, spans outside the text, relations without ends, ids
    twice, or a layer where its author has said something already.
    """
    counts = ImportCounts()
    authors: dict[AuthorRef, Author] = {}
    position: int = connection.execute("SELECT coalesce(max(position), -1) FROM documents").fetchone()[0]
    at = timestamp()
    for record in records:
        _check_text(record)
        if add_document(connection, chain, record, position=position + 1, at=at):
            position += 1
            counts = replace(counts, documents=counts.documents + 1)
        else:
            counts = replace(counts, merged=counts.merged + 1)
        if record.author is not None:
            if record.author not in authors:
                authors[record.author] = _author(connection, chain, record.author)
            tally = _add_layer(connection, chain, record, authors[record.author])
            counts = replace(
                counts,
                layers=counts.layers + 1,
                spans=counts.spans + tally.spans,
                relations=counts.relations + tally.relations,
            )
        elif record.items:
            raise ValueError(f"the items of {record.document.name} have no author")
    return counts


def _check_text(record: ImportRecord) -> None:
    name = record.document.name
    try:
        identity = text_id(record.text)
    except UnicodeEncodeError as error:
        raise Broken("import-surrogate", where=name, offset=error.start) from error
    if identity != record.document.id or record.document.length != len(record.text):
        raise Broken("import-text-differs", where=name)


def _author(connection: sqlite3.Connection, chain: Chain, ref: AuthorRef) -> Author:
    author = find_author(connection, ref.kind, ref.name)
    if author is None:
        author = Author(author_id(ref.kind, ref.name), ref.kind, ref.name)
        write_author(connection, chain, author)
    return author


def _add_layer(connection: sqlite3.Connection, chain: Chain, record: ImportRecord, author: Author) -> Tally:
    document, items = record.document.id, record.items
    where = record.document.name
    check_items(items, len(record.text), where=where)
    key = layer_key(connection, document, author.id)
    if key is not None and _says_something(connection, key):
        raise Broken("import-layer-exists", where=where, author=author.title)
    body, tally = bundle(document, author.id, items), Tally.of(items, is_machine=author.kind in MACHINES)
    name = sha256(body)
    write_bundle(connection, document=document, author=author.id, body=body, clock=chain.clock + 1, tally=tally)
    if author.kind not in MACHINES:
        key = layer_key(connection, document, author.id)
        assert key is not None, "written just now"
        insert_items(connection, key, items)
    kind = "machine" if author.kind in MACHINES else "import"
    chain.append([note_entry(kind, name, document=document, author=author.id)])
    return tally


def _says_something(connection: sqlite3.Connection, key: int) -> bool:
    counted = connection.execute("SELECT spans + relations FROM layers WHERE key = ?", (key,)).fetchone()[0]
    return counted > 0 or next(read_items(connection, key), None) is not None
