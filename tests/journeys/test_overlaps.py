"""Labels on the same place, one in another, across one another, over line ends and paragraphs: by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, Schema
from driving import LEFT, NONE, Desk, sit_down

SHIFT = Qt.KeyboardModifier.ShiftModifier
FREE = Schema("free", (Label("A", "A", "1"), Label("B", "B", "2")), (), overlap="any")


@pytest.fixture
def free(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A project in which labels may cross."""
    text = tmp_path / "hall.txt"
    text.write_text("They met in the old and new town hall.\n", encoding="utf-8")
    create_project(tmp_path / "free.annot", FREE, [text], current_identity())
    with sit_down(qtbot, tmp_path / "free.annot") as desk:
        yield desk


def labels(desk: Desk) -> set[tuple[str, str]]:
    """The decided labels as (label, words), as the file has them."""
    return {(span.label, span.covered(desk.text)) for span in desk.saved_layer().spans.values()}


def by_mouse(desk: Desk, words: str, key: str) -> None:
    """With Shift a drag selects, whatever it passes over."""
    desk.drag_over(words, modifiers=SHIFT)
    desk.press(key)


def select_by_keys(desk: Desk, words: str) -> None:
    """Click beside the words, walk to their first and take them in, word by word."""
    start = desk.place(words)
    desk.press("Escape", "Escape", "Ctrl+Home")
    while desk.session.caret < start:
        desk.press("Right")
    desk.press("Shift+Right")
    while desk.session.selection is not None and desk.session.selection[1] < start + len(words):
        desk.press("Shift+Right")
    assert desk.session.selection == (start, start + len(words))


def clicked(desk: Desk, words: str, times: int) -> list[str]:
    """The labels that are focused one after another by clicks on one place."""
    found = []
    for _ in range(times):
        desk.click_on(words)
        focused = desk.session.focused
        found.append(f"{getattr(focused, 'label', '')} {desk.focused_words}")
    return found


def test_the_same_words_have_two_labels_by_mouse_and_clicks_go_round(desk: Desk) -> None:
    by_mouse(desk, "boosting strategic", "6")
    by_mouse(desk, "boosting strategic", "2")
    assert labels(desk) == {("EVENT", "boosting strategic"), ("ORG", "boosting strategic")}
    desk.press("Escape")
    first = clicked(desk, "boosting strategic", 4)
    assert set(first) == {"EVENT boosting strategic", "ORG boosting strategic"}
    assert first[:2] == first[2:]


def test_the_same_words_have_two_labels_by_keys_and_each_is_changed_and_deleted(desk: Desk) -> None:
    for key in ("6", "2"):
        select_by_keys(desk, "boosting strategic")
        desk.press(key)
    assert labels(desk) == {("EVENT", "boosting strategic"), ("ORG", "boosting strategic")}
    while "ORG" not in clicked(desk, "boosting strategic", 1)[0]:
        pass
    desk.press("5")
    assert labels(desk) == {("EVENT", "boosting strategic"), ("TITLE", "boosting strategic")}
    while "EVENT" not in clicked(desk, "boosting strategic", 1)[0]:
        pass
    desk.press("X")
    assert labels(desk) == {("TITLE", "boosting strategic")}


def test_the_same_label_on_the_same_words_is_refused_in_words(desk: Desk) -> None:
    by_mouse(desk, "boosting", "6")
    by_mouse(desk, "boosting", "6")
    assert "“boosting” has the label EVENT already" in desk.words_on_screen()
    select_by_keys(desk, "boosting")
    desk.press("6")
    assert "“boosting” has the label EVENT already" in desk.words_on_screen()
    by_mouse(desk, "boosting", "2")
    desk.press("6")
    assert "“boosting” has the label EVENT already" in desk.words_on_screen()
    assert labels(desk) == {("EVENT", "boosting"), ("ORG", "boosting")}


def test_labels_that_cross_are_made_by_mouse_and_each_is_reached(free: Desk) -> None:
    by_mouse(free, "old and new", "1")
    by_mouse(free, "new town hall", "2")
    assert labels(free) == {("A", "old and new"), ("B", "new town hall")}
    free.press("Escape")
    assert clicked(free, "old", 1) == ["A old and new"]
    assert clicked(free, "hall", 1) == ["B new town hall"]
    assert set(clicked(free, "new", 2)) == {"A old and new", "B new town hall"}
    free.click_on("old")
    free.press("X")
    assert labels(free) == {("B", "new town hall")}


def test_labels_that_cross_are_made_by_keys_and_relabelled(free: Desk) -> None:
    for words, key in (("old and new", "1"), ("new town hall", "2")):
        select_by_keys(free, words)
        free.press(key)
    assert labels(free) == {("A", "old and new"), ("B", "new town hall")}
    free.click_on("old")
    free.press("2")
    assert labels(free) == {("B", "old and new"), ("B", "new town hall")}


def test_labels_that_would_cross_are_refused_in_words_where_the_project_forbids_it(desk: Desk) -> None:
    by_mouse(desk, "boosting strategic", "6")
    by_mouse(desk, "strategic coordination", "2")
    assert "only inside one another" in desk.words_on_screen()
    assert labels(desk) == {("EVENT", "boosting strategic")}


def test_three_labels_one_in_another_are_reached_from_the_innermost_outward_and_round(desk: Desk) -> None:
    for words, key in (("boosting strategic coordination", "6"), ("strategic coordination", "2"), ("strategic", "5")):
        by_mouse(desk, words, key)
    desk.press("Escape")
    assert clicked(desk, "strategic", 4) == [
        "TITLE strategic",
        "ORG strategic coordination",
        "EVENT boosting strategic coordination",
        "TITLE strategic",
    ]


