"""Undo and redo: without limit, one step for each act, and still there tomorrow."""

from driving import Desk


def work(desk: Desk) -> int:
    """A morning's edits of every kind; how many there were."""
    desk.press("Tab", "Space", "X", "3")
    desk.click_on("Vladimir Putin")
    desk.press("Shift+Right")
    desk.drag_over("closer partnership")
    desk.press("6")
    desk.click_on("Beijing")
    desk.press("Space")
    return 6


def test_everything_is_undone_and_done_again(desk: Desk) -> None:
    acts = work(desk)
    after = desk.saved_layer()
    desk.press(*["Ctrl+Z"] * acts)
    assert len(desk.saved_layer()) == 0
    desk.press("Ctrl+Z")
    assert "Nothing to undo" in desk.words_on_screen()
    desk.press(*["Ctrl+Shift+Z"] * acts)
    assert desk.saved_layer() == after


def test_undo_still_works_after_a_restart(desk: Desk) -> None:
    acts = work(desk)
    after = desk.saved_layer()
    desk.restart()
    assert desk.session.layer == after
    desk.press(*["Ctrl+Z"] * acts)
    assert len(desk.saved_layer()) == 0
    desk.restart()
    desk.press(*["Ctrl+Shift+Z"] * acts)
    assert desk.saved_layer() == after


def test_undo_shows_what_it_has_changed(desk: Desk) -> None:
    desk.press("Tab", "Space", "Tab", "Tab", "Ctrl+Z")
    assert desk.focused_words == "China"
    assert "Undone: Accept GPE “China”" in desk.words_on_screen()


def test_the_undo_button_does_what_the_key_does(desk: Desk) -> None:
    undo, redo = desk.window.top_bar.undo, desk.window.top_bar.redo
    assert not undo.isEnabled()
    desk.press("Tab", "Space")
    desk.click(undo)
    assert desk.label_of("China") is None
    desk.click(redo)
    assert desk.label_of("China") == "GPE"


def test_an_edit_after_undo_drops_what_was_undone(desk: Desk) -> None:
    desk.press("Tab", "Space", "Ctrl+Z", "X")
    desk.press("Ctrl+Shift+Z")
    assert "Nothing to redo" in desk.words_on_screen()
