"""More relations than a gutter has room for: counted, listed by click and by key, and each can be gone to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.model import Change, Edit, Label, Relation, RelationType, Schema, Span
from driving import LEFT, NONE, Desk, sit_down

SCHEMA = Schema("s", (Label("A", "A", "1"),), (RelationType("near", "near", "q"),))
TEXT = "Start here and see.\n" + "\n".join(f"Word{number:02} follows." for number in range(14)) + "\n"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """One label that is related with fourteen others, each in a line of its own."""
    (tmp_path / "words.txt").write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "words.annot", SCHEMA, [tmp_path / "words.txt"], current_identity())
    session = Session(tmp_path / "words.annot")
    session.open_document(session.documents()[0].document.id)
    ends = [Span(f"w{n}", "A", ((at := TEXT.index(f"Word{n:02}"), at + 6),)) for n in range(14)]
    joins = [Relation(f"r{n}", "near", "start", f"w{n}") for n in range(14)]
    items = [Span("start", "A", ((0, 5),)), *ends, *joins]
    session.do(Edit("Fourteen relations", tuple(Change(None, item) for item in items)))
    session.close()
    with sit_down(qtbot, tmp_path / "words.annot") as desk:
        yield desk


def count_at_start(desk: Desk) -> tuple[QPoint, tuple[str, ...]]:
    """Where the count beside the first line stands, and what it stands for, in reading order."""
    rect, relations = desk.canvas.crowd_rects()[0]
    assert len(relations) > 2
    # r3 goes to w3, and so on: the last number tells the place in the text.
    return rect.center(), tuple(sorted(relations, key=lambda relation: int(relation[1:])))


def test_a_click_on_the_count_lists_the_relations_and_a_click_on_one_goes_there(desk: Desk) -> None:
    place, relations = count_at_start(desk)
    QTest.mouseClick(desk.canvas.viewport(), LEFT, NONE, place)
    desk.settle()
    popup = desk.window.relation_list
    assert popup.isVisible()
    assert f"{len(relations)} relations without room" in popup.accessibleName()
    QTest.mouseClick(popup._list, LEFT, NONE, QPoint(60, 40))
    desk.settle()
    assert not popup.isVisible()
    assert desk.session.focus == relations[1]
    assert desk.canvas.hasFocus()


def test_a_relation_without_room_has_a_rail_while_it_is_focused(desk: Desk) -> None:
    _, relations = count_at_start(desk)
    desk.press("H", "Return")
    page = desk.canvas.page
    assert page is not None
    assert desk.session.focus == relations[0]
    lit = page.rails(page.shown(), desk.canvas._overlay.lit).rails
    assert len([rail for rail in lit if rail.relation.id == relations[0]]) == 1
    assert {rail.relation.id for rail in page.rails(page.shown()).rails}.isdisjoint(relations)


def test_by_keys_the_list_opens_is_walked_and_left(desk: Desk) -> None:
    _, relations = count_at_start(desk)
    desk.press("H", "Down", "Down", "Up", "Space")
    assert desk.session.focus == relations[1]
    desk.press("H", "Escape")
    assert not desk.window.relation_list.isVisible()
    assert desk.session.focus == relations[1]
    assert desk.canvas.hasFocus()
    desk.press("X")
    assert len(desk.saved_layer().relations) == 13


def test_the_list_goes_when_the_text_is_clicked(desk: Desk) -> None:
    desk.press("H")
    desk.click_on("here")
    assert not desk.window.relation_list.isVisible()


def test_the_pointer_resting_on_the_count_says_what_it_is(desk: Desk) -> None:
    place, relations = count_at_start(desk)
    viewport = desk.canvas.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert QToolTip.text() == f"{len(relations)} relations without room here. Click to list them."
    QToolTip.hideText()
    desk.until(lambda: not QToolTip.isVisible())


def test_where_all_have_room_the_key_says_so(desk: Desk) -> None:
    desk.click_on("Start")
    desk.press("X", "H")
    assert "Every relation in view is drawn" in desk.words_on_screen()
    assert not desk.window.relation_list.isVisible()
