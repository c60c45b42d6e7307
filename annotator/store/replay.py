"""The doctor's last check: the journal, played from its beginning, must give the layers as they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from annotator.model import Item, Span
from annotator.store.checks import UNREADABLE, Found
from annotator.store.codec import item_to_json, unbundle
from annotator.store.journal import BULK_KINDS
from annotator.store.layers import MACHINES, Tally
from annotator.store.rows import TABLES


@dataclass(frozen=True, slots=True)
class _Layer:
    """A row of the table of layers."""

    key: int
    kind: str
    length: int
    status: str
    spans: int
    relations: int
    scored: int
    doubt: float
    bundle: str | None
    clock: int


@dataclass(slots=True)
class _Story:
    """What the journal makes of a layer: item id to canonical JSON, and when it was last written whole."""

    items: dict[str, str] = field(default_factory=dict)
    bundle: str | None = None
    clock: int = 0
    is_whole: bool = True


def layers(connection: sqlite3.Connection) -> Iterator[Found]:
    """Compare every layer with what the journal makes of it; then its counts, and its spans with the text's length."""
    standing = _standing(connection)
    rows = connection.execute(
        "SELECT document, author, kind, target, after, clock FROM journal "
        "WHERE document IS NOT NULL AND author IS NOT NULL ORDER BY document, author, clock, replica"
    )
    for (document, author), group in groupby(rows, key=lambda row: (row[0], row[1])):
        where = f"layer of {author} on {document[:12]}"
        layer = standing.pop((document, author), None)
        if layer is None:
            yield "doctor-layer-lost", where, {}
        else:
            yield from _examine(connection, layer, group, where)
    for document, author in standing:
        yield "doctor-layer-unknown", f"layer of {author} on {document[:12]}", {}


def _standing(connection: sqlite3.Connection) -> dict[tuple[str, str], _Layer]:
    rows = connection.execute(
        "SELECT l.document, l.author, l.key, coalesce(a.kind, ''), coalesce(d.length, 0), l.status, l.spans, "
        "l.relations, l.scored, l.doubt, l.bundle, l.clock FROM layers l LEFT JOIN authors a ON a.id = l.author "
        "LEFT JOIN documents d ON d.id = l.document"
    ).fetchall()
    return {(document, author): _Layer(*rest) for document, author, *rest in rows}


def _examine(connection: sqlite3.Connection, layer: _Layer, rows: Iterable[Any], where: str) -> Iterator[Found]:
    is_machine = layer.kind in MACHINES
    story = _Story()
    for _, _, kind, target, after, clock in rows:
        if kind in BULK_KINDS:
            story.bundle, story.clock = target, clock
            if not is_machine:
                yield from _unpack(connection, story, where)
        elif after is None:
            story.items.pop(target, None)
        else:
            story.items[target] = after
    if is_machine:
        # replaced layers of a machine are not kept, so only the last one is there to be looked at
        yield from _unpack(connection, story, where)
    if (layer.bundle, layer.clock) != (story.bundle, story.clock):
        yield "doctor-state-differs", where, {"count": "All", "items": "an older version is in force"}
    if is_machine:
        items = _bundled(connection, layer.bundle)
    else:
        items, unreadable = _rows(connection, layer.key)
        for item, reason in unreadable:
            yield "doctor-unreadable", f"{where}, {item}", {"reason": reason}
    yield from _counted(layer, items, where)
    if story.is_whole and not is_machine:
        yield from _compared(items, story.items, where)


def _unpack(connection: sqlite3.Connection, story: _Story, where: str) -> Iterator[Found]:
    """Put the items of the story's bundle into the story."""
    row = connection.execute("SELECT body FROM blobs WHERE id = ?", (story.bundle,)).fetchone()
    story.is_whole = row is not None
    if row is None:
        yield "doctor-bundle-missing", where, {}
        return
    try:
        story.items |= {item.id: item_to_json(item) for item in unbundle(row[0])[2]}
    except UNREADABLE:
        story.is_whole = False  # the check of the bundles says so


def _bundled(connection: sqlite3.Connection, bundle: str | None) -> list[Item]:
    row = connection.execute("SELECT body FROM blobs WHERE id = ?", (bundle,)).fetchone()
    try:
        return unbundle(row[0])[2] if row is not None else []
    except UNREADABLE:
        return []


def _rows(connection: sqlite3.Connection, key: int) -> tuple[list[Item], list[tuple[str, Exception]]]:
    """The items that can be read, and the ids of those that cannot."""
    items: list[Item] = []
    unreadable: list[tuple[str, Exception]] = []
    for table in TABLES.values():
        for row in connection.execute(table.select, (key,)).fetchall():
            try:
                items.append(table.from_row(row))
            except UNREADABLE as error:
                unreadable.append((str(row[0]), error))
    return items, unreadable


def _counted(layer: _Layer, items: list[Item], where: str) -> Iterator[Found]:
    """The counts of the layer's row, and the bounds of its spans."""
    noted = Tally(layer.status, layer.spans, layer.relations, layer.scored, layer.doubt)
    counted = Tally.of(items, is_machine=layer.kind in MACHINES)
    if noted != counted:
        yield "doctor-layer-count", where, {"noted": _words(noted), "counted": _words(counted)}
    for item in items:
        if isinstance(item, Span) and item.end > layer.length:
            yield "doctor-outside", where, {"item": item.id, "end": item.end, "length": layer.length}


def _words(tally: Tally) -> str:
    scores = f", {tally.scored} scores that lack {tally.doubt:.2f}" if tally.scored else ""
    return f"{tally.spans} spans, {tally.relations} relations, {tally.status}{scores}"


def _compared(items: list[Item], told: dict[str, str], where: str) -> Iterator[Found]:
    standing: dict[str, str] = {}
    for item in items:
        try:
            standing[item.id] = item_to_json(item)
        except UNREADABLE:
            standing[item.id] = ""
    different = sorted(key for key in standing.keys() | told.keys() if standing.get(key) != told.get(key))
    if different:
        more = "" if len(different) <= 3 else " …"
        yield "doctor-state-differs", where, {"count": len(different), "items": ", ".join(different[:3]) + more}
