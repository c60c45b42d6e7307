"""Every text of the study of nasty inputs that may be kept: opened, scrolled, labelled, and exported as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.app.exporting import export
from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, Schema
from annotator.model.text import is_grapheme_border
from annotator.store import Project
from driving import CTRL, Desk, sit_down

STUDY = Path(__file__).parents[3] / "shared" / "prototypes" / "nasty" / "nasty_gen.py"
SCHEMA = Schema("any", (Label("NAME", "Name", "1"),))


def kept_texts(folder: Path) -> list[Path]:
    """The texts that the study says to keep; the name of one is not UTF-8."""
    subprocess.run([sys.executable, STUDY, folder], check=True, capture_output=True)
    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    names = [item["file"].encode() for item in items if item["expect"] != "reject"]
    names = [name.replace(rb"\xff", b"\xff").replace(rb"\xfe", b"\xfe") for name in names if name.endswith(b".txt")]
    return [folder / os.fsdecode(name) for name in names if not name.startswith(b"fs/")]


def go_through(desk: Desk) -> None:
    """From top to bottom and back, by keys, by the scroll bar, and with the mouse."""
    canvas = desk.canvas
    bar = canvas.verticalScrollBar()
    for key in ("PgDown", "PgDown", "Down", "Right", "Ctrl+End", "Up", "Left", "PgUp", "Ctrl++", "Ctrl+-"):
        desk.press(key)
        canvas.grab()
    for share in (0.3, 0.7, 0.0):
        bar.setValue(round(share * bar.maximum()))
        canvas.grab()
    for modifiers in ({}, {"modifiers": CTRL}):
        desk.drag(QPoint(200, 60), QPoint(420, 110), **modifiers)
        desk.press("Escape", "Escape")


def label_first_words(desk: Desk) -> None:
    """By keyboard alone, and once more, a little larger."""
    desk.press("Ctrl+Home", "Shift+Down", "Shift+Down", "1")
    desk.press("Shift+Right", "Ctrl+Shift+Right", "Ctrl+Shift+Left")
    desk.canvas.grab()
    desk.press("Escape")


@pytest.mark.slow
@pytest.mark.skipif(not STUDY.exists(), reason="the study of nasty inputs is not beside this repository")
def test_the_texts_of_the_study_are_worked_with_and_come_out_as_they_were(qtbot: QtBot, tmp_path: Path) -> None:
    texts = kept_texts(tmp_path / "study")
    file, exported = tmp_path / "nasty.annot", tmp_path / "nasty.jsonl"
    create_project(file, SCHEMA, texts, current_identity())
    with Project.open(file, for_writing=False) as project:
        before = {row.document.id: project.text(row.document.id) for row in project.documents()}
    assert len(before) > 30
    with sit_down(qtbot, file) as desk:
        for number in range(len(before)):
            if number:
                desk.press("Ctrl+PgDown")
            assert desk.session.document is not None
            assert desk.text == before[desk.session.document.id]
            go_through(desk)
            label_first_words(desk)
            spans = list(desk.session.layer.spans.values())
            assert spans, desk.session.document.name
            assert all(is_grapheme_border(desk.text, place) for span in spans for place in (span.start, span.end))
        desk.saved_layer()
    with Project.open(file, for_writing=False) as project:
        export(project, exported, layer="person", status="any", identity=current_identity())
    records = [json.loads(line) for line in exported.read_bytes().split(b"\n") if line]
    assert sorted(record["text"] for record in records) == sorted(before.values())
    for record in records:
        assert record["spans"]
