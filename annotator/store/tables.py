"""The tables of a project file, and how a file is compared with them before anything in it is believed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from annotator.model import Broken
from annotator.store.header import APPLICATION_ID, VERSION

# sqlite-utils would make this table itself, in words that change with its version; the comparison needs fixed ones.
_STEPS = (
    "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX _sqlite_migrations_once ON _sqlite_migrations (migration_set, name)",
)

_FIRST = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY CHECK (length(id) = 64), position INTEGER NOT NULL, name TEXT NOT NULL,
        length INTEGER NOT NULL CHECK (length >= 0), raw_sha TEXT, source TEXT NOT NULL, meta TEXT NOT NULL,
        added_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX documents_position ON documents (position, id)",
    "CREATE INDEX documents_name ON documents (name)",
    "CREATE TABLE texts (id TEXT PRIMARY KEY REFERENCES documents (id), body TEXT NOT NULL) STRICT",
    "CREATE TABLE schemas (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT",
    """CREATE TABLE authors (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('person', 'model', 'rules', 'gold', 'import')),
        name TEXT NOT NULL, info TEXT NOT NULL) STRICT""",
    "CREATE TABLE blobs (id TEXT PRIMARY KEY CHECK (length(id) = 64), body TEXT NOT NULL) STRICT",
    # `key` is for this file only; elsewhere a layer is known by document and author. `spans` and `relations` are
    # counts, so that lists need none; `scored` items have a score, `doubt` is the sum of what these lack to 1;
    # `bundle` and `clock` are of the last time that the layer was written whole.
    """CREATE TABLE layers (
        key INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id),
        author TEXT NOT NULL REFERENCES authors (id), status TEXT NOT NULL DEFAULT 'open',
        spans INTEGER NOT NULL DEFAULT 0, relations INTEGER NOT NULL DEFAULT 0,
        scored INTEGER NOT NULL DEFAULT 0, doubt REAL NOT NULL DEFAULT 0,
        bundle TEXT REFERENCES blobs (id), clock INTEGER NOT NULL DEFAULT 0, UNIQUE (document, author)) STRICT""",
    "CREATE INDEX layers_author ON layers (author, status)",
    "CREATE INDEX layers_bundle ON layers (bundle) WHERE bundle IS NOT NULL",
    """CREATE TABLE spans (
        layer INTEGER NOT NULL REFERENCES layers (key), id TEXT NOT NULL, label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0), stop INTEGER NOT NULL CHECK (stop > start), fragments TEXT,
        attrs TEXT NOT NULL DEFAULT '{}', origin TEXT, confirmed TEXT, score REAL,
        PRIMARY KEY (layer, id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE relations (
        layer INTEGER NOT NULL REFERENCES layers (key), id TEXT NOT NULL, label TEXT NOT NULL,
        head TEXT NOT NULL, tail TEXT NOT NULL, attrs TEXT NOT NULL DEFAULT '{}', origin TEXT, confirmed TEXT,
        score REAL, PRIMARY KEY (layer, id),
        FOREIGN KEY (layer, head) REFERENCES spans (layer, id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (layer, tail) REFERENCES spans (layer, id) DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID""",
    "CREATE INDEX relations_head ON relations (layer, head)",
    "CREATE INDEX relations_tail ON relations (layer, tail)",
    """CREATE TABLE decisions (
        layer INTEGER NOT NULL REFERENCES layers (key), id TEXT NOT NULL, target TEXT NOT NULL,
        answer TEXT NOT NULL CHECK (answer IN ('accepted', 'corrected', 'rejected')), how TEXT NOT NULL,
        label TEXT NOT NULL, source TEXT, result TEXT, seconds REAL,
        PRIMARY KEY (layer, id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE notes (
        layer INTEGER NOT NULL REFERENCES layers (key), id TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
        target TEXT, PRIMARY KEY (layer, id)) STRICT, WITHOUT ROWID""",
    # The local tables that links lead to, all in one. `sought` is what an entry is called, for finding it.
    """CREATE TABLE entries (
        book TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL,
        description TEXT NOT NULL, sought TEXT NOT NULL, PRIMARY KEY (book, id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, replica TEXT NOT NULL, clock INTEGER NOT NULL, edit TEXT, title TEXT, document TEXT,
        author TEXT, actor TEXT, kind TEXT NOT NULL, target TEXT NOT NULL, before TEXT, after TEXT, undoes TEXT,
        at TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (replica, clock)) STRICT""",
    "CREATE INDEX journal_clock ON journal (clock)",
    "CREATE INDEX journal_edit ON journal (edit) WHERE edit IS NOT NULL",
    "CREATE INDEX journal_layer ON journal (document, author, clock, replica) WHERE edit IS NOT NULL",
    """CREATE TRIGGER documents_frozen BEFORE UPDATE OF id, length, raw_sha, source ON documents
        BEGIN SELECT raise(ABORT, 'a document never changes'); END""",
    "CREATE TRIGGER texts_frozen BEFORE UPDATE ON texts BEGIN SELECT raise(ABORT, 'a text never changes'); END",
    "CREATE TRIGGER schemas_frozen BEFORE UPDATE ON schemas BEGIN SELECT raise(ABORT, 'a schema never changes'); END",
    "CREATE TRIGGER blobs_frozen BEFORE UPDATE ON blobs BEGIN SELECT raise(ABORT, 'a bundle never changes'); END",
    """CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END""",
    """CREATE TRIGGER journal_whole BEFORE DELETE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is only added to'); END""",
)


class Executes(Protocol):
    """A plain connection or a sqlite-utils database: a migration runs on both."""

    def execute(self, sql: str, /) -> Any: ...


def first_tables(database: Executes) -> None:
    """The tables of version 1."""
    for statement in _FIRST:
        database.execute(statement)


MIGRATIONS: tuple[Callable[[Executes], None], ...] = (first_tables,)
"""One function for each version, oldest first; none is ever changed once it is released."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an empty or older file up to this version. The caller has begun the transaction and ends it."""
    # 0.1 s to load, and needed on the day when a file is made or upgraded only
    from sqlite_utils import Database, Migrations

    assert connection.in_transaction, "sqlite-utils would commit every step by itself"
    steps = Migrations("annotator")
    for step in MIGRATIONS:
        steps()(step)
    database = Database(connection, recursive_triggers=False, execute_plugins=False)
    if not database["_sqlite_migrations"].exists():
        for statement in _STEPS:
            connection.execute(statement)
    steps.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def check_tables(connection: sqlite3.Connection, where: str) -> None:
    """Raise Broken unless the file has exactly the tables, indexes and triggers that this program makes.

    A view in place of a table could read without end, a trigger could write: no such file is worked with.
    """
    found = _shape(connection)
    expected = _expected()
    if found != expected:
        names = sorted({name for _, name, _, _ in found ^ expected})
        raise Broken("project-altered", where=where, names=", ".join(names[:5]))


@cache
def _expected() -> frozenset[tuple[str, str, str, str]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in _STEPS:
            connection.execute(statement)
        for step in MIGRATIONS:
            step(connection)
        return _shape(connection)
    finally:
        connection.close()


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str, str]]:
    # the statistics of ANALYZE are harmless tables of SQLite itself
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
        "WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4') OR type <> 'table'"
    ).fetchall()
    return frozenset((str(kind), str(name), str(table), str(sql)) for kind, name, table, sql in rows)
