"""Names and texts that look like markup are shown letter for letter, on every way through the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, RelationType, Schema, Span, span_suggestion_id
from annotator.store import Project
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.widgets.pill import Pill
from driving import Desk, sit_down

LABEL, TITLE = "<u>ORG</u>", "<b>R&D</b> &amp; <img src=x>"
RELATION = "<s>works</s> &for"
SCHEMA = Schema(
    "<h1>P</h1>",
    (Label(LABEL, TITLE, "1"), Label("PERSON", "Person", "2")),
    (RelationType("works", RELATION, "w", ("PERSON",), (LABEL,)),),
)
HEADLINE = "<i>Five</i> & <script>alert(1)</script>"
TEXT = f"{HEADLINE}\n\nAna of <b>AT&T</b> &lt; Bo.\n"
COMPANY = "<b>AT&T</b>"


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """One document, one suggestion; everything is named in markup."""
    text = tmp_path / "<b>a&b<b>.txt"
    text.write_text(TEXT, encoding="utf-8")
    file = tmp_path / "p.annot"
    create_project(file, SCHEMA, [text], current_identity(), name="<h1>P</h1>")
    place = ((TEXT.index(COMPANY), TEXT.index(COMPANY) + len(COMPANY)),)
    made = Span(span_suggestion_id(LABEL, place), LABEL, place, origin="model:<u>m</u>-1", confirmed="none", score=0.5)
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        project.save_suggestions(document, project.ensure_author("model", "<u>m</u>-1"), [made])
    with sit_down(qtbot, file) as desk:
        yield desk


def letter_for_letter(desk: Desk) -> str:
    """All words on screen, each sure to be drawn as it is."""
    labels = [label for label in desk.window.findChildren(QLabel) if label.isVisible() and "<" in label.text()]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    return desk.words_on_screen()


def test_project_and_document_are_called_what_they_are_called(page: Desk) -> None:
    words = letter_for_letter(page)
    assert "<h1>P</h1>" in words
    assert HEADLINE in words
    assert HEADLINE in page.window.windowTitle()


def test_the_focused_suggestion_and_its_label_are_quoted(page: Desk) -> None:
    page.press("Tab")
    words = letter_for_letter(page)
    assert COMPANY in words
    assert page.window.inspector.findChild(Pill).accessibleName() == TITLE
    assert "<u>m</u>-1" in words


def test_the_palette_finds_a_label_by_its_letters_and_the_undo_quotes_it(page: Desk) -> None:
    page.drag_over("Bo")
    page.type("<b>")
    page.press("Return")
    assert page.label_of("Bo") == LABEL
    page.press("Ctrl+Z")
    assert f"Undone: Add {LABEL} “Bo”" in letter_for_letter(page)


def test_relations_and_refusals_name_labels_as_they_are(page: Desk) -> None:
    page.drag_over("Ana")
    page.press("2")
    page.drag(page.rect("Ana").center(), page.rect(COMPANY).center())
    assert RELATION in letter_for_letter(page)
    assert page.relations() == {("Ana", "works", COMPANY)}
    page.drag_over("Bo")
    page.press("1")
    page.drag(page.rect("Bo").center(), page.rect(COMPANY).center())
    assert f"no relation between {LABEL} and {LABEL}" in letter_for_letter(page)


def test_menus_underline_no_letter_of_a_name(page: Desk) -> None:
    page.press("Tab")
    page.window._show_menu(page.session.focus, page.window.mapToGlobal(page.rect("Bo").center()))
    actions = [action.text() for action in page.window.findChildren(QAction)]
    assert f"{TITLE.replace('&', '&&')}\t1" in actions
    page.qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.RightButton)


def test_the_list_of_what_is_wrong_with_a_file_is_plain_text(page: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "<b>bad<b>.jsonl"
    bad.write_text('{"text": "Bo.", "spans": [{"start": 0, "end": 87, "label": "<img>"}]}\n', encoding="utf-8")
    dialog = ImportDialog(page.session, [bad], page.window)
    dialog.open()
    page.press("Return")
    page.until(dialog.details.isVisible)
    assert isinstance(dialog.details, QPlainTextEdit)
    assert f"{bad}:1:" in dialog.details.toPlainText()
    assert letter_for_letter(page)
