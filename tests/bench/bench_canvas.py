"""The canvas beside a QTextEdit with highlighted ranges: first paint, frames, edits, memory.

    python tests/bench/bench_canvas.py [SHAPE ...]

Both show the same text with the same spans in a view of 1000 x 1000 pixels, in the program's style, and take turns.
Times are CPU time of the thread that paints. First paint begins with text and layers in memory and ends when text and
labels are painted; in a large document the text is painted first, another thread makes the index of spans, and both
paints count. A frame is a jump to a random place of the document, painted at once; the sample article fits into a few
screens, so its frames are mostly warm. An edit adds one label to a document and paints what has changed. A QTextEdit
that does not get through one first paint, three frames and one edit within PEER_PATIENCE_S is left out, and its row
says so.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from loads import SHAPES, Load, cpu_ms, make_hub, make_load, make_overlap, mentions, p99
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from annotator.app.sources import load_schema
from annotator.model import Change, Edit, Layer, Pending, Schema, Span
from annotator.ui.application import apply_theme, make_application
from annotator.ui.canvas import Canvas, Content
from annotator.ui.collecting import Collecting, set_aside
from annotator.ui.fonts import font
from annotator.ui.theme import LIGHT

ROUNDS = 5
FRAMES = 150
EDITS = 100
PEER = "QTextEdit with highlighted ranges"
VIEW_PX = 1000

PEER_PATIENCE_S = 6
PEER_TURNS = 40
"""Frames and edits of the peer: it may take a second for one."""


class Ours:
    """The canvas on a load."""

    def __init__(self, load: Load, schema: Schema) -> None:
        self.load, self.schema = load, schema
        self.layer, self.pending = load.layer(), load.pending()
        self.canvas = Canvas()
        self.canvas.resize(VIEW_PX, VIEW_PX)
        self.canvas.show()
        QTest.qWaitForWindowExposed(self.canvas)  # nothing is painted before
        self.bar = self.canvas.verticalScrollBar()

    def first_paint(self) -> None:
        """Until text and labels are painted. What another thread does is not counted, as in the program."""
        if self.load.is_large:
            self.canvas.show_content(self._content(Layer("document", "person"), Pending()))
            self.canvas.viewport().repaint()
            with ThreadPoolExecutor() as other:
                ready = other.submit(self._content, self.layer, self.pending).result()
            self.canvas.exchange_content(ready)
        else:
            self.canvas.show_content(self._content(self.layer, self.pending))
        set_aside()
        self.canvas.viewport().repaint()

    def _content(self, layer: Layer, pending: Pending) -> Content:
        return Content(self.load.text, self.schema, layer, pending)

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

    def word_in_view(self) -> tuple[int, int]:
        cursor = self.view.cursorForPosition(self.view.viewport().rect().center())
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        start = cursor.selectionStart()
        return start, min(max(cursor.selectionEnd(), start + 1), start + 40)

    @staticmethod
    def _highlight(cursor: QTextCursor, start: int, end: int, look: QTextCharFormat) -> None:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def measure(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Rows for the common runner; all shapes unless some are named."""
    app = make_application()
    apply_theme(app, LIGHT)
    collecting = Collecting(lambda: False)  # as in the program
    schema = load_schema("news")
    rows: list[dict[str, Any]] = []
    for name in [name for name in names if name in SHAPES] if names else SHAPES:
        rows += _measure_load(make_load(name, schema), schema)
        has_peer = rows[-1]["peer_value"] is not None
        rows.append(_memory(name, has_peer=has_peer))
    if not names or "crowds" in names:
        rows += _measure_crowds(schema)
    collecting.stop()
    del app
    return rows


def _measure_crowds(schema: Schema) -> list[dict[str, Any]]:
    """Documents that nobody should have: a label in the thick of it is deleted, the hub of all relations relabelled."""
    rows = []
    for load, goal in ((make_overlap(schema), 300.0), (make_hub(schema), 16.0)):
        ours = Ours(load, schema)
        ours.first_paint()
        edits, frames = Times(), Times()
        for turn in range(10):
            before = ours.layer.spans[f"s{turn if load.name == 'overlap_50k' else 0}"]
            label = schema.labels[1 + turn % 2].name
            after = None if load.name == "overlap_50k" else replace(before, label=label)
            edits.take(partial(ours._edit, Edit("", (Change(before, after),))), None)
            frames.take(partial(ours.frame, turn / 10), None)
        ours.close()
        rows.append(_row(f"canvas.edit_max_{load.name}", *edits.both(max), goal, peer=""))
        rows.append(_row(f"canvas.frame_max_{load.name}", *frames.both(max), 16.0, peer=""))
    return rows


