"""Nothing that comes from data is ever taken for markup; a lint over the sources keeps it so."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.text import caption, one_line, plain, tooltip
from driving import Desk

UI = Path(__file__).resolve().parents[2] / "annotator" / "ui"
HOSTILE = "<img src='file:///etc/passwd'><b>x</b> & <script>"

RISKY = {
    r"\bQLabel\((?!\)|parent\)|self\))": "make labels with text.plain",
    r"setToolTip\((?!tooltip\(|_tip\(|\"\"\))": "tooltips go through text.tooltip",
    r"\bQMessageBox\b": "it draws markup; use dialogs.ask or dialogs.trouble",
    r"\bsetHtml\b|\bappendHtml\b|\binsertHtml\b": "no widget is fed markup",
    r"TextFormat\.(RichText|AutoText|MarkdownText)": "no widget is fed markup",
    r"\bprocessEvents\b": "it lets events in where nobody expects them",
}


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: str(file.relative_to(UI)))
def test_no_source_hands_data_to_a_widget_that_draws_markup(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    found = [f"{match.group()}: {why}" for pattern, why in RISKY.items() for match in re.finditer(pattern, source)]
    # tooltip() itself decides when there is nothing to say
    assert [line for line in found if "tooltip(self" not in line] == []


def test_a_plain_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = plain(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_all_labels_in_the_window_are_plain(desk: Desk) -> None:
    desk.press("Tab")
    labels = [label for label in desk.window.findChildren(QLabel) if label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_tooltip_escapes_and_leaves_out_what_is_empty() -> None:
    assert tooltip("", "") == ""
    assert "<img" not in tooltip(HOSTILE)
    assert tooltip("a\nb") == "<qt><p>a<br>b</p></qt>"


def test_captions_show_ampersands() -> None:
    assert caption("R&D") == "R&&D"


def test_long_words_are_cut_to_one_line() -> None:
    assert one_line("a\n b\t c") == "a b c"
    assert len(one_line("x" * 5000, 80)) == 80
