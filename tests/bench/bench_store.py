"""From an edit to when it is safe on disk, beside plain SQLite that does the same writes with the same settings.

    python tests/bench/bench_store.py

The peer keeps the same tables and triggers and writes ready-made rows: no items, no JSON, no hashes, no checks. Both
work on the same disk and take turns, edit by edit, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import hashlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from annotator.model import Change, Document, Edit, Label, Schema, Span, new_id, text_id
from annotator.store import Act, ImportRecord, Project

TEXT = "Anna Berg works at Acme in Oslo. " * 3_000
EDITS = 1_000


def measure() -> list[dict[str, Any]]:
    """Rows for the common runner: milliseconds; the goal is 1.5 times the peer of this run."""
    our_ms: list[float] = []
    plain_ms: list[float] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, ExitStack() as ending:  # /tmp may be memory
        ours, plain = _ours(Path(folder), ending), _plain(Path(folder), ending)
        for _ in range(EDITS):
            our_ms.append(_timed(ours))
            plain_ms.append(_timed(plain))
    return [
        _row("edit.durable_p50", statistics.median(our_ms), statistics.median(plain_ms)),
        _row("edit.durable_p99", _p99(our_ms), _p99(plain_ms)),
    ]


def _row(name: str, value: float, peer_value: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": "ms",
        "lower_is_better": True,
        "goal": 1.5 * peer_value,
        "peer": "sqlite3, same rows and settings",
        "peer_value": peer_value,
    }


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


def _ours(folder: Path, ending: ExitStack) -> Callable[[], None]:
    project = Project.create(folder / "ours.annot", Schema("bench", (Label("PER", "Person"),)), name="bench")
    ending.enter_context(project)
    document = Document(text_id(TEXT), "bench", len(TEXT), 0)
    project.import_documents([ImportRecord(document, TEXT)])
    author = project.ensure_author("person", "anna")
    starts = iter(range(10**9))

    def add_span() -> None:
        start = next(starts) * 7
        span = Span(new_id(), "PER", ((start, start + 5),), confirmed="single")
        project.commit(Act.now(document.id, author.id, Edit("Add PER “Anna”", (Change(None, span),))))

    return add_span


def _plain(folder: Path, ending: ExitStack) -> Callable[[], None]:
    """The statements that our commit comes down to, on a copy of our own empty tables."""
    path = folder / "plain.annot"
    Project.create(path, Schema("bench", (Label("PER", "Person"),)), name="bench").close()
    connection = ending.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
    for setting in ("foreign_keys = ON", "synchronous = EXTRA", "cell_size_check = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    document, digest, author = text_id(TEXT), hashlib.sha256(b"").hexdigest(), new_id()
    connection.execute("INSERT INTO documents VALUES (?, 0, 'bench', ?, NULL, '{}', '{}', '')", (document, len(TEXT)))
    connection.execute("INSERT INTO texts VALUES (?, ?)", (document, TEXT))
    connection.execute("INSERT INTO authors VALUES (?, 'person', 'anna', '{}')", (author,))
    connection.execute("INSERT INTO layers (key, document, author) VALUES (1, ?, ?)", (document, author))
    numbers = iter(range(10, 10**9))

    def add_row() -> None:
        number = next(numbers)
        item, start = new_id(), number * 7
        after = (
            f'{{"confirmed":"single","fragments":[[{start},{start + 5}]],"id":"{item}","kind":"span","label":"PER"}}'
        )
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO spans (layer, id, label, start, stop, confirmed) VALUES (1, ?, 'PER', ?, ?, 'single')",
            (item, start, start + 5),
        )
        connection.execute("UPDATE layers SET spans = spans + 1 WHERE key = 1")
        connection.execute(
            "INSERT INTO journal (replica, clock, edit, title, document, author, kind, target, after, at, prev, hash) "
            "VALUES ('0123456789abcdef', ?, ?, 'Add PER “Anna”', ?, ?, 'span', ?, ?, ?, ?, ?)",
            (number, new_id(), document, author, item, after, "2026-01-01T00:00:00.000Z", digest, digest),
        )
        connection.execute("COMMIT")

    return add_row


if __name__ == "__main__":
    for row in measure():
        print(f"{row['name']}: {row['value']:.2f} ms, {row['peer']}: {row['peer_value']:.2f} ms")
