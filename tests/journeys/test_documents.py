"""Going through the documents: finish one, open the next, find one, export what is done."""

import json
from pathlib import Path

from PySide6.QtTest import QTest

from driving import LEFT, Desk


def test_ctrl_return_finishes_the_document_and_opens_the_next(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A", "Ctrl+Return")
    assert desk.session.document is not None
    assert desk.session.document.title == "Leaders meet in Vienna"
    assert "1 of 3 done" in desk.words_on_screen()
    desk.press("Ctrl+PgUp")
    assert desk.saved_layer().status == "done"
    assert "Reopen document" in desk.words_on_screen()


def test_a_finished_document_is_opened_again_by_undo(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A", "Ctrl+Return", "Ctrl+PgUp", "Ctrl+Z")
    assert desk.session.layer.status == "open"
    assert "0 of 3 done" in desk.words_on_screen()


def test_a_document_is_found_by_its_title_and_opened_by_return(desk: Desk) -> None:
    desk.press("Ctrl+F")
    desk.type("vienna")
    assert desk.window.documents.model.rowCount() == 1
    desk.press("Return")
    assert desk.session.document is not None
    assert desk.session.document.title == "Leaders meet in Vienna"
    assert desk.canvas.hasFocus()


def test_the_list_is_filtered_by_status(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A", "Ctrl+Return")
    which = desk.window.documents.which
    which.setFocus()
    desk.press("Right")
    assert desk.window.documents.model.rowCount() == 2
    desk.press("Right")
    assert desk.window.documents.model.rowCount() == 1


def test_a_click_in_the_list_opens_a_document_and_the_keys_stay_with_the_text(desk: Desk) -> None:
    view = desk.window.documents.view
    rect = view.visualRect(desk.window.documents.model.index(2))
    QTest.mouseClick(view.viewport(), LEFT, pos=rect.center())
    desk.settle()
    assert desk.text.startswith("Trade grows")
    desk.press("Shift+Right", "6")
    assert len(desk.session.layer.spans) == 1


def test_done_documents_are_exported_as_jsonl(desk: Desk, tmp_path: Path) -> None:
    desk.press("Ctrl+Shift+A", "Ctrl+Return", "Ctrl+E")
    dialog = desk.dialog()
    target = tmp_path / "gold.jsonl"
    desk.press("Ctrl+A")
    desk.type(str(target))
    desk.press("Return")
    desk.until(target.exists)
    desk.until(lambda: "1 document" in desk.words_on_screen(dialog))
    [line] = target.read_bytes().splitlines()
    record = json.loads(line)
    assert record["schema"] == "annotator-jsonl/1"
    assert record["status"] == "done"
    assert all(record["text"][span["start"] : span["end"]] == span["text"] for span in record["spans"])
    assert {span["confirmed"] for span in record["spans"]} == {"bulk"}


def test_an_export_of_nothing_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.press("Ctrl+E")
    dialog = desk.dialog()
    desk.press("Ctrl+A")
    desk.type(str(tmp_path / "gold.jsonl"))
    desk.press("Return")
    desk.until(lambda: "No document is done yet" in desk.words_on_screen(dialog))
    desk.until(lambda: dialog.outcome.height() >= dialog.outcome.heightForWidth(dialog.outcome.width()))
    assert not (tmp_path / "gold.jsonl").exists()


def test_an_older_export_is_replaced_only_after_a_question(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "gold.jsonl"
    target.write_text("precious\n", encoding="utf-8")
    desk.press("Ctrl+Shift+A", "Ctrl+Return", "Ctrl+E")
    dialog = desk.dialog()
    desk.press("Ctrl+A")
    desk.type(str(target))
    desk.press("Return")
    desk.until(lambda: desk.dialog() is not dialog)
    desk.press("Escape")
    assert target.read_text(encoding="utf-8") == "precious\n"
    desk.press("Return")
    desk.until(lambda: desk.dialog() is not dialog)
    desk.press("Return")
    desk.until(lambda: "annotator-jsonl/1" in target.read_text(encoding="utf-8"))


def test_without_suggestions_nothing_claims_that_all_is_decided(desk: Desk) -> None:
    desk.press("Ctrl+PgDown")
    desk.drag_over("Vienna")
    desk.press("3", "Escape")
    assert "No suggestions yet" in desk.words_on_screen(desk.window.inspector)
    assert "Nothing left to decide" not in desk.words_on_screen()
