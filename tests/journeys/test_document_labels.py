"""What is said of the document itself: labels, a flag, a note."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Schema, facts
from annotator.ui.panels.documents_model import RowRole, Which, summary
from driving import LEFT, Desk, sit_down

TOPICS = [{"name": "politics", "title": "Politics"}, {"name": "sports", "title": "Sports"}]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    texts = [tmp_path / "cup.txt", tmp_path / "vote.txt"]
    for text in texts:
        text.write_text(f"About the {text.stem}\n\nIt was held on Friday.\n", encoding="utf-8")
    schema = Schema.from_dict({"labels": [{"name": "DATE"}], "document_labels": TOPICS})
    create_project(tmp_path / "topics.annot", schema, texts, current_identity())
    with sit_down(qtbot, tmp_path / "topics.annot") as desk:
        yield desk


def shown_titles(desk: Desk) -> list[str]:
    model = desk.window.documents.model
    return [model.index(number).data() for number in range(model.rowCount())]


def test_alt_and_a_digit_switch_a_label_of_the_document(desk: Desk) -> None:
    desk.press("Alt+2", "Alt+1")
    assert facts.document_labels(desk.saved_layer()) == {"politics", "sports"}
    desk.press("Alt+2")
    assert facts.document_labels(desk.saved_layer()) == {"politics"}
    desk.press("Ctrl+Z")
    assert facts.document_labels(desk.saved_layer()) == {"politics", "sports"}
    desk.press("Alt+7")
    assert "No document label has the key 7" in desk.words_on_screen()


def test_a_click_switches_a_label_and_the_list_shows_it(desk: Desk) -> None:
    options = desk.window.inspector.document.options
    QTest.mouseClick(options, LEFT, pos=options.rects()[1].center().toPoint())
    desk.settle()
    assert facts.document_labels(desk.saved_layer()) == {"sports"}
    assert summary(desk.window.documents.model.index(0).data(RowRole)).startswith("sports · ")
    desk.restart()
    assert summary(desk.window.documents.model.index(0).data(RowRole)).startswith("sports · ")


def test_a_flagged_document_is_found_again(desk: Desk) -> None:
    desk.press("F")
    which = desk.window.documents.which
    which.choose(Which.FLAGGED)
    assert shown_titles(desk) == ["cup"]
    desk.restart()
    desk.window.documents.which.choose(Which.FLAGGED)
    assert shown_titles(desk) == ["cup"]
    desk.click(desk.button("Remove the flag"))
    assert desk.saved_layer().notes == {}


def test_a_focused_label_takes_the_place_of_the_document(desk: Desk) -> None:
    desk.drag_over("Friday")
    desk.press("1")
    assert desk.label_of("Friday") == "DATE"
    assert not desk.window.inspector.document.isVisible()
    desk.press("Escape")
    assert desk.window.inspector.document.isVisible()
