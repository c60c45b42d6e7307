"""Finding documents by words of their texts. There is no index: SQLite reads 200 MB of text in less than a second, and
nothing has to be kept in step with it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from annotator.store.documents import COLUMNS, document_of
from annotator.store.records import FoundText

_LONGEST = 1000
"""Characters by which a text is found; SQLite takes no pattern of any length."""


def last_row(connection: sqlite3.Connection) -> int:
    """The number of the last text; texts are numbered from 1 in the order of the documents."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM texts").fetchone()[0])


def find_texts(
    connection: sqlite3.Connection, words: Sequence[str], *, is_case_kept: bool, after: int, until: int
) -> list[FoundText]:
    """The documents among the texts numbered `after` + 1 to `until` that hold one of these pieces of text.

    Without regard to case it may give some that do not: SQLite folds A to Z only.
    """
    held = [_holds(word[:_LONGEST], is_case_kept=is_case_kept) for word in words]
    condition = " OR ".join(clause for clause, _ in held) or "1"
    rows = connection.execute(
        f"SELECT {COLUMNS}, t.body FROM texts t JOIN documents d ON d.id = t.id "  # noqa: S608 - clauses from below
        f"WHERE t.rowid > ? AND t.rowid <= ? AND ({condition}) ORDER BY t.rowid",
        (after, until, *(value for _, values in held for value in values)),
    ).fetchall()
    return [FoundText(document_of(row[:-1]), row[-1]) for row in rows]


def _holds(word: str, *, is_case_kept: bool) -> tuple[str, tuple[Any, ...]]:
    if is_case_kept:
        return "instr(t.body, ?)", (word,)
    escaped = re.sub(r"([%_\\])", r"\\\1", _longest_foldable(word))
    return r"t.body LIKE ? ESCAPE '\'", (f"%{escaped}%",)


def _longest_foldable(word: str) -> str:
    """The longest part without letters beyond A to Z that have two cases."""
    parts = "".join(char if char.isascii() or char.lower() == char.upper() else "\0" for char in word).split("\0")
    return max(parts, key=len)
