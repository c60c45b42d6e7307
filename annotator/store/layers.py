"""Layers as they stand: reading them, changing them by an act, writing them as a whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from annotator.model import Author, Broken, Change, Item, Layer, Note, Refused, Relation, Span
from annotator.model.items import STATUS_ID
from annotator.model.phrases import Phrases
from annotator.model.weak import WeakHits
from annotator.store.acts import Act
from annotator.store.codec import bundle, sha256, unbundle
from annotator.store.journal import Chain, entries_of, is_committed, note_entry
from annotator.store.records import LayerRow
from annotator.store.rows import apply_change, read_items

MACHINES = ("model", "rules")
"""Kinds of authors whose layers are written as a whole and never edited: they exist as a bundle only."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a layer's row says about its items.

    Of a machine's layer, `scored` counts the items with a score, and `doubt` is the sum of what these scores lack to 1:
    the more, the more there is to correct.
    """

    status: str
    spans: int
    relations: int
    scored: int = 0
    doubt: float = 0.0

    @classmethod
    def of(cls, items: Iterable[Item], *, is_machine: bool) -> Tally:
        status, spans, relations = "open", 0, 0
        scores: list[float] = []
        for item in items:
            if is_machine and isinstance(item, Span | Relation) and item.score is not None:
                scores.append(item.score)
            match item:
                case Span():
                    spans += 1
                case Relation():
                    relations += 1
                case Note(id=note_id, value=value) if note_id == STATUS_ID:
                    status = value
        return cls(status, spans, relations, len(scores), fsum(1 - score for score in scores))


def read_layer(connection: sqlite3.Connection, document: str, author: str) -> Layer:
    """The layer of any author; empty when he has said nothing."""
    row = connection.execute(
        "SELECT l.key, a.kind, b.body FROM layers l JOIN authors a ON a.id = l.author "
        "LEFT JOIN blobs b ON b.id = l.bundle AND a.kind IN ('model', 'rules') WHERE l.document = ? AND l.author = ?",
        (document, author),
    ).fetchone()
    if row is None:
        return Layer(document, author)
    key, kind, body = row
    if kind in MACHINES:
        return _whole(document, author, body) if body is not None else Layer(document, author)
    return Layer(document, author, read_items(connection, key))


def read_newest_machine(connection: sqlite3.Connection, document: str) -> tuple[str, Layer] | None:
    """The author and the layer that a machine wrote last on this document."""
    row = connection.execute(
        "SELECT l.author, b.body FROM layers l JOIN authors a ON a.id = l.author JOIN blobs b ON b.id = l.bundle "
        "WHERE l.document = ? AND a.kind IN ('model', 'rules') ORDER BY l.clock DESC LIMIT 1",
        (document,),
    ).fetchone()
    return None if row is None else (row[0], _whole(document, row[0], row[1]))


def _whole(document: str, author: str, body: str) -> Layer:
    _, _, items, phrases, weak = unbundle(body)
    return Layer(document, author, items, phrases=phrases, weak=weak)


def commit_act(connection: sqlite3.Connection, chain: Chain, act: Act) -> None:
    """Write the state and the journal of one act; an act that is in the journal already is left alone."""
    if not act.edit.changes or is_committed(connection, act):
        return
    length, kind, key = connection.execute(
        "SELECT (SELECT length FROM documents WHERE id = ?1), (SELECT kind FROM authors WHERE id = ?2), "
        "(SELECT key FROM layers WHERE document = ?1 AND author = ?2)",
        (act.document, act.author),
    ).fetchone()
    if length is None:
        raise Broken("document-missing", document=act.document)
    if kind is None:
        raise Broken("author-missing", author=act.author)
    if kind in MACHINES:
        raise Refused("machine-layer")
    if key is None:
        key = _new_layer(connection, act.document, act.author)
    status: str | None = None
    spans = relations = 0
    for change in act.edit.changes:
        _check_bounds(change.after, length)
        apply_change(connection, key, change)
        spans += _gain(change, Span)
        relations += _gain(change, Relation)
        if change.key == STATUS_ID:
            status = change.after.value if isinstance(change.after, Note) else "open"
    connection.execute(
        "UPDATE layers SET status = coalesce(?, status), spans = spans + ?, relations = relations + ? WHERE key = ?",
        (status, spans, relations, key),
    )
    chain.append(entries_of(act))


def save_machine(
    connection: sqlite3.Connection,
    chain: Chain,
    document: str,
    author: str,
    items: Sequence[Item],
    phrases: Phrases,
    weak: WeakHits,
) -> None:
    """Put these items, phrases and weak hits in the place of everything that this machine said about the document.

    What the document shows already is not written again.
    """
    row = connection.execute("SELECT length FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        raise Broken("document-missing", document=document)
    check_items(items, row[0], where=document)
    body = bundle(document, author, items, phrases, weak)
    name = sha256(body)
    if _is_newest(connection, document, author, name):
        return
    tally = Tally.of(items, is_machine=True)
    write_bundle(connection, document=document, author=author, body=body, clock=chain.clock + 1, tally=tally)
    chain.append([note_entry("machine", name, document=document, author=author)])


def write_bundle(
    connection: sqlite3.Connection, *, document: str, author: str, body: str, clock: int, tally: Tally
) -> None:
    """Store a layer in one piece, in the place of the one before. `clock` is that of the journal's row about it."""
    name = sha256(body)
    old = connection.execute(
        "SELECT bundle FROM layers WHERE document = ? AND author = ?", (document, author)
    ).fetchone()
    connection.execute("INSERT OR IGNORE INTO blobs (id, body) VALUES (?, ?)", (name, body))
    connection.execute(
        "INSERT INTO layers (document, author, status, spans, relations, scored, doubt, bundle, clock) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (document, author) DO UPDATE SET status = excluded.status, spans = excluded.spans, "
        "relations = excluded.relations, scored = excluded.scored, doubt = excluded.doubt, bundle = excluded.bundle, "
        "clock = excluded.clock",
        (document, author, tally.status, tally.spans, tally.relations, tally.scored, tally.doubt, name, clock),
    )
    if old is not None and old[0] not in (None, name):
        # a bundle names its document and author, so no other layer can be using it
        connection.execute("DELETE FROM blobs WHERE id = ?", old)


