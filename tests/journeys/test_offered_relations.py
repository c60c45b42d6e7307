"""A suggested relation is offered only while the labels of its ends allow it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Relation, Span, relation_suggestion_id, span_suggestion_id
from annotator.store import Project
from driving import Desk, sit_down

TEXT = "Yesterday Ana Silva met Bo Larsen.\n"


def person(words: str) -> Span:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id("PERSON", fragments), "PERSON", fragments, origin="model:m-1", score=0.9)


ANA, BO = person("Ana Silva"), person("Bo Larsen")
MEETS = Relation(relation_suggestion_id("meets", ANA.id, BO.id), "meets", ANA.id, BO.id, origin="rules:r", score=0.9)


@pytest.fixture
def meeting(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    file, text = tmp_path / "meeting.annot", tmp_path / "meeting.txt"
    text.write_text(TEXT, encoding="utf-8")
    create_project(file, load_schema("news"), [text], current_identity())
    with Project.open(file) as project:
        model = project.ensure_author("model", "m-1")
        project.save_suggestions(project.documents()[0].document.id, model, [ANA, BO, MEETS])
    with sit_down(qtbot, file) as desk:
        yield desk


def test_a_relation_goes_when_an_end_becomes_what_it_does_not_allow_and_undo_brings_it_back(meeting: Desk) -> None:
    meeting.press("Tab", "Space")
    assert MEETS.id in meeting.session.pending.relations
    meeting.click_on("Ana Silva")
    meeting.press("3")
    assert meeting.label_of("Ana Silva") == "GPE"
    assert MEETS.id not in meeting.session.pending.relations
    assert not list(meeting.canvas.content.relations()), "no arc is drawn either"
    meeting.press("Ctrl+Z")
    assert MEETS.id in meeting.session.pending.relations


def test_what_is_not_offered_is_not_walked_to_and_does_not_hold_up_the_end(meeting: Desk) -> None:
    meeting.press("Tab", "3", "Space")
    assert meeting.label_of("Bo Larsen") == "PERSON"
    assert not meeting.session.pending
    assert "All suggestions" in meeting.words_on_screen(meeting.window.status)


def test_it_is_still_gone_the_next_day_and_comes_with_the_right_label(meeting: Desk) -> None:
    meeting.press("Tab", "3", "Space")
    meeting.restart()
    assert not meeting.session.pending
    meeting.click_on("Ana Silva")
    meeting.press("1")
    assert MEETS.id in meeting.session.pending.relations
    meeting.press("Tab", "Space")
    assert meeting.relations() == {("Ana Silva", "meets", "Bo Larsen")}
