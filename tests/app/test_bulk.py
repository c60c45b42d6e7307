"""One act in many documents: an edit of each, one step of undo for all, today and tomorrow."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.app.bulk import Outcome, Sheet, told
from annotator.app.commands import run
from annotator.app.events import Said
from annotator.app.identity import Identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.model import Edit, Label, Refused, Schema, edits
from annotator.store import Project, examine

ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("test", (Label("GPE", "Place", "1"), Label("ORG", "Organisation", "2")))
COUNT = 7


class Desk:
    """A session whose other threads' calls come back to the test's own."""

    def __init__(self, file: Path) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.session = Session(file, identity=ANNA, dispatch=self.calls.put)
        self.said: list[str] = []
        self.session.bus.subscribe(Said, lambda event: self.said.append(event.text))
        self.documents = [row.document.id for row in self.session.documents()]
        self.session.open_document(self.documents[0])

    def settle(self) -> None:
        while self.session.bulk.is_running:
            self.calls.get(timeout=20)()
        self.session.wait_until_saved()
        while not self.calls.empty():
            self.calls.get()()

    def label_everywhere(self, documents: list[str] | None = None) -> Outcome:
        outcomes: list[Outcome] = []
        wanted = self.documents if documents is None else documents
        self.session.bulk.apply("Label 7 × “Oslo” GPE", wanted, label_oslo, outcomes.append)
        self.settle()
        return outcomes[0]

    def press(self, *names: str) -> None:
        for name in names:
            run(self.session, name)
            self.settle()

    def labelled(self) -> list[int]:
        """The numbers of the documents that have a label, as the file says."""
        with Project.open(self.session.path, for_writing=False) as project:
            layers = [project.layer(document, self.session.author.id) for document in self.documents]
        return [number for number, layer in enumerate(layers) if layer.spans]

    def close(self) -> None:
        self.session.close()


def label_oslo(sheet: Sheet) -> Edit | None:
    start = sheet.text.index("Oslo")
    return edits.add_span(sheet.layer, sheet.schema, sheet.text, ((start, start + 4),), "GPE")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    texts = []
    for number in range(COUNT):
        texts.append(tmp_path / f"{number}.txt")
        texts[-1].write_text(f"Number {number} is in Oslo, not in Bergen.", encoding="utf-8")
    create_project(tmp_path / "p.annot", SCHEMA, texts, ANNA)
    return tmp_path / "p.annot"


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    desk = Desk(file)
    yield desk
    desk.close()
    assert examine(file) == []


def test_an_act_reaches_every_document_and_the_open_one_at_once(desk: Desk) -> None:
    outcome = desk.label_everywhere()
    assert (outcome.documents, outcome.skipped, outcome.error) == (COUNT, 0, None)
    assert desk.labelled() == list(range(COUNT))
    assert len(desk.session.layer.spans) == 1


def test_one_undo_takes_it_back_everywhere_and_one_redo_does_it_again(desk: Desk) -> None:
    desk.label_everywhere()
    desk.press("edit.undo")
    assert desk.labelled() == []
    assert desk.said[-1] == "Undone in 7 documents: Label 7 × “Oslo” GPE"
    desk.press("edit.redo")
    assert desk.labelled() == list(range(COUNT))
    desk.press("edit.undo", "edit.redo", "edit.undo")
    assert desk.labelled() == []


def test_undo_takes_back_an_act_that_left_the_open_document_alone(desk: Desk) -> None:
    desk.label_everywhere(desk.documents[3:])
    assert not desk.session.layer.spans
    desk.press("edit.undo")
    assert desk.labelled() == []


def test_after_a_restart_one_undo_still_takes_it_back_everywhere(file: Path) -> None:
    desk = Desk(file)
    desk.label_everywhere(desk.documents[2:])
    desk.close()
    desk = Desk(file)
    assert desk.session.can_undo
    desk.press("edit.undo")
    assert desk.labelled() == []
    desk.close()
    desk = Desk(file)
    assert not desk.session.can_undo
    desk.press("edit.redo")
    assert desk.labelled() == [2, 3, 4, 5, 6]
    desk.close()


def test_undo_in_any_of_its_documents_takes_it_back_in_all(desk: Desk) -> None:
    desk.label_everywhere()
    desk.session.open_document(desk.documents[5])
    desk.session.do(edits.add_span(desk.session.layer, SCHEMA, desk.session.text, ((0, 6),), "ORG"))
    desk.session.open_document(desk.documents[2])
    desk.press("edit.undo")
    assert desk.labelled() == [5]
    assert [span.label for span in _layer(desk, 5)] == ["ORG"]


def test_a_document_that_was_changed_since_stays_as_it_is(desk: Desk) -> None:
    desk.label_everywhere()
    desk.session.open_document(desk.documents[5])
    [span] = desk.session.layer.spans
    desk.session.do(edits.relabel(desk.session.layer, SCHEMA, desk.session.text, span, "ORG"))
    desk.session.open_document(desk.documents[2])
    desk.press("edit.undo")
    assert desk.labelled() == [5]
    assert desk.said[-1].endswith("; 1 changed since and left as it is")


def test_what_is_done_afterwards_is_undone_first(desk: Desk) -> None:
    desk.label_everywhere()
    desk.session.do(edits.add_span(desk.session.layer, SCHEMA, desk.session.text, ((0, 6),), "ORG"))
    desk.press("edit.undo")
    assert desk.labelled() == list(range(COUNT))
    desk.press("edit.undo")
    assert desk.labelled() == []


def test_a_document_where_it_does_not_fit_is_skipped_and_counted(desk: Desk) -> None:
    desk.session.do(label_oslo(_sheet(desk)) or Edit("", ()))
    outcome = desk.label_everywhere()
    assert (outcome.documents, outcome.skipped) == (COUNT - 1, 1)


def test_stopping_keeps_what_is_written_and_undo_takes_that_back(desk: Desk) -> None:
    def stop_at_the_third(sheet: Sheet) -> Edit | None:
        if sheet.document == desk.documents[3]:
            desk.session.bulk.stop()
        return label_oslo(sheet)

    outcomes: list[Outcome] = []
    desk.session.bulk.apply("Label", desk.documents, stop_at_the_third, outcomes.append)
    desk.settle()
    assert outcomes[0].is_stopped
    assert desk.labelled() == [0, 1, 2, 3]
    assert "stopped" in told(outcomes[0], "Done")
    desk.press("edit.undo")
    assert desk.labelled() == []


def test_what_cannot_be_written_ends_it_and_is_told(desk: Desk) -> None:
    elsewhere = desk.session.path.with_suffix(".moved")

    def move_at_the_third(sheet: Sheet) -> Edit | None:
        if sheet.document == desk.documents[3]:
            desk.session.path.rename(elsewhere)
        return label_oslo(sheet)

    outcomes: list[Outcome] = []
    desk.session.bulk.apply("Label", desk.documents[1:], move_at_the_third, outcomes.append)
    desk.settle()
    elsewhere.rename(desk.session.path)
    assert outcomes[0].error is not None
    assert "moved" in told(outcomes[0], "Done")
    assert len(desk.labelled()) == outcomes[0].documents
    assert not desk.session.bulk.is_running


def test_while_it_is_written_no_document_is_opened_and_no_other_such_act_begins(desk: Desk) -> None:
    desk.session.bulk.apply("Label", desk.documents, label_oslo, lambda _outcome: None)
    with pytest.raises(Refused, match="still being written"):
        desk.session.open_document(desk.documents[1])
    with pytest.raises(Refused, match="still being written"):
        desk.session.bulk.apply("Label", desk.documents, label_oslo, lambda _outcome: None)
    desk.settle()
    assert desk.labelled() == list(range(COUNT))


def test_a_project_that_is_open_for_reading_refuses(file: Path) -> None:
    writer, reader = Desk(file), Desk(file)
    with pytest.raises(Refused, match="read-only"):
        reader.session.bulk.apply("Label", reader.documents, label_oslo, lambda _outcome: None)
    reader.close()
    writer.close()


def _sheet(desk: Desk) -> Sheet:
    session = desk.session
    return Sheet(desk.documents[0], session.text, session.layer, session.pending, SCHEMA)


def _layer(desk: Desk, number: int) -> list[object]:
    with Project.open(desk.session.path, for_writing=False) as project:
        return list(project.layer(desk.documents[number], desk.session.author.id).spans.values())
