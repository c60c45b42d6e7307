"""The other end of a relation, found by its words when it is not on screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, RelationType, Schema
from driving import Desk, sit_down

SCHEMA = Schema(
    "lives",
    (Label("PERSON", "Person", "1"), Label("CITY", "City", "2")),
    (RelationType("lives_in", "lives in", "q", ("PERSON",), ("CITY",)),),
)
TEXT = "Ana came home." + "\n\nNothing happened for a long time." * 80 + "\n\nShe lived in Vienna, not in Graz.\n"


@pytest.fixture
def far(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A person at the beginning, two cities far below; the person is focused."""
    text = tmp_path / "ana.txt"
    text.write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "far.annot", SCHEMA, [text], current_identity())
    with sit_down(qtbot, tmp_path / "far.annot") as desk:
        desk.press("Ctrl+End")
        for words in ("Vienna", "Graz"):
            desk.drag_over(words)
            desk.press("2")
        desk.press("Escape", "Ctrl+Home")
        desk.drag_over("Ana")
        desk.press("1")
        assert desk.focused_words == "Ana"
        yield desk


def test_a_slash_finds_ends_out_of_sight_and_return_draws_the_relation(far: Desk) -> None:
    far.press("R", "/")
    assert far.window.end_finder.isVisible()
    far.type("gra")
    far.press("Return")
    assert far.relations() == {("Ana", "lives_in", "Graz")}
    assert far.canvas.hasFocus()
    assert len(far.saved_layer().relations) == 1


def test_the_nearest_end_comes_first(far: Desk) -> None:
    far.press("R", "/", "Return")
    assert far.relations() == {("Ana", "lives_in", "Vienna")}


def test_arrows_choose_another_one(far: Desk) -> None:
    far.press("R", "/", "Down", "Return")
    assert far.relations() == {("Ana", "lives_in", "Graz")}


def test_escape_draws_nothing(far: Desk) -> None:
    far.press("R", "/", "Escape")
    assert not far.window.end_finder.isVisible()
    assert far.session.relating is None
    assert far.canvas.hasFocus()
    assert far.relations() == set()


def test_what_nobody_has_written_finds_nothing_and_return_waits(far: Desk) -> None:
    far.press("R", "/")
    far.type("Paris")
    far.press("Return")
    assert far.window.end_finder.isVisible()
    assert far.relations() == set()


def test_a_relation_gets_another_end_far_away(far: Desk) -> None:
    far.press("R", "/", "Return")
    assert far.focused_words == "lives_in"
    far.press("Shift+T", "/")
    far.type("graz")
    far.press("Return")
    assert far.relations() == {("Ana", "lives_in", "Graz")}


def test_without_a_possible_end_the_refusal_says_so(far: Desk) -> None:
    far.press("Ctrl+End")
    for words in ("Vienna", "Graz"):
        far.click_on(words)
        far.press("X")
    far.press("Ctrl+Home")
    far.click_on("Ana")
    far.press("R")
    assert far.session.relating is None
    assert "No label of this document" in far.words_on_screen()
