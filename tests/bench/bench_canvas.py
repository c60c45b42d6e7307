"""The canvas beside a QTextEdit with highlighted ranges: first paint, frames, edits, memory.

    python tests/bench/bench_canvas.py

Both show the same text with the same spans in a view of 1000 x 1000 pixels and take turns. Times are CPU time of the
thread that paints. A frame is a jump to a random place of the document, painted at once; the sample article fits into
a few screens, so its frames are mostly warm. An edit adds one label to a document and paints what has changed.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.app.sources import load_schema, seeds_dir
from annotator.model import Change, Edit, Layer, Pending, Relation, Schema, Span
from annotator.ui.canvas import Canvas, Content
from annotator.ui.fonts import font, load_fonts

ROUNDS = 7
FRAMES = 200
EDITS = 120
PEER = "QTextEdit with highlighted ranges"
VIEW_PX = 1000

FIRST_PAINT_GOALS_MS = {"5kb": 30.0, "1mb": 60.0}
LOAD_GOALS_MS = {"5kb": 30.0, "1mb": 250.0}
FRAME_GOAL_MS = 10.0
EDIT_GOAL_MS = 8.0
MEMORY_GOALS_MB = {"5kb": 20.0, "1mb": 25.0}

_WORDS = re.compile(r"\b[A-Za-z][\w'-]+(?: [A-Za-z]\w+)?")


@dataclass(frozen=True)
class Load:
    """A document to show, always the same for one size."""

    name: str
    text: str
    spans: tuple[Span, ...]
    suggested: tuple[Span, ...]
    relations: tuple[Relation, ...]

    def layer(self) -> Layer:
        return Layer("document", "person", (*self.spans, *self.relations))

    def pending(self) -> Pending:
        return Pending({span.id: span for span in self.suggested}, {}, touched=frozenset())


def make_load(name: str, characters: int, schema: Schema) -> Load:
    """The sample article, repeated up to a length: a span every 50 characters (12 % with one inside, 30 % suggested),
    a relation every 200."""
    article = next(seeds_dir().glob("*.txt")).read_text(encoding="utf-8")
    text = ((article + "\n\n") * (characters // len(article) + 1))[:characters]
    dice = random.Random(1)
    labels = [label.name for label in schema.labels]
    spans: list[Span] = []
    suggested: list[Span] = []
    free = 0
    for match in _WORDS.finditer(text):
        if match.start() < free:
            continue
        free = match.start() + 50
        is_suggested = dice.random() < 0.3
        span = Span(f"s{match.start()}", dice.choice(labels), (match.span(),), score=0.7 if is_suggested else None)
        (suggested if is_suggested else spans).append(span)
        if " " in match.group() and dice.random() < 0.12:
            inner = (match.start(), match.start() + match.group().index(" "))
            spans.append(Span(f"n{match.start()}", dice.choice(labels), (inner,)))
    return Load(name, text, tuple(spans), tuple(suggested), tuple(_relations(spans, schema, dice)))


def _relations(spans: list[Span], schema: Schema, dice: random.Random) -> list[Relation]:
    kinds = [kind.name for kind in schema.relations]
    found = []
    free = 0
    for number, span in enumerate(spans):
        reach = dice.choice((1, 1, 2, 2, 3, 5)) if dice.random() > 0.02 else dice.randrange(20, 200)
        other = min(len(spans) - 1, number + reach)
        if span.start >= free and other != number:
            found.append(Relation(f"r{number}", dice.choice(kinds), span.id, spans[other].id))
            free = span.start + 200
    return found


class Ours:
    """The canvas on a load."""

    def __init__(self, load: Load, schema: Schema) -> None:
        self.load, self.schema = load, schema
        self.layer, self.pending = load.layer(), load.pending()
        self.content = Content(load.text, schema, self.layer, self.pending)
        self.canvas = Canvas()
        self.canvas.resize(VIEW_PX, VIEW_PX)
        self.canvas.show()
        QTest.qWaitForWindowExposed(self.canvas)  # nothing is painted before
        self.bar = self.canvas.verticalScrollBar()

    def index(self) -> None:
        self.content = Content(self.load.text, self.schema, self.layer, self.pending)

    def first_paint(self) -> None:
        self.canvas.show_content(self.content)
        self.canvas.viewport().repaint()

    def close(self) -> None:
        self.canvas.close()

    def frame(self, share: float) -> None:
        self.bar.setValue(int(self.bar.maximum() * share))
        self.canvas.viewport().repaint()

    def add(self, place: tuple[int, int]) -> None:
        self._edit(Edit("", (Change(None, Span("new", self.schema.labels[0].name, (place,))),)))

    def take_back(self, place: tuple[int, int]) -> None:
        self._edit(Edit("", (Change(Span("new", self.schema.labels[0].name, (place,)), None),)))

    def _edit(self, edit: Edit) -> None:
        self.layer.apply(edit)
        self.canvas.refresh(self.layer, self.pending, edit)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)


class Theirs:
    """A QTextEdit on the same load; it shows neither names nor relations."""

    def __init__(self, load: Load, schema: Schema) -> None:
        self.load = load
        self.formats = {}
        for label in schema.labels:
            self.formats[label.name] = QTextCharFormat()
            self.formats[label.name].setBackground(QColor.fromHsv(label.hue, 60, 240))
        self.edit_format = self.formats[schema.labels[0].name]
        self.view = QTextEdit()
        self.view.setReadOnly(True)
        self.view.setFont(font(16))
        self.view.resize(VIEW_PX, VIEW_PX)
        self.view.show()
        QTest.qWaitForWindowExposed(self.view)
        self.bar = self.view.verticalScrollBar()

    def first_paint(self) -> None:
        self.view.setPlainText(self.load.text)
        cursor = QTextCursor(self.view.document())
        cursor.beginEditBlock()
        for span in (*self.load.spans, *self.load.suggested):
            self._highlight(cursor, span.start, span.end, self.formats[span.label])
        cursor.endEditBlock()
        self.view.viewport().repaint()

    def close(self) -> None:
        self.view.close()

    def frame(self, share: float) -> None:
        self.bar.setValue(int(self.bar.maximum() * share))
        self.view.viewport().repaint()

    def add(self, place: tuple[int, int]) -> None:
        self._highlight(QTextCursor(self.view.document()), *place, self.edit_format)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    @staticmethod
    def _highlight(cursor: QTextCursor, start: int, end: int, look: QTextCharFormat) -> None:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def measure() -> list[dict[str, Any]]:
    """Rows for the common runner."""
    app = QApplication.instance() or QApplication([])
    load_fonts()
    schema = load_schema("news")
    rows: list[dict[str, Any]] = []
    for name, characters in (("5kb", 5_000), ("1mb", 1_000_000)):
        load = make_load(name, characters, schema)
        rows += _measure_load(load, schema)
        rows.append(_memory(name, characters))
    del app
    return rows


def _measure_load(load: Load, schema: Schema) -> list[dict[str, Any]]:
    name = load.name
    firsts: tuple[list[float], list[float]] = ([], [])
    indexes: list[float] = []
    for _ in range(ROUNDS):
        ours, theirs = Ours(load, schema), Theirs(load, schema)
        indexes.append(_cpu_ms(ours.index))
        firsts[0].append(_cpu_ms(ours.first_paint))
        firsts[1].append(_cpu_ms(theirs.first_paint))
        ours.close()
        theirs.close()
    loads = [index + first for index, first in zip(indexes, firsts[0], strict=True)]
    ours, theirs = Ours(load, schema), Theirs(load, schema)
    ours.first_paint()
    theirs.first_paint()
    frames = _frames(ours, theirs)
    edits = _edits(load, ours, theirs)
    ours.close()
    theirs.close()
    their_first = statistics.median(firsts[1])
    return [
        _row(f"canvas.load_{name}", statistics.median(loads), LOAD_GOALS_MS[name], their_first),
        _row(f"canvas.first_paint_{name}", statistics.median(firsts[0]), FIRST_PAINT_GOALS_MS[name], their_first),
        _row(f"canvas.frame_median_{name}", *_pair(statistics.median, frames, FRAME_GOAL_MS)),
        _row(f"canvas.frame_p99_{name}", *_pair(_p99, frames, FRAME_GOAL_MS)),
        _row(f"edit.repaint_p99_{name}", *_pair(_p99, edits, EDIT_GOAL_MS)),
    ]


def _frames(ours: Ours, theirs: Theirs) -> tuple[list[float], list[float]]:
    dice = random.Random(2)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(FRAMES):
        share = dice.random()
        times[0].append(_cpu_ms(partial(ours.frame, share)))
        times[1].append(_cpu_ms(partial(theirs.frame, share)))
    return times


def _edits(load: Load, ours: Ours, theirs: Theirs) -> tuple[list[float], list[float]]:
    """Label a word in view, each time somewhere else in the document, and take that back."""
    dice = random.Random(3)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(EDITS):
        share = dice.random()
        ours.frame(share)
        theirs.frame(share)
        word = _word_in_view(load, ours)
        times[0].append(_cpu_ms(partial(ours.add, word)))
        their_cursor = theirs.view.cursorForPosition(theirs.view.viewport().rect().center())
        their_cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        place = (their_cursor.selectionStart(), max(their_cursor.selectionEnd(), their_cursor.selectionStart() + 1))
        times[1].append(_cpu_ms(partial(theirs.add, place)))
        ours.take_back(word)
    return times


def _word_in_view(load: Load, ours: Ours) -> tuple[int, int]:
    hit = ours.canvas.hit(ours.canvas.viewport().rect().center().toPointF())
    assert hit is not None, "a document is shown"
    match = _WORDS.search(load.text, hit.offset) or _WORDS.search(load.text)
    assert match is not None, "the text has words"
    return match.span()


def _memory(name: str, characters: int) -> dict[str, Any]:
    """What showing the document and scrolling through it adds, each side in a process of its own."""
    ours, theirs = (
        float(
            subprocess.run(
                [sys.executable, __file__, "--memory", side, str(characters)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for side in ("ours", "theirs")
    )
    return _row(f"canvas.memory_{name}", ours, MEMORY_GOALS_MB[name], theirs, unit="MB")


def _print_memory(side: str, characters: int) -> None:
    app = QApplication([])
    load_fonts()
    schema = load_schema("news")
    load = make_load("", characters, schema)
    view = Ours(load, schema) if side == "ours" else Theirs(load, schema)
    before = _resident_mb()
    view.first_paint()
    for step in range(101):
        view.frame(step / 100)
    print(_resident_mb() - before)
    view.close()
    del app


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu_ms(act: Callable[[], None]) -> float:
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _pair(
    figure: Callable[[list[float]], float], times: tuple[list[float], list[float]], goal: float
) -> tuple[float, float, float]:
    return figure(times[0]), goal, figure(times[1])


def _row(name: str, value: float, goal: float, peer_value: float, *, unit: str = "ms") -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "lower_is_better": True,
        "goal": goal,
        "peer": PEER,
        "peer_value": peer_value,
    }


if __name__ == "__main__":
    if "--memory" in sys.argv:
        _print_memory(sys.argv[2], int(sys.argv[3]))
    else:
        for row in measure():
            figures = f"{row['value']:8.2f} {row['unit']}  goal {row['goal']:6.1f}  peer {row['peer_value']:8.2f}"
            print(f"{row['name']:28} {figures}")
