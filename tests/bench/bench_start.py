"""From the start of the process to the sample article on screen, beside an empty Qt window; and the memory it takes.

Both sides start in turn, offscreen, in processes of their own; figures are medians of wall time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from annotator.app.identity import current_identity
from annotator.app.projects import open_sample

ROUNDS = 7

OURS = """
import sys, time
from pathlib import Path
from annotator.__main__ import main
from annotator.ui.canvas.view import Canvas
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

paint = Canvas.paintEvent

def first_paint(self, event):
    paint(self, event)
    if self.content is not None:
        Canvas.paintEvent = paint
        rss = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
        print(time.monotonic(), rss, "spacy" in sys.modules, flush=True)
        QTimer.singleShot(0, QApplication.closeAllWindows)

Canvas.paintEvent = first_paint
sys.argv[1:] = ["open", sys.argv[1]]
main()
"""

EMPTY = """
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        rss = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
        print(time.monotonic(), rss, False, flush=True)
        QTimer.singleShot(0, self.close)

app = QApplication([])
window = Window()
window.show()
app.exec()
"""


def run(script: str, *arguments: str) -> tuple[float, float]:
    """Milliseconds from starting the process to its first paint, and its memory then in MiB."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    painted, memory, has_spacy = done.stdout.split()
    if has_spacy == "True":
        raise AssertionError("the window has imported spaCy")
    return (float(painted) - began) * 1000, float(memory)


def measure() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "news.annot"
        open_sample(file, current_identity())
        ours, empty = [], []
        run(OURS, str(file))
        run(EMPTY)
        for _ in range(ROUNDS):
            ours.append(run(OURS, str(file)))
            empty.append(run(EMPTY))
    peer = "empty PySide6 window"
    median = statistics.median
    return [
        {
            "name": "start.visible_ms",
            "value": round(median(wall for wall, _ in ours), 1),
            "unit": "ms",
            "lower_is_better": True,
            "goal": 600,
            "peer": peer,
            "peer_value": round(median(wall for wall, _ in empty), 1),
        },
        {
            "name": "start.memory_mb",
            "value": round(median(memory for _, memory in ours), 1),
            "unit": "MB",
            "lower_is_better": True,
            "goal": None,
            "peer": peer,
            "peer_value": round(median(memory for _, memory in empty), 1),
        },
    ]
