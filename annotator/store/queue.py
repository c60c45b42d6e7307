"""Which document comes next: along the list, or by what its suggestions promise."""

from __future__ import annotations

import sqlite3
from typing import Literal

NextBy = Literal["list", "certainty", "learning", "waiting"]
"""Along the list; the least certain first; the most to learn first; the one that has waited longest."""

_OPEN = """
    FROM documents d LEFT JOIN layers mine ON mine.document = d.id AND mine.author = :author
    WHERE coalesce(mine.status, 'open') <> 'done' AND d.id <> :here"""

_NEWEST = """
    FROM layers m JOIN authors a ON a.id = m.author
    WHERE m.document = d.id AND a.kind IN ('model', 'rules') ORDER BY m.clock DESC LIMIT 1"""

_AFTER = """
    SELECT id FROM documents WHERE (position, id) > (SELECT position, id FROM documents WHERE id = :here)
    ORDER BY position, id LIMIT 1"""

_BEFORE = """
    SELECT id FROM documents WHERE (position, id) < (SELECT position, id FROM documents WHERE id = :here)
    ORDER BY position DESC, id DESC LIMIT 1"""

_ORDERS: dict[NextBy, str] = {
    # a document without scored suggestions is neither certain nor uncertain: it comes last
    "certainty": f"(SELECT m.doubt / m.scored {_NEWEST}) DESC NULLS LAST",
    "learning": f"(SELECT m.doubt {_NEWEST}) DESC NULLS LAST",
    # what was never touched waits longest; the clock of the journal tells the order, whatever the system's clock says
    "waiting": "coalesce((SELECT max(j.clock) FROM journal j WHERE j.document = d.id AND j.author = :author "
    "AND j.edit IS NOT NULL), 0)",
}


def next_open(connection: sqlite3.Connection, *, author: str, here: str, by: NextBy) -> str | None:
    """The document to work on after `here` (an id, or "" for none): one that this author has not finished."""
    values = {"author": author, "here": here}
    if by != "list":
        return _first(connection, f"SELECT d.id {_OPEN} ORDER BY {_ORDERS[by]}, d.position, d.id LIMIT 1", values)
    behind = "(d.position, d.id) > (SELECT position, id FROM documents WHERE id = :here)"
    return _first(connection, f"SELECT d.id {_OPEN} AND {behind} ORDER BY d.position, d.id LIMIT 1", values) or _first(
        connection, f"SELECT d.id {_OPEN} ORDER BY d.position, d.id LIMIT 1", values
    )


def neighbour(connection: sqlite3.Connection, *, here: str, step: Literal[-1, 1]) -> str | None:
    """The document before or after this one in the list; the first one when `here` is none of them."""
    if not here:
        return _first(connection, "SELECT id FROM documents ORDER BY position, id LIMIT 1", {})
    return _first(connection, _AFTER if step > 0 else _BEFORE, {"here": here})


def _first(connection: sqlite3.Connection, query: str, values: dict[str, str]) -> str | None:
    row = connection.execute(query, values).fetchone()
    return None if row is None else str(row[0])
