"""The doctor's checks of single tables. Each goes on after what it finds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from annotator.model import Broken, Schema
from annotator.store.authors import describe
from annotator.store.codec import sha256, unbundle
from annotator.store.documents import description
from annotator.store.journal import COLUMNS, seal

Found = tuple[str, str, dict[str, object]]
Check = Callable[[sqlite3.Connection], Iterator[Found]]

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, Broken)
"""What the codecs raise on damaged data; UnicodeError and JSON's errors are ValueErrors."""

_FACTS = ("project", "name", "replica", "home", "created_by", "created_at", "schema")


def structure(connection: sqlite3.Connection) -> Iterator[Found]:
    """SQLite's own check of pages, indexes and constraints."""
    for (said,) in connection.execute("PRAGMA integrity_check(100)"):
        if said != "ok":
            yield "doctor-structure", "", {"reason": said}


def references(connection: sqlite3.Connection) -> Iterator[Found]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield "doctor-reference", f"{table} {'' if row is None else row}".strip(), {"table": table, "parent": parent}


def documents(connection: sqlite3.Connection) -> Iterator[Found]:
    """Texts have the hash that is their name, and the entries are those that the journal vouches for."""
    vouched = dict(
        connection.execute("SELECT document, target FROM journal WHERE kind = 'document' ORDER BY clock, replica")
    )
    rows = connection.execute(
        "SELECT d.id, d.position, d.name, d.length, d.raw_sha, d.source, d.meta, d.added_at, t.body "
        "FROM documents d LEFT JOIN texts t ON t.id = d.id"
    )
    for *row, text in rows:
        identity, name, length = row[0], row[2], row[3]
        where = f"document {identity[:12]}"
        if text is None:
            yield "doctor-text-missing", where, {"name": name}
        elif sha256(text) != identity:
            yield "doctor-text-hash", where, {"name": name}
        elif len(text) != length:
            yield "doctor-text-length", where, {"name": name, "noted": length, "length": len(text)}
        if vouched.pop(identity, None) != description(row):
            yield "doctor-document", where, {"name": name}
    for identity in vouched:
        yield "doctor-document", f"document {identity[:12]}", {"name": identity[:12]}
    for (identity,) in connection.execute("SELECT id FROM texts EXCEPT SELECT id FROM documents"):
        yield "doctor-text-stray", f"text {identity[:12]}", {}


def facts(connection: sqlite3.Connection) -> Iterator[Found]:
    """The file says who it is, and the journal agrees."""
    known = dict(connection.execute("SELECT key, value FROM meta"))
    row = connection.execute(
        "SELECT after FROM journal WHERE kind = 'project' ORDER BY clock DESC, replica DESC LIMIT 1"
    ).fetchone()
    told = json.loads(row[0]) if row is not None else {}
    replicas = {replica for (replica,) in connection.execute("SELECT DISTINCT replica FROM journal")}
    for key in _FACTS:
        if key not in known or told.get(key, known[key]) != known[key]:
            yield "doctor-fact", "meta", {"key": key}
    if known.get("replica") not in replicas:
        yield "doctor-fact", "meta", {"key": "replica"}
    schema = connection.execute(
        "SELECT target FROM journal WHERE kind = 'schema' ORDER BY clock DESC, replica DESC LIMIT 1"
    ).fetchone()
    if schema is not None and schema[0] != known.get("schema"):
        yield "doctor-schema", "meta", {}


def schemas(connection: sqlite3.Connection) -> Iterator[Found]:
    """Every schema that was ever in force is here, under the name that its content gives it."""
    journaled = {target for (target,) in connection.execute("SELECT target FROM journal WHERE kind = 'schema'")}
    for identity, body in connection.execute("SELECT id, body FROM schemas"):
        where = f"schema {identity[:12]}"
        if identity not in journaled or sha256(body) != identity:
            yield "doctor-schema", where, {}
            continue
        try:
            Schema.from_dict(json.loads(body))
        except UNREADABLE as error:
            yield "doctor-unreadable", where, {"reason": error}
    for identity in journaled - {identity for (identity,) in connection.execute("SELECT id FROM schemas")}:
        yield "doctor-schema", f"schema {identity[:12]}", {}


def authors(connection: sqlite3.Connection) -> Iterator[Found]:
    journaled = dict(
        connection.execute("SELECT target, after FROM journal WHERE kind = 'author' ORDER BY clock, replica")
    )
    for identity, kind, name, info in connection.execute("SELECT id, kind, name, info FROM authors"):
        try:
            is_same = journaled.pop(identity, None) == describe(identity, kind, name, info)
        except UNREADABLE:
            is_same = False
        if not is_same:
            yield "doctor-author", f"author {identity}", {"name": name}
    for identity in journaled:
        yield "doctor-author", f"author {identity}", {"name": identity}


def bundles(connection: sqlite3.Connection) -> Iterator[Found]:
    """Layers that are stored whole have the hash that is their name, and can be read."""
    for identity, body in connection.execute("SELECT id, body FROM blobs"):
        where = f"bundle {identity[:12]}"
        if sha256(body) != identity:
            yield "doctor-bundle-hash", where, {}
            continue
        try:
            unbundle(body)
        except UNREADABLE as error:
            yield "doctor-unreadable", where, {"reason": error}


def chain(connection: sqlite3.Connection) -> Iterator[Found]:
    """Every row of the journal is sealed, and follows the one before it."""
    replica, tip = None, ""
    rows: Iterator[tuple[Any, ...]] = connection.execute(
        f"SELECT seq, {', '.join(COLUMNS)} FROM journal ORDER BY replica, clock"  # noqa: S608 - our own column names
    )
    for seq, *row in rows:
        if row[0] != replica:
            replica, tip = row[0], ""
        prev, noted = row[-2], row[-1]
        if prev != tip or seal(row[:-1]) != noted:
            yield "doctor-chain", f"journal {seq}", {}
        tip = noted


def relation_ends(connection: sqlite3.Connection) -> Iterator[Found]:
    """Relations join spans of their own layer."""
    rows = connection.execute(
        "SELECT r.layer, r.id FROM relations r LEFT JOIN spans h ON h.layer = r.layer AND h.id = r.head "
        "LEFT JOIN spans t ON t.layer = r.layer AND t.id = r.tail WHERE h.id IS NULL OR t.id IS NULL"
    )
    for layer, item in rows.fetchall():
        yield "doctor-dangling", f"layer {layer}", {"item": item}
