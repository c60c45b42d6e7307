"""A writer is killed again and again, at any moment; nothing that it called saved is ever missing.

`ANNOTATOR_KILLS=1000 pytest tests/faults` makes it long.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import annotator
from annotator.store import Project, examine

KILLS = int(os.environ.get("ANNOTATOR_KILLS", "50"))
WRITER = Path(__file__).with_name("writer.py")


@dataclass
class Tally:
    """What all writers together said, and how they ended."""

    acknowledged: set[int] = field(default_factory=set)
    without_ack: int = 0


def run_and_kill(path: Path, seed: int, dice: random.Random, tally: Tally) -> None:
    """Start a writer and kill it: after a random time, right at an acknowledgement, or a moment after one."""
    process = subprocess.Popen(
        [sys.executable, WRITER, path, str(seed)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1])},
    )
    moment, count = dice.choice(["time", "ack", "gap", "gap"]), dice.randint(1, 40)
    timer = threading.Timer(dice.random() * 0.4 if moment == "time" else 60, process.kill)
    timer.start()
    number = 0
    for number, line in enumerate(acknowledgements(process), 1):
        tally.acknowledged.add(line)
        if moment != "time" and number == count:
            if moment == "gap":
                time.sleep(dice.random() ** 3 * 0.01)
            process.kill()
    process.wait()
    timer.cancel()
    timer.join()
    tally.without_ack += number == 0
    assert process.returncode == -9, "the writer ended by itself"


def acknowledgements(process: subprocess.Popen[bytes]) -> Iterator[int]:
    """Every number whose line reached the pipe, also after the kill."""
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            if line.startswith(b"ACK ") and line.endswith(b"\n"):
                yield int(line[4:])


def check(path: Path, tally: Tally) -> None:
    """Everything acknowledged is there, and the file is whole; a half act may wait to be taken back."""
    if not path.exists():
        assert not tally.acknowledged
        return
    assert {finding.code for finding in examine(path)} <= {"doctor-unfinished"}, examine(path)
    with Project.open(path, for_writing=False) as project:
        rows = project.connection.execute("SELECT DISTINCT title FROM journal WHERE title IS NOT NULL").fetchall()
    assert tally.acknowledged <= {int(title) for (title,) in rows}


@pytest.mark.slow
@pytest.mark.timeout(120 + 2 * KILLS)
def test_nothing_that_was_saved_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    dice = random.Random(11)
    path, tally = tmp_path / "killed.annot", Tally()
    for seed in range(KILLS):
        run_and_kill(path, seed, dice, tally)
        check(path, tally)
    with Project.open(path) as project:  # takes the last half act back, and its next act clears away what is left
        project.ensure_author("person", "last")
    assert examine(path) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["killed.annot"]
    assert len(tally.acknowledged) > 2 * KILLS, "the writers were killed before they did anything"
