"""The local tables of a project, which links lead to. The journal vouches for each as a whole, by its hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from annotator.model.lookup import Entry, folded
from annotator.store.codec import canonical, sha256
from annotator.store.journal import Chain, note_entry

_ROW = "id, name, aliases, description"


def write_table(connection: sqlite3.Connection, chain: Chain, name: str, entries: Sequence[Entry]) -> None:
    """Put a table in, in place of the one that had this name."""
    rows = [(name, number, *_cells(entry), _sought(entry)) for number, entry in enumerate(entries)]
    connection.execute("DELETE FROM entries WHERE book = ?", (name,))
    connection.executemany(
        f"INSERT INTO entries (book, position, {_ROW}, sought) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        rows,
    )
    chain.append([note_entry("table", name, after=sha256(canonical([list(row[2:6]) for row in rows])))])


def read_entry(connection: sqlite3.Connection, table: str, identity: str) -> Entry | None:
    row = connection.execute(
        f"SELECT {_ROW} FROM entries WHERE book = ? AND id = ?",  # noqa: S608 - our own column names
        (table, identity),
    ).fetchone()
    return None if row is None else _entry(*row)


def find_entries(connection: sqlite3.Connection, table: str, words: str, *, limit: int) -> list[Entry]:
    """Entries of which the id, the name or an alias holds these words; what is called or begins so first."""
    wanted = folded(words)
    rows = connection.execute(
        f"SELECT {_ROW} FROM entries WHERE book = :book AND instr(sought, :words) "  # noqa: S608
        "ORDER BY instr(sought, char(10) || :words || char(10)) = 0, instr(sought, char(10) || :words) = 0, "
        "length(name), position LIMIT :limit",
        {"book": table, "words": wanted, "limit": limit},
    ).fetchall()
    return [_entry(*row) for row in rows]


def table_names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT DISTINCT book FROM entries ORDER BY book")]


def check_tables_of_entries(connection: sqlite3.Connection) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every table is what the journal says of it, and is found by what it holds."""
    vouched = dict(
        connection.execute("SELECT target, after FROM journal WHERE kind = 'table' ORDER BY clock, replica").fetchall()
    )
    for name in {*vouched, *table_names(connection)}:
        rows = connection.execute(
            f"SELECT {_ROW}, sought FROM entries WHERE book = ? ORDER BY position",  # noqa: S608 - our own names
            (name,),
        ).fetchall()
        is_same = sha256(canonical([list(row[:4]) for row in rows])) == vouched.get(name)
        if not is_same or any(_sought(_entry(*row[:4])) != row[4] for row in rows):
            yield "doctor-table", f"table {name}", {"name": name}


def _cells(entry: Entry) -> tuple[str, str, str, str]:
    return entry.id, entry.name, "|".join(entry.aliases), entry.description


def _entry(identity: str, name: str, aliases: str, description: str) -> Entry:
    return Entry(identity, name, tuple(aliases.split("|")) if aliases else (), description)


def _sought(entry: Entry) -> str:
    """All that the entry is called, folded, a name a line, with a line end on both sides."""
    return "\n".join(["", *(folded(name) for name in (entry.id, entry.name, *entry.aliases)), ""])
