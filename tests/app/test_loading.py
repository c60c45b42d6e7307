"""A document with many labels: its text is there at once, its labels when another thread has read them."""

import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.app import moving
from annotator.app.arriving import PORTION
from annotator.app.events import Loaded, Opened, Said, Suggested
from annotator.app.identity import Identity
from annotator.app.loading import MANY_ITEMS
from annotator.app.session import Session
from annotator.model import Author, Broken, Document, Label, Refused, Schema, Span, edits, pending, text_id
from annotator.model.weak import WeakHit
from annotator.store import ImportRecord, Project
from annotator.suggest.protocol import Answer

ANNA = Identity("0190-anna", "anna")
WORD = "word "
LONG, SHORT = WORD * (MANY_ITEMS + 200), "A short text."
SCHEMA = Schema("test", (Label("A", "A", "1"), Label("B", "B", "2")))


def suggested(count: int, label: str = "A") -> list[Span]:
    return [
        Span(f"m{label}{n}", label, ((n * 5, n * 5 + 4),), origin="model:m", confirmed="none", score=0.5)
        for n in range(count)
    ]


class Desk:
    """A session whose calls from other threads wait until they are let in."""

    def __init__(self, path: Path) -> None:
        self.calls: queue.Queue = queue.Queue()
        self.steps: list = []
        self.events: list = []
        self.session = Session(path, identity=ANNA, dispatch=self.calls.put, repeat=self.steps.append)
        for kind in (Opened, Loaded, Suggested, Said):
            self.session.bus.subscribe(kind, self.events.append)

    def open(self, name: str) -> None:
        self.session.open_document(
            next(row.document.id for row in self.session.documents() if row.document.name == name)
        )

    def let_in(self) -> None:
        """Let in what the next thread says."""
        self.calls.get(timeout=30)()

    def wait_for_labels(self) -> None:
        while self.session.is_loading:
            self.let_in()

    def said(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.annot"
    with Project.create(file, SCHEMA, name="p") as project:
        for name, text in (("long", LONG), ("short", SHORT), ("other", LONG + "end")):
            document = Document(text_id(text), name, length=len(text), position=0)
            project.import_documents([ImportRecord(document, text)])
            if text is not SHORT:
                machine = project.ensure_author("model", "m")
                project.save_suggestions(document.id, machine, suggested(MANY_ITEMS + 100))
    return file


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    desk = Desk(path)
    yield desk
    desk.session.close()


def test_the_text_is_there_before_its_labels(desk: Desk) -> None:
    desk.open("long")
    session = desk.session
    assert session.is_loading
    assert session.text == LONG
    assert not len(session.pending)
    desk.wait_for_labels()
    assert len(session.pending.spans) == MANY_ITEMS + 100
    assert [type(event) for event in desk.events] == [Opened, Loaded]


def test_a_document_with_few_labels_is_there_at_once(desk: Desk) -> None:
    desk.open("short")
    assert not desk.session.is_loading
    assert [type(event) for event in desk.events] == [Opened]


def test_without_a_thread_to_come_back_to_everything_is_read_at_once(path: Path) -> None:
    with closing(Session(path, identity=ANNA)) as session:
        session.open_document(session.documents()[0].document.id)
        assert not session.is_loading
        assert len(session.pending.spans) == MANY_ITEMS + 100


def test_labels_read_aside_are_those_read_at_once(desk: Desk, path: Path) -> None:
    desk.open("long")
    desk.wait_for_labels()
    with closing(Session(path, identity=ANNA)) as other:
        other.open_document(desk.session.document.id)
        assert (other.layer, other.machine) == (desk.session.layer, desk.session.machine)
        assert other.pending == desk.session.pending
        assert other.tallies == desk.session.tallies


def test_edits_and_walking_are_refused_with_a_word_until_the_labels_are_there(desk: Desk) -> None:
    session = desk.session
    desk.open("long")
    for act in (
        lambda: session.do(edits.add_span(session.layer, SCHEMA, LONG, ((0, 4),), "B")),
        session.undo,
        session.redo,
        lambda: moving.next_decision(session),
        lambda: moving.next_span(session),
    ):
        with pytest.raises(Refused, match="still being read"):
            act()
    assert len(session.layer) == 0
    desk.wait_for_labels()
    session.do(edits.add_span(session.layer, SCHEMA, LONG, ((0, 4),), "B"))
    assert len(session.layer.spans) == 1
    assert session.pending == pending(session.layer, session.machine)


def test_selection_and_caret_stay_when_the_labels_come(desk: Desk) -> None:
    desk.open("long")
    desk.session.set_selection((5, 9), caret=7)
    desk.wait_for_labels()
    assert (desk.session.selection, desk.session.caret) == ((5, 9), 7)


def test_labels_of_a_document_that_was_left_are_dropped(desk: Desk) -> None:
    desk.open("long")
    desk.open("short")
    while any(thread.name == "loading" for thread in threading.enumerate()) or not desk.calls.empty():
        if not desk.calls.empty():
            desk.let_in()
    assert (desk.session.text, len(desk.session.pending)) == (SHORT, 0)
    assert Loaded not in map(type, desk.events)


def test_of_two_long_documents_opened_one_after_the_other_the_second_is_shown(desk: Desk) -> None:
    desk.open("long")
    desk.open("other")
    desk.wait_for_labels()
    assert desk.session.layer.document == desk.session.document.id
    assert [event.document_id for event in desk.events if isinstance(event, Loaded)] == [desk.session.document.id]


def test_edits_made_before_are_seen_when_the_document_is_opened_again(desk: Desk) -> None:
    session = desk.session
    desk.open("long")
    desk.wait_for_labels()
    session.do(edits.add_span(session.layer, SCHEMA, LONG, ((0, 9),), "B"))
    desk.open("short")
    desk.open("long")
    desk.wait_for_labels()
    assert len(session.layer.spans) == 1
    session.undo()
    assert not session.layer.spans


def test_labels_that_cannot_be_read_are_told_and_nothing_can_be_edited(desk: Desk, path: Path) -> None:
    hidden = path.with_suffix(".hidden")
    desk.open("short")
    path.rename(hidden)
    desk.open("long")
    while not desk.said():
        desk.let_in()
    hidden.rename(path)
    with pytest.raises(Broken):
        desk.session.do(edits.add_span(desk.session.layer, SCHEMA, LONG, ((0, 4),), "B"))
    desk.open("long")
    desk.wait_for_labels()
    assert len(desk.session.pending.spans) == MANY_ITEMS + 100


# ---- suggestions that arrive


def answer(desk: Desk, items: list[Span]) -> Answer:
    author = Author("id-of-m2", "model", "m2")
    return Answer(desk.session.document.id, "relations", tuple(items), author, 0.1)


def arrive(desk: Desk, items: list[Span]) -> None:
    """As the suggester hands an answer on."""
    desk.session._on_suggested(answer(desk, items))


def test_suggestions_arrive_in_portions_with_room_for_edits_between(desk: Desk) -> None:
    session = desk.session
    desk.open("short")
    arrive(desk, [])
    arrive(desk, [Span(f"s{n}", "A", ((n % 9, n % 9 + 1),)) for n in range(2 * PORTION + 1)])
    stale, step = desk.steps
    assert not stale(), "a later answer has taken its place"
    assert step()
    assert len(session.pending.spans) == PORTION
    session.do(edits.accept(session.layer, SCHEMA, SHORT, session.pending, ["s0"]))
    assert step()
    assert step()
    assert not step()
    assert len(session.machine.spans) == 2 * PORTION + 1
    assert session.pending == pending(session.layer, session.machine)
    portions = [event.edit for event in desk.events if isinstance(event, Suggested)]
    assert max(len(edit.changes) for edit in portions) == PORTION


def test_opening_another_document_ends_the_arrival(desk: Desk) -> None:
    desk.open("short")
    arrive(desk, [Span(f"s{n}", "A", ((0, 1),)) for n in range(2 * PORTION)])
    assert desk.steps[0]()
    desk.open("long")
    assert not desk.steps[0]()
    desk.wait_for_labels()
    assert set(desk.session.pending.spans) == {span.id for span in suggested(MANY_ITEMS + 100)}


def test_walking_follows_what_arrives(desk: Desk) -> None:
    desk.open("short")
    arrive(desk, [Span("late", "A", ((8, 12),))])
    desk.steps[-1]()
    moving.next_decision(desk.session)
    assert desk.session.focus == "late"
    arrive(desk, [Span("early", "A", ((0, 1),)), Span("late", "A", ((8, 12),))])
    desk.steps[-1]()
    moving.next_decision(desk.session)
    assert desk.session.focus == "early"


def test_closing_does_not_leave_a_thread_behind(path: Path) -> None:
    desk = Desk(path)
    desk.open("long")
    desk.session.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "loading"]


def test_likely_misses_are_looked_for_among_the_labels_that_came_later(desk: Desk, path: Path) -> None:
    start = (MANY_ITEMS + 150) * 5
    with closing(desk.session):
        pass
    with Project.open(path) as project:
        machine = project.ensure_author("model", "m")
        hits = (WeakHit(start, start + 4, "A", 0.2), WeakHit(0, 4, "B", 0.2))
        project.save_suggestions(text_id(LONG), machine, suggested(MANY_ITEMS + 100), weak=hits)
    again = Desk(path)
    with closing(again.session) as session:
        again.open("long")
        again.wait_for_labels()
        while session.sweep.work(1.0):
            pass
        assert [(miss.place, miss.why) for miss in session.sweep.between(0, len(LONG))] == [
            ((start, start + 4), "weak")
        ]
