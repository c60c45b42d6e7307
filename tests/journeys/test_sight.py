"""Nothing jumps: the mouse never scrolls what it points at, and no key acts on what cannot be seen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model.text import tokens
from driving import LEFT, Desk, make_project, sit_down


def lowest_words(desk: Desk) -> QRect:
    """Where a pair of unlabelled words stands in the lowest whole line of the view."""
    labelled = [(span.start, span.end) for span in desk.session.pending.spans.values()]
    height = desk.canvas.viewport().height()
    for (start, _), (_, end) in zip(*[iter(tokens(desk.text))] * 2, strict=False):
        rect = desk.canvas.range_rect(start, end)
        is_free = not any(low < end and start < high for low, high in labelled)
        if rect is not None and is_free and rect.height() < 40 and height - 90 < rect.bottom() < height - 10:
            return rect
    pytest.fail("no words at the lower edge")


def scrolled(desk: Desk) -> int:
    return desk.canvas.verticalScrollBar().value()


def test_a_click_at_the_lower_edge_leaves_the_page_where_it_is(desk: Desk) -> None:
    desk.press("PgDown")
    before = scrolled(desk)
    QTest.mouseClick(desk.canvas.viewport(), LEFT, pos=lowest_words(desk).center())
    desk.settle()
    assert desk.session.caret > 0
    assert scrolled(desk) == before


@pytest.mark.parametrize("armed", [False, True])
def test_selecting_and_labelling_at_the_lower_edge_leave_the_page_where_it_is(desk: Desk, armed: bool) -> None:
    desk.press("PgDown")
    before = scrolled(desk)
    rect = lowest_words(desk)
    desk.press(*["6"] * armed)
    desk.drag(QPoint(rect.left() + 3, rect.center().y()), QPoint(rect.right() - 3, rect.center().y()))
    desk.press(*["6"] * (not armed))
    assert [span.label for span in desk.saved_layer().spans.values()] == ["EVENT"]
    assert scrolled(desk) == before


def test_tab_goes_on_from_where_one_has_clicked(desk: Desk) -> None:
    desk.press("Tab", "Tab")
    desk.click_on("strategic coordination", 1)
    desk.press("Tab")
    assert desk.session.focused is not None
    first_below = min(
        span.start for span in desk.session.pending.spans.values() if span.start > desk.place("strategic", 1)
    )
    assert desk.session.focused.start == first_below


def test_after_a_relation_was_drawn_tab_goes_on_at_its_first_end(desk: Desk) -> None:
    desk.press("Tab")
    desk.drag(desk.rect("China").center(), desk.rect("Beijing").center())
    desk.press("Return")
    assert desk.relations()
    desk.press("Tab")
    assert desk.focused_words == "Russia"


@pytest.mark.parametrize("key", ["Space", "X", "2", "Shift+Right", "R"])
def test_a_key_on_what_is_out_of_sight_first_shows_it(desk: Desk, key: str) -> None:
    desk.press("Tab", "PgDown", "PgDown")
    before = scrolled(desk)
    assert before > 0
    desk.press(key)
    assert len(desk.session.layer) == 0
    assert desk.session.relating is None
    assert scrolled(desk) < before
    assert "out of sight" in desk.words_on_screen()
    assert desk.focused_words == "China"
    desk.press("Space")
    assert desk.label_of("China") == "GPE"


def test_a_selection_out_of_sight_is_shown_before_it_is_labelled(desk: Desk) -> None:
    desk.press("Right", "Right", "Shift+Right", "PgDown", "PgDown", "6")
    assert not desk.session.layer.spans
    assert desk.canvas.is_in_view(*desk.session.selection)
    desk.press("6")
    assert [span.label for span in desk.saved_layer().spans.values()] == ["EVENT"]


def test_what_appears_above_the_first_line_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot", suggestions=False)
    with sit_down(qtbot, file) as desk:
        for words in ("China", "Russia"):
            desk.drag_over(words)
            desk.press("3")
        desk.drag(desk.rect("China").center(), desk.rect("Russia").center())
        desk.press("R")
        assert desk.relations() == {("China", "partner_of", "Russia")}
        assert scrolled(desk) == 0


def test_below_the_first_line_the_line_in_focus_stays_where_it_is(desk: Desk) -> None:
    desk.click_on("Vladimir Putin")
    before = desk.rect("Vladimir Putin").top()
    desk.drag(desk.rect("Vladimir Putin").center(), desk.rect("Xi Jinping").center())
    desk.press("U")
    assert len(desk.relations()) == 1
    assert desk.rect("Vladimir Putin").top() == before
