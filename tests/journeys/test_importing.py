"""Bringing files in by the menu key and the file dialog, or by dropping them on the window."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton

from driving import LEFT, NONE, Desk

RECORD = {"name": "oslo", "text": "Bo left Oslo.", "spans": [{"start": 0, "end": 2, "label": "PERSON"}]}


def drop(desk: Desk, files: Sequence[Path]) -> None:
    """Drop files on the middle of the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    middle, copy = desk.window.rect().center(), Qt.DropAction.CopyAction
    for event in (QDragEnterEvent(middle, copy, data, LEFT, NONE), QDropEvent(middle, copy, data, LEFT, NONE)):
        QApplication.sendEvent(desk.window, event)
    desk.settle()


def when_asked_for_a_file(desk: Desk, file: Path) -> Callable[[], bool]:
    """Type the file's name into the next file dialog and open it; the returned function says whether there was one."""
    asked: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            # One step at a time: the dialog looks the name up while events go round.
            name = dialog.findChild(QLineEdit)
            if name.text() != str(file):
                asked.append(dialog.windowTitle())
                name.clear()
                desk.qtbot.keyClicks(name, str(file))
            else:
                open_it = next(button for button in dialog.findChildren(QPushButton) if "Open" in button.text())
                QTest.mouseClick(open_it, LEFT)
        elif isinstance(dialog, QMessageBox):
            dialog.accept()  # it was not found yet
        elif asked:
            return
        QTimer.singleShot(50, answer)

    QTimer.singleShot(0, answer)
    return lambda: bool(asked)


def report(desk: Desk) -> str:
    """The details that the dialog shows."""
    boxes = desk.dialog().findChildren(QPlainTextEdit)
    return "\n".join(box.toPlainText() for box in boxes if box.isVisible())


def titles(desk: Desk) -> list[str]:
    return [row.document.title for row in desk.session.documents()]


def test_a_text_is_chosen_imported_and_opened(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "fresh.txt"
    text.write_text("Fresh news\n\nBo left Oslo.\n", encoding="utf-8")
    was_asked = when_asked_for_a_file(desk, text)
    desk.press("Ctrl+I")
    desk.click(desk.button("Add files…", desk.dialog()))
    assert was_asked()
    assert str(text) in report(desk)
    desk.press("Return")
    desk.until(lambda: "Imported 1 document" in desk.words_on_screen(desk.dialog()))
    desk.press("Escape")
    desk.until(lambda: len(titles(desk)) == 4)
    desk.press("Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    assert desk.text.startswith("Fresh news")


def test_labelled_documents_are_dropped_on_the_window(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    drop(desk, [file])
    desk.until(lambda: str(file) in report(desk))
    desk.press("Return")
    desk.until(lambda: "Imported 1 document, 1 label" in desk.words_on_screen(desk.dialog()))
    desk.press("Escape", "Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    assert desk.label_of("Bo") == "PERSON"


def test_of_a_good_and_a_bad_file_nothing_is_imported_and_every_fault_is_listed(desk: Desk, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    faulty = RECORD | {"spans": [{"start": 5, "end": 87, "label": "PERSON"}]}
    bad.write_text("\n".join([json.dumps(RECORD), json.dumps(faulty), '{"text": "cut o']), encoding="utf-8")
    before = titles(desk)
    drop(desk, [good, bad])
    desk.dialog()
    desk.press("Return")
    desk.until(lambda: "Nothing was imported" in desk.words_on_screen(desk.dialog()))
    assert f"{bad}:2: " in report(desk)
    assert f"{bad}:3: " in report(desk)
    desk.press("Escape")
    assert titles(desk) == before


def test_importing_the_same_again_changes_nothing_and_says_so(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "again.txt"
    text.write_text(desk.text, encoding="utf-8")
    before = titles(desk)
    drop(desk, [text])
    desk.dialog()
    desk.press("Return")
    desk.until(lambda: "here already" in desk.words_on_screen(desk.dialog()))
    desk.press("Escape")
    assert titles(desk) == before


def test_labels_that_are_new_to_the_project_can_be_used_at_once(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "rivers.jsonl"
    river = {"text": "The Rhine.", "spans": [{"start": 4, "end": 9, "label": "RIVER"}]}
    file.write_text(json.dumps(river) + "\n", encoding="utf-8")
    desk.press("Tab", "Space")
    drop(desk, [file])
    desk.dialog()
    desk.press("Return")
    desk.until(lambda: "RIVER" in desk.session.schema.label_names)
    desk.begin()
    assert desk.label_of("China") == "GPE"
    desk.press("Ctrl+Home")
    desk.drag_over("boosting")
    desk.type("river")
    desk.press("Return")
    assert desk.label_of("boosting") == "RIVER"
