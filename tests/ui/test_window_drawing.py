"""Pictures and print from the window; only the dialogs of Qt are answered here."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from annotator.ui.fonts import FAMILY, family


@pytest.fixture
def saved_as(monkeypatch, tmp_path):
    """Answers the file dialog with a name in an empty folder."""

    def answer(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
        return path

    return answer


def families(svg: Path) -> set[str]:
    return set(re.findall('font-family="([^"]*)"', svg.read_text(encoding="utf-8")))


def test_a_picture_of_the_document_shows_the_face_that_was_chosen(desk, saved_as):
    if QFontInfo(QFont(family("mono"))).family() == FAMILY:
        pytest.skip("no other face on this machine")
    usual = saved_as("usual.svg")
    desk.window.carry_out("file.picture")
    mono = saved_as("mono.svg")
    desk.window.carry_out("view.face-mono")
    desk.window.carry_out("file.picture")
    assert families(mono) - families(usual)


def test_a_picture_of_the_selection_holds_its_lines_only(desk, saved_as):
    whole = saved_as("whole.svg")
    desk.window.carry_out("file.picture")
    part = saved_as("part.svg")
    desk.session.set_selection((0, 5))
    desk.window.carry_out("file.picture-selection")
    assert part.stat().st_size < whole.stat().st_size / 2


def test_without_a_selection_there_is_nothing_to_draw_of_it(desk, saved_as):
    path = saved_as("part.svg")
    desk.session.set_selection(None)
    desk.window.carry_out("file.picture-selection")
    assert not path.exists()
    assert not desk.window.menus.actions["file.picture-selection"].isEnabled()


def test_printing_goes_to_the_printer_that_was_chosen(desk, monkeypatch, tmp_path):
    path = tmp_path / "printed.pdf"

    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(path))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    desk.window.carry_out("file.print")
    assert path.read_bytes().startswith(b"%PDF-")


def test_a_print_dialog_that_is_left_prints_nothing(desk, monkeypatch, tmp_path):
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)
    desk.window.carry_out("file.print")
    assert list(tmp_path.glob("*.pdf")) == []
