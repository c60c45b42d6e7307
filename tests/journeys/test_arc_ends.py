"""Relations taken by one of their ends: dragged to another label, refused, let go; also where an end is out of view."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, Relation, RelationType, Schema
from annotator.ui.canvas.ends import End, arc_ends
from driving import LEFT, NONE, Desk, sit_down

STRICT = Schema(
    "strict",
    (Label("PERSON", "Person", "1"), Label("CITY", "City", "2"), Label("DAY", "Day", "3")),
    (
        RelationType("lives_in", "lives in", "q", ("PERSON",), ("CITY",)),
        RelationType("on", "on", "w", ("CITY",), ("DAY",)),
    ),
)
FILL = "\n".join(f"Nothing is said in line {number}." for number in range(60))
TEXT = (
    f"On Monday Ana came home to Vienna by way of Graz and Linz with Bo.\n{FILL}\nAt last there was Paris for Cleo.\n"
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Ana lives in Vienna; there are other people, cities and a day, some of them far below."""
    text = tmp_path / "ana.txt"
    text.write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "strict.annot", STRICT, [text], current_identity())
    with sit_down(qtbot, tmp_path / "strict.annot") as desk:
        for words, key in (("Monday", "3"), ("Ana", "1"), ("Vienna", "2"), ("Graz", "2"), ("Bo", "1")):
            desk.drag_over(words)
            desk.press(key)
        desk.press("Ctrl+End")
        for words, key in (("Paris", "2"), ("Cleo", "1")):
            desk.drag_over(words)
            desk.press(key)
        desk.press("Ctrl+Home")
        desk.drag(desk.rect("Ana").center(), desk.rect("Vienna").center())
        assert desk.relations() == {("Ana", "lives_in", "Vienna")}
        yield desk


def only_relation(desk: Desk) -> Relation:
    [relation] = desk.session.layer.relations.values()
    return relation


def handle(desk: Desk, end: End) -> QPoint:
    """Where the only relation is held at this end, as it shows."""
    page, shown = desk.canvas.page, desk.canvas.page.shown() if desk.canvas.page else []
    assert page is not None
    ends = arc_ends(page.setting, shown, page.rails(shown), {only_relation(desk).id}, x=page.x)
    return next(one.at for one in ends if one.end == end).toPoint()


def pull(desk: Desk, end: End, to: QPoint) -> None:
    """Press on the handle and move, without letting go."""
    viewport, start = desk.canvas.viewport(), handle(desk, end)
    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in range(1, 5):
        QTest.mouseMove(viewport, start + (to - start) * step / 4)
        desk.settle()


def drop(desk: Desk, at: QPoint) -> None:
    QTest.mouseRelease(desk.canvas.viewport(), LEFT, NONE, at)
    desk.settle()


def pointer(desk: Desk) -> Qt.CursorShape:
    return desk.canvas.viewport().cursor().shape()


def test_the_tail_of_the_focused_relation_is_dragged_to_another_label_in_one_step(desk: Desk) -> None:
    to = desk.rect("Graz").center()
    pull(desk, "tail", to)
    drop(desk, to)
    assert desk.relations() == {("Ana", "lives_in", "Graz")}
    assert desk.focused_words == "lives_in"
    desk.press("Ctrl+Z")
    assert desk.relations() == {("Ana", "lives_in", "Vienna")}
    assert len(desk.saved_layer().relations) == 1


def test_the_head_of_a_relation_that_is_only_pointed_at_is_dragged(desk: Desk) -> None:
    desk.press("Escape")
    assert desk.session.focus is None
    QTest.mouseMove(desk.canvas.viewport(), handle(desk, "head") - QPoint(0, 4))
    desk.settle()
    QTest.mouseMove(desk.canvas.viewport(), handle(desk, "head"))
    desk.settle()
    assert pointer(desk) == Qt.CursorShape.OpenHandCursor
    to = desk.rect("Bo").center()
    pull(desk, "head", to)
    drop(desk, to)
    assert desk.relations() == {("Bo", "lives_in", "Vienna")}


def test_while_an_end_is_dragged_the_labels_that_it_may_go_to_are_lit(desk: Desk) -> None:
    pull(desk, "tail", desk.rect("Graz").center())
    rubber = desk.canvas._overlay.rubber
    assert rubber is not None
    lit = {desk.session.layer.spans[span_id].covered(desk.text) for span_id in rubber.targets}
    assert lit == {"Graz"}
    assert rubber.target is not None
    assert pointer(desk) == Qt.CursorShape.ClosedHandCursor
    drop(desk, desk.rect("Vienna").center())


