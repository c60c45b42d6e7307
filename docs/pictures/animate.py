"""Record docs/pictures/review.png, a whole review by keys alone: python docs/pictures/animate.py [FILE]

Needs Xvfb and xdotool (`apt install xvfb xdotool`). The keys are those of the expert of the tests; they are
pressed at the program itself, in a window of a real X server, and each is shown with what it has made of the
page. Nothing of the user's is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDTH_PX, HEIGHT_PX, STRIP_PX = 900, 520, 40
KEY_S, FIRST_S, LAST_S = 0.1, 1.2, 2.0
"""How long a frame is shown; the first and the last may be read."""
SETTLE_S, SEARCH_S = 0.25, 2.0
"""What the program is given to show what a key has done, and to find likely misses at the beginning."""

if __name__ == "__main__" and "DISPLAY" not in os.environ:
    screen = f"-screen 0 {WIDTH_PX}x{HEIGHT_PX}x24"
    command = ["xvfb-run", "-a", "-s", screen, sys.executable, *sys.argv]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603

HOME = Path(tempfile.mkdtemp(prefix="annotator-animation-"))
os.environ |= {f"XDG_{kind}_HOME": str(HOME / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
os.environ |= {"QT_QPA_PLATFORM": "xcb", "QT_FONT_DPI": "96", "LC_ALL": "C.UTF-8", "HOME": str(HOME)}
os.environ["QT_SCALE_FACTOR"] = "1"
sys.path.insert(0, str(ROOT / "tests"))

from apng import write_apng  # noqa: E402
from PySide6.QtCore import QPoint, QRect, Qt  # noqa: E402
from PySide6.QtGui import QColor, QFont, QImage, QPainter  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from annotator.ui.application import make_application  # noqa: E402
from annotator.ui.theme import LIGHT  # noqa: E402
from driving import sit_down  # noqa: E402
from effort import Counter, Expert  # noqa: E402
from real_window import press, program, xdotool  # noqa: E402
from review_task import Task, make_task, make_task_project  # noqa: E402

SIGNS = {"Left": "←", "Right": "→", "Return": "Enter"}


class Patience:
    """Waits as the tests do."""

    def waitUntil(self, holds: Callable[[], bool], *, timeout: int) -> None:
        deadline = time.monotonic() + timeout / 1000
        while not holds():
            if time.monotonic() > deadline:
                sys.exit("waited in vain")
            QTest.qWait(5)

    def waitExposed(self, window: QWidget) -> None:
        QTest.qWaitForWindowExposed(window)


def plan(app: QApplication, task: Task) -> list[str]:
    """The keys of a review by type, tried out at a project of its own."""
    folder = HOME / "plan"
    folder.mkdir()
    with sit_down(Patience(), make_task_project(folder / "News.annot", task)) as desk:
        desk.until(lambda: desk.session.sweep.is_over)
        counter = Counter(app)
        expert = Expert(desk, task, counter)
        expert.review_singly()
        counter.stop()
    return expert.keys


def record(keys: list[str], task: Task) -> list[QImage]:
    """The window before the first key and after each."""
    folder = HOME / "real"
    folder.mkdir()
    with program(make_task_project(folder / "News.annot", task)) as window:
        xdotool("windowmove", window, "0", "0")
        xdotool("windowsize", "--sync", window, str(WIDTH_PX), str(HEIGHT_PX))
        press("Ctrl+1")  # the text is what it is about
        time.sleep(SEARCH_S)
        frames = [framed("", 0)]
        for number, key in enumerate(keys, 1):
            press(key)
            time.sleep(SETTLE_S)
            frames.append(framed(key, number))
    return frames


def framed(key: str, number: int) -> QImage:
    """The screen as it is, and below it the key that was pressed last."""
    screen = QApplication.primaryScreen().grabWindow(0, 0, 0, WIDTH_PX, HEIGHT_PX).toImage()
    image = QImage(WIDTH_PX, HEIGHT_PX + STRIP_PX, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.text))
    painter = QPainter(image)
    painter.drawImage(QPoint(0, 0), screen)
    font = QFont(QApplication.font())
    font.setPixelSize(20)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.page))
    strip = QRect(20, HEIGHT_PX, WIDTH_PX - 40, STRIP_PX)
    shown = "+".join(SIGNS.get(part, part) for part in key.split("+"))
    painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter, shown)
    font.setWeight(QFont.Weight.Normal)
    font.setPixelSize(16)
    painter.setFont(font)
    painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter, "90 suggestions, 11 names missed, 8 relations")
    counted = f"{number} keys, no mouse" if number else ""
    painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, counted)
    painter.end()
    return image


def main(file: Path) -> None:
    app, task = make_application(), make_task()
    frames = record(plan(app, task), task)
    seconds = [FIRST_S, *[KEY_S] * (len(frames) - 2), LAST_S]
    write_apng(file, frames, seconds)
    print(f"{file}: {len(frames)} frames, {sum(seconds):.1f} s, {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("review.png"))
