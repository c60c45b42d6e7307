"""Drawing relations: R and a letter, or from span to span with the mouse; only what the schema allows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, RelationType, Schema
from driving import Desk, sit_down

STRICT = Schema(
    "strict",
    (Label("PERSON", "Person", "1"), Label("CITY", "City", "2"), Label("DAY", "Day", "3")),
    (RelationType("lives_in", "lives in", "q", ("PERSON",), ("CITY",)),),
)


@pytest.fixture
def strict(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A person, a city and a day are labelled; only a person lives in a city."""
    text = tmp_path / "ana.txt"
    text.write_text("On Monday Ana came home to Vienna.\n", encoding="utf-8")
    create_project(tmp_path / "strict.annot", STRICT, [text], current_identity())
    with sit_down(qtbot, tmp_path / "strict.annot") as desk:
        for words, key in (("Monday", "3"), ("Ana", "1"), ("Vienna", "2")):
            desk.drag_over(words)
            desk.press(key)
        yield desk


def hint_for(desk: Desk, words: str, nth: int = 0) -> str:
    state = desk.session.relating
    assert state is not None
    start = desk.place(words, nth)
    return next(hint for key, hint in state.hints.items() if getattr(desk.session.find(key), "start", -1) == start)


def accept(desk: Desk, words: str) -> None:
    desk.click_on(words)
    desk.press("Space")


def test_r_and_a_letter_join_two_labels_when_only_one_relation_is_allowed(strict: Desk) -> None:
    strict.click_on("Ana")
    strict.press("R")
    assert "type the letter" in strict.words_on_screen()
    strict.type(hint_for(strict, "Vienna"))
    assert strict.relations() == {("Ana", "lives_in", "Vienna")}
    assert len(strict.saved_layer().relations) == 1


def test_the_direction_follows_the_schema_whichever_end_comes_first(strict: Desk) -> None:
    strict.click_on("Vienna")
    strict.press("R")
    strict.type(hint_for(strict, "Ana"))
    assert strict.relations() == {("Ana", "lives_in", "Vienna")}


def test_several_allowed_relations_are_offered_and_one_key_chooses(desk: Desk) -> None:
    accept(desk, "Xi Jinping")
    accept(desk, "Vladimir Putin")
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Vladimir Putin"))
    assert desk.window.chooser.isVisible()
    assert not desk.session.layer.relations
    desk.press("Y")
    assert not desk.window.chooser.isVisible()
    assert desk.relations() == {("Xi Jinping", "same_as", "Vladimir Putin")}


def test_while_a_relation_is_chosen_only_keys_that_serve_are_named(desk: Desk) -> None:
    accept(desk, "Vladimir Putin")
    accept(desk, "Xi Jinping")
    desk.click_on("Vladimir Putin")
    desk.press("R")
    assert "find" in desk.words_on_screen(desk.window.status)
    desk.type(hint_for(desk, "Xi Jinping"))
    assert desk.window.chooser.isVisible()
    assert "find" not in desk.words_on_screen(desk.window.status).splitlines()


def test_arrows_and_return_choose_among_relations(desk: Desk) -> None:
    accept(desk, "Xi Jinping")
    accept(desk, "Vladimir Putin")
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Vladimir Putin"))
    desk.press("Down", "Down", "Return")
    assert desk.relations() == {("Xi Jinping", "speaks_to", "Vladimir Putin")}


