"""The review of tests/journeys/test_effort.py once more, where nothing is within reach but an X server's keyboard."""

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.store import Project, examine
from driving import sit_down
from effort import Counter, Expert
from real_window import PATIENCE_S, press, program
from review_task import make_task, make_task_project

pytestmark = pytest.mark.xvfb


def test_the_keys_of_the_expert_make_the_gold_in_the_real_window(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    task = make_task()
    folders = [tmp_path / name for name in ("planned", "real")]
    planned, real = (make_task_project(_made(folder) / "review.annot", task) for folder in folders)
    counter = Counter(qapp)
    with sit_down(qtbot, planned) as desk:
        desk.until(lambda: desk.session.sweep.is_over)
        expert = Expert(desk, task, counter)
        expert.review_singly()
    counter.stop()
    with program(real):
        time.sleep(1.5)  # the search for likely misses waits until nothing else is to do
        for key in expert.keys:
            press(key)
        deadline = time.monotonic() + PATIENCE_S
        while not _is_done(real):
            assert time.monotonic() < deadline, "the document was not finished"
            time.sleep(0.1)
    with Project.open(real, for_writing=False) as project:
        layer = project.layer(project.documents()[0].document.id, current_identity().id)
    assert {span.fragments[0]: span.label for span in layer.spans.values()} == task.labels
    assert not list(examine(real))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _is_done(file: Path) -> bool:
    with Project.open(file, for_writing=False) as project:
        return project.layer(project.documents()[0].document.id, current_identity().id).status == "done"
