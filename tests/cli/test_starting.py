"""The quick way into the window: nothing of the command line and nothing of the model is loaded."""

import os
import subprocess
import sys
from pathlib import Path

from annotator.app.identity import current_identity
from annotator.app.projects import open_sample

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.__main__ import main
from annotator.ui.canvas import Canvas

paint = Canvas.paintEvent

def first_paint(canvas, event):
    paint(canvas, event)
    if canvas.content is not None:
        Canvas.paintEvent = paint
        unwanted = ("typer", "rich", "spacy", "sqlite_utils", "annotator.formats")
        print(*(name for name in unwanted if name in sys.modules))
        QTimer.singleShot(0, QApplication.closeAllWindows)

Canvas.paintEvent = first_paint
sys.argv = ["annotator", "open", sys.argv[1]]
main()
"""


def test_the_text_is_painted_before_anything_is_loaded_that_it_does_not_need(tmp_path: Path) -> None:
    file = tmp_path / "news.annot"
    open_sample(file, current_identity())
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
