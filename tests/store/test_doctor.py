"""The doctor names every damage, finds nothing in healthy files, and never falls over."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.store import examine

DAMAGES = {
    "text": ("UPDATE texts SET body = replace(body, 'Anna', 'Otto') WHERE body LIKE 'Anna%'", "doctor-text-hash"),
    "length": ("UPDATE documents SET length = length + 1", "doctor-text-length"),
    "text gone": ("DELETE FROM texts WHERE body = 'Second text.'", "doctor-text-missing"),
    "stray text": ("INSERT INTO texts VALUES ('none', 'stray')", "doctor-text-stray"),
    "document name": ("UPDATE documents SET name = 'other'", "doctor-document"),
    "document meta": ("UPDATE documents SET meta = '{\"roles\":[1]}'", "doctor-document"),
    "document gone": ("DELETE FROM documents WHERE name = 'b.txt'", "doctor-document"),
    "fact gone": ("DELETE FROM meta WHERE key = 'replica'", "doctor-fact"),
    "name changed": ("UPDATE meta SET value = 'other' WHERE key = 'name'", "doctor-fact"),
    "project changed": ("UPDATE meta SET value = 'other' WHERE key = 'project'", "doctor-fact"),
    "maker changed": ("UPDATE meta SET value = 'other' WHERE key = 'created_by'", "doctor-fact"),
    "replica changed": ("UPDATE meta SET value = 'other' WHERE key = 'replica'", "doctor-fact"),
    "schema in force": ("UPDATE meta SET value = 'other' WHERE key = 'schema'", "doctor-schema"),
    "schema body": ("UPDATE schemas SET body = replace(body, 'Person', 'Animal')", "doctor-schema"),
    "schema gone": ("DELETE FROM schemas", "doctor-schema"),
    "author renamed": ("UPDATE authors SET name = 'otto' WHERE kind = 'person'", "doctor-author"),
    "author info": ("UPDATE authors SET info = '{' WHERE kind = 'model'", "doctor-author"),
    "author gone": ("DELETE FROM authors WHERE kind = 'person'", "doctor-author"),
    "bundle": ("UPDATE blobs SET body = replace(body, 'LOC', 'PER')", "doctor-bundle-hash"),
    "bundle gone": ("DELETE FROM blobs", "doctor-bundle-missing"),
    "journal changed": ("UPDATE journal SET title = 'Something else' WHERE title IS NOT NULL", "doctor-chain"),
    "journal time": ("UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3", "doctor-chain"),
    "journal row gone": ("DELETE FROM journal WHERE seq = 5", "doctor-chain"),
    "last act gone": ("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)", "doctor-state-differs"),
    "label": ("UPDATE spans SET label = 'LOC' WHERE label = 'ORG'", "doctor-state-differs"),
    "bounds": ("UPDATE spans SET stop = stop + 1 WHERE fragments IS NULL", "doctor-state-differs"),
    "beyond the text": ("UPDATE spans SET stop = 9999 WHERE fragments IS NULL", "doctor-outside"),
    "attributes": ("UPDATE spans SET attrs = '{' WHERE id = 'g1'", "doctor-unreadable"),
    "fragments": ("UPDATE spans SET fragments = '[[5,9],[0,4]]' WHERE id = 'g1'", "doctor-unreadable"),
    "relation": ("UPDATE relations SET head = tail", "doctor-state-differs"),
    "lost end": ("DELETE FROM spans WHERE label = 'ORG'", "doctor-dangling"),
    "reference": ("UPDATE relations SET tail = 'nobody'", "doctor-reference"),
    "decision": ("UPDATE decisions SET answer = 'rejected'", "doctor-state-differs"),
    "note": ("DELETE FROM notes WHERE kind = 'comment'", "doctor-state-differs"),
    "status": ("UPDATE layers SET status = 'open' WHERE status = 'done'", "doctor-layer-count"),
    "count": ("UPDATE layers SET spans = spans + 1", "doctor-layer-count"),
    "older layer": ("UPDATE layers SET clock = 1 WHERE bundle IS NOT NULL", "doctor-state-differs"),
    "layer gone": ("DELETE FROM layers WHERE status = 'done'", "doctor-layer-lost"),
    "layer added": (
        "INSERT INTO layers (document, author) SELECT id, 'gold' FROM documents WHERE name = 'b.txt'",
        "doctor-layer-unknown",
    ),
}


def test_a_healthy_file_has_no_finding_and_is_not_touched(healthy: Path) -> None:
    before = (healthy.read_bytes(), healthy.stat().st_mtime_ns)
    assert examine(healthy) == []
    assert (healthy.read_bytes(), healthy.stat().st_mtime_ns) == before
    assert list(healthy.parent.iterdir()) == [healthy]


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_kind_of_damage_is_named(healthy: Path, tamper: Callable[..., None], damage: str) -> None:
    statement, code = DAMAGES[damage]
    tamper(healthy, statement)
    findings = examine(healthy)
    assert code in {finding.code for finding in findings}, findings
    assert all("{" not in str(finding) or "Expecting" in str(finding) for finding in findings)


def test_the_examination_goes_on_after_a_finding(healthy: Path, tamper: Callable[..., None]) -> None:
    tamper(
        healthy,
        "UPDATE texts SET body = 'x' WHERE body = 'Second text.'",
        "UPDATE spans SET attrs = '{' WHERE id = 'g1'",
        "UPDATE journal SET at = 'x' WHERE seq = 2",
        "DELETE FROM notes",
    )
    codes = {finding.code for finding in examine(healthy)}
    assert {"doctor-text-hash", "doctor-unreadable", "doctor-chain", "doctor-state-differs"} <= codes


def test_tables_that_were_built_over_are_not_read(healthy: Path) -> None:
    with closing(sqlite3.connect(healthy)) as connection:
        connection.execute("ALTER TABLE texts RENAME TO hidden")
        connection.execute("CREATE VIEW texts AS SELECT id, body || body AS body FROM hidden")
    assert [finding.code for finding in examine(healthy)] == ["doctor-unopened"]


@pytest.mark.parametrize("content", [b"", b"no project at all", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_project_is_one_finding(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert [finding.code for finding in examine(path)] == ["doctor-unopened"]


def test_every_flipped_bit_that_changes_what_is_stored_is_found(healthy: Path) -> None:
    pristine, content = healthy.read_bytes(), _content(healthy)
    dice = random.Random(1)
    missed = []
    changed = 0
    for _ in range(150):
        position, bit = dice.randrange(100, len(pristine)), 1 << dice.randrange(8)
        damaged = bytearray(pristine)
        damaged[position] ^= bit
        healthy.write_bytes(damaged)
        findings = examine(healthy)
        if _content(healthy) != content:
            changed += 1
            if not findings:
                missed.append(position)
    assert changed > 5, "the flips hit nothing: the test proves nothing"
    assert missed == []


def test_a_destroyed_page_is_always_found(healthy: Path) -> None:
    pristine = healthy.read_bytes()
    size = int.from_bytes(pristine[16:18], "big")
    dice = random.Random(2)
    for page in dice.sample(range(len(pristine) // size), 12):
        damaged = bytearray(pristine)
        damaged[page * size : (page + 1) * size] = dice.randbytes(size)
        healthy.write_bytes(damaged)
        assert examine(healthy) != [], f"page {page + 1}"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_cut_off_file_is_found(healthy: Path, share: float) -> None:
    whole = healthy.read_bytes()
    healthy.write_bytes(whole[: int(len(whole) * share)])
    assert examine(healthy) != []


# What these say is no work of anybody: when a migration ran, and where the file lay when it was last written.
_NO_CONTENT = "AND name NOT LIKE '@_sqlite@_%' ESCAPE '@'"


def _content(path: Path) -> str:
    """A hash of everything that another program would read from the file; "damaged" when it could not."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            names = connection.execute(
                f"SELECT name FROM sqlite_master WHERE type = 'table' {_NO_CONTENT} ORDER BY name"
            ).fetchall()
            rows = [(name, sorted(map(repr, _rows(connection, name.decode())))) for (name,) in names]
    except (sqlite3.Error, UnicodeDecodeError):
        return "damaged"
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _rows(connection: sqlite3.Connection, table: str) -> sqlite3.Cursor:
    condition = " WHERE key <> 'home'" if table == "meta" else ""
    return connection.execute(f"SELECT * FROM [{table}]{condition}")