def test_the_name_of_a_label_focuses_it_whatever_lies_in_it(desk: Desk) -> None:
    by_mouse(desk, "boosting strategic", "6")
    by_mouse(desk, "boosting strategic", "2")
    page = desk.canvas.page
    assert page is not None
    chips = {
        fragment.span.label: (page.x + fragment.chip.x + 4, y + fragment.chip.y - 3)
        for block, y in page.shown()
        for line in block.lines
        for fragment in line.fragments
        if fragment.chip is not None and fragment.span.covered(desk.text) == "boosting strategic"
    }
    assert len(chips) == 2
    for label, (x, y) in chips.items():
        QTest.mouseClick(desk.canvas.viewport(), LEFT, NONE, QPoint(round(x), round(y)))
        desk.settle()
        assert getattr(desk.session.focused, "label", "") == label


def test_a_label_goes_over_the_end_of_a_line(desk: Desk) -> None:
    words = "bolster their strategic coordination"
    assert desk.rect(words).height() > 2 * desk.rect("bolster").height(), "these words stand on two lines"
    desk.drag(desk.rect("bolster").center(), desk.rect("coordination", 1).center(), modifiers=SHIFT)
    desk.press("6")
    assert labels(desk) == {("EVENT", words)}
    assert clicked(desk, "bolster", 1) == clicked(desk, "coordination and", 1) == [f"EVENT {words}"]


def test_a_label_goes_over_paragraphs_by_mouse(desk: Desk) -> None:
    desk.drag(desk.rect("closer partnership").center(), desk.rect("holds a meeting").center(), modifiers=SHIFT)
    desk.press("6")
    [(label, words)] = labels(desk)
    assert label == "EVENT"
    assert "\n" in words
    assert words.endswith("holds a")
    desk.press("Escape")
    desk.click_on("holds")
    assert desk.focused_words == words
    desk.press("X")
    assert labels(desk) == set()


def test_a_label_goes_over_paragraphs_by_keys(desk: Desk) -> None:
    desk.click_on("partnership")
    desk.press("Shift+Down", "Shift+Right", "6")
    [(label, words)] = labels(desk)
    assert label == "EVENT"
    assert words.startswith("partnership\n")
    desk.press("Shift+Left")
    [(_, shorter)] = labels(desk)
    assert words.startswith(shorter)
    assert len(shorter) < len(words)


def test_a_label_in_pieces_goes_over_line_ends_and_paragraphs(desk: Desk) -> None:
    by_mouse(desk, "closer partnership", "6")
    desk.drag(desk.rect("bolster").center(), desk.rect("coordination", 1).center(), modifiers=SHIFT)
    desk.press("G")
    [span] = desk.saved_layer().spans.values()
    assert [desk.text[start:end] for start, end in span.fragments] == [
        "closer partnership",
        "bolster their strategic coordination",
    ]
    desk.press("Escape")
    assert clicked(desk, "coordination and", 1) == [f"EVENT {span.covered(desk.text)}"]


def test_pointing_at_one_piece_of_a_label_lights_all_of_them(desk: Desk) -> None:
    by_mouse(desk, "closer partnership", "6")
    desk.drag_over("underscored", modifiers=SHIFT)
    desk.press("G", "Escape")
    assert desk.session.focus is None
    before = desk.canvas.grab().toImage()
    QTest.mouseMove(desk.canvas.viewport(), desk.rect("underscored").center())
    desk.settle()
    after = desk.canvas.grab().toImage()
    for words in ("closer partnership", "underscored"):
        rect = desk.rect(words).adjusted(-3, -3, 3, 5)
        assert before.copy(rect) != after.copy(rect), words
    plain = desk.rect("boosting")
    assert before.copy(plain) == after.copy(plain)
    QTest.mouseMove(desk.canvas.viewport(), desk.rect("boosting").center())
    desk.settle()
    assert desk.canvas.grab().toImage() == before


def accents(image: QImage, box: QRect, accent: str) -> int:
    """How many pixels of a box have about the colour of what is focused."""
    wanted = QColor(accent).getRgb()[:3]
    colours = (
        image.pixelColor(x, y).getRgb()[:3]
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )
    return sum(all(abs(one - other) < 60 for one, other in zip(colour, wanted, strict=True)) for colour in colours)


def test_every_piece_of_the_focused_label_has_a_ring_and_its_two_edges_have_handles(desk: Desk) -> None:
    by_mouse(desk, "closer partnership", "6")
    desk.drag_over("underscored", modifiers=SHIFT)
    desk.press("G")
    image, accent = desk.canvas.viewport().grab().toImage(), desk.window.theme.accent
    first, last = desk.rect("closer partnership"), desk.rect("underscored")
    for rect in (first, last):
        assert accents(image, rect.adjusted(-4, -4, 4, 8), accent) > rect.width()
    corners = {
        "start": QRect(first.left() - 6, first.bottom() - 3, 9, 12),
        "end of the first piece": QRect(first.right() - 2, first.bottom() - 3, 9, 12),
        "start of the last piece": QRect(last.left() - 6, last.bottom() - 3, 9, 12),
        "end": QRect(last.right() - 2, last.bottom() - 3, 9, 12),
    }
    counts = {where: accents(image, box, accent) for where, box in corners.items()}
    assert min(counts["start"], counts["end"]) > 10 + max(
        counts["end of the first piece"], counts["start of the last piece"]
    )
    desk.press("Escape")
    image = desk.canvas.viewport().grab().toImage()
    assert accents(image, first.adjusted(-4, -4, 4, 8), accent) == 0
