"""A text with thousands of labels: it can be read at once, its labels come when they are ready."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.loading import MANY_ITEMS
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span
from annotator.store import Project
from driving import Desk, sit_down

LINE = "Ana Silva met Bo Larsen in Vienna.\n"
LINES = MANY_ITEMS // 3 + 100


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """The window on a short text; the long one is the second."""
    for name, text in (("a.txt", "A short text.\n"), ("b.txt", LINE * LINES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    file = tmp_path / "long.annot"
    create_project(file, load_schema("news"), [tmp_path / "a.txt", tmp_path / "b.txt"], current_identity())
    with Project.open(file) as project:
        project.save_suggestions(project.find_document("b").id, project.ensure_author("model", "m"), suggestions())
    with sit_down(qtbot, file) as desk:
        yield desk


def suggestions() -> list[Span]:
    words = (("Ana Silva", "PERSON"), ("Bo Larsen", "PERSON"), ("Vienna", "GPE"))
    found = []
    for number in range(LINES):
        for text, label in words:
            start = number * len(LINE) + LINE.index(text)
            found.append(Span(f"s{start}", label, ((start, start + len(text)),), confirmed="none", score=0.9))
    return found


def open_long(desk: Desk) -> None:
    """Open the long text, and look at it before anything else can happen."""
    desk.session.open_document(desk.session.documents()[1].document.id)
    assert desk.session.is_loading
    assert desk.canvas.content.text == LINE * LINES
    assert desk.canvas.content.span_count == 0


def words_of_status(desk: Desk) -> str:
    status = desk.window.status
    return f"{status._left.text()} {status._said.text()}"


def test_the_text_is_shown_at_once_and_its_labels_follow(desk: Desk) -> None:
    open_long(desk)
    assert "Reading the labels" in words_of_status(desk)
    assert not desk.window.top_bar.finish.isEnabled()
    desk.until(lambda: not desk.session.is_loading)
    assert desk.canvas.content.span_count == 3 * LINES
    assert desk.window.top_bar.finish.isEnabled()
    desk.press("Tab", "Space")
    assert desk.label_of("Ana Silva") == "PERSON"
    assert desk.focused_words == "Bo Larsen"
    desk.press("Ctrl+Z")
    assert not desk.session.layer.spans


def test_a_key_that_comes_too_early_is_refused_with_a_word_and_changes_nothing(desk: Desk) -> None:
    open_long(desk)
    for name in (
        "go.next-decision",
        "go.next-span",
        "document.finish",
        "edit.undo",
        "decide.accept-all",
        "file.picture",
    ):
        desk.session.say("")
        desk.window.carry_out(name)
        assert "still being read" in words_of_status(desk)
    desk.until(lambda: not desk.session.is_loading)
    assert len(desk.session.layer) == 0
    assert desk.session.layer.status == "open"


def test_what_is_being_read_stays_in_place_when_the_labels_come(desk: Desk) -> None:
    open_long(desk)
    bar = desk.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    page = desk.canvas.page
    pin = page.pin()
    assert pin.offset > len(LINE)
    desk.until(lambda: not desk.session.is_loading)
    assert desk.canvas.page is not page, "with labels now"
    place = desk.canvas.page.place(pin.offset)
    assert abs(place.text_top - pin.y) <= 1


def test_what_was_selected_meanwhile_can_be_labelled_when_the_labels_are_there(desk: Desk) -> None:
    open_long(desk)
    start = LINE.index("met")
    desk.session.set_selection((start, start + 3))
    desk.window.carry_out("label.1")
    assert not desk.session.layer.spans
    desk.until(lambda: not desk.session.is_loading)
    assert desk.session.selection == (start, start + 3)
    desk.window.carry_out("label.1")
    assert desk.label_of("met") == "PERSON"
