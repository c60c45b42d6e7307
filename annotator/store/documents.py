"""The documents of a project: one row each, their texts apart, so that lists stay quick."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from annotator.model import Broken, Document
from annotator.store.codec import canonical, sha256
from annotator.store.journal import Chain, Entry
from annotator.store.records import DocumentRow, ImportRecord

COLUMNS = "d.id, d.name, d.length, d.position, d.meta"
"""Of the table `documents` under the name d; `document_of` makes a document of such a row."""

_LIST = f"""
    SELECT {COLUMNS}, coalesce(l.status, 'open'), coalesce(l.spans, 0), coalesce(l.relations, 0),
        coalesce((SELECT m.spans + m.relations FROM layers m JOIN authors a ON a.id = m.author
                  WHERE m.document = d.id AND a.kind IN ('model', 'rules') ORDER BY m.clock DESC LIMIT 1), 0),
        (SELECT group_concat(n.value, char(10)) FROM notes n
         WHERE n.layer = l.key AND n.kind = 'label' AND n.target IS NULL),
        EXISTS (SELECT 1 FROM notes n WHERE n.layer = l.key AND n.kind = 'flag' AND n.target IS NULL)
    FROM (SELECT id FROM documents ORDER BY position, id LIMIT ? OFFSET ?) page
    JOIN documents d ON d.id = page.id LEFT JOIN layers l ON l.document = d.id AND l.author = ?
    ORDER BY d.position, d.id"""  # noqa: S608 - our own column names


def list_documents(
    connection: sqlite3.Connection, author: str | None, *, offset: int, limit: int | None
) -> list[DocumentRow]:
    rows = connection.execute(_LIST, (-1 if limit is None else limit, offset, author)).fetchall()
    return [_row(*row) for row in rows]


def _row(*row: Any) -> DocumentRow:
    document, (status, spans, relations, suggestions, labels, is_flagged) = row[:5], row[5:]
    return DocumentRow(
        document_of(document),
        status,
        spans,
        relations,
        suggestions,
        labels=tuple(sorted(labels.split("\n"))) if labels else (),
        is_flagged=bool(is_flagged),
    )


def read_document(connection: sqlite3.Connection, wanted: str) -> Document:
    row = connection.execute(
        f"SELECT {COLUMNS} FROM documents d WHERE d.id = ?",  # noqa: S608 - our own column names
        (wanted,),
    ).fetchone()
    if row is None:
        raise Broken("document-missing", document=wanted)
    return document_of(row)


def find_document(connection: sqlite3.Connection, name_or_id: str) -> Document:
    """The document with this id, or this name, or whose id or name begins so. Raises Broken for none, or several."""
    for condition in (
        "d.id = :wanted",
        "d.name = :wanted",
        "length(:wanted) >= 4 AND substr(d.id, 1, length(:wanted)) = :wanted",
        "length(:wanted) > 0 AND substr(d.name, 1, length(:wanted)) = :wanted",
    ):
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM documents d WHERE {condition} LIMIT 2",  # noqa: S608 - conditions from above
            {"wanted": name_or_id},
        ).fetchall()
        if len(rows) > 1:
            raise Broken("document-ambiguous", document=name_or_id)
        if rows:
            return document_of(rows[0])
    raise Broken("document-missing", document=name_or_id)


def find_by_name(connection: sqlite3.Connection, words: str, *, limit: int) -> list[Document]:
    """Documents whose name begins so, in small letters or capitals as it is given; by name, found in the index."""
    found: dict[str, Document] = {}
    for beginning in dict.fromkeys((words, words.lower(), words.upper(), words.capitalize())):
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM documents d WHERE d.name >= ? AND d.name < ? ORDER BY d.name LIMIT ?",  # noqa: S608
            (beginning, beginning + chr(0x10FFFF), limit),
        )
        found.update((row[0], document_of(row)) for row in rows)
    return sorted(found.values(), key=lambda document: document.name)[:limit]


_LONGEST = 1000
"""Characters by which a title is found; SQLite takes no pattern of any length."""
_TITLE = "coalesce(nullif(json_extract(d.meta, '$.title'), ''), d.name)"


def find_by_title(connection: sqlite3.Connection, words: str, *, limit: int) -> list[Document]:
    """Documents whose title begins so, then those in whose title a word does; each in the order of the list.

    The case of letters beyond A to Z counts, except that the words are also tried all small, all capital and with a
    capital at the beginning. All titles are read: 12 ms for 100,000.
    """
    found: dict[str, Document] = {}
    words = words[:_LONGEST]
    cases = dict.fromkeys((words, words.lower(), words.upper(), words.capitalize()))
    escaped = [re.sub(r"([%_\\])", r"\\\1", one) for one in ({words: None} if words.isascii() else cases)]
    for before in ("", "% "):
        condition = " OR ".join([f"{_TITLE} LIKE ? ESCAPE '\\'"] * len(escaped))
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM documents d WHERE {condition} ORDER BY d.position, d.id LIMIT ?",  # noqa: S608
            (*(f"{before}{one}%" for one in escaped), limit),
        )
        found.update((row[0], document_of(row)) for row in rows)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def read_text(connection: sqlite3.Connection, document: str) -> str:
    row = connection.execute("SELECT body FROM texts WHERE id = ?", (document,)).fetchone()
    if row is None:
        raise Broken("document-missing", document=document)
    return str(row[0])


def add_document(connection: sqlite3.Connection, chain: Chain, record: ImportRecord, *, position: int, at: str) -> bool:
    """Add the record's document at this place of the list; False when the project has it already."""
    document = record.document
    if connection.execute("SELECT 1 FROM documents WHERE id = ?", (document.id,)).fetchone() is not None:
        return False
    row = (
        document.id,
        position,
        document.name,
        document.length,
        record.source.get("raw_sha"),
        canonical(dict(record.source)),
        canonical(dict(document.meta)),
        at,
    )
    connection.execute(
        "INSERT INTO documents (id, position, name, length, raw_sha, source, meta, added_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    connection.execute("INSERT INTO texts (id, body) VALUES (?, ?)", (document.id, record.text))
    chain.append([Entry("document", description(row), at, document=document.id)])
    return True


def description(row: Sequence[Any]) -> str:
    """The hash by which the journal vouches for a document's row; the text has its own hash in the id."""
    return sha256(canonical(row))


def document_of(row: tuple[Any, ...]) -> Document:
    identity, name, length, position, meta = row
    return Document(identity, name, length, position, json.loads(meta) if meta != "{}" else {})
