"""The documents list: pages, filters and counts, also with 100,000 documents; names are shown as they are."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.model import Document
from annotator.store import DocumentRow
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.documents_model import FIRST_PAGE, DocumentsModel, Which, summary


def row(number: int, *, status: str = "open", title: str = "", spans: int = 0, suggestions: int = 0) -> DocumentRow:
    document = Document(f"id{number}", f"doc {number}", 100, number, {"title": title} if title else {})
    return DocumentRow(document, status, spans, 0, suggestions)


def model_of(rows: list[DocumentRow]) -> DocumentsModel:
    return DocumentsModel(lambda offset, limit: rows[offset : offset + limit])


def read_all(qtbot: QtBot, model: DocumentsModel, total: int) -> None:
    model.reload()
    qtbot.waitUntil(lambda: model.total == total)


def test_the_first_page_is_there_at_once_and_the_rest_follows(qtbot: QtBot) -> None:
    rows = [row(number) for number in range(100_000)]
    model = model_of(rows)
    model.reload()
    assert model.rowCount() == FIRST_PAGE
    qtbot.waitUntil(lambda: model.total == 100_000)
    assert model.rowCount() == 100_000
    assert model.index_of("id99999").row() == 99_999


def test_the_model_keeps_the_rules_of_qt_while_it_is_filtered_and_changed(qtbot: QtBot) -> None:
    rows = [row(number, status="done" if number % 3 == 0 else "open") for number in range(500)]
    model = model_of(rows)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    read_all(qtbot, model, 500)
    model.set_filter("doc 4", Which.TO_DO)
    shown = {model.data(model.index(number)) for number in range(model.rowCount())}
    assert "doc 4" in shown
    assert "doc 42" not in shown, "it is done"
    model.update_row(row(4, status="done"))
    model.set_filter("", Which.ALL)
    assert model.rowCount() == 500
    assert model.done == 168


def test_titles_and_names_are_searched_without_regard_to_case(qtbot: QtBot) -> None:
    model = model_of([row(1, title="Élections à Vienne"), row(2, title="Straße"), row(3)])
    read_all(qtbot, model, 3)
    for query, expected in (("élec", 1), ("STRASSE", 1), ("doc", 3), ("nowhere", 0)):
        model.set_filter(query, Which.ALL)
        assert model.rowCount() == expected, query


def test_a_document_that_is_finished_stays_in_sight_until_the_filter_changes(qtbot: QtBot) -> None:
    model = model_of([row(1), row(2)])
    read_all(qtbot, model, 2)
    model.set_filter("", Which.TO_DO)
    model.update_row(row(1, status="done"))
    assert model.rowCount() == 2
    assert model.done == 1


def test_the_second_line_says_how_far_a_document_is() -> None:
    assert summary(row(1)) == "Not started"
    assert summary(row(1, suggestions=18)) == "18 suggestions"
    assert summary(row(1, spans=1, suggestions=18)) == "1 label, 0 relations"
    assert summary(row(1, status="done")) == "Done, no labels"


def test_an_empty_list_has_a_friendly_word(qtbot: QtBot) -> None:
    panel = DocumentsPanel(lambda offset, limit: [row(1)][offset : offset + limit])
    qtbot.addWidget(panel)
    panel.resize(260, 500)
    panel.show()
    panel.model.reload()
    assert panel.view.isVisible()
    qtbot.keyClicks(panel.search, "zzz")
    assert "No document is called so" in panel._empty.text()
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.view.isVisible()


def test_a_name_with_markup_is_drawn_as_it_is(qtbot: QtBot) -> None:
    name = "<img src='file:///etc/passwd'><b>bold</b> & co"
    panel = DocumentsPanel(lambda offset, limit: [row(1, title=name)][offset : offset + limit])
    qtbot.addWidget(panel)
    panel.model.reload()
    assert panel.model.data(panel.model.index(0)) == name
