"""The journal: everything that was ever done to the project, in rows that are only added, each sealed by a hash.

One chain for each replica, which is one copy of the file that writes. A row's hash covers the hash before it and every
column, so a changed, missing or swapped row shows. `clock` is Lamport's: it orders the rows of all replicas, whatever
their system clocks said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.model import Change, Edit
from annotator.store.acts import Act, History, timestamp
from annotator.store.codec import canonical, item_from_json, item_to_json, kind_of, sha256

COLUMNS = (
    "replica",
    "clock",
    "edit",
    "title",
    "document",
    "author",
    "actor",
    "kind",
    "target",
    "before",
    "after",
    "undoes",
    "at",
    "prev",
    "hash",
)

_INSERT = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608

ITEM_KINDS = ("span", "relation", "decision", "note")
"""Rows of acts: `target` is the item's id, `before` and `after` are the item as canonical JSON."""

BULK_KINDS = ("import", "machine")
"""Rows that stand for a whole layer: `target` is the hash of its bundle."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says; the chain adds replica, clock and hashes.

    Kinds beside those above: "replica" (target: its id; a chain begins), "project" (its id; `after` holds its facts),
    "schema" (its id), "table" (its name; `after` is the hash of its entries), "author" (his id; `after` holds him),
    "document" (the hash of its entry).
    """

    kind: str
    target: str
    at: str
    document: str | None = None
    author: str | None = None
    actor: str | None = None
    edit: str | None = None
    title: str | None = None
    before: str | None = None
    after: str | None = None
    undoes: str | None = None


class Chain:
    """The end of this replica's chain. Made inside the transaction that adds to it, and used in no other."""

    def __init__(self, connection: sqlite3.Connection, replica: str) -> None:
        assert connection.in_transaction, "read earlier, another process could add to the chain in between"
        self._connection = connection
        self.replica = replica
        self.clock: int = connection.execute("SELECT coalesce(max(clock), 0) FROM journal").fetchone()[0]
        tip = connection.execute(
            "SELECT hash FROM journal WHERE replica = ? ORDER BY clock DESC LIMIT 1", (replica,)
        ).fetchone()
        self._tip: str = tip[0] if tip else ""

    def append(self, entries: Iterable[Entry]) -> None:
        """Seal the entries and write them; `clock` is that of the last one."""
        self._connection.executemany(_INSERT, [self._sealed(entry) for entry in entries])

    def _sealed(self, entry: Entry) -> tuple[Any, ...]:
        self.clock += 1
        row = (
            self.replica,
            self.clock,
            entry.edit,
            entry.title,
            entry.document,
            entry.author,
            entry.actor,
            entry.kind,
            entry.target,
            entry.before,
            entry.after,
            entry.undoes,
            entry.at,
            self._tip,
        )
        self._tip = seal(row)
        return (*row, self._tip)


def seal(row: Sequence[Any]) -> str:
    """The hash of a row: of the canonical JSON list of its columns up to `prev`, in their order."""
    return sha256(canonical(row))


def entries_of(act: Act) -> list[Entry]:
    """The rows of one act: one for each change; the title stands in the first."""
    return [
        Entry(
            kind=kind_of(_either(change)),
            target=change.key,
            at=act.at,
            document=act.document,
            author=act.author,
            actor=act.actor,
            edit=act.id,
            title=None if number else act.edit.title,
            before=None if change.before is None else item_to_json(change.before),
            after=None if change.after is None else item_to_json(change.after),
            undoes=act.undoes,
        )
        for number, change in enumerate(act.edit.changes)
    ]


def _either(change: Change) -> Any:
    return change.before if change.after is None else change.after


def note_entry(kind: str, target: str, **more: str | None) -> Entry:
    """A row that is no item's, made now."""
    return Entry(kind=kind, target=target, at=timestamp(), **more)


def is_committed(connection: sqlite3.Connection, act: Act) -> bool:
    """Whether this very act is in the journal already."""
    return connection.execute("SELECT 1 FROM journal WHERE edit = ? LIMIT 1", (act.id,)).fetchone() is not None


def read_group(connection: sqlite3.Connection, group: str) -> tuple[str, list[str]]:
    """The title of a group of acts, and the documents in which they were done, in the order of doing."""
    rows = connection.execute(
        "SELECT document, max(title) FROM journal WHERE edit >= ? AND edit < ? GROUP BY document ORDER BY min(seq)",
        (f"{group}/", f"{group}0"),  # "0" follows "/"
    ).fetchall()
    return (rows[0][1] if rows else ""), [document for document, _ in rows]


def newest_act(connection: sqlite3.Connection, author: str) -> tuple[str, str] | None:
    """The id and the document of what the author did last in any document; ids of acts rise with time."""
    row = connection.execute(
        "SELECT edit, document FROM journal WHERE edit IS NOT NULL AND author = ? ORDER BY edit DESC LIMIT 1", (author,)
    ).fetchone()
    return None if row is None else (row[0], row[1])


def read_history(connection: sqlite3.Connection, document: str, author: str, *, since: int) -> History:
    """The undo and redo stacks of a layer, from its acts after the clock `since`."""
    rows = connection.execute(
        "SELECT edit, title, actor, before, after, undoes, at FROM journal "
        "WHERE document = ? AND author = ? AND edit IS NOT NULL AND clock > ? ORDER BY clock, replica",
        (document, author, since),
    ).fetchall()
    undo: dict[str, list[Any]] = {}
    redo: dict[str, list[Any]] = {}
    for row in rows:
        edit, undoes = row[0], row[5]
        if edit in undo or edit in redo:
            (undo if edit in undo else redo)[edit].append(row)
        elif undoes is not None and undo.pop(undoes, None) is not None:
            redo[edit] = [row]
        elif undoes is not None and redo.pop(undoes, None) is not None:
            undo[edit] = [row]
        else:
            undo[edit] = [row]
            redo.clear()
    return History(
        undo=[_act(document, author, rows) for rows in undo.values()],
        redo=[_act(document, author, rows) for rows in redo.values()],
    )


def _act(document: str, author: str, rows: list[Any]) -> Act:
    edit, title, actor, _, _, undoes, at = rows[0]
    changes = tuple(
        Change(
            None if before is None else item_from_json(before),
            None if after is None else item_from_json(after),
        )
        for _, _, _, before, after, _, _ in rows
    )
    return Act(edit, document, author, Edit(title, changes), at, undoes, actor)
