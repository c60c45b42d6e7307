"""Looking for a mention in a whole project, and labelling all that is found, beside SQLite by itself.

    python tests/bench/bench_mentions.py

The peers are a bare scan of the same texts, which only tells which of them hold the words, and a query of a full-text
index of them, which the project does not keep: its size stands in its row. All take turns in one run.
"""

from __future__ import annotations

import queue
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from loads import figure

from annotator.analysis.matching import Matching
from annotator.analysis.mentions import Wish
from annotator.app.identity import Identity
from annotator.app.mention_search import Progress, search
from annotator.app.mentioning import apply_in_project
from annotator.app.session import Session
from annotator.model import Document, Fragment, Label, Schema, text_id
from annotator.store import ImportRecord, Project

SIZES = (10_000, 100_000)
ROUNDS = 5
ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("bench", (Label("GPE", "Place"), Label("ORG", "Organisation")))
WISH = Wish("label", "Samarkand", "GPE")
ONE_IN = 100
"""Of so many documents one holds the words."""
_SENTENCE = "the summit of leaders was held in a quiet town where ministers spoke about trade and energy for two days"


def measure() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # /tmp may be memory
        for size in SIZES:
            rows += _measure(Path(folder) / f"{size}.annot", size)
    return rows


def _measure(path: Path, size: int) -> list[dict[str, Any]]:
    chosen = _fill(path, size)
    index = path.with_suffix(".fts")
    _build_index(path, index)
    firsts, ends, scans, queries = [], [], [], []
    for _ in range(ROUNDS):
        first, end = _search(path)
        firsts.append(first)
        ends.append(end)
        scans.append(_timed(lambda: _rows(path, "SELECT id FROM texts WHERE instr(body, 'Samarkand')")))
        queries.append(_timed(lambda: _rows(index, "SELECT rowid FROM found WHERE found MATCH 'Samarkand'")))
    scan, query = statistics.median(scans), statistics.median(queries)
    more_mb = index.stat().st_size / 1e6
    name = f"{size // 1000}k"
    rows = [
        figure(f"mentions.first_{name}", statistics.median(firsts), None, "bare scan to its end", scan),
        figure(f"mentions.search_{name}", statistics.median(ends), 3 * scan, "bare scan", scan),
        figure(f"mentions.search_{name}_index", statistics.median(ends), None, f"FTS5 (+{more_mb:.0f} MB)", query),
    ]
    took, longest = _apply(path, chosen)
    rows += [
        figure(f"mentions.apply_{len(chosen)}_of_{name}", took, None, "", None),
        figure(f"mentions.apply_longest_stall_{name}", longest, 16, "", None),
    ]
    return rows


def _fill(path: Path, size: int) -> dict[str, set[Fragment]]:
    """A project of short texts of 400 characters; which of them hold the words, and where."""
    drawn, known = random.Random(7), _SENTENCE.split()
    chosen: dict[str, set[Fragment]] = {}
    with Project.create(path, SCHEMA, name="bench") as project:
        for begin in range(0, size, 5_000):
            records = []
            for number in range(begin, min(size, begin + 5_000)):
                words = drawn.choices(known, k=75)
                if number % ONE_IN == ONE_IN // 2:
                    words[drawn.randrange(75)] = "Samarkand"
                text = f"Document {number}. {' '.join(words)}."
                document = Document(text_id(text), f"{number}.txt", len(text), number)
                records.append(ImportRecord(document, text))
                if number % ONE_IN == ONE_IN // 2:
                    start = text.index("Samarkand")
                    chosen[document.id] = {(start, start + 9)}
            project.import_documents(records)
    return chosen


def _build_index(path: Path, index: Path) -> None:
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(body, content='')")
        connection.execute("ATTACH ? AS project", (str(path),))
        connection.execute("INSERT INTO found (rowid, body) SELECT rowid, body FROM project.texts")
        connection.commit()


def _search(path: Path) -> tuple[float, float]:
    """Milliseconds to the first mention that is reported, and to the end."""
    begun = time.perf_counter()
    first: list[float] = []

    def report(progress: Progress) -> None:
        if progress.lines and not first:
            first.append(time.perf_counter())

    search(path, ANNA.id, SCHEMA, WISH, Matching(), report=report, is_cancelled=lambda: False)
    return (first[0] - begun) * 1000, (time.perf_counter() - begun) * 1000


def _rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _apply(path: Path, chosen: dict[str, set[Fragment]]) -> tuple[float, float]:
    """Milliseconds until all chosen places are labelled on disk, and the longest that the session's thread was busy."""
    calls: queue.Queue[Callable[[], None]] = queue.Queue()
    session = Session(path, identity=ANNA, dispatch=calls.put)
    try:
        begun = time.perf_counter()
        busy = [_timed(lambda: apply_in_project(session, WISH, chosen))]
        while session.bulk.is_running:
            busy.append(_timed(calls.get()))
        return (time.perf_counter() - begun) * 1000, max(busy)
    finally:
        session.close()


if __name__ == "__main__":
    for row in measure():
        print(f"{row['name']}: {row['value']:.1f} ms, {row['peer']}: {row['peer_value'] or 0:.1f} ms")