def layer_key(connection: sqlite3.Connection, document: str, author: str) -> int | None:
    """The number that rows of this layer carry; None when there is no such layer yet."""
    row = connection.execute("SELECT key FROM layers WHERE document = ? AND author = ?", (document, author)).fetchone()
    return None if row is None else int(row[0])


def _is_newest(connection: sqlite3.Connection, document: str, author: str, name: str) -> bool:
    """Whether this bundle is what the document shows as suggestions now."""
    row = connection.execute(
        "SELECT l.author, l.bundle FROM layers l JOIN authors a ON a.id = l.author "
        "WHERE l.document = ? AND a.kind IN ('model', 'rules') ORDER BY l.clock DESC LIMIT 1",
        (document,),
    ).fetchone()
    return row is not None and (row[0], row[1]) == (author, name)


def check_items(items: Iterable[Item], length: int, *, where: str) -> None:
    """Raise Broken unless these can be a layer of a text this long: each id once, spans inside, relations with ends."""
    spans: set[str] = set()
    seen: set[str] = set()
    relations: list[Relation] = []
    for item in items:
        if item.id in seen:
            raise Broken("items-id-twice", where=where, item=item.id)
        seen.add(item.id)
        match item:
            case Span():
                spans.add(item.id)
                if item.end > length:
                    raise Broken("items-outside", where=where, item=item.id, end=item.end, length=length)
            case Relation():
                relations.append(item)
    for relation in relations:
        for end in (relation.head, relation.tail):
            if end not in spans:
                raise Broken("items-dangling", where=where, item=relation.id, end=end)


def _check_bounds(item: Item | None, length: int) -> None:
    if isinstance(item, Span) and item.end > length:
        raise Refused("span-outside", start=item.start, end=item.end, length=length)


def _gain(change: Change, kind: type[Span | Relation]) -> int:
    return isinstance(change.after, kind) - isinstance(change.before, kind)


def _new_layer(connection: sqlite3.Connection, document: str, author: str) -> int:
    key = connection.execute("INSERT INTO layers (document, author) VALUES (?, ?)", (document, author)).lastrowid
    assert key is not None
    return key


def list_layers(connection: sqlite3.Connection, document: str) -> list[LayerRow]:
    rows = connection.execute(
        "SELECT a.id, a.kind, a.name, a.info, l.spans, l.relations, l.status FROM layers l "
        "JOIN authors a ON a.id = l.author WHERE l.document = ? ORDER BY a.kind, a.name, a.id",
        (document,),
    ).fetchall()
    return [
        LayerRow(Author(identity, kind, name, json.loads(info)), spans, relations, status, kind in MACHINES)
        for identity, kind, name, info, spans, relations, status in rows
    ]


def written_at(connection: sqlite3.Connection, document: str, author: str) -> int:
    """The clock when the layer was last written as a whole; 0 for one that was made by acts alone."""
    row = connection.execute(
        "SELECT clock FROM layers WHERE document = ? AND author = ?", (document, author)
    ).fetchone()
    return 0 if row is None else int(row[0])
