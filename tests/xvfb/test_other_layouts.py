"""Keys at their places on a keyboard without Latin letters, from the X server to the disk."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, span_suggestion_id
from annotator.store import Project
from real_window import PATIENCE_S, program, xdotool

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="no setxkbmap here"),
]
TAB, CTRL, OF_X, OF_Z = "23", "ctrl", "53", "52"


@pytest.fixture(params=["ru", "gr", "il"])
def layout(request: pytest.FixtureRequest) -> Iterator[str]:
    subprocess.run(["setxkbmap", request.param], check=True)
    yield request.param
    subprocess.run(["setxkbmap", "us"], check=True)


def test_x_rejects_and_ctrl_z_takes_it_back_whatever_the_keys_write(layout: str, tmp_path: Path) -> None:
    text, file = tmp_path / "a.txt", tmp_path / "a.annot"
    text.write_text("Ana came home to Vienna.\n", encoding="utf-8")
    create_project(file, load_schema("news"), [text], current_identity())
    fragments = ((0, 3),)
    with Project.open(file) as project:
        suggestion = Span(span_suggestion_id("PERSON", fragments), "PERSON", fragments, origin="model:m", score=0.5)
        machine = project.ensure_author("model", "m")
        project.save_suggestions(project.documents()[0].document.id, machine, [suggestion])
    with program(file):
        xdotool("key", "--delay", "40", TAB, OF_X)
        _wait_for_decisions(file, 1)
        xdotool("key", f"{CTRL}+{OF_Z}")
        _wait_for_decisions(file, 0)


def _wait_for_decisions(file: Path, number: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while _decisions(file) != number:
        assert time.monotonic() < deadline, f"{number} decisions were expected"
        time.sleep(0.05)


def _decisions(file: Path) -> int:
    with Project.open(file, for_writing=False) as project:
        return len(project.layer(project.documents()[0].document.id, current_identity().id).decisions)
