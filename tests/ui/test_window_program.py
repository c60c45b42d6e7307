"""The program as a process of its own: one window gives way to the next, and the last one ends it."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from driving import Desk, make_project

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from annotator.ui.application import Program, make_application

app = make_application()
program = Program(app, theme="light", is_suggesting=False)
steps = iter([
    program.show_start,
    lambda: program.open(Path(sys.argv[1])),
    lambda: program.window.openWanted.emit(Path(sys.argv[2])),
    lambda: program.window.openWanted.emit(Path(sys.argv[2])),
    lambda: program.open(Path(sys.executable)),
    lambda: print(program.window.session.path.name, app.activeModalWidget().windowTitle()),
    lambda: app.activeModalWidget().close(),
    lambda: program.window.close(),
])
timer = QTimer(interval=250)
timer.timeout.connect(lambda: next(steps, app.quit)())
timer.start()
status = app.exec()
print("steps left:", len(list(steps)))
sys.exit(status)
"""


def test_one_project_gives_way_to_another_and_a_bad_one_does_not_cost_the_open_one(tmp_path: Path) -> None:
    one = make_project(tmp_path / "one.annot")
    (tmp_path / "more").mkdir()
    two = make_project(tmp_path / "more" / "two.annot")
    command = [sys.executable, "-c", SCRIPT, str(one), str(two)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "two.annot The project does not open" in done.stdout
    assert "steps left: 0" in done.stdout
    assert "Traceback" not in done.stderr


def test_f6_hands_the_keyboard_from_panel_to_panel_and_escape_gives_it_back(desk: Desk) -> None:
    window = desk.window
    for expected in (window.documents.view, window.labels.view, window.inspector.note, window.canvas):
        desk.press("F6")
        assert QApplication.focusWidget() is expected
    desk.press("F6", "Escape")
    assert desk.canvas.hasFocus()


def test_a_note_is_written_by_keyboard_and_kept(desk: Desk) -> None:
    desk.press("Tab", "Space", "K", "N")
    desk.type("sure of it")
    desk.press("Return")
    assert desk.canvas.hasFocus()
    assert {note.value for note in desk.saved_layer().notes.values()} == {"sure of it"}
    desk.press("K", "J")
    assert window_note(desk) == "sure of it"
    desk.press("Ctrl+Z")
    assert not desk.saved_layer().notes


def window_note(desk: Desk) -> str:
    return desk.window.inspector.note.text()
