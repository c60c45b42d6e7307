"""Who labels: people, models, rule sets, imports, and gold."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from annotator.model import Author, Broken, new_id
from annotator.model.layer import AuthorKind
from annotator.store.codec import canonical, sha256
from annotator.store.journal import Chain, note_entry

GOLD = "gold"
"""The one id of the adjudicated layer's author, the same in every project."""


def author_id(kind: AuthorKind, name: str) -> str:
    """The id of a new author. A person's is unique and made once; a machine's follows from its name, so it is the same
    on every computer."""
    if kind == "gold":
        return GOLD
    return new_id() if kind == "person" else f"{kind}-{sha256(f'{kind}:{name}')[:24]}"


def read_authors(connection: sqlite3.Connection) -> list[Author]:
    rows = connection.execute("SELECT id, kind, name, info FROM authors ORDER BY kind, name, id").fetchall()
    return [_author(row) for row in rows]


def read_author(connection: sqlite3.Connection, wanted: str) -> Author:
    row = connection.execute("SELECT id, kind, name, info FROM authors WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        raise Broken("author-missing", author=wanted)
    return _author(row)


def find_author(connection: sqlite3.Connection, kind: AuthorKind, name: str) -> Author | None:
    """The author of this kind and name; of several who came together in a merge, the one who was made first."""
    named = "" if kind == "gold" else "AND name = :name "
    row = connection.execute(
        f"SELECT id, kind, name, info FROM authors WHERE kind = :kind {named}ORDER BY id LIMIT 1",  # noqa: S608
        {"kind": kind, "name": name},
    ).fetchone()
    return None if row is None else _author(row)


def write_author(connection: sqlite3.Connection, chain: Chain, author: Author) -> None:
    """Add the author, or give him this name and info."""
    info = canonical(author.info)
    before = connection.execute("SELECT id, kind, name, info FROM authors WHERE id = ?", (author.id,)).fetchone()
    connection.execute(
        "INSERT INTO authors (id, kind, name, info) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, info = excluded.info",
        (author.id, author.kind, author.name, info),
    )
    described = None if before is None else describe(*before)
    chain.append(
        [note_entry("author", author.id, before=described, after=describe(author.id, author.kind, author.name, info))]
    )


def describe(identity: str, kind: str, name: str, info: str) -> str:
    """An author's row as the journal holds it."""
    return canonical({"id": identity, "info": json.loads(info), "kind": kind, "name": name})


def _author(row: tuple[str, AuthorKind, str, str]) -> Author:
    identity, kind, name, info = row
    data: dict[str, Any] = json.loads(info)
    return Author(identity, kind, name, data)


def find(connection: sqlite3.Connection, kind: AuthorKind, name: str, wanted: str | None) -> Author | None:
    """The author with this id, if one is given, else the one of this kind and name.

    Raises Broken when the id belongs to an author of another kind.
    """
    if wanted is None:
        return find_author(connection, kind, name)
    row = connection.execute("SELECT id, kind, name, info FROM authors WHERE id = ?", (wanted,)).fetchone()
    there = None if row is None else _author(row)
    if there is not None and there.kind != kind:
        raise Broken("author-other-kind", author=wanted, kind=there.kind)
    return there