def test_ends_that_are_still_suggestions_are_accepted_with_the_relation(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Beijing"))
    desk.press("E")
    assert desk.label_of("Xi Jinping") == "PERSON"
    assert desk.relations() == {("Xi Jinping", "located_in", "Beijing")}
    desk.press("Ctrl+Z")
    assert not desk.saved_layer().spans


def test_letters_stand_only_on_ends_that_the_schema_allows(strict: Desk) -> None:
    strict.click_on("Ana")
    strict.press("R")
    assert strict.session.relating is not None
    assert len(strict.session.relating.hints) == 1


def test_where_no_end_is_possible_the_status_bar_says_so(strict: Desk) -> None:
    strict.click_on("Monday")
    strict.press("R")
    assert strict.session.relating is None
    assert "can be the other end" in strict.words_on_screen()


def test_escape_leaves_a_relation_in_the_making(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("R", "Escape")
    assert desk.session.relating is None
    assert desk.focused_words == "Xi Jinping"
    desk.press("X")
    assert "Xi Jinping" not in desk.focused_words


def test_dragging_from_span_to_span_draws_a_relation(strict: Desk) -> None:
    strict.drag(strict.rect("Ana").center(), strict.rect("Vienna").center())
    assert strict.relations() == {("Ana", "lives_in", "Vienna")}


def test_a_drag_that_the_schema_forbids_is_refused_in_words(strict: Desk) -> None:
    strict.drag(strict.rect("Monday").center(), strict.rect("Vienna").center())
    assert not strict.session.layer.relations
    assert "DAY" in strict.words_on_screen()


def test_a_relation_is_followed_from_the_inspector_and_deleted(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Beijing"))
    desk.press("E")
    desk.click_on("Beijing")
    desk.click(next(row for row in desk.window.inspector._rows if "located in" in row.accessibleName()))
    assert desk.focused_words == "located_in"
    desk.press("X")
    assert desk.relations() == set()
    assert desk.label_of("Xi Jinping") == "PERSON"


def test_a_digit_changes_the_label_of_a_focused_relation(desk: Desk) -> None:
    accept(desk, "Xi Jinping")
    accept(desk, "Vladimir Putin")
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Vladimir Putin"))
    desk.press("Q")
    assert desk.relations() == {("Xi Jinping", "meets", "Vladimir Putin")}
    desk.press("2")
    assert desk.relations() == {("Xi Jinping", "same_as", "Vladimir Putin")}


def test_the_key_of_a_relation_label_changes_the_focused_relation(desk: Desk) -> None:
    desk.press("Tab", "Space", "Space")
    assert desk.focused_words == "partner_of"
    desk.press("Y")
    assert desk.relations() == {("China", "same_as", "Russia")}
    desk.press("Ctrl+Z", "R")
    assert desk.relations() == {("China", "partner_of", "Russia")}
    decisions = desk.saved_layer().decisions.values()
    assert [decision.answer for decision in decisions] == ["accepted"] * 3


def relate_xi_with_beijing(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Beijing"))
    desk.press("E")
    assert desk.relations() == {("Xi Jinping", "located_in", "Beijing")}
    assert desk.focused_words == "located_in"


def test_a_relation_is_reversed_by_a_key_when_the_schema_allows_it(desk: Desk) -> None:
    desk.press("Tab", "Space", "Space", "Shift+R")
    assert "partner of has no direction" in desk.words_on_screen()
    relate_xi_with_beijing(desk)
    desk.press("Shift+R")
    assert "cannot go from GPE to PERSON" in desk.words_on_screen()


def test_a_relation_between_two_labels_of_a_kind_is_reversed_and_undone(desk: Desk) -> None:
    accept(desk, "Xi Jinping")
    accept(desk, "Vladimir Putin")
    desk.click_on("Xi Jinping")
    desk.press("R")
    desk.type(hint_for(desk, "Vladimir Putin"))
    desk.press("Down", "Down", "Return")
    assert desk.relations() == {("Xi Jinping", "speaks_to", "Vladimir Putin")}
    desk.press("Shift+R")
    assert desk.relations() == {("Vladimir Putin", "speaks_to", "Xi Jinping")}
    desk.press("Ctrl+Z")
    assert desk.relations() == {("Xi Jinping", "speaks_to", "Vladimir Putin")}


def test_the_tail_of_a_relation_goes_to_the_span_whose_letter_is_typed(desk: Desk) -> None:
    relate_xi_with_beijing(desk)
    desk.press("Shift+T")
    assert "letter of the new tail" in desk.words_on_screen()
    desk.type(hint_for(desk, "Moscow"))
    assert desk.relations() == {("Xi Jinping", "located_in", "Moscow")}
    assert desk.label_of("Moscow") == "GPE"
    assert desk.focused_words == "located_in"
    desk.press("Ctrl+Z")
    assert desk.relations() == {("Xi Jinping", "located_in", "Beijing")}
    assert desk.label_of("Moscow") is None
    assert len(desk.saved_layer().relations) == 1


def test_the_head_of_a_relation_goes_to_the_span_that_is_clicked(desk: Desk) -> None:
    relate_xi_with_beijing(desk)
    desk.press("Shift+H")
    desk.click_on("Vladimir Putin")
    assert desk.relations() == {("Vladimir Putin", "located_in", "Beijing")}
    assert len(desk.saved_layer().relations) == 1


def test_escape_leaves_the_ends_of_a_relation_as_they_are(desk: Desk) -> None:
    relate_xi_with_beijing(desk)
    desk.press("Shift+T", "Escape")
    assert desk.session.relating is None
    assert desk.relations() == {("Xi Jinping", "located_in", "Beijing")}


def test_the_key_of_a_relation_label_that_the_ends_forbid_is_refused_in_words(desk: Desk) -> None:
    desk.press("Tab", "Space", "Space", "Q")
    assert desk.relations() == set()
    assert "meets cannot go from GPE to GPE" in desk.words_on_screen()


def test_arrows_on_a_relation_change_nothing_and_keep_it_in_focus(desk: Desk) -> None:
    desk.press("Tab", "Space", "Space", "Shift+Right")
    assert "no boundary to move" in desk.words_on_screen()
    assert desk.session.selection is None
    assert desk.focused_words == "partner_of"
    desk.press("Space")
    assert desk.relations() == {("China", "partner_of", "Russia")}


TWO_RELATIONS = Schema(
    "towns",
    (Label("PERSON", "Person", "1"), Label("CITY", "City", "2")),
    (
        RelationType("lives_in", "lives in", "q", ("PERSON",), ("CITY",)),
        RelationType("left", "left", "w", ("PERSON",), ("CITY",)),
    ),
)


def test_the_relation_that_is_usual_in_finished_documents_comes_first_in_others(qtbot: QtBot, tmp_path: Path) -> None:
    for name, words in (("a.txt", "Ana went away from Vienna.\n"), ("b.txt", "Soon Bo went away from Oslo.\n")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    create_project(tmp_path / "towns.annot", TWO_RELATIONS, texts, current_identity())
    with sit_down(qtbot, tmp_path / "towns.annot") as desk:

        def relate(person: str, city: str) -> list[str]:
            for words, key in ((person, "1"), (city, "2")):
                desk.drag_over(words)
                desk.press(key)
            desk.click_on(person)
            desk.press("R")
            desk.type(hint_for(desk, city))
            assert desk.session.relating is not None
            return [choice.kind.name for choice in desk.session.relating.choices]

        assert relate("Ana", "Vienna") == ["lives_in", "left"], "nothing is known yet: as the schema has it"
        desk.press("W", "Ctrl+Return")
        desk.until(lambda: desk.text.startswith("Soon"))
        desk.until(lambda: desk.session.sweep.relations_elsewhere)
        assert relate("Bo", "Oslo") == ["left", "lives_in"]
        desk.press("Return")
        assert desk.relations() == {("Bo", "left", "Oslo")}
