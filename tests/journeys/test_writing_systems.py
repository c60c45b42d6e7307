"""Texts in all writing systems: what the mouse goes over is what the file holds, character for character."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, Schema
from driving import CTRL, Desk, sit_down

SCHEMA = Schema("any", (Label("NAME", "Name", "1"), Label("OTHER", "Other", "2")))
TEXT = """A page of many scripts 🌍

The astronaut 👩🏽\u200d🚀 Sally met Дмитрий Песков and Ελένη Παπαδοπούλου in Zürich, 🇨🇭 as e\u0301tude no. 5.

قال محمد بن سلمان إن القاهرة رحبت بالاتفاق مع Beijing يوم الجمعة.

בירושלים אמר יצחק רבין דבר מה.

習近平在北京會見了普京。
"""


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    text = tmp_path / "scripts.txt"
    text.write_bytes(TEXT.encode())
    create_project(tmp_path / "scripts.annot", SCHEMA, [text], current_identity())
    with sit_down(qtbot, tmp_path / "scripts.annot") as desk:
        yield desk


def labelled(desk: Desk) -> list[str]:
    """What the file says, cut from the bytes of the text."""
    spans = sorted(desk.saved_layer().spans.values(), key=lambda span: span.start)
    return [span.covered(TEXT) for span in spans]


@pytest.mark.parametrize(
    "words",
    [
        "👩🏽\u200d🚀 Sally",
        "Sally",
        "Дмитрий Песков",
        "Ελένη Παπαδοπούλου",
        "Zürich",
        "🇨🇭",
        "e\u0301tude",
        "محمد",
        "محمد بن سلمان",
        "القاهرة",
        "Beijing",
        "יצחק רבין",
        "習近平",
        "北京",
    ],
)
def test_words_in_any_script_are_labelled_by_mouse(page: Desk, words: str) -> None:
    page.drag_over(words)
    page.press("1")
    assert labelled(page) == [words]


def test_labels_in_one_line_of_both_directions_stay_apart(page: Desk) -> None:
    for words in ("محمد بن سلمان", "القاهرة", "Beijing", "الجمعة"):
        page.drag_over(words)
        page.press("1")
    assert labelled(page) == ["محمد بن سلمان", "القاهرة", "Beijing", "الجمعة"]
    page.click_on("القاهرة")
    assert page.focused_words == "القاهرة"


def test_part_of_a_chinese_sentence_is_taken_by_keys(page: Desk) -> None:
    page.click_on("習")
    page.press("Shift+Right", "Shift+Right", "Shift+Right", "1")
    assert labelled(page) == ["習近平"]
    page.press("Shift+Left", "Shift+Right")
    assert labelled(page) == ["習近平"]


def test_with_ctrl_a_boundary_never_cuts_what_a_reader_sees_as_one_character(page: Desk) -> None:
    page.drag_over("🚀", modifiers=CTRL)
    page.press("1")
    assert labelled(page) == ["👩🏽\u200d🚀"]
    page.press("Ctrl+Shift+Right", "Ctrl+Shift+Right", "Ctrl+Shift+Left")
    assert labelled(page) == ["👩🏽\u200d🚀 "]
    page.press("Ctrl+Alt+Left")
    assert labelled(page) == [" 👩🏽\u200d🚀 "]


@pytest.mark.parametrize(
    ("words", "ahead"),
    [("محمد بن سلمان", "Left"), ("יצחק רבין", "Left"), ("Дмитрий Песков", "Right")],
)
def test_mouse_and_keyboard_label_the_same_words_whichever_way_they_run(page: Desk, words: str, ahead: str) -> None:
    page.drag_over(words)
    page.press("1")
    [by_mouse] = page.saved_layer().spans.values()
    page.press("Ctrl+Z", "Escape")
    page.click_on(words.split(maxsplit=1)[0])
    page.press(*[f"Shift+{ahead}"] * len(words.split()), "1")
    [by_keys] = page.saved_layer().spans.values()
    assert (by_keys.fragments, by_keys.label) == (by_mouse.fragments, by_mouse.label)
    assert labelled(page) == [words]


def test_keys_move_caret_and_boundaries_the_way_they_point(page: Desk) -> None:
    page.click_on("محمد")
    page.press("Left", "Shift+Left", "1")
    assert labelled(page) == ["بن"]
    page.press("Shift+Left")
    assert labelled(page) == ["بن سلمان"]
    page.press("Alt+Right")
    assert labelled(page) == ["محمد بن سلمان"]
    page.press("Shift+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Left")
    assert labelled(page) == ["محمد بن س"]


def test_the_edges_of_a_label_are_dragged_where_the_text_runs_from_right_to_left(page: Desk) -> None:
    page.drag_over("محمد بن")
    page.press("1")
    rect, aim = page.rect("محمد بن"), page.rect("سلمان").center()
    page.drag(QPoint(rect.left() - 1, rect.center().y()), QPoint(aim.x(), rect.center().y()))
    assert labelled(page) == ["محمد بن سلمان"]
    rect, aim = page.rect("محمد بن سلمان"), page.rect("بن").center()
    page.drag(QPoint(rect.right() + 1, rect.center().y()), QPoint(aim.x(), rect.center().y()))
    assert labelled(page) == ["بن سلمان"]
