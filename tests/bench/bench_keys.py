"""The way of every key that acts on text: from the press to the repainted window, in CPU time of the window's thread.

    python tests/bench/bench_keys.py [GROUP ...]

The document has 1 MB, 20,000 labels and suggestions, and likely misses. What a key has done is taken back by undo,
which is a group of its own, and saved before the next one. A press that does nothing at all is a mistake here and stops
the bench; a key whose group may refuse, such as a boundary that cannot move, must at least say so.

*palette* opens the command palette in a project of 100,000 documents and types into it; *by_type* walks and settles the
rows of the review by type.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench_window import ME, Desk, project
from loads import cpu_ms, figure, make_load, p99, wall_ms
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app import events
from annotator.app.sources import load_schema
from annotator.model import Alternative, Document, Schema, Span, text_id
from annotator.store import AuthorRef, ImportRecord, Project
from annotator.ui.application import make_application
from annotator.ui.collecting import Collecting
from annotator.ui.settings import Settings

KEY_GOAL_MS, BY_TYPE_GOAL_MS, BY_TYPE_OPEN_GOAL_MS, PALETTE_GOAL_MS = 16.0, 50.0, 200.0, 50.0
ROUNDS = 40
DOCUMENTS = 100_000
TYPED = ("report", "doc", "label", "xq", "text 99")
BOUNDARIES = ("Shift+Right", "Shift+Left", "Alt+Left", "Alt+Right")
CHARACTERS = ("Ctrl+Shift+Right", "Ctrl+Shift+Left", "Ctrl+Alt+Left", "Ctrl+Alt+Right")
CARET = ("Right", "Left", "Down", "Up")
JUMPS = ("Ctrl+Right", "Ctrl+Left", "Ctrl+Down", "Ctrl+Up", "Home", "End")


class Hands:
    """Presses keys at a desk and keeps the times of each group."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.session = desk, desk.session
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.dice = random.Random(4)
        self._told = self._changed = 0
        for event in (events.Focused, events.Selected, events.Previewed, events.Relating, events.Said):
            self.session.bus.subscribe(event, self._hear)
        self.session.bus.subscribe(events.Changed, self._hear_change)

    def _hear(self, _event: object) -> None:
        self._told += 1

    def _hear_change(self, _event: object) -> None:
        self._changed += 1

    def press(self, group: str, keys: str, *, on: QWidget | None = None) -> bool:
        """Press and repaint; whether the document has changed."""
        told, changed = self._told, self._changed
        stroke = QKeySequence(keys)[0]

        def act() -> None:
            QTest.keyClick(on or self.desk.window.canvas, stroke.key(), stroke.keyboardModifiers())
            self._repaint()

        self.times[group].append(cpu_ms(act))
        self.session.wait_until_saved()
        QTest.qWait(1)
        assert on is not None or self._told + self._changed > told + changed, f"{keys} ({group}) has done something"
        return self._changed > changed

    def take_steps(self, group: str) -> None:
        """Take the turns in which a key's work goes on, and repaint after each."""
        while self.desk.steps:
            step = self.desk.steps.pop()

            def act(step: Callable[[], bool] = step) -> None:
                if step():
                    self.desk.steps.append(step)
                self._repaint()

            self.times[group].append(cpu_ms(act))

    def _repaint(self) -> None:
        for due in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
            QCoreApplication.sendPostedEvents(None, due)

    def decide(self, group: str, keys: str, *, may_refuse: bool = False) -> None:
        """Press what edits, take it back, do it again, and take it back."""
        if not self.press(group, keys):
            assert may_refuse, f"{keys} ({group}) has changed something"
            return
        self.press("undo", "Ctrl+Z")
        self.press("redo", "Ctrl+Shift+Z")
        self.press("undo", "Ctrl+Z")

    def go_to(self, spans: Mapping[str, Span]) -> Span:
        """Focus a span anywhere in the document, in view and painted."""
        item = spans[self.dice.choice(list(spans))]
        self.session.set_focus(item.id)
        self.desk.take_turn()
        QTest.qWait(1)
        return item


