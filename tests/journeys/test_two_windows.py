"""The same project opened twice: one window writes, the other reads and says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.exporting import ExportDialog
from driving import LEFT, Desk, make_project, sit_down


@pytest.fixture
def both(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The writing window and the reading one; the reading one has the keyboard."""
    file = make_project(tmp_path / "news.annot")
    with sit_down(qtbot, file) as writer, sit_down(qtbot, file) as reader:
        yield writer, reader


def test_the_second_window_is_for_reading_and_says_who_writes(both: tuple[Desk, Desk]) -> None:
    writer, reader = both
    assert "Open for reading only" in reader.words_on_screen()
    assert "pid" in reader.words_on_screen(reader.window.banner)
    assert not writer.window.banner.isVisible()
    assert "Read-only" in reader.words_on_screen(reader.window.status)


def test_nothing_can_be_changed_in_the_second_window_by_key_or_mouse(both: tuple[Desk, Desk]) -> None:
    _, reader = both
    reader.press("Tab", "Space", "X", "2", "Shift+Right", "Ctrl+Shift+A")
    reader.drag_over("strategic coordination")
    reader.press("6")
    reader.drag(reader.rect("Xi Jinping").center(), reader.rect("Beijing").center())
    reader.press("E", "Escape", "Ctrl+Return")
    assert len(reader.session.layer) == 0
    assert reader.session.layer.status == "open"
    assert "read-only" in reader.words_on_screen()


def test_the_second_window_can_still_walk_read_and_export(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    writer, reader = both
    writer.window.activateWindow()
    writer.canvas.setFocus()
    writer.press("Tab", "Space")
    writer.saved_layer()
    reader.window.activateWindow()
    reader.canvas.setFocus()
    reader.press("Tab", "Tab", "Ctrl+PgDown", "Ctrl+PgUp")
    assert reader.label_of("China") == "GPE"
    reader.press("Ctrl+E")
    dialog = reader.dialog()
    assert isinstance(dialog, ExportDialog)
    reader.press("Ctrl+A")
    reader.type(str(tmp_path / "out.jsonl"))
    QTest.mouseClick(dialog.status, LEFT, pos=QPoint(dialog.status.width() * 3 // 4, dialog.status.height() // 2))
    reader.click(reader.button("Export", dialog))
    reader.until((tmp_path / "out.jsonl").exists)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [span["text"] for span in json.loads(lines[0])["spans"]] == ["China"]


def test_when_the_writing_window_is_closed_the_project_opens_for_writing_again(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot")
    with sit_down(qtbot, file):
        pass
    with sit_down(qtbot, file) as desk:
        desk.press("Tab", "Space")
        assert len(desk.saved_layer().spans) == 1
