"""A session: edits go to the disk in order, undo outlives it, one window writes, what cannot be saved is kept."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.app import drawing, moving, noting
from annotator.app.commands import COMMANDS, run
from annotator.app.events import Focused, Said, Saved
from annotator.app.identity import Identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.model import (
    Label,
    Layer,
    Relation,
    RelationType,
    Schema,
    Span,
    edits,
    span_suggestion_id,
)
from annotator.store import Project, examine

ANNA = Identity("0190-anna", "anna")
TEXT = "Xi Jinping met Vladimir Putin in Beijing. They talked on Friday.\n\nPutin left."
SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person", "1"), Label("GPE", "Place", "2"), Label("DATE", "Date", "3")),
    (
        RelationType("meets", "meets", "q", ("PERSON",), ("PERSON",), is_symmetric=True),
        RelationType("in", "in", "w", ("PERSON",), ("GPE",)),
        RelationType("from", "from", "e", ("PERSON",), ("GPE",)),
    ),
)


def suggestion(words: str, label: str) -> Span:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m", confirmed="none", score=0.5)


SUGGESTED = (suggestion("Xi Jinping", "PERSON"), suggestion("Vladimir", "PERSON"), suggestion("Beijing", "DATE"))


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    texts = []
    for name, text in (("one", TEXT), ("two", "Another text."), ("three", "A third text.")):
        texts.append(tmp_path / f"{name}.txt")
        texts[-1].write_bytes(text.encode())
    file = tmp_path / "p.annot"
    create_project(file, SCHEMA, texts, ANNA)
    with Project.open(file) as project:
        machine = project.ensure_author("model", "m")
        project.save_suggestions(project.find_document("one").id, machine, SUGGESTED)
    return file


@pytest.fixture
def session(project_file: Path) -> Iterator[Session]:
    session = Session(project_file, identity=ANNA)
    session.open_document(session.documents()[0].document.id)
    yield session
    session.close()


def reopened(session: Session) -> Session:
    session.close()
    again = Session(session.path, identity=ANNA)
    again.open_document(again.documents()[0].document.id)
    return again


def covered(session: Session) -> list[tuple[str, str]]:
    spans = sorted(session.layer.spans.values(), key=lambda span: span.fragments)
    return [(span.covered(TEXT), span.label) for span in spans]


def press(session: Session, *names: str) -> None:
    for name in names:
        run(session, name)


def test_a_review_by_keys_alone(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept")
    assert session.focused == SUGGESTED[1]
    press(session, "bounds.end-right")
    assert covered(session) == [("Xi Jinping", "PERSON"), ("Vladimir Putin", "PERSON")]
    press(session, "go.next-decision", "label.2")
    assert covered(session)[-1] == ("Beijing", "GPE")
    assert len(session.pending) == 0
    assert {decision.answer for decision in session.layer.decisions.values()} == {"accepted", "corrected"}


def test_everything_can_be_undone_and_redone_across_a_restart(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept", "decide.reject", "label.2", "document.finish")
    with closing(reopened(session)) as again:
        end = covered(again)
        steps = 0
        while again.can_undo:
            again.undo()
            steps += 1
        assert steps == 4
        assert len(again.layer) == 0
        assert len(again.pending) == 3
        with closing(reopened(again)) as third:
            while third.can_redo:
                third.redo()
            assert covered(third) == end
            assert third.layer.status == "done"
    assert examine(session.path) == []


def test_a_new_edit_ends_what_could_be_redone(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept", "edit.undo")
    assert session.can_redo
    press(session, "go.next-decision", "decide.reject")
    assert not session.can_redo


def test_an_edit_is_on_disk_when_the_session_says_saved(session: Session) -> None:
    states = []
    session.bus.subscribe(Saved, lambda event: states.append(event.state))
    press(session, "go.next-decision", "decide.accept")
    assert session.wait_until_saved()
    with Project.open(session.path, for_writing=False) as project:
        on_disk = project.layer(session.document.id, session.author.id)
    assert on_disk == Layer(session.document.id, session.author.id, session.layer)
    assert states[0] == "saving"


def test_the_second_session_reads_only_and_says_why(session: Session) -> None:
    second = Session(session.path, identity=Identity("0190-bob", "bob"))
    try:
        assert second.is_read_only
        assert "pid" in second.read_only_reason
        second.open_document(second.documents()[0].document.id)
        said = []
        second.bus.subscribe(Said, said.append)
        press(second, "go.next-decision", "decide.accept")
        assert said[-1].is_refusal
        assert "read-only" in said[-1].text
        assert len(second.layer) == 0
    finally:
        second.close()


def test_a_write_protected_project_opens_read_only(project_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = project_file.read_bytes()
    monkeypatch.setattr("os.access", lambda *_: False)  # permissions do not bind every user who runs the tests
    with closing(Session(project_file, identity=ANNA)) as session:
        assert session.is_read_only
        assert "write-protected" in session.read_only_reason
        session.open_document(session.documents()[0].document.id)
        assert len(session.pending) == 3
    assert project_file.read_bytes() == before


def test_an_edit_that_cannot_be_saved_stays_on_screen_and_can_be_tried_again_or_copied(
    session: Session, tmp_path: Path
) -> None:
    press(session, "go.next-decision", "decide.accept")
    assert session.wait_until_saved()
    away = session.path.rename(tmp_path / "elsewhere.annot")
    press(session, "decide.accept")
    assert not session.wait_until_saved()
    assert session.save_state == "not-saved"
    assert len(session.layer.spans) == 2
    session.save_copy(tmp_path / "copy.annot")
    with Project.open(tmp_path / "copy.annot", for_writing=False) as copy:
        assert len(copy.layer(session.document.id, session.author.id).spans) == 2
    away.rename(session.path)
    session.retry_saving()
    assert session.wait_until_saved()
    assert examine(session.path) == []


def test_while_edits_cannot_be_saved_the_document_stays_open(session: Session, tmp_path: Path) -> None:
    press(session, "go.next-decision")
    away = session.path.rename(tmp_path / "elsewhere.annot")
    press(session, "decide.accept")
    assert not session.wait_until_saved()
    said = []
    session.bus.subscribe(Said, said.append)
    press(session, "document.next")
    assert (session.document.name, len(session.layer.spans)) == ("one", 1)
    assert "could not be saved" in said[-1].text
    away.rename(session.path)
    session.retry_saving()
    assert session.wait_until_saved()
    press(session, "document.next", "document.previous")
    assert len(session.layer.spans) == 1


def test_walking_goes_on_from_the_caret(session: Session) -> None:
    press(session, "go.next-decision")
    moving.put_caret_at(session, TEXT.index("Putin"))
    press(session, "go.next-decision")
    assert session.focused == SUGGESTED[2]
    moving.put_caret_at(session, SUGGESTED[1].start)
    press(session, "go.next-decision")
    assert session.focused == SUGGESTED[1]
    moving.put_caret_at(session, SUGGESTED[1].start)
    press(session, "go.previous-decision")
    assert session.focused == SUGGESTED[0]


def test_after_drawing_a_relation_walking_goes_on_from_its_first_end(session: Session) -> None:
    far = TEXT.rindex("Putin")
    session.do(edits.add_span(session.layer, SCHEMA, TEXT, ((far, far + 5),), "PERSON"))
    press(session, "go.next-decision")
    drawing.relate(session, SUGGESTED[0].id, next(iter(session.layer.spans)))
    assert isinstance(session.focused, Relation)
    press(session, "go.next-decision")
    assert session.focused == SUGGESTED[1]


def test_labelling_a_selection_answers_the_suggestion_on_the_same_words(session: Session) -> None:
    start = TEXT.index("Beijing")
    session.set_selection((start - 1, start + 7))
    press(session, "label.2")
    assert covered(session) == [("Beijing", "GPE")]
    assert SUGGESTED[2].id not in session.pending.spans
    assert session.focused == next(iter(session.layer.spans.values()))


def test_a_selection_grows_and_shrinks_token_by_token_around_where_it_began(session: Session) -> None:
    moving.put_caret_at(session, TEXT.index("Vladimir"))
    selected = []
    for name in ("bounds.end-right", "bounds.end-right", "bounds.end-left", "bounds.end-left"):
        press(session, name)
        selected.append(TEXT[slice(*session.selection)])
    assert selected == ["Vladimir", "Vladimir Putin", "Vladimir", "met Vladimir"]


def test_a_relation_by_letters_is_asked_for_its_label_only_when_there_is_a_choice(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept", "bounds.end-right", "go.next-decision", "label.2")
    xi, putin, beijing = (span.id for span in sorted(session.layer.spans.values(), key=lambda span: span.start))
    session.set_focus(xi)
    drawing.begin_relation(session, [xi, putin, beijing])
    drawing.type_key(session, session.relating.hints[putin])
    assert [(relation.label, relation.head) for relation in session.layer.relations.values()] == [("meets", xi)]
    session.set_focus(xi)
    drawing.begin_relation(session, [xi, putin, beijing])
    drawing.type_key(session, session.relating.hints[beijing])
    assert len(session.layer.relations) == 1
    drawing.type_key(session, "e")
    assert {relation.label for relation in session.layer.relations.values()} == {"meets", "from"}
    assert session.relating is None


def test_a_relation_drawn_to_a_suggestion_accepts_it_in_one_step(session: Session) -> None:
    xi, vladimir, _ = (span.id for span in SUGGESTED)
    drawing.relate(session, xi, vladimir)
    assert len(session.layer.spans) == 2
    assert len(session.layer.relations) == 1
    session.undo()
    assert len(session.layer) == 0


def test_accepting_the_rest_of_a_sentence_counts_as_confirmed_in_bulk(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept-sentence")
    assert {span.confirmed for span in session.layer.spans.values()} == {"bulk"}
    assert len(session.layer.spans) == 3


def test_accepting_in_bulk_leaves_open_what_does_not_fit_beside_the_labels(project_file: Path) -> None:
    strict = Schema("test", SCHEMA.labels, SCHEMA.relations, overlap="nested")
    with Project.open(project_file) as project:
        project.set_schema(strict)
    with closing(Session(project_file, identity=ANNA)) as session:
        session.open_document(session.documents()[0].document.id)
        session.do(edits.add_span(session.layer, strict, TEXT, ((3, 14),), "PERSON"))
        said = []
        session.bus.subscribe(Said, said.append)
        press(session, "go.next-decision", "decide.accept")
        assert "“Xi Jinping” would cross “Jinping met”" in said[-1].text
        press(session, "decide.accept-all")
        assert said[-1].text == "1 suggestion does not fit beside the labels there are; left open."
        assert list(session.pending) == [SUGGESTED[0]]
        assert len(session.layer.spans) == 3
        press(session, "decide.accept-all")
        assert "would cross" in said[-1].text


def test_finishing_opens_the_next_document_that_is_not_done(session: Session) -> None:
    press(session, "document.finish")
    assert session.document.name == "two"
    session.open_document(session.documents()[0].document.id)
    press(session, "document.finish")
    assert session.document.name == "two"
    press(session, "document.finish", "document.finish")
    assert [row.status for row in session.documents()] == ["done"] * 3


def test_relations_that_go_with_a_label_are_told(session: Session) -> None:
    drawing.relate(session, SUGGESTED[0].id, SUGGESTED[1].id)
    xi = next(key for key, span in session.layer.spans.items() if span.start == 0)
    said = []
    session.bus.subscribe(Said, said.append)
    session.set_focus(xi)
    press(session, "label.3")
    assert said[-1].text == "A relation went with it; undo brings it back."
    assert not session.layer.relations
    press(session, "edit.undo")
    assert len(session.layer.relations) == 1
    session.set_focus(xi)
    press(session, "decide.reject")
    assert said[-1].text == "A relation went with it; undo brings it back."
    assert (len(session.layer.spans), len(session.layer.relations)) == (1, 0)


def test_undo_shows_where_it_has_changed_something(session: Session) -> None:
    focused = []
    session.bus.subscribe(Focused, lambda event: focused.append(event.item_id))
    press(session, "go.next-decision", "decide.reject", "edit.undo")
    assert focused[-1] == SUGGESTED[0].id


def test_what_is_refused_is_said_and_changes_nothing(session: Session) -> None:
    said = []
    session.bus.subscribe(Said, said.append)
    press(session, "edit.undo")
    assert (said[-1].text, said[-1].is_refusal) == ("Nothing to undo in this document.", True)
    assert len(session.layer) == 0


def test_a_label_key_with_nothing_chosen_arms_the_label_and_again_disarms_it(session: Session) -> None:
    press(session, "label.1")
    assert session.armed == "PERSON"
    press(session, "label.1")
    assert session.armed is None


def test_every_session_command_can_be_pressed_at_any_time(session: Session) -> None:
    for name, command in COMMANDS.items():
        if command.scope == "session":
            press(session, name)
    assert session.wait_until_saved()


def test_notes_are_kept_with_their_item(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept", "go.previous-span")
    noting.write_note(session, " who? ")
    (note,) = session.layer.notes.values()
    assert (note.value, note.target) == ("who?", session.focus)


def test_a_note_on_a_suggestion_accepts_it_in_the_same_step(session: Session) -> None:
    press(session, "go.next-decision")
    first, left = session.focus, len(session.pending)
    noting.write_note(session, "  ")
    assert len(session.pending) == left, "nothing was said"
    noting.write_note(session, "who?")
    [span], [note] = session.layer.spans.values(), session.layer.notes.values()
    assert (note.value, note.target, span.confirmed) == ("who?", span.id, "single")
    assert session.focus not in (None, first, span.id), "one goes on"
    press(session, "edit.undo")
    assert not session.layer.spans
    assert not session.layer.notes


def test_edits_made_by_two_people_stay_in_their_own_layers(session: Session) -> None:
    press(session, "go.next-decision", "decide.accept")
    path = session.path
    session.close()
    bob = Session(path, identity=Identity("0190-bob", "bob"))
    try:
        bob.open_document(bob.documents()[0].document.id)
        assert len(bob.layer) == 0
        bob.do(edits.add_span(bob.layer, bob.schema, bob.text, ((0, 2),), "PERSON"))
        assert bob.wait_until_saved()
    finally:
        bob.close()
    with Project.open(path, for_writing=False) as project:
        rows = project.layers(project.find_document("one").id)
    assert [(row.author.title, row.spans) for row in rows if not row.is_machine] == [
        ("person:anna", 1),
        ("person:bob", 1),
    ]


def test_saved_is_never_told_before_saving_however_slow_the_window_is(project_file: Path) -> None:
    told: list[str] = []
    here = threading.current_thread()

    def dawdle(call: Callable[[], None]) -> None:
        """Dispatch like a window that is held up just when it says that it saves."""
        if threading.current_thread() is here:
            time.sleep(0.1)
        call()

    with closing(Session(project_file, identity=ANNA, dispatch=dawdle)) as session:
        session.bus.subscribe(Saved, lambda event: told.append(event.state))
        session.open_document(session.documents()[0].document.id)
        session.do(edits.add_span(session.layer, session.schema, TEXT, ((0, 2),), "PERSON"))
        session.wait_until_saved()
    assert told == ["saving", "saved"]