def _measure_load(load: Load, schema: Schema) -> list[dict[str, Any]]:
    name, goals = load.name, SHAPES[load.name]
    has_peer = _run_apart("--probe", "theirs", name) is not None
    firsts = Times()
    for _ in range(ROUNDS):
        ours, theirs = Ours(load, schema), Theirs(load, schema) if has_peer else None
        firsts.take(ours.first_paint, theirs and theirs.first_paint)
        ours.close()
        if theirs is not None:
            theirs.close()
    ours, theirs = Ours(load, schema), Theirs(load, schema) if has_peer else None
    ours.first_paint()
    if theirs is not None:
        theirs.first_paint()
    frames = _frames(ours, theirs)
    edits = _edits(load, ours, theirs)
    ours.close()
    if theirs is not None:
        theirs.close()
    return [
        _row(f"canvas.first_paint_{name}", *firsts.both(statistics.median), goals.first_paint),
        _row(f"canvas.frame_median_{name}", *frames.both(statistics.median), goals.frame),
        _row(f"canvas.frame_p99_{name}", *frames.both(p99), goals.frame),
        _row(f"canvas.edit_p99_{name}", *edits.both(p99), goals.edit),
    ]


@dataclass
class Times:
    """CPU times of both sides, in ms."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def take(self, ours: Callable[[], None], theirs: Callable[[], None] | None) -> None:
        self.ours.append(cpu_ms(ours))
        if theirs is not None:
            self.theirs.append(cpu_ms(theirs))

    def both(self, figure: Callable[[list[float]], float]) -> tuple[float, float | None]:
        return figure(self.ours), figure(self.theirs) if self.theirs else None


def _frames(ours: Ours, theirs: Theirs | None) -> Times:
    dice = random.Random(2)
    times = Times()
    for turn in range(FRAMES):
        share = dice.random()
        other = theirs if turn < PEER_TURNS else None
        times.take(partial(ours.frame, share), partial(other.frame, share) if other is not None else None)
    return times


def _edits(load: Load, ours: Ours, theirs: Theirs | None) -> Times:
    """Label a word in view, each time somewhere else in the document, and take that back."""
    dice = random.Random(3)
    times = Times()
    for turn in range(EDITS):
        share = dice.random()
        ours.frame(share)
        word = _word_in_view(load, ours)
        their_act = None
        if theirs is not None and turn < PEER_TURNS:
            theirs.frame(share)
            their_act = partial(theirs.add, theirs.word_in_view())
        times.take(partial(ours.add, word), their_act)
        ours.take_back(word)
    return times


def _word_in_view(load: Load, ours: Ours) -> tuple[int, int]:
    hit = ours.canvas.hit(ours.canvas.viewport().rect().center().toPointF())
    assert hit is not None, "a document is shown"
    if SHAPES[load.name].is_word:
        return hit.offset, hit.offset + 9
    words = mentions(SHAPES[load.name])
    match = words.search(load.text, hit.offset) or words.search(load.text)
    assert match is not None, "the text has words"
    return match.span()


def _memory(name: str, *, has_peer: bool) -> dict[str, Any]:
    """What showing the document and scrolling through it adds, each side in a process of its own."""
    ours = _run_apart("--memory", "ours", name, patience_s=60)
    assert ours is not None, "the canvas shows every document"
    theirs = _run_apart("--memory", "theirs", name, patience_s=60) if has_peer else None
    return _row(f"canvas.memory_{name}", ours, theirs, SHAPES[name].memory, unit="MB")


def _run_apart(task: str, side: str, name: str, *, patience_s: float = PEER_PATIENCE_S) -> float | None:
    """The figure that another process finds; None when that takes too long."""
    try:
        done = subprocess.run(
            [sys.executable, __file__, task, side, name], check=True, capture_output=True, text=True, timeout=patience_s
        )
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


def _print_apart(task: str, side: str, name: str) -> None:
    app = make_application()
    apply_theme(app, LIGHT)
    collecting = Collecting(lambda: False)
    schema = load_schema("news")
    load = make_load(name, schema)
    view = Ours(load, schema) if side == "ours" else Theirs(load, schema)
    before = _resident_mb()
    view.first_paint()
    for step in range(101 if task == "--memory" else 3):
        view.frame(step / 100)
    if task == "--probe":
        view.add((100, 109))
    print(_resident_mb() - before)
    view.close()
    collecting.stop()
    del app


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _row(
    name: str, value: float, peer_value: float | None, goal: float, *, unit: str = "ms", peer: str = PEER
) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "lower_is_better": True,
        "goal": goal,
        "peer": f"{peer}: not done in {PEER_PATIENCE_S} s" if peer and peer_value is None else peer,
        "peer_value": peer_value,
    }


if __name__ == "__main__":
    if sys.argv[1:2] in (["--memory"], ["--probe"]):
        _print_apart(*sys.argv[1:])
    else:
        for row in measure(sys.argv[1:]):
            beside = "-" if row["peer_value"] is None else f"{row['peer_value']:.2f}"
            print(f"{row['name']:32} {row['value']:8.2f} {row['unit']}  goal {row['goal']:6.1f}  peer {beside}")
