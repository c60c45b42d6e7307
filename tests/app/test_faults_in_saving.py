"""A fault of the program in the middle of saving: said, reported, and never a wait without end."""

import queue
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.app.bulk import Outcome, Sheet
from annotator.app.identity import Identity
from annotator.app.projects import create_project
from annotator.app.saving import Saver
from annotator.app.session import Session
from annotator.model import AnnotatorError, Author, Edit, Label, Refused, Schema, edits
from annotator.store import Act, Project, examine

ANNA = Author("0190-anna", "person", "anna")
SCHEMA = Schema("test", (Label("GPE", "Place", "1"),))
TEXT = "Oslo lies north of Bergen."


class Room:
    """A saver whose calls come back to the test's own thread, and what it has told there."""

    def __init__(self, file: Path) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.states: list[tuple[str, str]] = []
        self.saver = Saver(file, self.calls.put, lambda state, cause: self.states.append((state, cause)))

    def hear(self) -> None:
        while not self.calls.empty():
            self.calls.get()()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "p.annot", SCHEMA, [tmp_path / "one.txt"], Identity(ANNA.id, ANNA.name))
    return tmp_path / "p.annot"


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """The kinds of faults that came to the program's way of reporting them."""
    found: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: found.append(kind))
    return found


@pytest.fixture
def room(file: Path, reported: list[type[BaseException]]) -> Iterator[Room]:
    room = Room(file)
    yield room
    room.saver.close()
    assert examine(file) == []


def an_act(file: Path) -> Act:
    with Project.open(file, for_writing=False) as project:
        document = project.documents()[0].document.id
        layer = project.layer(document, ANNA.id)
    return Act.now(document, ANNA.id, edits.add_span(layer, SCHEMA, TEXT, ((0, 4),), "GPE"))


def labels(file: Path) -> int:
    with Project.open(file, for_writing=False) as project:
        return len(project.layer(project.documents()[0].document.id, ANNA.id).spans)


def fail(_project: Project) -> None:
    raise ZeroDivisionError(TEXT)


def test_after_a_fault_in_what_can_be_lost_the_next_edit_is_saved(
    room: Room, file: Path, reported: list[type[BaseException]]
) -> None:
    lost: list[AnnotatorError] = []
    room.saver.run_later(fail, lost.append)
    room.saver.commit(an_act(file), ANNA)
    assert room.saver.wait()
    room.hear()
    assert labels(file) == 1
    assert room.states[-1] == ("saved", "")
    assert reported == [ZeroDivisionError]
    assert [error.code for error in lost] == ["not-saved-fault"]


def test_an_act_that_meets_a_fault_is_not_saved_and_says_so_without_the_text(
    room: Room, file: Path, reported: list[type[BaseException]]
) -> None:
    act = an_act(file)
    room.saver.commit(replace(act, edit=None), ANNA)  # type: ignore[arg-type] - what only a fault would make
    room.saver.commit(act, ANNA)
    assert not room.saver.wait()
    room.hear()
    state, cause = room.states[-1]
    assert state == "not-saved"
    assert "fault of the program" in cause
    assert "Oslo" not in cause
    assert len(room.saver.unsaved()) == 2
    assert labels(file) == 0
    assert len(reported) == 1


def test_trying_again_after_a_fault_ends_in_an_answer_too(room: Room, file: Path) -> None:
    room.saver.commit(replace(an_act(file), edit=None), ANNA)  # type: ignore[arg-type] - as above
    assert not room.saver.wait()
    room.saver.retry()
    assert not room.saver.wait()
    room.hear()
    assert [state for state, _ in room.states] == ["saving", "not-saved", "saving", "not-saved"]


def test_without_a_window_the_thread_outlives_a_fault_as_well(file: Path, reported: list[type[BaseException]]) -> None:
    saver = Saver(file, lambda call: call(), lambda _state, _cause: None)
    saver.run_later(fail)
    saver.commit(an_act(file), ANNA)
    assert saver.wait()
    saver.close()
    assert labels(file) == 1
    assert reported == [ZeroDivisionError]


def test_an_act_in_many_documents_that_meets_a_fault_ends_and_leaves_the_way_free(
    file: Path, reported: list[type[BaseException]]
) -> None:
    calls: queue.Queue[Callable[[], None]] = queue.Queue()
    session = Session(file, identity=Identity(ANNA.id, ANNA.name), dispatch=calls.put)
    outcomes: list[Outcome] = []

    def faulty(sheet: Sheet) -> Edit | None:
        raise ZeroDivisionError(sheet.text)

    documents = [row.document.id for row in session.documents()]
    session.bulk.apply("Label", documents, faulty, outcomes.append)
    while session.bulk.is_running:
        calls.get(timeout=20)()
    [outcome] = outcomes
    assert outcome.documents == 0
    assert outcome.error is not None
    assert "fault of the program" in outcome.error.message
    assert reported == [ZeroDivisionError]
    session.open_document(documents[0])
    with pytest.raises(Refused):
        session.undo()
    session.close()
