"""Copying words, selecting all of a paragraph, and what the status bar says of keys."""

from PySide6.QtWidgets import QApplication

from driving import Desk


def hinted(desk: Desk) -> list[str]:
    return [words.text() for _, words in desk.window.status._hint_pairs]


def test_ctrl_c_copies_the_label_in_focus_or_what_is_selected_and_changes_nothing(desk: Desk) -> None:
    desk.press("Tab", "Ctrl+C")
    assert QApplication.clipboard().text() == "China"
    assert desk.focused_words == "China"
    desk.press("Escape", "Ctrl+Home", "Shift+Right", "Shift+Right", "Shift+Right", "Ctrl+C")
    assert QApplication.clipboard().text() == "China-Russia"
    assert desk.session.selection is not None
    assert not desk.session.layer.spans
    desk.press("Escape", "Ctrl+C")
    assert "nothing to copy" in desk.words_on_screen(desk.window.status)


def test_ctrl_a_selects_the_paragraph_and_then_the_whole_text(desk: Desk) -> None:
    desk.press("Ctrl+Home", "Ctrl+A")
    assert desk.text[slice(*desk.session.selection)] == "China-Russia ties key to global stability"
    desk.press("Ctrl+A")
    assert desk.session.selection == (0, len(desk.text.rstrip()))
    desk.press("Escape")
    assert desk.session.selection is None


def test_on_a_suggestion_the_bar_names_the_keys_of_boundaries_and_on_a_label_those_that_spread_it(desk: Desk) -> None:
    desk.press("Tab")
    assert hinted(desk) == ["accept", "reject", "next", "end", "grow"]
    desk.press("Space", "K")
    assert hinted(desk)[:4] == ["delete", "next", "same mentions", "relation"]


def test_what_was_said_goes_when_the_caret_moves_on(desk: Desk) -> None:
    desk.press("Ctrl+Home", ";")
    assert "No label or suggestion is focused" in desk.words_on_screen(desk.window.status)
    desk.press("Right")
    assert "No label or suggestion is focused" not in desk.words_on_screen(desk.window.status)


def test_of_several_relations_the_one_used_most_between_such_labels_comes_first(desk: Desk) -> None:
    heads = [span for span in desk.session.spans() if span.covered(desk.text) == "Beijing"]
    desk.session.set_focus(heads[1].id)
    desk.press("R")
    tail = next(span for span in desk.session.spans() if span.covered(desk.text) == "Moscow")
    desk.press(*desk.session.relating.hints[tail.id])
    names = [choice.kind.name for choice in desk.session.relating.choices]
    assert names[0] == "located_in"
    desk.press(next(choice.key for choice in desk.session.relating.choices if choice.kind.name == "same_as"))
    desk.session.set_focus(next(span.id for span in desk.session.layer.spans.values()))
    desk.press("R")
    other = next(key for key in desk.session.relating.hints if desk.session.find(key).label == "GPE")
    desk.press(*desk.session.relating.hints[other])
    assert desk.session.relating.choices[0].kind.name == "same_as"
