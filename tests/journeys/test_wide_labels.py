"""A label over many paragraphs is asked for twice; whoever means it is not hindered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from driving import Desk, sit_down

PARAGRAPHS = [f"Paragraph {number} says what there is to say about towns. " * 3 for number in range(1, 9)]


@pytest.fixture
def long(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    text = tmp_path / "long.txt"
    text.write_text("Towns\n\nA word bro-\nken in two.\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    create_project(tmp_path / "long.annot", load_schema("news"), [text], current_identity())
    with sit_down(qtbot, tmp_path / "long.annot") as desk:
        yield desk


def status(desk: Desk) -> str:
    return desk.words_on_screen(desk.window.status)


def test_a_digit_on_the_whole_text_asks_and_labels_when_pressed_again(long: Desk) -> None:
    long.press("Ctrl+A", "Ctrl+A", "6")
    assert not long.session.layer.spans
    assert long.session.selection is not None, "what was selected stays so"
    assert "one label over 11 paragraphs. Do it again if Event is meant" in status(long)
    long.press("6")
    [span] = long.saved_layer().spans.values()
    assert span.label == "EVENT"


def test_another_label_or_another_selection_is_asked_about_anew(long: Desk) -> None:
    long.press("Ctrl+A", "Ctrl+A", "6", "3")
    assert not long.session.layer.spans
    assert "if Place is meant" in status(long)
    long.press("Escape", "Ctrl+A", "Ctrl+A", "3")
    assert not long.session.layer.spans


def test_a_label_over_a_broken_line_or_one_long_paragraph_is_given_at_once(long: Desk) -> None:
    long.click_on("bro")
    long.press("Shift+Right", "Shift+Right", "Shift+Right", "6")
    assert long.label_of("bro-\nken") == "EVENT"


def test_the_palette_and_an_armed_label_ask_too(long: Desk) -> None:
    long.press("Ctrl+A", "Ctrl+A", "Return", "Return")
    assert not long.session.layer.spans
    long.press("Return", "Return")
    assert [span.label for span in long.session.layer.spans.values()] == ["PERSON"]


def test_where_such_a_label_stands_already_no_other_of_its_kind_is_asked_about(long: Desk) -> None:
    long.press("Ctrl+A", "Ctrl+A", "6", "6", "Escape", "Ctrl+End", *["Shift+Up"] * 8)
    start, end = long.session.selection or (0, 0)
    assert "\n\n" in long.text[start:end]
    assert end - start > 400
    long.press("6")
    assert len(long.session.layer.spans) == 2
