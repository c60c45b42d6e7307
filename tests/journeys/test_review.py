"""Reviewing suggestions by keyboard: one key for each decision."""

from driving import Desk


def test_tab_goes_to_the_first_suggestion_and_space_accepts_it_and_goes_on(desk: Desk) -> None:
    desk.press("Tab")
    assert desk.focused_words == "China"
    assert "Press Tab" not in desk.words_on_screen(desk.window.inspector)
    desk.press("Space")
    assert desk.label_of("China") == "GPE"
    assert desk.focused_words == "Russia"
    desk.press("Return")
    assert desk.label_of("Russia") == "GPE"
    assert {span.confirmed for span in desk.saved_layer().spans.values()} == {"single"}


def test_x_rejects_a_suggestion_and_it_stays_away(desk: Desk) -> None:
    desk.press("Tab", "X")
    assert desk.label_of("China") is None
    assert desk.focused_words == "Russia"
    desk.restart()
    desk.press("Tab")
    assert desk.focused_words == "Russia"


def test_a_digit_corrects_the_label_of_a_suggestion(desk: Desk) -> None:
    desk.press("Tab", "2")
    assert desk.label_of("China") == "ORG"
    [decision] = desk.saved_layer().decisions.values()
    assert (decision.answer, decision.label) == ("corrected", "GPE")


def test_a_digit_relabels_what_was_decided(desk: Desk) -> None:
    desk.press("Tab", "Space", "K", "5")
    assert desk.label_of("China") == "TITLE"


def test_shift_and_arrow_move_the_end_of_a_suggestion_by_a_token(desk: Desk) -> None:
    desk.click_on("Vladimir Putin")
    desk.press("Shift+Right")
    assert desk.label_of("Vladimir Putin via") == "PERSON"
    desk.press("Shift+Left", "Alt+Right")
    assert desk.label_of("Putin", 1) == "PERSON"


def test_a_boundary_moves_by_a_character_with_ctrl(desk: Desk) -> None:
    desk.click_on("Friday")
    desk.press("Ctrl+Shift+Left")
    assert desk.label_of("Frida") == "DATE"


def test_the_counts_follow_every_decision(desk: Desk) -> None:
    def left() -> int:
        return len(desk.session.pending)

    at_first = left()
    assert f"{at_first} suggestions left" in desk.words_on_screen()
    desk.press("Tab", "Space", "X")
    assert left() < at_first
    assert f"{left()} suggestions left" in desk.words_on_screen()
    assert f"Accept {left()} suggestions" in desk.words_on_screen()


def test_all_that_is_left_is_accepted_in_bulk_and_taken_back_in_one_step(desk: Desk) -> None:
    everything = len(desk.session.pending)
    desk.click(desk.button("Accept"))
    assert not desk.session.pending
    saved = desk.saved_layer()
    assert len(saved.spans) + len(saved.relations) == everything
    assert {span.confirmed for span in saved.spans.values()} == {"bulk"}
    desk.press("Ctrl+Z")
    assert len(desk.session.pending) == everything
    assert not desk.saved_layer().spans
