"""What the whole review of an article costs a person: keys, mouse acts, and modelled motor time.

    python tests/bench/bench_effort.py

The task and the one who does it are those of tests/journeys/test_effort.py; every key that goes down is counted at the
application. Seconds are modelled, not measured: 0.28 s a key (keystroke-level model, Card, Moran & Newell 1980), a key
with Shift, Ctrl or Alt counted as one; `_held` counts these by themselves. The other tools' times were modelled for the
same review from their sources and documentation; reading and thinking are left out everywhere.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from loads import figure
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.ui.application import make_application
from driving import sit_down
from effort import KEY_S, Counter, Expert
from review_task import make_task, make_task_project

KEYS_GOAL, KEYS_BY_TYPE_GOAL = 130, 80
SECONDS_GOAL, SECONDS_BY_TYPE_GOAL = 33.0, 23.0
OTHERS = {"Prodigy": 93, "doccano": 102, "Potato": 112, "Label Studio": 116, "INCEpTION": 173}
PEER, PEER_S = "brat", 85
PEER_IN_BULK, PEER_IN_BULK_S = "INCEpTION in bulk", 77


class Patience:
    """Waits as the tests do, where there are no tests."""

    def waitUntil(self, holds: Callable[[], bool], *, timeout: int) -> None:
        deadline = time.monotonic() + timeout / 1000
        while not holds():
            assert time.monotonic() < deadline, "waited in vain"
            QTest.qWait(5)

    def waitExposed(self, window: QWidget) -> None:
        QTest.qWaitForWindowExposed(window)


def measure() -> list[dict[str, Any]]:
    """Rows for the common runner."""
    singly, by_type = (_review(way) for way in (Expert.review_singly, Expert.review_by_type))
    others = ", ".join(f"{name} {seconds}" for name, seconds in OTHERS.items())
    return [
        _row("effort.keys_single", singly.keys, "keys", KEYS_GOAL),
        _row("effort.keys_by_type", by_type.keys, "keys", KEYS_BY_TYPE_GOAL),
        _row("effort.mouse", singly.mouse + by_type.mouse, "acts", 0),
        _row("effort.dialogs", singly.dialogs + by_type.dialogs, "", 0),
        _row("effort.seconds_single", singly.keys * KEY_S, "s", SECONDS_GOAL, f"{PEER} ({others})", PEER_S),
        _row("effort.seconds_by_type", by_type.keys * KEY_S, "s", SECONDS_BY_TYPE_GOAL, PEER_IN_BULK, PEER_IN_BULK_S),
        _row("effort.seconds_single_held", (singly.keys + singly.held) * KEY_S, "s", None),
        _row("effort.seconds_by_type_held", (by_type.keys + by_type.held) * KEY_S, "s", None),
    ]


def _review(way: Callable[[Expert], None]) -> Counter:
    app, task = make_application(), make_task()
    with TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # nobody's settings are touched
        with sit_down(Patience(), make_task_project(Path(folder) / "review.annot", task)) as desk:
            desk.until(lambda: desk.session.sweep.is_over)
            document = desk.session.document
            counter = Counter(app)
            way(Expert(desk, task, counter))
            counter.stop()
            assert desk.session.document != document, "the review was finished"
    return counter


def _row(
    name: str, value: float, unit: str, goal: float | None, peer: str = "", peer_value: float | None = None
) -> dict[str, Any]:
    return figure(name, value, goal, peer, peer_value, unit)


if __name__ == "__main__":
    for row in measure():
        print(f"{row['name']:30} {row['value']:8.4g} {row['unit']}")
