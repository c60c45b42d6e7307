"""Whatever people do, in whatever order and with restarts in between: the file says what the screen said."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import (
    Document,
    Edit,
    Layer,
    Pending,
    Refused,
    Schema,
    Span,
    edits,
    pending,
    span_suggestion_id,
    text_id,
)
from annotator.store import Act, ImportRecord, Project, examine

TEXT = "Anna Berg works at Acme in Oslo. Bo met her there 😀.\n"
DOCUMENT = text_id(TEXT)
LABELS = ("PER", "ORG", "LOC")


def suggested(start: int, end: int, label: str) -> Span:
    place = ((start, end),)
    return Span(span_suggestion_id(label, place), label, place, confirmed="none", score=0.25, origin="model:sm")


MACHINE = [suggested(0, 9, "PER"), suggested(19, 23, "ORG"), suggested(27, 31, "LOC"), suggested(33, 35, "PER")]


@dataclass
class Desk:
    """An annotator's desk: the layer on screen, and the project that must always agree with it."""

    path: Path
    schema: Schema
    project: Project
    author: str
    layer: Layer

    def pick(self, number: int) -> str:
        spans = sorted(self.layer.spans)
        if not spans:
            raise Refused("nothing-focused")
        return spans[number % len(spans)]

    def pending(self) -> Pending:
        found = self.project.suggestions(DOCUMENT)
        assert found is not None
        return pending(self.layer, found[1])

    def suggestion(self, number: int) -> str:
        open_ones = sorted(self.pending().spans)
        if not open_ones:
            raise Refused("not-pending")
        return open_ones[number % len(open_ones)]

    def commit(self, act: Act) -> None:
        self.layer.check(act.edit)
        self.layer.apply(act.edit)
        self.project.commit(act)

    def do(self, edit: Edit) -> None:
        self.commit(Act.now(DOCUMENT, self.author, edit))

    def undo(self) -> bool:
        stack = self.project.history(DOCUMENT, self.author).undo
        if stack:
            self.commit(stack[-1].reverted())
        return bool(stack)

    def redo(self) -> bool:
        stack = self.project.history(DOCUMENT, self.author).redo
        if stack:
            self.commit(stack[-1].reverted())
        return bool(stack)

    def reopen(self) -> None:
        self.project.close()
        self.project = Project.open(self.path)


def fragments(x: int, y: int) -> tuple[tuple[int, int], ...]:
    start = x % 40
    return ((start, start + 1 + y % 4),) if y % 5 else ((start, start + 1), (start + 2, start + 3 + y % 3))


ACTS: dict[str, Callable[[Desk, int, int], object]] = {
    "add": lambda d, x, y: d.do(edits.add_span(d.layer, d.schema, TEXT, fragments(x, y), LABELS[y % 3])),
    "relabel": lambda d, x, y: d.do(edits.relabel(d.layer, d.schema, TEXT, d.pick(x), LABELS[y % 3])),
    "move": lambda d, x, y: d.do(edits.set_fragments(d.layer, d.schema, TEXT, d.pick(x), fragments(x + y, y))),
    "delete": lambda d, x, _: d.do(edits.delete_span(d.layer, TEXT, d.pick(x))),
    "relate": lambda d, x, y: d.do(edits.add_relation(d.layer, d.schema, d.pick(x), d.pick(y), "near")),
    "accept": lambda d, x, _: d.do(edits.accept(d.layer, d.schema, TEXT, d.pending(), [d.suggestion(x)], seconds=0.5)),
    "reject": lambda d, x, _: d.do(edits.reject(TEXT, d.pending(), [d.suggestion(x)])),
    "correct": lambda d, x, y: d.do(
        edits.correct(d.layer, d.schema, TEXT, d.pending(), d.suggestion(x), label=LABELS[y % 3])
    ),
    "note": lambda d, x, y: d.do(edits.set_note(d.layer, "comment", "why?" * (y % 3), d.pick(x))),
    "status": lambda d, x, _: d.do(edits.set_status(d.layer, "done" if x % 2 else "open")),
    "undo": lambda d, *_: d.undo(),
    "redo": lambda d, *_: d.redo(),
    "reopen": lambda d, *_: d.reopen(),
}

Script = list[tuple[str, int, int]]
SCRIPTS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 60), st.integers(0, 60)), max_size=30)


def play(desk: Desk, script: Script) -> None:
    for name, x, y in script:
        with suppress(Refused):
            ACTS[name](desk, x, y)


@contextmanager
def desk_in(quick_folder: Path, schema: Schema) -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(dir=quick_folder))
    path = folder / "a.annot"
    project = Project.create(path, schema, name="a")
    project.import_documents([ImportRecord(Document(DOCUMENT, "a", len(TEXT), 0), TEXT)])
    project.save_suggestions(DOCUMENT, project.ensure_author("model", "sm"), MACHINE)
    author = project.ensure_author("person", "anna").id
    desk = Desk(path, schema, project, author, Layer(DOCUMENT, author))
    try:
        yield desk
    finally:
        desk.project.close()
        shutil.rmtree(folder)


def project_layer(desk: Desk) -> Layer:
    return desk.project.layer(DOCUMENT, desk.author)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCRIPTS)
def test_the_file_follows_every_script_and_undoing_all_leaves_nothing(
    quick_folder: Path, schema: Schema, script: Script
) -> None:
    with desk_in(quick_folder, schema) as desk:
        play(desk, script)
        assert project_layer(desk) == desk.layer
        assert examine(desk.path) == []
        while desk.undo():
            desk.reopen()
        assert project_layer(desk) == Layer(DOCUMENT, desk.author)
        assert desk.project.documents(author=desk.author)[0].spans == 0
        assert examine(desk.path) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCRIPTS)
def test_redoing_all_that_was_undone_brings_back_the_end(quick_folder: Path, schema: Schema, script: Script) -> None:
    with desk_in(quick_folder, schema) as desk:
        play(desk, [step for step in script if step[0] not in ("undo", "redo")])
        end = project_layer(desk)
        while desk.undo():
            pass
        desk.reopen()
        while desk.redo():
            pass
        assert project_layer(desk) == end == desk.layer
        assert examine(desk.path) == []
