"""By mouse alone, and the finer ways of pointing: characters, edges, armed labels, menus."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.ui.panels.labels_model import EntryRole
from annotator.ui.widgets.choices import ChoiceList
from driving import CTRL, LEFT, NONE, Desk


def choose_label(desk: Desk, title: str) -> None:
    """Click on a label in the panel on the right."""
    view, model = desk.window.labels.view, desk.window.labels.model
    rows = (model.index(number) for number in range(model.rowCount()))
    index = next(row for row in rows if getattr(row.data(EntryRole).kind, "title", "") == title)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    desk.settle()


def ask_menu(desk: Desk, place: QPoint) -> QMenu:
    """Press the right button there; the menu that opens."""
    viewport = desk.canvas.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    desk.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def take(desk: Desk, menu: QMenu, words: str) -> None:
    """Click on an entry of a menu."""
    action = next(action for action in menu.actions() if action.text().partition("\t")[0] == words)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    desk.settle()


def test_a_label_of_the_panel_is_armed_by_a_click_and_given_to_what_is_selected_next(desk: Desk) -> None:
    choose_label(desk, "Event")
    assert desk.session.armed == "EVENT"
    assert "What you select now becomes Event" in desk.words_on_screen(desk.window.inspector)
    desk.drag_over("strategic coordination")
    assert not desk.window.palette_popup.isVisible()
    desk.drag_over("closer partnership")
    assert {span.label for span in desk.saved_layer().spans.values()} == {"EVENT"}
    assert desk.label_of("strategic coordination") == desk.label_of("closer partnership") == "EVENT"


def test_a_label_of_the_panel_corrects_the_focused_suggestion(desk: Desk) -> None:
    desk.click_on("Beijing")
    choose_label(desk, "Organisation")
    assert desk.label_of("Beijing") == "ORG"
    [decision] = desk.saved_layer().decisions.values()
    assert decision.answer == "corrected"


def test_a_label_of_the_palette_is_taken_by_a_click(desk: Desk) -> None:
    desk.drag_over("strategic coordination")
    QTest.mouseClick(desk.window.palette_popup.findChild(ChoiceList), LEFT, pos=QPoint(40, 12))
    desk.settle()
    assert desk.label_of("strategic coordination") == "PERSON"
    assert desk.canvas.hasFocus()


def test_with_ctrl_a_drag_labels_parts_of_words(desk: Desk) -> None:
    desk.drag_over("ordinat", modifiers=CTRL)
    desk.press("6")
    assert desk.label_of("ordinat") == "EVENT"
    assert desk.saved_layer().spans


def test_a_double_click_takes_the_word(desk: Desk) -> None:
    place = desk.rect("boosting").center()
    QTest.mouseClick(desk.canvas.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(desk.canvas.viewport(), LEFT, NONE, place)
    desk.settle()
    assert desk.window.palette_popup.isVisible()
    desk.press("6")
    assert desk.label_of("boosting") == "EVENT"


def test_both_edges_of_a_label_follow_the_mouse_word_by_word(desk: Desk) -> None:
    desk.drag_over("strategic coordination")
    desk.press("6")
    rect = desk.rect("strategic coordination")
    target = desk.rect("boosting")
    desk.drag(QPoint(rect.left() - 1, rect.bottom()), QPoint(target.left() + 5, target.center().y()))
    assert desk.label_of("boosting strategic coordination") == "EVENT"
    rect, target = desk.rect("boosting strategic coordination"), desk.rect("strategic")
    desk.drag(QPoint(rect.right() + 1, rect.bottom()), QPoint(target.right() - 6, target.center().y()))
    assert desk.label_of("boosting strategic") == "EVENT"
    assert len(desk.saved_layer().spans) == 1


def test_the_menu_of_the_right_button_decides_what_it_was_opened_on(desk: Desk) -> None:
    take(desk, ask_menu(desk, desk.rect("Beijing").center()), "Accept the suggestion")
    assert desk.label_of("Beijing") == "GPE"
    take(desk, ask_menu(desk, desk.rect("Beijing").center()), "Organisation")
    assert desk.label_of("Beijing") == "ORG"
    take(desk, ask_menu(desk, desk.rect("Beijing").center()), "Reject or delete")
    assert not desk.saved_layer().spans


def test_a_relation_is_drawn_backwards_when_only_that_is_allowed_or_chosen(desk: Desk) -> None:
    desk.drag(desk.rect("Beijing").center(), desk.rect("Xi Jinping").center())
    assert desk.window.chooser.isVisible()
    desk.press("E")
    assert desk.relations() == {("Xi Jinping", "located_in", "Beijing")}
    assert len(desk.saved_layer().spans) == 2
