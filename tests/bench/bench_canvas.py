"""The canvas beside a QTextEdit with highlighted ranges: first paint, frames, edits, memory; and the way of a key.

    python tests/bench/bench_canvas.py [SHAPE ...]

Both show the same text with the same spans in a view of 1000 x 1000 pixels and take turns. Times are CPU time of the
thread that paints. First paint begins with text and layers in memory and counts the index of spans. A frame is a jump
to a random place of the document, painted at once; the sample article fits into a few screens, so its frames are mostly
warm. An edit adds one label to a document and paints what has changed. A QTextEdit that does not get through one first
paint, three frames and one edit within PEER_PATIENCE_S is left out, and its row says so.

The way of a key is everything from the key press in a real window on a real project to the repainted page.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.app.sources import load_schema, seeds_dir
from annotator.model import Change, Document, Edit, Layer, Pending, Relation, Schema, Span, text_id
from annotator.model.answering import Answering
from annotator.store import Act, ImportRecord, Project
from annotator.ui.bridge import Bridge
from annotator.ui.canvas import Canvas, Content
from annotator.ui.fonts import font, load_fonts
from annotator.ui.settings import Settings
from annotator.ui.theme import LIGHT
from annotator.ui.window import MainWindow

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
ROUNDS = 5
FRAMES = 150
EDITS = 100
PEER = "QTextEdit with highlighted ranges"
VIEW_PX = 1000

PEER_PATIENCE_S = 6
PEER_TURNS = 40
"""Frames and edits of the peer: it may take a second for one."""
KEYS = 60
KEY_GOAL_MS = 16.0
ARRIVAL_GOAL_MS = 50.0


@dataclass(frozen=True)
class Shape:
    """A kind of document, and what it may cost: ms of CPU, and MB."""

    characters: int
    first_paint: float
    frame: float
    edit: float
    memory: float
    is_paragraph: bool = False
    is_word: bool = False


SHAPES = {
    "5kb": Shape(5_000, 30, 8, 6, 20),
    "100kb": Shape(100_000, 30, 8, 6, 20),
    "1mb": Shape(1_000_000, 60, 8, 6, 25),
    "10mb": Shape(10_000_000, 150, 10, 8, 40),
    "paragraph_1mb": Shape(1_000_000, 60, 8, 6, 25, is_paragraph=True),
    "word_1mb": Shape(1_000_000, 60, 8, 6, 25, is_word=True),
}

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


def make_load(name: str, schema: Schema) -> Load:
    """The sample article repeated up to the length of the shape, or one word: a span every 50 characters (12 % with one
    inside, 30 % suggested), a relation every 200."""
    article = next(seeds_dir().glob("*.txt")).read_text(encoding="utf-8")
    shape = SHAPES[name]
    text = ((article + "\n\n") * (shape.characters // len(article) + 1))[: shape.characters]
    if shape.is_paragraph:
        text = text.replace("\n", " ")
    if shape.is_word:
        text = re.sub(r"\W", "x", text)
    dice = random.Random(1)
    labels = [label.name for label in schema.labels]
    spans: list[Span] = []
    suggested: list[Span] = []
    free = 0
    for match in (re.compile(r"\w{9}") if shape.is_word else _WORDS).finditer(text):
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
        self.canvas = Canvas()
        self.canvas.resize(VIEW_PX, VIEW_PX)
        self.canvas.show()
        QTest.qWaitForWindowExposed(self.canvas)  # nothing is painted before
        self.bar = self.canvas.verticalScrollBar()

    def first_paint(self) -> None:
        self.content = Content(self.load.text, self.schema, self.layer, self.pending)
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

    def suggest(self, machine: Layer) -> None:
        """Suggestions arrive."""
        self.pending = Answering(self.layer, machine).pending
        self.canvas.refresh(self.layer, self.pending)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

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
    app = QApplication.instance() or QApplication([])
    load_fonts()
    schema = load_schema("news")
    rows: list[dict[str, Any]] = []
    for name in names or SHAPES:
        rows += _measure_load(make_load(name, schema), schema)
        has_peer = rows[-1]["peer_value"] is not None
        rows.append(_memory(name, has_peer=has_peer))
    if not names:
        load = make_load("1mb", schema)
        rows += [_measure_arrival(load, schema), _measure_keys(load, schema)]
    del app
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
        _row(f"canvas.frame_p99_{name}", *frames.both(_p99), goals.frame),
        _row(f"canvas.edit_p99_{name}", *edits.both(_p99), goals.edit),
    ]


@dataclass
class Times:
    """CPU times of both sides, in ms."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def take(self, ours: Callable[[], None], theirs: Callable[[], None] | None) -> None:
        self.ours.append(_cpu_ms(ours))
        if theirs is not None:
            self.theirs.append(_cpu_ms(theirs))

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


def _measure_arrival(load: Load, schema: Schema) -> dict[str, Any]:
    """The longest frame while suggestions come, go and come."""
    ours = Ours(load, schema)
    ours.first_paint()
    layers = [Layer("document", "machine"), Layer("document", "machine", load.suggested)]
    worst = max(_cpu_ms(partial(ours.suggest, layers[number % 2])) for number in range(2 * ROUNDS))
    ours.close()
    return _row("canvas.suggestions_max_1mb", worst, None, ARRIVAL_GOAL_MS, peer="")


def _measure_keys(load: Load, schema: Schema) -> dict[str, Any]:
    """Accept a suggestion and go on to the next, take that back, anywhere in the document; saved between the keys."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annot"
        identity = Identity("bench", "bench")
        document = Document(text_id(load.text), "bench", length=len(load.text), position=0)
        with Project.create(path, schema, name="bench") as project:
            project.import_documents([ImportRecord(document, load.text)])
            me = project.ensure_author("person", identity.name, author_id=identity.id)
            items = tuple(Change(None, item) for item in (*load.spans, *load.relations))
            project.commit(Act.now(document.id, me.id, Edit("load", items)))
            project.save_suggestions(document.id, project.ensure_author("model", "bench"), load.suggested)
        bridge = Bridge()
        session = Session(path, identity=identity, dispatch=bridge)
        window = MainWindow(session, Settings(Path(folder) / "window.ini"), LIGHT, is_suggesting=False)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.begin()
        QTest.qWait(200)
        times = list(_keys(window, session))
        window.close()
        bridge.close()
    return _row("key.edit_p99_1mb", _p99(times), None, KEY_GOAL_MS, peer="")


def _keys(window: MainWindow, session: Session) -> Iterator[float]:
    dice = random.Random(4)

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(window.canvas, key, modifier)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    for _ in range(KEYS):
        session.set_focus(dice.choice(list(session.pending.spans)))
        QTest.qWait(1)
        for key, modifier in ((Qt.Key.Key_Space, _NO_MODIFIER), (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)):
            before = len(session.pending)
            yield _cpu_ms(partial(press, key, modifier))
            assert len(session.pending) != before, "the key has decided something"
            session.wait_until_saved()
            QTest.qWait(1)


def _word_in_view(load: Load, ours: Ours) -> tuple[int, int]:
    hit = ours.canvas.hit(ours.canvas.viewport().rect().center().toPointF())
    assert hit is not None, "a document is shown"
    if SHAPES[load.name].is_word:
        return hit.offset, hit.offset + 9
    match = _WORDS.search(load.text, hit.offset) or _WORDS.search(load.text)
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
    app = QApplication([])
    load_fonts()
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
    del app


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu_ms(act: Callable[[], None]) -> float:
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


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
