"""Correcting by one key at the real window: runner-up labels, growing and shrinking, jumps, an armed label."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import Alternative, Span
from annotator.model.phrases import Phrases
from annotator.store import Project
from driving import Desk, make_project, sit_down, suggestions_of_gold

OTHERS = (Alternative("ORG", 0.31), Alternative("GPE", 0.04))


def with_alternatives(item):
    """Persons could be an organisation or a place."""
    is_person = isinstance(item, Span) and item.label == "PERSON"
    return replace(item, alternatives=OTHERS) if is_person else item


def phrases(text: str) -> Phrases:
    """What a parse would say of the caption under the picture."""
    start = text.index("President Xi Jinping")
    end = start + len("President Xi Jinping")
    return Phrases.of([tuple((end - len(step), end) for step in ("Jinping", "Xi Jinping", "President Xi Jinping"))])


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    file = make_project(tmp_path / "news.annot", others=(), suggestions=False)
    with Project.open(file) as project:
        article = project.documents()[0].document.id
        items = [with_alternatives(item) for item in suggestions_of_gold()]
        text = project.text(article)
        project.save_suggestions(article, project.ensure_author("model", "m-1"), items, phrases(text))
    with sit_down(qtbot, file) as desk:
        yield desk


def focus(desk: Desk, words: str) -> Span:
    """Walk to the first suggestion on these words."""
    desk.press("Ctrl+Home")
    while desk.focused_words != words:
        desk.press("Tab")
    item = desk.session.focused
    assert isinstance(item, Span)
    return item


def test_one_key_takes_the_runner_up_and_goes_to_the_next(desk: Desk) -> None:
    span = focus(desk, "Xi Jinping")
    assert "Organisation" in desk.words_on_screen(desk.window.status), "which label would come stands in the status bar"
    assert "Runner-up" in desk.words_on_screen(desk.window.inspector)
    assert "Organisation, low, 0.31" in desk.words_on_screen(desk.window.inspector)
    desk.press(";")
    assert desk.session.focus not in (None, span.id)
    assert "“Xi Jinping” is now Organisation." in desk.words_on_screen(desk.window.status)
    [made] = desk.saved_layer().spans.values()
    assert (made.label, made.fragments, made.alternatives) == ("ORG", span.fragments, ())


def test_on_a_decided_label_the_key_goes_round(desk: Desk) -> None:
    focus(desk, "Xi Jinping")
    desk.press(";", "K")
    labels = []
    for _ in range(3):
        desk.press(";")
        [span] = desk.session.layer.spans.values()
        labels.append(span.label)
    assert labels == ["GPE", "PERSON", "ORG"]
    assert desk.focused_words == "Xi Jinping"
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert not desk.session.layer.spans


def test_without_a_runner_up_the_status_bar_says_so(desk: Desk) -> None:
    focus(desk, "Friday")
    assert "Runner-up" not in desk.words_on_screen(desk.window.inspector)
    desk.press(";")
    assert "No other label was proposed" in desk.words_on_screen(desk.window.status)
    assert desk.focused_words == "Friday"
    assert not desk.session.layer.spans


def test_plus_and_minus_on_a_suggestion_take_the_title_in_and_leave_it(desk: Desk) -> None:
    desk.press("Ctrl+Home")
    start = desk.text.index("President Xi Jinping") + len("President ")
    while not isinstance(span := desk.session.focused, Span) or span.start != start:
        desk.press("Tab")
    desk.press("+")
    assert desk.focused_words == "President Xi Jinping"
    desk.press("-")
    assert desk.focused_words == "Xi Jinping"
    desk.press("-")
    assert desk.focused_words == "Jinping"
    [decision] = desk.saved_layer().decisions.values()
    assert decision.answer == "corrected"


@pytest.mark.parametrize("keys", [("+", Qt.KeyboardModifier.ShiftModifier), ("=", Qt.KeyboardModifier.NoModifier)])
def test_plus_is_known_by_its_sign_whatever_the_keyboard(desk: Desk, keys: tuple[str, Qt.KeyboardModifier]) -> None:
    desk.press("Ctrl+Home")
    QTest.keyClick(desk.canvas, keys[0], keys[1])
    assert desk.session.selection is not None


def test_a_selection_grows_while_the_palette_is_open_and_takes_a_label(desk: Desk) -> None:
    desk.drag_over("boosting")
    desk.press("-")
    assert "no smaller phrase" in desk.words_on_screen(desk.window.status)
    desk.press("+")
    start, end = desk.session.selection or (0, 0)
    assert end - start > len("boosting")
    assert desk.window.palette_popup.isVisible()
    desk.press("6")
    assert [(span.start, span.end) for span in desk.session.layer.spans.values()] == [(start, end)]


def test_an_armed_label_is_given_to_a_selection_made_by_keys(desk: Desk) -> None:
    for key in ("Return", "Space"):
        desk.press("Escape", "Escape", "Ctrl+Home", "Ctrl+Down", "Ctrl+Down")
        desk.press(*(["Right"] if key == "Space" else []), "6")
        assert desk.session.armed == "EVENT"
        desk.press("Shift+Right", key)
        assert not desk.window.palette_popup.isVisible()
        assert desk.session.armed == "EVENT", "it stays armed"
        desk.press("Escape", "6")
    assert [span.label for span in desk.session.layer.spans.values()] == ["EVENT", "EVENT"]


def test_the_caret_jumps_and_the_view_follows(desk: Desk) -> None:
    desk.press("Ctrl+Home")
    seen = [desk.session.caret]
    for _ in range(12):
        desk.press("Ctrl+Down")
        seen.append(desk.session.caret)
        assert desk.canvas.is_in_view(desk.session.caret, desk.session.caret + 1)
    assert seen == sorted(set(seen))
    assert all(desk.text[offset - 1] == "\n" for offset in seen[1:])
    desk.press("Ctrl+Right", "Ctrl+Left", "Ctrl+Up")
    assert desk.session.caret == seen[-2]


def test_the_sentence_is_selected_from_the_caret_by_one_key(desk: Desk) -> None:
    desk.press("Ctrl+Home", "Ctrl+Down", "Ctrl+Down", "Shift+End")
    assert desk.session.selection is not None
    end = desk.session.selection[1]
    assert desk.text[end - 1] in ".”!?" or desk.text[end] == "\n"
    desk.press("Home")
    assert desk.session.selection is None
