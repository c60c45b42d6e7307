"""The window when things are not as usual: read-only, not saved, empty, another project, a fault of the program."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.store import Project
from annotator.ui import crash
from annotator.ui.application import Program, make_application
from annotator.ui.settings import Settings
from annotator.ui.start import StartWindow
from driving import Desk, make_project, sit_down


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    made = Program(make_application(), Settings(), theme="light", is_suggesting=False)
    yield made
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
    made.shut()


def test_a_project_that_another_process_writes_opens_read_only_and_says_who(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot")
    with Project.open(file), sit_down(qtbot, file) as desk:
        words = desk.words_on_screen()
        assert "Open for reading only" in words
        assert "pid" in words
        desk.press("Tab", "Space")
        assert desk.label_of("China") is None
        assert "read-only" in desk.words_on_screen()
        assert not desk.window.top_bar.finish.isEnabled()
        desk.press("Escape", "6")
        assert desk.session.armed is None
        assert "For reading only" in desk.words_on_screen()


def test_an_edit_that_cannot_be_saved_stays_on_screen_and_can_be_saved_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = desk.file.with_name("moved.annot")
    desk.file.rename(moved)
    desk.press("Tab", "Space")
    desk.until(lambda: "NOT SAVED" in desk.words_on_screen())
    assert desk.label_of("China") == "GPE"
    moved.rename(desk.file)
    desk.click(next(b for b in desk.window.status.buttons if b.text() == "Retry"))
    desk.until(lambda: "All changes saved" in desk.words_on_screen())
    assert len(desk.saved_layer().spans) == 1


def test_an_empty_project_says_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "empty.annot"
    create_project(file, load_schema("news"), [], current_identity())
    with sit_down(qtbot, file) as desk:
        assert "Import" in desk.words_on_screen(desk.window.documents)
        assert "No document" in desk.words_on_screen(desk.window.inspector)
        desk.press("Tab", "Space", "1", "Ctrl+Return", "Down", "R")


def test_the_window_remembers_its_panels_and_zoom(desk: Desk) -> None:
    desk.press("Ctrl+1", "Ctrl++", "Ctrl++")
    zoom = desk.canvas.zoom
    assert zoom > 1
    desk.restart()
    assert not desk.window.documents.isVisible()
    assert desk.window.right.isVisible()
    assert desk.canvas.zoom == pytest.approx(zoom)


def test_the_theme_changes_by_one_key_and_is_remembered(desk: Desk) -> None:
    desk.press("Ctrl+Shift+L")
    assert desk.window.theme.is_dark
    assert Settings().text("theme") == "dark"


def test_a_file_that_is_no_project_is_explained_and_left_alone(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "thesis.annot"
    file.write_bytes(b"not a project at all, but long enough to look at" * 10)
    before = file.read_bytes()
    assert not program.open(file)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    desk = Desk(qtbot, program, file)
    assert "no Annotator project" in desk.words_on_screen(dialog)
    desk.click(desk.button("Examine", dialog))
    qtbot.waitUntil(dialog.findings.isVisible)
    assert dialog.findings.toPlainText()
    assert file.read_bytes() == before


def test_the_start_window_opens_a_recent_project_by_return(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot")
    program.settings.remember_project(file)
    program.show_start()
    start = program.window
    assert isinstance(start, StartWindow)
    start.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(program.window, StartWindow))
    assert program.window.windowTitle().endswith("News – Annotator")
    desk = Desk(qtbot, program, file)
    desk.begin()


def fail_over(text: str) -> None:
    raise RuntimeError(text)


def test_a_fault_of_the_program_is_reported_without_a_word_of_the_text(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = sys.excepthook
    crash.install(desk.program.show_crash)
    try:
        fail_over(desk.text)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = hook
    dialog = desk.dialog()
    assert "fault of the program (RuntimeError)" in desk.words_on_screen(dialog)
    [report] = crash.report_folder().glob("crash-*.txt")
    written = report.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "test_window_states.py" in written
    assert "China-Russia" not in written


def test_f1_shows_all_keys_and_any_key_closes_them(desk: Desk) -> None:
    desk.press("F1")
    dialog = desk.dialog()
    assert "Next open suggestion" in desk.words_on_screen(dialog)
    assert "Organisation" in desk.words_on_screen(dialog)
    desk.press("Q")
    desk.until(lambda: QApplication.activeModalWidget() is None)


def test_a_file_is_imported_and_appears_in_the_list(desk: Desk, tmp_path: Path) -> None:
    from annotator.ui.dialogs.importing import ImportDialog

    text = tmp_path / "fresh.txt"
    text.write_text("Fresh news\n\nBo left Oslo.\n", encoding="utf-8")
    dialog = ImportDialog(desk.session, [text], desk.window)
    dialog.open()
    desk.press("Return")
    desk.until(lambda: "Imported 1 document" in desk.words_on_screen(dialog))
    dialog.close()
    desk.until(lambda: desk.window.documents.model.total == 4)


def test_a_bad_file_is_refused_with_its_line_and_nothing_is_imported(desk: Desk, tmp_path: Path) -> None:
    from annotator.ui.dialogs.importing import ImportDialog

    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "Bo.", "spans": [{"start": 0, "end": 87, "label": "PERSON"}]}\n', encoding="utf-8")
    dialog = ImportDialog(desk.session, [bad], desk.window)
    dialog.open()
    desk.press("Return")
    desk.until(dialog.details.isVisible)
    assert "bad.jsonl:1" in dialog.details.toPlainText()
    assert desk.window.documents.model.total == 3