def test_a_label_that_the_schema_does_not_allow_is_refused_in_words(desk: Desk) -> None:
    to = desk.rect("Monday").center()
    pull(desk, "tail", to)
    assert pointer(desk) == Qt.CursorShape.ForbiddenCursor
    drop(desk, to)
    assert "lives in cannot go from PERSON to DAY" in desk.words_on_screen()
    assert desk.relations() == {("Ana", "lives_in", "Vienna")}


def test_an_end_that_is_dropped_on_no_label_or_put_back_changes_nothing(desk: Desk) -> None:
    for words, said in (("way of", "There is no label here"), ("Vienna", "")):
        to = desk.rect(words).center()
        pull(desk, "tail", to)
        drop(desk, to)
        assert said in desk.words_on_screen()
        assert desk.relations() == {("Ana", "lives_in", "Vienna")}


def test_escape_lets_a_dragged_end_go(desk: Desk) -> None:
    to = desk.rect("Graz").center()
    pull(desk, "tail", to)
    desk.press("Escape")
    assert desk.canvas._overlay.rubber is None
    drop(desk, to)
    assert desk.relations() == {("Ana", "lives_in", "Vienna")}
    assert desk.focused_words == "lives_in"


def test_escape_lets_a_dragged_edge_of_a_label_go(desk: Desk) -> None:
    desk.click_on("Graz")
    rect, viewport = desk.rect("Graz"), desk.canvas.viewport()
    QTest.mousePress(viewport, LEFT, NONE, QPoint(rect.right() + 1, rect.center().y()))
    QTest.mouseMove(viewport, desk.rect("Linz").center())
    desk.settle()
    desk.press("Escape")
    drop(desk, desk.rect("Linz").center())
    assert desk.label_of("Graz") == "CITY"


def drag_tail_to_paris(desk: Desk) -> None:
    """Over the edge of the view, which scrolls on."""
    bar, viewport = desk.canvas.verticalScrollBar(), desk.canvas.viewport()
    edge = QPoint(desk.rect("Graz").center().x(), viewport.height() - 2)
    pull(desk, "tail", edge)
    desk.until(lambda: bar.value() == bar.maximum())
    to = desk.rect("Paris").center()
    QTest.mouseMove(viewport, to)
    desk.settle()
    drop(desk, to)
    assert desk.relations() == {("Ana", "lives_in", "Paris")}


def test_an_end_goes_to_a_label_that_was_out_of_view(desk: Desk) -> None:
    drag_tail_to_paris(desk)
    assert desk.focused_words == "lives_in"


def test_a_click_on_the_words_of_a_far_end_goes_there(desk: Desk) -> None:
    drag_tail_to_paris(desk)
    desk.press("Escape", "Ctrl+Home")
    assert desk.canvas.page is not None
    (rail,) = desk.canvas.page.rails(desk.canvas.page.shown()).rails
    assert rail.far is not None
    assert rail.far.words == "Paris"
    QTest.mouseClick(desk.canvas.viewport(), LEFT, NONE, rail.far.box.center().toPoint())
    desk.settle()
    assert desk.focused_words == "Paris"
    assert desk.canvas.is_in_view(desk.place("Paris"), desk.place("Paris") + 5)


def test_an_end_out_of_view_is_dragged_by_the_tip_of_its_rail(desk: Desk) -> None:
    drag_tail_to_paris(desk)
    desk.press("Escape", "Ctrl+Home")
    assert desk.canvas.page is not None
    (rail,) = desk.canvas.page.rails(desk.canvas.page.shown()).rails
    QTest.mouseClick(desk.canvas.viewport(), LEFT, NONE, QPoint(round(rail.x), round(rail.top + rail.bottom) // 2))
    desk.settle()
    assert desk.focused_words == "lives_in"
    to = desk.rect("Graz").center()
    pull(desk, "tail", to)
    drop(desk, to)
    assert desk.relations() == {("Ana", "lives_in", "Graz")}


def test_without_the_right_to_write_no_end_can_be_taken(desk: Desk) -> None:
    desk.canvas.is_editable = False
    to = desk.rect("Graz").center()
    pull(desk, "tail", to)
    drop(desk, to)
    assert desk.relations() == {("Ana", "lives_in", "Vienna")}
