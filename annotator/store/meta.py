"""Facts about the file itself: its name, its schema, and under which name it writes the journal."""

from __future__ import annotations

import json
import secrets
import sqlite3

from annotator import __version__
from annotator.model import Broken, Schema, new_id
from annotator.store.acts import timestamp
from annotator.store.codec import canonical
from annotator.store.connection import Place
from annotator.store.journal import Chain, note_entry


def read_meta(connection: sqlite3.Connection, key: str) -> str:
    """Raises Broken when the file does not have it."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise Broken("project-damaged", where=_path(connection), reason=f"the fact “{key}” is missing")
    return str(row[0])


def write_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def write_first_facts(connection: sqlite3.Connection, place: Place, schema: Schema, *, name: str) -> None:
    """What a new project begins with."""
    facts = {"project": new_id(), "name": name, "created_by": f"annotator {__version__}", "created_at": timestamp()}
    for key, value in facts.items():
        write_meta(connection, key, value)
    chain = chain_for(connection, place)
    chain.append([note_entry("project", facts["project"], after=canonical(facts))])
    write_schema(connection, chain, schema)


def chain_for(connection: sqlite3.Connection, place: Place) -> Chain:
    """The chain that this file adds to.

    A copied file would add to the chain of the file it was copied from, and the two could never be merged; so a
    file that has another path or inode than when it was last written begins a chain of its own.
    """
    facts = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('replica', 'home')").fetchall())
    if facts.get("home") == place.mark:
        return Chain(connection, facts["replica"])
    replica = secrets.token_hex(8)
    write_meta(connection, "replica", replica)
    write_meta(connection, "home", place.mark)
    chain = Chain(connection, replica)
    chain.append([note_entry("replica", replica)])
    return chain


def read_schema(connection: sqlite3.Connection) -> Schema:
    row = connection.execute(
        "SELECT s.body FROM meta m JOIN schemas s ON s.id = m.value WHERE m.key = 'schema'"
    ).fetchone()
    if row is None:
        raise Broken("project-damaged", where=_path(connection), reason="the schema is missing")
    return Schema.from_dict(json.loads(row[0]))


def write_schema(connection: sqlite3.Connection, chain: Chain, schema: Schema) -> None:
    """Make this the project's schema; earlier ones are kept."""
    current = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    if current is not None and current[0] == schema.id:
        return
    connection.execute(
        "INSERT OR IGNORE INTO schemas (id, body) VALUES (?, ?)",
        (schema.id, schema.to_json()),
    )
    write_meta(connection, "schema", schema.id)
    chain.append([note_entry("schema", schema.id)])


def _path(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])