def measure(groups: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Rows for the common runner."""
    app = make_application()
    schema = load_schema("news")
    desks: list[Desk] = []
    collecting = Collecting(lambda: any(desk.session.is_loading for desk in desks))
    load = make_load("1mb", schema)
    load = replace(load, suggested=tuple(_with_choice(span, schema) for span in load.suggested))
    rows: list[dict[str, Any]] = []
    with project(load, schema) as path:
        settings = Settings(path.with_name("keys.ini"))
        rows += _measure_text(path, settings, desks)
        rows += _measure_by_type(path, settings, desks)
    rows += _measure_palette(schema, desks)
    collecting.stop()
    del app
    return [row for row in rows if not groups or any(group in row["name"] for group in groups)]


def _with_choice(span: Span, schema: Schema) -> Span:
    other = next(label.name for label in schema.labels if label.name != span.label)
    return replace(span, alternatives=(Alternative(other, 0.2),))


def _sit_down(path: Path, settings: Settings, desks: list[Desk]) -> Desk:
    desks[:] = [desk] = [Desk(path, settings)]
    desk.begin()
    desk.wait_for_labels()
    QTest.qWait(300)
    while desk.session.sweep.work(1.0):
        pass
    return desk


def _measure_text(path: Path, settings: Settings, desks: list[Desk]) -> list[dict[str, Any]]:
    desk = _sit_down(path, settings, desks)
    hands = Hands(desk)
    for _ in range(ROUNDS):
        for act in (_walk, _decide, _bound, _move, _relate, _mention, _miss):
            act(hands)
    desk.close()
    return [row for group, times in hands.times.items() for row in _both(group, times)]


def _walk(hands: Hands) -> None:
    hands.go_to(hands.session.pending.spans)
    for group, keys in (("tab", "Tab"), ("tab", "Shift+Tab"), ("label_walk", "J"), ("label_walk", "K")):
        hands.press(group, keys)


def _decide(hands: Hands) -> None:
    session = hands.session
    for group, keys in (("accept", "Space"), ("reject", "X"), ("runner_up", ";")):
        hands.go_to(session.pending.spans)
        hands.decide(group, keys)
    span = hands.go_to(session.pending.spans)
    hands.decide("relabel", next(label.key for label in session.schema.labels if label.name != span.label))
    hands.go_to(session.layer.spans)
    hands.decide("delete", "X")


def _bound(hands: Hands) -> None:
    for group, strokes in (("boundary", BOUNDARIES), ("character", CHARACTERS), ("parse", ("+", "-"))):
        for keys in strokes:
            hands.go_to(hands.session.layer.spans)
            hands.decide(group, keys, may_refuse=True)


def _move(hands: Hands) -> None:
    hands.go_to(hands.session.layer.spans)
    for keys in CARET:
        hands.press("caret", keys)
    for keys in JUMPS:
        hands.press("jump", keys)


def _relate(hands: Hands) -> None:
    session = hands.session
    hands.go_to(session.layer.spans)
    hands.press("relation", "R")
    for letter in _letters_of_an_end(hands):
        hands.press("relation", letter)
    if session.relating is not None and session.relating.choices:
        hands.press("relation", session.relating.choices[0].key)
    if session.relating is not None:
        hands.press("relation", "Escape")
    session.set_focus(hands.dice.choice(list(session.layer.relations)))
    hands.desk.take_turn()
    hands.decide("reverse", "Shift+R", may_refuse=True)


def _letters_of_an_end(hands: Hands) -> Iterator[str]:
    state = hands.session.relating
    hints = list(state.open_hints.values()) if state is not None else []
    yield from hints[len(hints) // 2].upper() if hints else ""


def _mention(hands: Hands) -> None:
    hands.go_to(hands.session.layer.spans)
    hands.press("mentions", ".")
    hands.take_steps("mentions_counted")
    if hands.session.preview is not None:
        hands.press("mentions_leave", "Escape")


def _miss(hands: Hands) -> None:
    hands.go_to(hands.session.layer.spans)
    hands.press("miss", "M")
    hands.decide("miss_reject", "X", may_refuse=True)
    hands.press("miss", "M")
    miss = hands.session.sweep.current
    if miss is not None and miss.label:
        hands.decide("miss_accept", "Space", may_refuse=True)


def _measure_by_type(path: Path, settings: Settings, desks: list[Desk]) -> list[dict[str, Any]]:
    """The review by type: its opening in wall time; then rows are walked and settled."""
    desk = _sit_down(path, settings, desks)
    hands, ledger = Hands(desk), desk.window.ledger

    def begin() -> None:
        desk.window.carry_out("view.by-type")
        desk.take_turn()

    opened = wall_ms(begin)
    for _ in range(ROUNDS // 2):
        for keys in ("Down", "Down", "Up", "Right", "Left"):
            hands.press("by_type_walk", keys, on=ledger.view)
    for keys in ("Space", "X") * (ROUNDS // 8):
        if hands.press("by_type_settle", keys, on=ledger.view):
            hands.press("by_type_settle", "Ctrl+Z", on=ledger.view)
    desk.close()
    rows = [row for group, times in hands.times.items() for row in _both(group, times, BY_TYPE_GOAL_MS)]
    return [figure("key.by_type_open_1mb", opened, BY_TYPE_OPEN_GOAL_MS), *rows]


def _measure_palette(schema: Schema, desks: list[Desk]) -> list[dict[str, Any]]:
    """The longest turn while the list of documents is read, in CPU time; the longest opening and letter, in wall time,
    when it has been."""
    opened: list[float] = []
    typed: list[float] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.annot"
        _make_many(path, schema)
        desks[:] = [desk] = [Desk(path, Settings(path.with_name("palette.ini")))]
        desk.begin()
        listing = []
        while desk.window.documents.model.total < DOCUMENTS:
            listing.append(cpu_ms(desk.take_turn))

        def turn(act: Callable[[], object]) -> float:
            return wall_ms(lambda: (act(), desk.take_turn()))

        def open_or_close() -> None:
            desk.window.carry_out("help.commands")

        for words in TYPED:
            opened.append(turn(open_or_close))
            typed += [
                turn(lambda letter=letter: QTest.keyClicks(QApplication.focusWidget(), letter)) for letter in words
            ]
            QTest.qWait(100)
            turn(open_or_close)
        desk.close()
    return [
        figure("key.palette_listing_100k", max(listing), KEY_GOAL_MS),
        figure("key.palette_open_100k", max(opened), PALETTE_GOAL_MS),
        figure("key.palette_letter_100k", max(typed), PALETTE_GOAL_MS),
    ]


def _make_many(path: Path, schema: Schema) -> None:
    me = AuthorRef("person", ME.name)
    with Project.create(path, schema, name="many") as made:
        made.ensure_author("person", ME.name, author_id=ME.id)
        records = []
        for number in range(DOCUMENTS):
            text = f"Report {number:06} of the day tells of a town."
            document = Document(text_id(text), f"report-{number:06}", length=len(text), position=number)
            records.append(ImportRecord(document, text, {}, me, ()))
        made.import_documents(records)


def _both(group: str, times: list[float], goal: float = KEY_GOAL_MS) -> list[dict[str, Any]]:
    return [
        figure(f"key.{group}_p50_1mb", statistics.median(times), None),
        figure(f"key.{group}_p99_1mb", p99(times) if len(times) > 1 else times[0], goal),
    ]


if __name__ == "__main__":
    for row in measure(tuple(sys.argv[1:])):
        goal = "-" if row["goal"] is None else f"{row['goal']:.0f}"
        print(f"{row['name']:32} {row['value']:8.2f} {row['unit']}  goal {goal}")
