"""Finishing a document: what speaks against it is said once, and the next document follows by the chosen order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Relation, Span
from annotator.store import Project
from driving import Desk, sit_down

TEXTS = {
    "1-trip.txt": "Ana met Bo in Vienna on Monday.\n",
    "2-plan.txt": "Cem stayed in Oslo.\n",
    "3-fair.txt": "Dora came to Lima.\n",
}
LABELS = {"Ana": "PERSON", "Bo": "PERSON", "Vienna": "GPE", "Monday": "DATE", "Cem": "PERSON", "Oslo": "GPE"}
SCORES = {"Ana": 0.9, "Bo": 0.3, "Vienna": 0.8, "Monday": 0.4, "Cem": 0.7, "Dora": 0.2}


def suggested(text: str) -> list[Span | Relation]:
    spans = []
    for words, score in SCORES.items():
        if (start := text.find(words)) != -1:
            label = LABELS.get(words, "PERSON")
            spans.append(
                Span(
                    f"s-{words}",
                    label,
                    ((start, start + len(words)),),
                    origin="model:m-1",
                    confirmed="none",
                    score=score,
                )
            )
    return [*spans]


@pytest.fixture
def trips(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Three short documents with sure and unsure suggestions."""
    file = tmp_path / "trips.annot"
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    create_project(file, load_schema("news"), [tmp_path / name for name in TEXTS], current_identity())
    with Project.open(file) as project:
        model = project.ensure_author("model", "m-1")
        for row in project.documents():
            project.save_suggestions(row.document.id, model, suggested(project.text(row.document.id)))
    with sit_down(qtbot, file) as desk:
        yield desk


def title(desk: Desk) -> str:
    assert desk.session.document is not None
    return desk.session.document.name


def test_accepting_all_leaves_open_what_is_unsure_and_was_not_looked_at(trips: Desk) -> None:
    trips.press("Ctrl+Shift+A")
    assert trips.label_of("Ana") == "PERSON"
    assert trips.label_of("Vienna") == "GPE"
    assert {span.covered(trips.text) for span in trips.session.pending.spans.values()} == {"Bo", "Monday"}
    assert "2 unsure suggestions are left open" in trips.words_on_screen()


def test_what_was_in_focus_is_accepted_with_the_rest(trips: Desk) -> None:
    trips.press("Tab", "Tab", "Ctrl+Shift+A")
    assert trips.focused_words == "Monday"
    assert trips.label_of("Bo") == "PERSON"
    assert trips.session.layer.spans.keys()
    assert [span.covered(trips.text) for span in trips.session.pending.spans.values()] == ["Monday"]


def test_only_unsure_suggestions_are_not_accepted_together_at_all(trips: Desk) -> None:
    trips.press("Ctrl+Shift+A", "Escape")
    trips.session.looked_at.clear()
    trips.press("Ctrl+Shift+A")
    assert len(trips.session.pending) == 2
    assert "look at each" in trips.words_on_screen()


def test_what_speaks_against_finishing_is_shown_and_return_goes_there(trips: Desk) -> None:
    trips.press("Ctrl+Return")
    assert trips.window.findings.isVisible()
    assert "3 things to look at" in trips.words_on_screen(trips.window.findings)
    trips.press("Return")
    assert not trips.window.findings.isVisible()
    assert trips.focused_words == "Bo"
    assert trips.canvas.hasFocus()
    assert trips.session.layer.status == "open"


def test_the_second_finding_is_reached_by_an_arrow(trips: Desk) -> None:
    trips.press("Ctrl+Return", "Down", "Return")
    assert trips.focused_words == "Monday"


def test_return_on_what_is_only_counted_goes_to_the_first_open_suggestion(trips: Desk) -> None:
    trips.press("Ctrl+Return", "Up", "Return")
    assert trips.focused_words == "Ana"
    assert not trips.window.findings.isVisible()


def test_escape_goes_back_to_the_text(trips: Desk) -> None:
    trips.press("Ctrl+Return", "Escape")
    assert not trips.window.findings.isVisible()
    assert trips.canvas.hasFocus()
    assert title(trips) == "1-trip"


def test_pressing_the_key_again_finishes_all_the_same(trips: Desk) -> None:
    trips.press("Ctrl+Return", "Ctrl+Return")
    assert title(trips) == "2-plan"
    assert not trips.window.findings.isVisible()
    trips.press("Ctrl+PgUp")
    assert trips.saved_layer().status == "done"


def test_what_was_said_once_is_not_said_again(trips: Desk) -> None:
    trips.press("Ctrl+Return", "Escape", "Ctrl+Return")
    assert title(trips) == "2-plan"


def test_a_accepts_what_is_sure_and_finishes(trips: Desk) -> None:
    trips.press("Ctrl+Return")
    assert trips.button("sure ones").accessibleName() == "Accept 2 sure ones, then finish"
    trips.press("A")
    assert title(trips) == "2-plan"
    trips.press("Ctrl+PgUp")
    assert {span.covered(trips.text) for span in trips.saved_layer().spans.values()} == {"Ana", "Vienna"}


def test_a_document_in_order_is_finished_at_once(trips: Desk) -> None:
    trips.press(*["Tab"], *["Space"] * 4)
    assert not trips.session.pending
    trips.press("Ctrl+Return")
    assert title(trips) == "2-plan"


def test_a_label_that_stands_against_the_others_is_said_before_finishing(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A")
    desk.click_on("Beijing", 1)
    desk.press("2")
    desk.press("Ctrl+Return")
    [finding] = desk.window.findings.found
    assert finding.kind == "contradiction"
    desk.press("Return")
    assert desk.focused_words == "Beijing"
    desk.press("3", "Ctrl+Return")
    assert title(desk) == "summit"


def choose(desk: Desk, name: str) -> None:
    desk.window.carry_out(name)


@pytest.mark.parametrize(
    ("order", "follows"),
    [("list", "2-plan"), ("certainty", "3-fair"), ("learning", "3-fair"), ("waiting", "2-plan")],
)
def test_the_next_document_follows_by_the_chosen_order(trips: Desk, order: str, follows: str) -> None:
    choose(trips, f"document.next-by-{order}")
    trips.press("Ctrl+Return", "Ctrl+Return")
    assert title(trips) == follows


def test_the_order_is_remembered(trips: Desk) -> None:
    choose(trips, "document.next-by-certainty")
    trips.press("O")
    trips.restart()
    assert trips.session.next_by == "certainty"
    assert trips.session.order == "certainty"


def test_tab_goes_through_the_least_certain_first(trips: Desk) -> None:
    trips.press("O", "Tab")
    assert trips.focused_words == "Bo"
    trips.press("Tab")
    assert trips.focused_words == "Monday"
    trips.press("Space")
    assert trips.focused_words == "Vienna"
    trips.press("X")
    assert trips.focused_words == "Ana"
    trips.press("Tab")
    assert trips.focused_words == "Bo"
    trips.press("Shift+Tab")
    assert trips.focused_words == "Ana"
    trips.press("O", "Escape", "Tab")
    assert trips.focused_words == "Bo"
