"""Same mentions: what is done to one is done to the others, in the document and in the project, and undone in one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, span_suggestion_id
from annotator.store import Project, examine
from annotator.ui.dialogs.mentions import MentionsDialog
from driving import Desk, sit_down

TEXTS = {
    "one.txt": "Oslo talks\n\nOslo and Bergen met in Oslo. The Oslo Group left Oslo’s port; Oslo slept.\n",
    "two.txt": "Another\n\nBergen wrote to Oslo, and Oslo answered.\n",
    "three.txt": "A third\n\nThe oslo of old was not Oslo.\n",
    "four.txt": "A fourth\n\nNothing of that kind here.\n",
    "five.txt": "A fifth\n\nThe Oslo Group again, without its town.\n",
}
SUGGESTED = {
    "one.txt": (("Oslo", 1, "GPE"), ("Oslo", 2, "ORG"), ("Oslo Group", 0, "ORG")),
    "two.txt": (("Oslo", 0, "GPE"), ("Oslo", 1, "GPE")),
    "five.txt": (("Oslo Group", 0, "ORG"),),
}


def place(text: str, words: str, nth: int) -> tuple[tuple[int, int]]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return ((start, start + len(words)),)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    paths = []
    for name, text in TEXTS.items():
        paths.append(tmp_path / name)
        paths[-1].write_text(text, encoding="utf-8")
    create_project(
        tmp_path / "towns.annot", replace(load_schema("news"), overlap="none"), paths, current_identity(), name="Towns"
    )
    with Project.open(tmp_path / "towns.annot") as project:
        machine = project.ensure_author("model", "m-1")
        for name, entries in SUGGESTED.items():
            spans = []
            for words, nth, label in entries:
                fragments = place(TEXTS[name], words, nth)
                identity = span_suggestion_id(label, fragments)
                spans.append(
                    Span(identity, label, fragments, origin="model:m-1", confirmed="none", score=0.8 - nth / 10)
                )
            project.save_suggestions(project.find_document(name.removesuffix(".txt")).id, machine, spans)
    return tmp_path / "towns.annot"


@pytest.fixture
def desk(qtbot: QtBot, file: Path, qapp: QApplication) -> Iterator[Desk]:
    with sit_down(qtbot, file) as desk:
        yield desk
    assert examine(file) == []


def labels(desk: Desk, words: str = "Oslo") -> list[str]:
    """The decided labels on these words in the open document, in text order."""
    spans = sorted(desk.session.layer.spans.values(), key=lambda span: span.fragments)
    return [span.label for span in spans if span.covered(desk.text) == words]


def saved(desk: Desk) -> dict[str, list[str]]:
    """What the file holds of this person: the decided labels on Oslo, by document."""
    desk.until(lambda: not desk.session.bulk.is_running and desk.session.save_state == "saved")
    found = {}
    with Project.open(desk.file, for_writing=False) as project:
        for name, text in TEXTS.items():
            spans = project.layer(
                project.find_document(name.removesuffix(".txt")).id, desk.session.author.id
            ).spans.values()
            found[name] = sorted(span.label for span in spans if span.covered(text) == "Oslo")
    return {name: found[name] for name in TEXTS if found[name]}


def label_first_oslo(desk: Desk) -> None:
    desk.drag_over("Oslo", 0)
    desk.press("3")
    assert labels(desk) == ["GPE"]


def listed(desk: Desk) -> MentionsDialog:
    """The list in the whole project, once the search has ended."""
    dialog = desk.dialog()
    assert isinstance(dialog, MentionsDialog)
    desk.until(lambda: "Cancel" in desk.words_on_screen(dialog))
    return dialog


# ---- in the document


def test_a_label_is_given_to_the_other_mentions_after_they_have_glowed(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(".")
    assert labels(desk) == ["GPE"]
    assert [kind for _, _, kind in desk.canvas._overlay.glow] == [
        "change",
        "change",
        "skip",
        "change",
        "change",
    ]
    words = "4 more mentions of “Oslo” (GPE): 2 new, 1 accepted, 1 corrected, 1 conflict skipped. Press . again"
    assert words in desk.words_on_screen()
    desk.press(".")
    assert labels(desk) == ["GPE"] * 5
    assert not desk.canvas._overlay.glow
    assert len(desk.saved_layer().spans) == 5
    desk.press("Ctrl+Z")
    assert labels(desk) == ["GPE"]


def test_escape_leaves_everything_as_it_was(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(".", "Escape")
    assert not desk.canvas._overlay.glow
    assert "Press ." not in desk.words_on_screen()
    assert labels(desk) == ["GPE"]
    assert desk.session.focus is not None


def test_after_accepting_the_other_mentions_of_what_was_accepted_are_meant(desk: Desk) -> None:
    desk.press("Tab", "Space")
    assert labels(desk) == ["GPE"]
    assert desk.session.focused is not None
    assert desk.session.focused.label == "ORG"
    desk.press(".", ".")
    assert labels(desk) == ["GPE"] * 5


def test_after_moving_on_the_focused_label_is_meant(desk: Desk) -> None:
    desk.press("Tab", "Space", "Tab", "Shift+Tab", "Shift+Tab", "Tab", "Tab")
    assert desk.focused_words == "Oslo Group"
    desk.press(".")
    assert "No other mention of “Oslo Group”" in desk.words_on_screen()


def test_by_certainty_too_what_was_accepted_is_meant_and_not_what_comes_next(desk: Desk) -> None:
    desk.press("O", "Tab", "Space")
    assert labels(desk) == ["ORG"]
    desk.press(".")
    assert "of “Oslo” (ORG)" in desk.words_on_screen()


def test_rejecting_rejects_the_same_suggestions(desk: Desk) -> None:
    desk.press("Ctrl+PgDown", "Tab", "X")
    assert len(desk.session.pending) == 1
    desk.press(".")
    assert [kind for _, _, kind in desk.canvas._overlay.glow] == ["drop"]
    assert "1 more mention of “Oslo” (GPE): 1 rejected" in desk.words_on_screen()
    desk.press(".")
    assert len(desk.session.pending) == 0
    desk.press("Ctrl+Z")
    assert len(desk.session.pending) == 1


def test_deleting_deletes_the_same_labels(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(".", ".")
    desk.click_on("Oslo", 1)
    desk.press("X")
    assert len(labels(desk)) == 4
    desk.press(".")
    assert "4 deleted" in desk.words_on_screen()
    desk.press(".")
    assert labels(desk) == []
    desk.press("Ctrl+Z", "Ctrl+Z")
    assert len(labels(desk)) == 5


def test_relabelling_takes_the_others_with_the_old_label_along(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(".", ".")
    desk.click_on("Oslo", 0)
    desk.press("1", ".")
    assert "4 relabelled" in desk.words_on_screen()
    desk.press(".")
    assert len(set(labels(desk))) == 1
    assert labels(desk)[0] != "GPE"


def test_what_a_person_has_labelled_otherwise_stays(desk: Desk) -> None:
    desk.drag_over("Oslo", 5)
    desk.press("1")
    desk.drag_over("Oslo", 0)
    desk.press("3", ".", ".")
    assert labels(desk) == ["GPE", "GPE", "GPE", "GPE", "PERSON"]


def test_other_mentions_with_another_case_count_when_asked_for(desk: Desk) -> None:
    desk.press("Ctrl+PgDown", "Ctrl+PgDown")
    desk.drag_over("Oslo")
    desk.press("3", ".")
    assert "No other mention" in desk.words_on_screen()
    desk.window.carry_out("mention.same-case")
    desk.press(".", ".")
    assert labels(desk, "oslo") == ["GPE"]


def test_what_counts_as_the_same_is_remembered(desk: Desk) -> None:
    desk.window.carry_out("mention.inflected")
    desk.restart()
    assert desk.session.matching.is_inflected


# ---- in the project


def test_a_label_is_given_in_the_whole_project_but_where_it_is_unticked(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(">")
    dialog = listed(desk)
    assert len(dialog.model) == 9
    assert "7 of 9 mentions ticked, in 4 documents; 2 conflicts left alone" in desk.words_on_screen(dialog)
    desk.press(*["Down"] * 5, "Space", *["Down"] * 2, "Space", "Return")
    assert saved(desk) == {"one.txt": ["GPE"] * 5, "two.txt": ["GPE"]}
    assert "5 done in 2 documents" in desk.words_on_screen()


def test_one_undo_takes_it_back_in_all_documents(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(">")
    listed(desk)
    desk.press("Return")
    assert saved(desk) == {"one.txt": ["GPE"] * 5, "two.txt": ["GPE"] * 2, "three.txt": ["GPE"]}
    desk.press("Ctrl+Z")
    assert saved(desk) == {"one.txt": ["GPE"]}
    assert "Undone in 3 documents" in desk.words_on_screen()
    desk.press("Ctrl+Shift+Z")
    assert len(saved(desk)) == 3


def test_after_a_restart_one_undo_still_takes_it_back(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(">")
    listed(desk)
    desk.press("Return")
    saved(desk)
    desk.restart()
    desk.press("Ctrl+Z")
    assert saved(desk) == {"one.txt": ["GPE"]}
    desk.press("Ctrl+Z")
    assert saved(desk) == {}


def test_rejecting_in_the_project_settles_suggestions_of_documents_that_are_not_open(desk: Desk) -> None:
    desk.press("Tab", "X", ">")
    dialog = listed(desk)
    assert len(dialog.model) == 2
    desk.press("Return")
    desk.until(lambda: not desk.session.bulk.is_running)
    desk.press("Ctrl+PgDown")
    assert len(desk.session.pending) == 0
    assert {decision.how for decision in desk.session.layer.decisions.values()} == {"bulk"}


def test_options_of_the_list_search_anew(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(">")
    dialog = listed(desk)
    desk.click(dialog.options)
    dialog.options.setFocus()
    desk.press("2")
    desk.until(lambda: len(dialog.model) == 10)
    desk.press("Escape")
    desk.until(lambda: QApplication.activeModalWidget() is None or dialog.view.hasFocus())


def test_escape_leaves_the_list_and_changes_nothing(desk: Desk) -> None:
    label_first_oslo(desk)
    desk.press(">")
    listed(desk)
    desk.press("Escape")
    assert QApplication.activeModalWidget() is None
    assert saved(desk) == {"one.txt": ["GPE"]}


def test_without_a_label_there_is_nothing_to_do(desk: Desk) -> None:
    desk.press(".")
    assert "Focus a label first" in desk.words_on_screen()
    desk.press(">")
    assert QApplication.activeModalWidget() is None


def test_a_project_that_is_open_for_reading_refuses(qtbot: QtBot, file: Path) -> None:
    with sit_down(qtbot, file), sit_down(qtbot, file) as reader:
        reader.press("Tab", ".")
        assert "read-only" in reader.words_on_screen()
        assert not reader.canvas._overlay.glow
        reader.press(">")
        assert QApplication.activeModalWidget() is None
