"""The list of same mentions in the project when there are 100,000 of them: how long the window's thread is held up.

    python tests/bench/bench_hits.py

*open* and *first* are wall time: from the wish until the dialog is painted, and until the first rows are. *turn* is the
longest turn of the window's thread, in CPU time, while the other rows come, each with all events that wait and what has
to be repainted; *tick* is all rows unticked or ticked by a key, *scroll* from the first row to the last, *apply* the
longest turn from Enter until all is on disk.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench_window import ME, Desk
from loads import cpu_ms, figure, wall_ms
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.app.sources import load_schema
from annotator.model import Document, Schema, Span, new_id, text_id
from annotator.store import AuthorRef, ImportRecord, Project
from annotator.ui.application import make_application
from annotator.ui.collecting import Collecting
from annotator.ui.dialogs.mentions import MentionsDialog
from annotator.ui.settings import Settings

DOCUMENTS, PER_DOCUMENT = 10_000, 10
OPEN_GOAL_MS, FIRST_GOAL_MS, TURN_GOAL_MS, TICK_GOAL_MS, APPLY_GOAL_MS = 100.0, 200.0, 16.0, 50.0, 50.0
_SENTENCE = "the summit of leaders was held in a quiet town where ministers spoke about trade"


def measure() -> list[dict[str, Any]]:
    app = make_application()
    schema = load_schema("news")
    desks: list[Desk] = []
    collecting = Collecting(lambda: any(desk.session.is_loading for desk in desks))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hits.annot"
        _fill(path, schema)
        desks[:] = [desk] = [Desk(path, Settings(path.with_name("hits.ini")))]
        desk.begin()
        desk.session.set_focus(next(iter(desk.session.layer.spans)))
        while desk.window.documents.model.total < DOCUMENTS:
            QTest.qWait(20)
        rows = _measure_list(desk)
        desk.close()
    collecting.stop()
    del app
    return rows


def _measure_list(desk: Desk) -> list[dict[str, Any]]:
    begun = time.perf_counter()
    opened = wall_ms(lambda: (desk.window.carry_out("mention.project"), desk.take_turn()))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MentionsDialog)
    turns: list[float] = []
    first = None
    while not dialog.is_over:
        turns.append(cpu_ms(desk.take_turn))
        if first is None and len(dialog.model):
            first = (time.perf_counter() - begun) * 1000
        time.sleep(0.001)
    took = (time.perf_counter() - begun) * 1000
    assert first is not None, "some were found"
    assert len(dialog.model) == DOCUMENTS * PER_DOCUMENT - 1, "all but the label itself"

    def press(key: Qt.Key) -> float:
        return cpu_ms(lambda: (QTest.keyClick(dialog.view, key), desk.take_turn()))

    scrolled = max(press(key) for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_End))
    ticked = max(press(key) for key in (Qt.Key.Key_N, Qt.Key.Key_A, Qt.Key.Key_N, Qt.Key.Key_A))
    applied = [press(Qt.Key.Key_Return)]
    while desk.session.bulk.is_running:
        applied.append(cpu_ms(lambda: (_take_step(desk), desk.take_turn())))
        time.sleep(0.001)
    return [
        figure("mentions.list_open_100k", opened, OPEN_GOAL_MS),
        figure("mentions.list_first_100k", first, FIRST_GOAL_MS),
        figure("mentions.list_all_100k", took, None),
        figure("mentions.list_turn_100k", max(turns), TURN_GOAL_MS),
        figure("mentions.list_scroll_100k", scrolled, TURN_GOAL_MS),
        figure("mentions.list_tick_100k", ticked, TICK_GOAL_MS),
        figure("mentions.list_apply_100k", max(applied), APPLY_GOAL_MS),
    ]


def _take_step(desk: Desk) -> None:
    if desk.steps and not desk.steps[-1]():
        desk.steps.pop()


def _fill(path: Path, schema: Schema) -> None:
    """Short texts, each with the words ten times; the first mention of all is labelled."""
    drawn, known = random.Random(5), _SENTENCE.split()
    with Project.create(path, schema, name="hits") as made:
        me = AuthorRef("person", ME.name)
        made.ensure_author("person", ME.name, author_id=ME.id)
        records = []
        for number in range(DOCUMENTS):
            words = " ".join(f"{' '.join(drawn.choices(known, k=8))} Samarkand" for _ in range(PER_DOCUMENT))
            text = f"Document {number}. {words}."
            document = Document(text_id(text), f"{number:06}", len(text), number)
            start = text.index("Samarkand")
            items = (Span(new_id(), "GPE", ((start, start + 9),), confirmed="single"),) if number == 0 else ()
            records.append(ImportRecord(document, text, {}, me, items))
        made.import_documents(records)


if __name__ == "__main__":
    for row in measure():
        print(f"{row['name']:28} {row['value']:8.2f} ms  goal {row['goal']}")
