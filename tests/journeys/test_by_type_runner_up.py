"""Review by type: one key gives all of a row the label that the model liked second best."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Alternative, Relation, Span, relation_suggestion_id, span_suggestion_id
from annotator.store import Project
from driving import Desk, sit_down

TEXT = "Jordan won. Then Jordan met Ana, and Jordan left. Ana stayed. Rome slept.\n"


def suggestion(words: str, nth: int, label: str, score: float, **others: float) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    fragments = ((start, start + len(words)),)
    alternatives = tuple(Alternative(name, score) for name, score in others.items())
    name = span_suggestion_id(label, fragments)
    return Span(name, label, fragments, origin="model:m-1", score=score, alternatives=alternatives)


JORDANS = [
    suggestion("Jordan", 0, "GPE", 0.8, ORG=0.10, PERSON=0.09),
    suggestion("Jordan", 1, "GPE", 0.7, PERSON=0.25, ORG=0.05),
    suggestion("Jordan", 2, "GPE", 0.3, PERSON=0.30, NOSUCH=0.29),
]
ANAS = [suggestion("Ana", nth, "PERSON", 0.9) for nth in range(2)]
ROME = suggestion("Rome", 0, "GPE", 0.9, ORG=0.05)
PARTNERS = Relation(
    relation_suggestion_id("partner_of", JORDANS[0].id, ROME.id), "partner_of", JORDANS[0].id, ROME.id, score=0.9
)


@pytest.fixture
def court(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Three times Jordan as a place, which might be a person; twice Ana, without a choice; Rome; a relation."""
    file, text = tmp_path / "court.annot", tmp_path / "court.txt"
    text.write_text(TEXT, encoding="utf-8")
    create_project(file, load_schema("news"), [text], current_identity())
    with Project.open(file) as project:
        model = project.ensure_author("model", "m-1")
        document = project.documents()[0].document.id
        project.save_suggestions(document, model, [*JORDANS, *ANAS, ROME, PARTNERS])
    with sit_down(qtbot, file) as desk:
        desk.press("Ctrl+4")
        yield desk


def current(desk: Desk) -> str:
    return str(desk.window.ledger.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def decided(desk: Desk) -> list[tuple[str, str]]:
    return sorted((span.covered(TEXT), span.label) for span in desk.saved_layer().spans.values())


def test_one_key_gives_a_row_the_runner_up_of_all_its_mentions_together(court: Desk) -> None:
    assert current(court).startswith("Jordan, Place")
    assert current(court).endswith("runner-up Person")
    court.press(";")
    assert decided(court) == [("Jordan", "PERSON")] * 2
    answers = {(one.answer, one.label, one.how) for one in court.saved_layer().decisions.values()}
    assert answers == {("corrected", "GPE", "bulk")}
    words = court.words_on_screen(court.window.status)
    assert "Person: 2 × “Jordan”. 1 held back" in words, "the unsure one was not looked at"


def test_one_undo_takes_it_back(court: Desk) -> None:
    court.press(";", "Ctrl+Z")
    assert decided(court) == []
    assert len(court.session.pending) == 7


def test_on_a_single_suggestion_of_an_open_row_it_takes_that_one_s_runner_up(court: Desk) -> None:
    court.press("Right", "Right")
    assert "runner-up Person" in current(court)
    court.press("Down", "Down")
    assert "runner-up Organisation" in current(court)
    court.press(";")
    assert decided(court) == [("Jordan", "ORG")]
    assert [span.confirmed for span in court.saved_layer().spans.values()] == ["single"]


def test_a_row_without_a_choice_says_so_and_stays(court: Desk) -> None:
    court.press("Down")
    assert current(court).startswith("Ana")
    assert "runner-up" not in current(court)
    court.press(";")
    assert decided(court) == []
    assert "No other label was proposed" in court.words_on_screen(court.window.status)
    assert current(court).startswith("Ana")


def test_a_row_of_relations_says_that_it_has_none(court: Desk) -> None:
    court.press("End")
    while not court.window.ledger.line.row.is_relation:
        court.press("Up")
    court.press(";")
    assert "Only labels on text have a runner-up" in court.words_on_screen(court.window.status)
    assert not court.session.layer.relations
