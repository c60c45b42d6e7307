"""The guards of conftest.py catch what they are there for: each careless test below fails, and says why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
CARELESS = """
import os, socket, sqlite3, subprocess, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

def test_thread():
    threading.Thread(target=threading.Event().wait, args=[1], name="forgotten").start()

def test_process():
    globals()["child"] = subprocess.Popen(["sleep", "60"])

def test_database(tmp_path):
    globals()["db"] = sqlite3.connect(tmp_path / "forgotten.db")

def test_network():
    with socket.socket() as connection:
        connection.connect(("127.0.0.1", 9))

def test_window(qapp):
    globals()["window"] = QWidget()
    globals()["window"].setWindowTitle("forgotten window")
    globals()["window"].show()

def test_warning(qapp):
    qWarning("a bad idea")

def test_slot(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(10)

def test_settings_are_written():
    (Path(os.environ["XDG_CONFIG_HOME"]) / "settings.ini").write_text("x")

def test_settings_are_gone():
    assert not list(Path(os.environ["XDG_CONFIG_HOME"]).iterdir())

def test_tidy(qtbot, tmp_path):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    with subprocess.Popen(["true"]):
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
    sqlite3.connect(tmp_path / "a.db").close()
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("careless")
    guards = (TESTS / "conftest.py").read_text("utf-8")
    (place / "conftest.py").write_text(guards.replace("GRACE_S = 2.0", "GRACE_S = 0.2"), "utf-8")
    shutil.copy(TESTS.parent / "pyproject.toml", place)
    (place / "test_careless.py").write_text(CARELESS)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--tb=short", "test_careless.py"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("ERROR test_careless.py::test_thread", "left behind: thread forgotten"),
        ("ERROR test_careless.py::test_process", "sleep 60"),
        ("ERROR test_careless.py::test_database", "forgotten.db"),
        ("FAILED test_careless.py::test_network", "the network is not for tests"),
        ("ERROR test_careless.py::test_window", "forgotten window"),
        ("FAILED test_careless.py::test_warning", "a bad idea"),
        ("FAILED test_careless.py::test_slot", "ZeroDivisionError"),
    ],
)
def test_a_careless_test_fails(report, test, reason):
    assert test in report
    assert reason in report


@pytest.mark.slow
@pytest.mark.parametrize("test", ["settings_are_written", "settings_are_gone", "tidy"])
def test_a_tidy_test_passes(report, test):
    assert f"PASSED test_careless.py::test_{test}" in report
    assert f"ERROR test_careless.py::test_{test}" not in report
