"""An act in many documents is killed half-way: the file is whole, and one undo takes back what was done of it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.app import deciding  # noqa: F401 - it fills the table
from annotator.app.commands import run
from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.model import Document, Label, Schema, text_id
from annotator.store import ImportRecord, Project, examine

WRITER = Path(__file__).with_name("bulk_writer.py")
COUNT = 600


@pytest.fixture
def file(tmp_path: Path) -> Path:
    texts = [f"Oslo is number {number}." for number in range(COUNT)]
    with Project.create(tmp_path / "p.annot", Schema("s", (Label("GPE", "Place"),)), name="P") as project:
        project.import_documents([ImportRecord(Document(text_id(t), t, len(t), 0), t) for t in texts])
    return tmp_path / "p.annot"


def labelled(file: Path) -> int:
    with Project.open(file, for_writing=False) as project:
        author = next(author.id for author in project.authors() if author.kind == "person")
        return sum(row.spans for row in project.documents(author=author))


@pytest.mark.parametrize("after", [1, 3])
def test_what_is_on_disk_after_a_kill_is_taken_back_by_one_undo(file: Path, after: int) -> None:
    process = subprocess.Popen(
        [sys.executable, WRITER, file],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1])},
    )
    assert process.stdout is not None
    with process.stdout:
        told = [int(process.stdout.readline().split()[1]) for _ in range(after)][-1]
        process.kill()
    process.wait()
    Project.open(file).close()  # takes back what was half written
    assert examine(file) == []
    assert told <= labelled(file) < COUNT
    calls: queue.Queue[Callable[[], None]] = queue.Queue()
    session = Session(file, identity=Identity("0190-anna", "anna"), dispatch=calls.put)
    run(session, "edit.undo")
    while session.bulk.is_running:
        calls.get()()
    session.close()
    assert labelled(file) == 0
