"""Items as rows: one table for each kind, and the statements that put them there and take them out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.model import Change, Decision, Item, Note, Refused, Relation, Span
from annotator.store.codec import attrs_from_json, canonical, real

Row = tuple[Any, ...]


def _fragments(span: Span) -> str | None:
    return canonical(span.fragments) if span.is_discontinuous else None


def _span_row(span: Span) -> Row:
    return (
        span.id,
        span.label,
        span.start,
        span.end,
        _fragments(span),
        canonical(dict(span.attrs)) if span.attrs else "{}",
        span.origin,
        span.confirmed,
        real(span.score),
    )


def _span(row: Row) -> Span:
    item_id, label, start, stop, fragments, attrs, origin, confirmed, score = row
    places = ((start, stop),) if fragments is None else tuple((low, high) for low, high in json.loads(fragments))
    return Span(item_id, label, places, attrs_from_json(attrs), origin, confirmed, score)


def _relation_row(relation: Relation) -> Row:
    return (
        relation.id,
        relation.label,
        relation.head,
        relation.tail,
        canonical(dict(relation.attrs)) if relation.attrs else "{}",
        relation.origin,
        relation.confirmed,
        real(relation.score),
    )


def _relation(row: Row) -> Relation:
    item_id, label, head, tail, attrs, origin, confirmed, score = row
    return Relation(item_id, label, head, tail, attrs_from_json(attrs), origin, confirmed, score)


def _decision_row(decision: Decision) -> Row:
    return (
        decision.id,
        decision.target,
        decision.answer,
        decision.how,
        decision.label,
        decision.source,
        decision.result,
        real(decision.seconds),
    )


def _note_row(note: Note) -> Row:
    return note.id, note.kind, note.value, note.target


@dataclass(frozen=True)
class Table:
    """Where one kind of item lives. `to_row` and `from_row` leave out the layer, which is the first column."""

    name: str
    columns: tuple[str, ...]
    to_row: Callable[[Any], Row]
    from_row: Callable[[Row], Item]
    insert: str = field(init=False)
    update: str = field(init=False)
    delete: str = field(init=False)
    select: str = field(init=False)

    def __post_init__(self) -> None:
        names = ", ".join(self.columns)
        marks = ", ".join("?" * len(self.columns))
        changes = ", ".join(f"{column} = ?" for column in self.columns[1:])
        statements = {
            "insert": f"INSERT INTO {self.name} (layer, {names}) VALUES (?, {marks})",  # noqa: S608 - names from below
            "update": f"UPDATE {self.name} SET {changes} WHERE layer = ? AND id = ?",  # noqa: S608
            "delete": f"DELETE FROM {self.name} WHERE layer = ? AND id = ?",  # noqa: S608
            "select": f"SELECT {names} FROM {self.name} WHERE layer = ?",  # noqa: S608
        }
        for name, statement in statements.items():
            object.__setattr__(self, name, statement)


TABLES: dict[type, Table] = {
    Span: Table(
        "spans",
        ("id", "label", "start", "stop", "fragments", "attrs", "origin", "confirmed", "score"),
        _span_row,
        _span,
    ),
    Relation: Table(
        "relations",
        ("id", "label", "head", "tail", "attrs", "origin", "confirmed", "score"),
        _relation_row,
        _relation,
    ),
    Decision: Table(
        "decisions",
        ("id", "target", "answer", "how", "label", "source", "result", "seconds"),
        _decision_row,
        lambda row: Decision(*row),
    ),
    Note: Table("notes", ("id", "kind", "value", "target"), _note_row, lambda row: Note(*row)),
}


def read_items(connection: sqlite3.Connection, layer: int) -> Iterator[Item]:
    """Every item of the layer with this key; spans come before the relations that join them."""
    for table in TABLES.values():
        for row in connection.execute(table.select, (layer,)).fetchall():
            yield table.from_row(row)


def apply_change(connection: sqlite3.Connection, layer: int, change: Change) -> None:
    """Make one change in the rows. Raises Refused when its `before` is not there; a full check is the model's work."""
    before, after = change.before, change.after
    if before is not None and (after is None or type(before) is not type(after) or before.id != after.id):
        _one_row(connection.execute(TABLES[type(before)].delete, (layer, before.id)), before)
        before = None
    if after is None:
        return
    table = TABLES[type(after)]
    row = table.to_row(after)
    if before is None:
        connection.execute(table.insert, (layer, *row))
    else:
        _one_row(connection.execute(table.update, (*row[1:], layer, after.id)), after)


def insert_items(connection: sqlite3.Connection, layer: int, items: Iterable[Item]) -> None:
    """Put many items into their tables at once."""
    by_kind: dict[type, list[Row]] = {}
    for item in items:
        by_kind.setdefault(type(item), []).append((layer, *TABLES[type(item)].to_row(item)))
    for kind, rows in by_kind.items():
        connection.executemany(TABLES[kind].insert, rows)


def _one_row(cursor: sqlite3.Cursor, item: Item) -> None:
    if cursor.rowcount != 1:
        raise Refused("edit-stale", item=item.id)
