"""The whole window on a real project: opening a large document, and suggestions that arrive.

    python tests/bench/bench_window.py

Opening: from the wish until the text is painted, and until its labels are there, in wall time; the frames in between,
drawn every 16 ms while another thread reads the labels, each with all events that wait. Suggestions: the longest turn
of the window's thread, in CPU time, from the answer until all are on the page.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from loads import Load, cpu_ms, figure, make_load, p99, wall_ms
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.app.sources import load_schema
from annotator.model import Author, Document, Item, Schema, text_id
from annotator.store import AuthorRef, ImportRecord, Project
from annotator.suggest.protocol import Answer
from annotator.ui.application import make_application
from annotator.ui.bridge import Bridge
from annotator.ui.collecting import Collecting
from annotator.ui.settings import Settings
from annotator.ui.theme import LIGHT
from annotator.ui.window import MainWindow

ROUNDS = 5
FRAME_MS = 16
OPEN_GOAL_MS = 300.0
FRAME_GOAL_MS = 50.0
ME = Identity("bench", "bench")
PEER = "QTextEdit, bare text"


class Desk:
    """A window on a project; `steps` are what the session would do in turns of the event loop."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.bridge = Bridge()
        self.steps: list[Callable[[], bool]] = []
        self.session = Session(path, identity=ME, dispatch=self.bridge, repeat=self.steps.append)
        self.window = MainWindow(self.session, settings, LIGHT, is_suggesting=False)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)

    def begin(self) -> None:
        self.window.begin()
        self.paint()

    def paint(self) -> None:
        self.window.canvas.viewport().repaint()

    def take_turn(self) -> None:
        """Everything that is due, and what has to be repainted."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    def wait_for_labels(self) -> None:
        while self.session.is_loading:
            QTest.qWait(5)

    def close(self) -> None:
        self.session.wait_until_saved()
        self.window.close()
        self.bridge.close()


@contextmanager
def project(load: Load, schema: Schema) -> Iterator[Path]:
    """A project with one document: its labels were imported, its suggestions are there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annot"
        document = Document(text_id(load.text), "bench", length=len(load.text), position=0)
        me = AuthorRef("person", ME.name)
        with Project.create(path, schema, name="bench") as made:
            made.ensure_author("person", ME.name, author_id=ME.id)
            made.import_documents([ImportRecord(document, load.text, {}, me, (*load.spans, *load.relations))])
            made.save_suggestions(document.id, made.ensure_author("model", "bench"), load.suggested)
        yield path


def measure() -> list[dict[str, Any]]:
    """Rows for the common runner."""
    app = make_application()
    schema = load_schema("news")
    desks: list[Desk] = []
    collecting = Collecting(lambda: any(desk.session.is_loading for desk in desks))
    rows: list[dict[str, Any]] = []
    for name in ("1mb", "10mb"):
        load = make_load(name, schema)
        with project(load, schema) as path:
            settings = Settings(path.with_name("window.ini"))
            rows += _measure_opening(load, path, settings, desks)
            rows.append(_measure_arrival(load, path, settings, desks))
    collecting.stop()
    del app
    return rows


def _measure_opening(load: Load, path: Path, settings: Settings, desks: list[Desk]) -> list[dict[str, Any]]:
    name = load.name
    visible, theirs, labels, cpu, wall = [], [], [], [], []
    for _ in range(ROUNDS):
        desks[:] = [desk] = [Desk(path, settings)]
        start = time.perf_counter()
        visible.append(wall_ms(desk.begin))
        theirs.append(_bare_text(load))
        while desk.session.is_loading:
            frame: list[float] = []
            wall.append(wall_ms(lambda into=frame, at=desk: into.append(cpu_ms(partial(_frame, at)))))
            cpu += frame
            time.sleep(FRAME_MS / 1000)
        labels.append((time.perf_counter() - start) * 1000 - theirs[-1])
        desk.close()
    median = statistics.median
    return [
        figure(f"open.visible_{name}", median(visible), OPEN_GOAL_MS, peer=PEER, peer_value=median(theirs)),
        figure(f"open.labels_{name}", median(labels), None),
        figure(f"open.frame_p99_{name}", p99(wall), FRAME_GOAL_MS),
        figure(f"open.frame_max_cpu_{name}", max(cpu), FRAME_GOAL_MS),
    ]


def _frame(desk: Desk) -> None:
    """A reader scrolls on while the labels are read."""
    bar = desk.window.canvas.verticalScrollBar()
    bar.setValue(bar.value() + 120)
    desk.paint()
    desk.take_turn()


def _bare_text(load: Load) -> float:
    view = QTextEdit()
    view.setReadOnly(True)
    view.resize(1000, 900)
    view.show()
    QTest.qWaitForWindowExposed(view)

    def show() -> None:
        view.setPlainText(load.text)
        view.viewport().repaint()

    found = wall_ms(show)
    view.close()
    return found


def _measure_arrival(load: Load, path: Path, settings: Settings, desks: list[Desk]) -> dict[str, Any]:
    """The longest turn while all suggestions go, come, go and come."""
    desks[:] = [desk] = [Desk(path, settings)]
    desk.begin()
    desk.wait_for_labels()
    session, turns = desk.session, []
    assert session.document is not None, "it is open"
    for number in range(4):
        items: tuple[Item, ...] = () if number % 2 == 0 else load.suggested
        answer = Answer(session.document.id, "entities", items, Author("bench-2", "model", "bench-2"), 0.0)
        turns.append(cpu_ms(partial(session._on_suggested, answer)))  # as the suggester hands it on
        step = desk.steps.pop()
        has_more = True
        while has_more:

            def turn() -> None:
                nonlocal has_more
                has_more = step()  # noqa: B023 - called at once
                desk.take_turn()

            turns.append(cpu_ms(turn))
        assert len(session.pending.spans) == len(items), "all have come, or gone"
    desk.close()
    return figure(f"canvas.suggestions_max_{load.name}", max(turns), FRAME_GOAL_MS)


if __name__ == "__main__":
    for row in measure():
        goal = "-" if row["goal"] is None else f"{row['goal']:.0f}"
        beside = "-" if row["peer_value"] is None else f"{row['peer_value']:.2f}"
        print(f"{row['name']:32} {row['value']:8.2f} {row['unit']}  goal {goal}  peer {beside}")
