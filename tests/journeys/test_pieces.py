"""Discontinuous spans: pieces of text added to a label and taken away, by keys and by mouse."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from driving import Desk

ALT = Qt.KeyboardModifier.AltModifier


def pieces(desk: Desk, label: str = "EVENT") -> list[str]:
    """The words of the pieces of the only span with this label, as the file has them."""
    [span] = [span for span in desk.saved_layer().spans.values() if span.label == label]
    return [desk.text[start:end] for start, end in span.fragments]


def label_by_mouse(desk: Desk, words: str) -> None:
    desk.drag_over(words)
    desk.press("6")


def test_g_adds_the_selected_words_to_the_label_that_was_focused_last(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.press("Escape", "Right", "Right", "Shift+Right", "G")
    assert pieces(desk) == ["boosting", "coordination"]
    assert desk.focused_words
    desk.press("Ctrl+Z")
    assert pieces(desk) == ["boosting"]


def test_alt_and_a_drag_add_a_piece_to_the_focused_label(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    assert pieces(desk) == ["boosting", "coordination"]
    assert not desk.window.palette_popup.isVisible()


def test_text_that_the_label_covers_already_is_refused_in_words(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("oost", modifiers=ALT)
    assert pieces(desk) == ["boosting"]
    assert "covers a part of this already" in desk.words_on_screen()


def test_shift_g_takes_the_piece_that_was_clicked_from_its_label(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    desk.click_on("coordination")
    desk.press("Shift+G")
    assert pieces(desk) == ["boosting"]
    desk.press("Shift+G")
    assert "at least one piece" in desk.words_on_screen()


def test_the_menu_takes_the_piece_that_it_was_opened_on_from_its_label(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    viewport, place = desk.canvas.viewport(), desk.rect("boosting").center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    desk.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().startswith("Take this piece")).trigger()
    menu.close()
    desk.until(lambda: pieces(desk) == ["coordination"])


def test_without_selected_text_there_is_nothing_to_add(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.press("G")
    assert "First select the text to add" in desk.words_on_screen()


def test_a_suggestion_with_another_piece_is_corrected(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.drag_over("boosting", modifiers=ALT)
    assert len(pieces(desk, "GPE")) == 2
    [decision] = desk.saved_layer().decisions.values()
    assert decision.answer == "corrected"


def test_the_last_edge_of_a_label_in_pieces_follows_the_mouse(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    rect, target = desk.rect("coordination"), desk.rect("coordination, closer")
    desk.drag(QPoint(rect.right() + 1, rect.bottom()), QPoint(target.right() - 5, target.center().y()))
    assert pieces(desk) == ["boosting", "coordination, closer"]


def test_the_pieces_of_a_label_are_tied_on_the_page(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    page = desk.canvas.page
    assert page is not None
    ties = [tie for block, _ in page.shown() for line in block.lines for tie in line.ties]
    assert {tie.span_id for tie in ties} == {desk.session.focus}
    assert sum(tie.stretch[1] - tie.stretch[0] for tie in ties) > 30


def test_the_file_of_a_label_in_pieces_opens_again(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination", modifiers=ALT)
    desk.saved_layer()
    desk.restart()
    assert pieces(desk) == ["boosting", "coordination"]


def test_after_a_selection_by_mouse_g_adds_it_to_the_label_that_was_focused_last(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination")
    assert desk.window.palette_popup.isVisible()
    desk.press("G")
    assert pieces(desk) == ["boosting", "coordination"]
    assert not desk.window.palette_popup.isVisible()
    assert desk.canvas.hasFocus()


def test_the_last_row_of_the_palette_says_to_which_label_the_selection_can_be_added(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination")
    desk.press("Up")
    assert desk.window.palette_popup.rows.accessibleName() == "Add to “boosting”"
    desk.press("Return")
    assert pieces(desk) == ["boosting", "coordination"]


def test_what_a_label_covers_already_is_not_offered_to_be_added(desk: Desk) -> None:
    label_by_mouse(desk, "boosting strategic")
    desk.drag_over("strategic")
    desk.press("Up")
    assert "Add to" not in desk.window.palette_popup.rows.accessibleName()
    desk.press("G")
    assert desk.window.palette_popup.field.text() == "g"


def test_once_something_is_typed_letters_only_filter(desk: Desk) -> None:
    label_by_mouse(desk, "boosting")
    desk.drag_over("coordination")
    desk.type("or")
    desk.press("G")
    assert desk.window.palette_popup.field.text() == "org"
    assert pieces(desk) == ["boosting"]
