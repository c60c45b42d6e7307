"""Labelling what no model has found: by keyboard alone, by mouse, with the label first or the selection first."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from driving import Desk

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_words_are_selected_and_labelled_by_keyboard_alone(desk: Desk) -> None:
    desk.press("Ctrl+Home", "Right", "Right")
    caret = desk.session.caret
    desk.press("Shift+Right", "Shift+Right")
    assert desk.session.selection is not None
    start, end = desk.session.selection
    assert start == caret
    desk.press("6")
    [span] = desk.saved_layer().spans.values()
    assert (span.label, span.start, span.end, span.origin, span.confirmed) == ("EVENT", start, end, None, "single")


def test_dragging_over_words_opens_the_palette_and_a_digit_labels_them(desk: Desk) -> None:
    desk.drag_over("boosting strategic")
    assert desk.window.palette_popup.isVisible()
    desk.press("2")
    assert not desk.window.palette_popup.isVisible()
    assert desk.label_of("boosting strategic") == "ORG"
    assert desk.focused_words == "boosting strategic"


def test_a_sloppy_drag_takes_whole_words(desk: Desk) -> None:
    rect = desk.rect("strategic coordination")
    desk.drag(QPoint(rect.left() + 20, rect.center().y()), QPoint(rect.right() - 20, rect.center().y()))
    desk.press("6")
    assert desk.label_of("strategic coordination") == "EVENT"


def test_letters_filter_the_palette_and_return_takes_the_first(desk: Desk) -> None:
    desk.drag_over("strategic coordination")
    desk.type("orga")
    desk.press("Return")
    assert desk.label_of("strategic coordination") == "ORG"


def test_arrows_choose_in_the_palette(desk: Desk) -> None:
    desk.drag_over("strategic coordination")
    desk.press("Down", "Down", "Return")
    assert desk.label_of("strategic coordination") == "GPE"


def test_escape_leaves_the_palette_and_the_text_as_it_was(desk: Desk) -> None:
    desk.drag_over("strategic coordination")
    desk.press("Escape")
    assert not desk.window.palette_popup.isVisible()
    assert desk.session.selection is None
    assert not desk.session.layer.spans
    desk.press("Tab")
    assert desk.focused_words == "President", "the next suggestion after the words that were selected"


def test_a_selection_grows_while_the_palette_is_open(desk: Desk) -> None:
    desk.drag_over("boosting")
    desk.press("Shift+Right", "6")
    assert desk.label_of("boosting strategic") == "EVENT"


def test_return_opens_the_palette_for_a_selection_made_by_keys(desk: Desk) -> None:
    desk.press("Ctrl+Home", "Shift+Right", "Return")
    assert desk.window.palette_popup.isVisible()
    desk.press("4")
    assert [span.label for span in desk.session.layer.spans.values()] == ["NORP"]


def test_an_armed_label_is_given_to_each_selection_until_escape(desk: Desk) -> None:
    desk.press("6")
    assert desk.session.armed == "EVENT"
    desk.drag_over("strategic coordination")
    desk.drag_over("closer partnership")
    assert desk.label_of("strategic coordination") == desk.label_of("closer partnership") == "EVENT"
    desk.press("Escape", "Escape")
    assert desk.session.armed is None
    desk.drag_over("boosting")
    assert desk.label_of("boosting") is None


def test_a_click_never_labels_or_deletes(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.click_on("Beijing")
    desk.click_on("discuss")
    assert len(desk.session.layer) == 0


def test_a_label_is_deleted_with_its_relations_and_comes_back_with_them(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A")
    before = desk.saved_layer()
    desk.click_on("Vladimir Putin")
    touched = len(desk.session.layer.relations_of(desk.session.focus or ""))
    assert touched
    desk.press("Del")
    assert desk.label_of("Vladimir Putin") is None
    assert len(desk.saved_layer().relations) == len(before.relations) - touched
    assert f"{touched} relations went with it; undo brings them back" in desk.words_on_screen()
    desk.press("Ctrl+Z")
    assert desk.saved_layer() == before


def test_the_edge_of_a_focused_label_is_dragged_to_another_word(desk: Desk) -> None:
    desk.click_on("Vladimir Putin")
    desk.press("Space", "K")
    desk.click_on("Vladimir Putin")
    rect = desk.rect("Vladimir Putin")
    target = desk.rect("via video")
    desk.drag(QPoint(rect.right() + 1, rect.bottom()), QPoint(target.right() - 6, target.center().y()))
    assert desk.label_of("Vladimir Putin via video") == "PERSON"


def test_a_note_on_a_label_is_typed_and_kept(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.press("Space", "K")
    desk.click_on("Beijing")
    desk.press("N")
    desk.type("why?")
    desk.press("Return")
    assert [note.value for note in desk.saved_layer().notes.values()] == ["why?"]
    desk.press("X")
    assert not desk.saved_layer().notes


def test_a_note_on_a_suggestion_is_typed_and_enter_accepts_it_with_the_note(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.press("N")
    assert desk.window.inspector.note.hasFocus(), "what is typed now must not run commands"
    desk.type("x flag?")
    desk.press("Return")
    assert desk.label_of("Beijing") == "GPE"
    [note] = desk.saved_layer().notes.values()
    assert note.value == "x flag?"
    assert desk.canvas.hasFocus()
    assert desk.focused_words not in ("", "Beijing"), "one goes on, as after any other decision"


def test_a_note_on_a_suggestion_that_was_left_is_there_again_and_nothing_is_decided(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.press("N")
    desk.type("why?")
    desk.click_on("Vladimir Putin")
    assert not desk.session.layer.spans
    desk.click_on("Beijing")
    assert desk.window.inspector.note.text() == "why?"
    desk.press("N", "Escape")
    assert desk.window.inspector.note.text() == ""
    assert not desk.session.layer.spans


def test_shift_and_down_select_a_line_more_while_the_palette_is_open(desk: Desk) -> None:
    desk.drag_over("underscored")
    desk.press("Shift+Down")
    assert desk.session.selection is not None
    start, end = desk.session.selection
    assert desk.text[start:end].startswith("underscored")
    assert end - start > 60
    desk.press("6")
    assert [span.label for span in desk.saved_layer().spans.values()] == ["EVENT"]


def test_undo_works_while_the_palette_is_open_and_closes_it(desk: Desk) -> None:
    desk.drag_over("boosting")
    desk.press("6")
    desk.drag_over("coordination")
    desk.press("Ctrl+Z")
    assert not desk.saved_layer().spans
    assert desk.label_of("boosting") is None


@pytest.mark.parametrize("words", ["boosting", "need for", "international situation", "Brazil", "China will continue"])
def test_the_palette_covers_neither_the_selected_line_nor_the_one_below(desk: Desk, words: str) -> None:
    desk.canvas.reveal(desk.place(words), desk.place(words) + len(words))
    desk.drag_over(words, modifiers=SHIFT)
    popup, viewport, page = desk.window.palette_popup, desk.canvas.viewport(), desk.canvas.page
    assert popup.isVisible()
    assert page is not None
    rect = page.reading_rect(desk.place(words), desk.place(words) + len(words))
    covered = popup.geometry().intersected(QRect(viewport.mapTo(popup.parentWidget(), rect.topLeft()), rect.size()))
    assert covered.isEmpty()
    assert rect.height() > 1.5 * desk.rect(words).height()


def test_in_the_last_line_shift_and_down_select_to_the_end(desk: Desk) -> None:
    desk.press("Ctrl+End", "Shift+Down", "Shift+Down")
    assert desk.session.selection is not None
    assert desk.session.selection[1] == len(desk.text.rstrip())
