"""Review by type over a whole project: counting it, showing the rows meanwhile, settling a row in many documents.

    python tests/bench/bench_ledger.py

*first* is the time to the first rows, *count* to the last; *show* is the longest that the window's thread works at a
report of rows while they are counted. The peer of *count* reads the same layers and counts their pairs of text and
label, without decisions, contexts, scores and order. *settle* is one key on a row that stands in one document of a
hundred.
"""

from __future__ import annotations

import queue
import random
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loads import cpu_ms, figure

from annotator.analysis.types import Types
from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.app.type_search import Counted, count_types
from annotator.app.type_settling import accept_type
from annotator.model import Document, Label, Schema, Span, span_suggestion_id, text_id
from annotator.store import AuthorRef, ImportRecord, Project

SIZES = (10_000, 100_000)
ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("bench", (Label("GPE", "Place"), Label("ORG", "Organisation")))
NAMES = 50_000
PER_DOCUMENT = 5
ONE_IN = 100
"""Of so many documents one holds the row that is settled."""


def measure() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # /tmp may be memory
        for size in SIZES:
            rows += _measure(Path(folder) / f"{size}.annot", size)
    return rows


def _measure(path: Path, size: int) -> list[dict[str, Any]]:
    _fill(path, size)
    name = f"{size // 1000}k"
    peer = _timed(lambda: _bare(path))
    first, took, types = _count(path)
    shown = _show(path)
    tracemalloc.start()
    _count(path)
    memory_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    applied, longest = _settle(path, types)
    return [
        figure(f"ledger.project_first_{name}", first, 500),
        figure(f"ledger.project_count_{name}", took, 3 * peer, "bare count of the same layers", peer),
        figure(f"ledger.project_show_{name}", shown, 16),
        figure(f"ledger.project_memory_{name}", memory_mb, 200, unit="MB"),
        figure(f"ledger.project_settle_{size // ONE_IN}_of_{name}", applied, None),
        figure(f"ledger.project_settle_longest_stall_{name}", longest, 16),
    ]


def _fill(path: Path, size: int) -> None:
    """A project of short texts with five suggestions each, of 50,000 names, few of them often; one name at times."""
    drawn = random.Random(7)
    with Project.create(path, SCHEMA, name="bench") as project:
        for begin in range(0, size, 5_000):
            project.import_documents([_record(drawn, number) for number in range(begin, min(size, begin + 5_000))])


def _record(drawn: random.Random, number: int) -> ImportRecord:
    names = [f"Name{int(drawn.paretovariate(0.5)) % NAMES}" for _ in range(PER_DOCUMENT)]
    if number % ONE_IN == ONE_IN // 2:
        names[drawn.randrange(PER_DOCUMENT)] = "Samarkand"
    text, spans = f"Document {number}.", []
    for name in names:
        text += " Then ministers spoke for two days about trade and energy in "
        fragments = ((len(text), len(text) + len(name)),)
        text += f"{name}."
        score = round(drawn.uniform(0.55, 0.99), 4)
        spans.append(Span(span_suggestion_id("GPE", fragments), "GPE", fragments, origin="model:bench", score=score))
    document = Document(text_id(text), f"{number}.txt", len(text), number)
    return ImportRecord(document, text, author=AuthorRef("model", "bench"), items=tuple(spans))


def _bare(path: Path) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with Project.open(path, for_writing=False) as project:
        for row in project.documents():
            text, found = project.text(row.document.id), project.suggestions(row.document.id)
            for span in found[1].spans.values() if found is not None else ():
                counts[span.label, span.covered(text)] += 1


def _count(path: Path, report: Callable[[Counted], None] = lambda _counted: None) -> tuple[float, float, Types]:
    """Milliseconds to the first rows, and to the end."""
    begun = time.perf_counter()
    first: list[float] = []

    def take(counted: Counted) -> None:
        if counted.rows and not first:
            first.append(time.perf_counter())
        report(counted)

    types = count_types(path, ANNA.id, SCHEMA, report=take, is_cancelled=lambda: False)
    return (first[0] - begun) * 1000, (time.perf_counter() - begun) * 1000, types


def _show(path: Path) -> float:
    """The longest that the panel takes to show a report, painted."""
    from annotator.ui.application import make_application
    from annotator.ui.jobs import Jobs
    from annotator.ui.panels.types import TypesView

    app = make_application()
    session = Session(path, identity=ANNA)
    jobs = Jobs()
    panel = TypesView(session, jobs)
    panel.resize(400, 800)
    panel.show()
    app.processEvents()
    busy: list[float] = []

    def show(counted: Counted) -> None:
        def act() -> None:
            panel._take(counted)
            app.processEvents()

        busy.append(cpu_ms(act))

    try:
        _count(path, show)
    finally:
        panel.close()
        jobs.close()
        session.close()
    return max(busy)


def _settle(path: Path, types: Types) -> tuple[float, float]:
    """Milliseconds until a row is settled on disk, and the longest that the session's thread was busy."""
    row = types.row(("GPE", "Samarkand"))
    assert row is not None
    calls: queue.Queue[Callable[[], None]] = queue.Queue()
    session = Session(path, identity=ANNA, dispatch=calls.put)
    try:
        begun = time.perf_counter()
        documents = types.documents(row.key)
        busy = [_timed(lambda: accept_type(session, row, documents, lambda _is_done, _left: None))]
        while session.bulk.is_running:
            busy.append(_timed(calls.get()))
        return (time.perf_counter() - begun) * 1000, max(busy)
    finally:
        session.close()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    for row in measure():
        print(f"{row['name']}: {row['value']:.1f} {row['unit']}, goal {row['goal']}, {row['peer']} {row['peer_value']}")
