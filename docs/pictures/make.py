"""Make the pictures of every screen and every state of the text anew: python docs/pictures/make.py [FOLDER]

The window is driven by keys, offscreen, on the sample project in a folder of its own. Nothing of the user's is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="annotator-pictures-"))
os.environ |= {f"XDG_{kind}_HOME": str(HOME / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_FONT_DPI": "96", "LC_ALL": "C.UTF-8", "HOME": str(HOME)}
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from canvas import draw_states  # noqa: E402
from PySide6.QtCore import QPoint, QSize, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from annotator.app.identity import Identity  # noqa: E402
from annotator.app.importing import import_files  # noqa: E402
from annotator.app.presuggesting import suggest  # noqa: E402
from annotator.app.projects import open_sample  # noqa: E402
from annotator.model import Broken, Span  # noqa: E402
from annotator.store import Project  # noqa: E402
from annotator.ui.application import Program, make_application  # noqa: E402
from annotator.ui.canvas.ends import arc_ends  # noqa: E402
from annotator.ui.popups.command_palette import CommandPalette  # noqa: E402
from annotator.ui.settings import Settings  # noqa: E402
from annotator.ui.theme import DARK, LIGHT, Theme  # noqa: E402
from annotator.ui.window import MainWindow  # noqa: E402

SIZE = QSize(1600, 1000)
ANNA = Identity("0192f3c4-0000-7000-8000-000000000001", "anna")
PATIENCE_S = 60
CTRL = Qt.KeyboardModifier.ControlModifier
TO_LOOK_AT = ("COVID-19", "He", "Cold War")
"""Suggestions that are left open in the picture of the main window."""

NEWS = {
    "BRICS leaders agree on expansion": "Leaders of Brazil, Russia, India, China and South Africa met in Johannesburg.",
    "Energy ministers meet in Vienna": "Ministers of OPEC met in Vienna on Sunday. Saudi Arabia cut its output.",
    "UN assembly opens amid tensions": "Antonio Guterres opened the General Assembly in New York on Tuesday.",
    "Grain corridor extended by 60 days": "Turkey and the United Nations announced the deal in Ankara.",
    "Customs data: trade up 47.5 percent": "Trade grew to 172 billion dollars, China Customs said in Beijing.",
    "Shanghai summit closes with accord": "The Shanghai Cooperation Organization met in Samarkand.",
    "State Duma debates trade bill": "Leonid Slutsky spoke in Moscow on Wednesday.",
    "Mongolia seeks new rail links": "Mongolia signed a contract with Russian Railways in Ulaanbaatar.",
    "G20 finance chiefs end talks": "Finance ministers of the G20 met in Bengaluru.",
    "New Year address: key takeaways": "Xi Jinping spoke on Saturday.",
}
"""Headline and body of the short texts around the sample article."""

DONE = 2
"""So many of them are finished."""


def main() -> None:
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ["QT_SCALE_FACTOR"] == "1":
        make_application()
        for file in draw_states(folder):
            print(file)
        draw_all(folder, [LIGHT, DARK], SCREENS)
        subprocess.run(  # noqa: S603 - this very script
            [sys.executable, __file__, str(folder)], check=True, env=os.environ | {"QT_SCALE_FACTOR": "2"}
        )
    else:
        draw_all(folder, [LIGHT], {"window-200-percent": main_window})


def draw_all(folder: Path, themes: list[Theme], screens: dict[str, Callable[[Stage], QWidget]]) -> None:
    app = make_application()
    for theme in themes:
        with Stage.opened(app, theme) as stage:
            for name, screen in screens.items():
                widget = screen(stage)
                stage.settle()
                file = folder / (f"{name}-{theme.name}.png" if len(themes) > 1 else f"{name}.png")
                widget.grab().save(str(file), quality=0)  # as small as it gets
                stage.tidy()
                print(file)


def fill(project: Path) -> None:
    """The sample article among short texts, all with suggestions."""
    open_sample(project, ANNA)
    texts = []
    for headline, body in NEWS.items():
        texts.append(project.with_name(f"{headline.replace(':', '')}.txt"))
        texts[-1].write_text(f"{headline}\n\n{body}\n", encoding="utf-8")
    with Project.open(project) as opened:
        import_files(opened, texts, ANNA)
        for _ in suggest(opened, [row.document for row in opened.documents()]):
            pass


class Stage:
    """A window on a fresh sample project, and hands to type with."""

    def __init__(self, app: QApplication, program: Program, project: Path) -> None:
        self.app, self.program, self.project = app, program, project

    @classmethod
    @contextmanager
    def opened(cls, app: QApplication, theme: Theme) -> Iterator[Stage]:
        with tempfile.TemporaryDirectory(dir=HOME) as folder:
            project = Path(folder) / "news.annot"
            fill(project)
            program = Program(app, Settings(Path(folder) / "window.ini"), theme=theme.name)
            program.open(project)
            stage = cls(app, program, project)
            stage.window.resize(SIZE)
            stage.wait_for(lambda: len(stage.window.session.pending) > 0)
            stage.settle(1.5)
            stage.finish_some()
            yield stage
            program.shut()

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.window, MainWindow), "the project is open"
        return self.program.window

    def settle(self, seconds: float = 0.15) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def wait_for(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                raise SystemExit("The suggestions did not come: is a model installed?")
            self.settle(0.05)

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.app.focusWidget() or self.window.canvas, key, modifiers)
            self.settle(0.02)

    def finish_some(self) -> None:
        """Accept and finish the first short texts, then come back to the article."""
        article = self.window.session.document
        assert article is not None, "the window opens on the article"
        for _ in range(DONE):
            self.press(Qt.Key.Key_PageDown, modifiers=CTRL)
            self.press(Qt.Key.Key_A, modifiers=CTRL | Qt.KeyboardModifier.ShiftModifier)
            self.press(Qt.Key.Key_Return, modifiers=CTRL)
            self.press(Qt.Key.Key_PageUp, modifiers=CTRL)
        for _ in range(DONE):
            self.press(Qt.Key.Key_PageUp, modifiers=CTRL)
        assert self.window.session.document == article, "back at the article"

    def focus_on(self, words: str) -> None:
        """Walk to the first span on these words, as J does."""
        session = self.window.session
        start = session.text.index(words)
        spans = [*session.layer.spans.values(), *session.pending.spans.values()]
        session.set_focus(next(span.id for span in spans if span.start == start))
        self.window.canvas.setFocus()
        self.settle()

    def dialog(self) -> QWidget:
        self.settle()
        found = self.app.activeModalWidget()
        assert found is not None, "a dialog is open"
        return found

    def tidy(self) -> None:
        """Close what a picture has opened."""
        while (dialog := self.app.activeModalWidget()) is not None:
            dialog.close()
            self.settle()
        for popup in (self.window.findChild(CommandPalette), self.window.palette_popup, self.window.end_finder):
            if popup is not None:
                popup.hide()
        self.window.session.end_relating()
        if self.window.ledger.isVisible():
            self.press(Qt.Key.Key_4, modifiers=CTRL)
        self.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Escape)


def main_window(stage: Stage) -> QWidget:
    """Most is decided, a few suggestions are left."""
    session = stage.window.session
    stage.press(Qt.Key.Key_Home, modifiers=CTRL)
    stage.press(Qt.Key.Key_Tab)
    passed: set[str] = set()
    while session.focus is not None and session.focus not in passed:
        item = session.focused
        is_left = isinstance(item, Span) and item.covered(session.text) in TO_LOOK_AT
        passed |= {session.focus} if is_left else set()
        stage.press(Qt.Key.Key_Tab if is_left else Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Home, modifiers=CTRL)
    stage.focus_on("Vladimir Putin via video link. Both")
    return stage.window


def suggestion(stage: Stage) -> QWidget:
    stage.focus_on("COVID-19")
    return stage.window


def by_type(stage: Stage) -> QWidget:
    """The row of a name, one mention of which is held back."""
    stage.press(Qt.Key.Key_4, modifiers=CTRL)
    stage.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    return stage.window


def relation_hints(stage: Stage) -> QWidget:
    stage.focus_on("Xi Jinping in Beijing")
    stage.press(Qt.Key.Key_R)
    return stage.window


def relation_choice(stage: Stage) -> QWidget:
    stage.focus_on("Xi Jinping in Beijing")
    stage.press(Qt.Key.Key_R)
    state = stage.window.session.relating
    assert state is not None, "R has begun a relation"
    target = stage.window.session.text.index("Vladimir Putin")
    wanted = next(
        hint for key, hint in state.hints.items() if getattr(stage.window.session.find(key), "start", -1) == target
    )
    QTest.keyClicks(stage.window.canvas, wanted)
    return stage.window


def relation_end(stage: Stage) -> QWidget:
    """The tail of a relation is being dragged: where it may go is lit."""
    session, canvas = stage.window.session, stage.window.canvas
    stage.press(Qt.Key.Key_Home, modifiers=CTRL)
    head = session.text.index("Xi made the remarks")
    relation = next(
        relation for relation in session.layer.relations.values() if session.layer.spans[relation.head].start == head
    )
    session.set_focus(relation.id)
    stage.settle()
    page, target = canvas.page, session.text.index("Putin discuss")
    rect = canvas.range_rect(target, target + len("Putin"))
    assert page is not None
    assert rect is not None, "these words are at the top"
    shown = page.shown()
    ends = arc_ends(page.setting, shown, page.rails(shown), {relation.id}, x=page.x)
    tail = next(end.at.toPoint() for end in ends if end.end == "tail")
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=tail)
    for place in (tail - QPoint(20, 20), rect.center()):
        QTest.mouseMove(canvas.viewport(), place)
        stage.settle(0.05)
    return stage.window


def label_palette(stage: Stage) -> QWidget:
    canvas = stage.window.canvas
    stage.press(Qt.Key.Key_Home, modifiers=CTRL)
    start = stage.window.session.text.index("strategic coordination")
    rect = canvas.range_rect(start, start + len("strategic coordination"))
    assert rect is not None, "these words are at the top"
    left, right = rect.bottomLeft() + QPoint(4, -8), rect.bottomRight() + QPoint(-4, -8)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=left)
    for place in (left + QPoint(20, 0), right):
        QTest.mouseMove(canvas.viewport(), place)
        stage.settle(0.05)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=right)
    return stage.window


def export_dialog(stage: Stage) -> QWidget:
    stage.window.carry_out("file.export")
    return stage.dialog()


def import_report(stage: Stage) -> QWidget:
    from annotator.ui.dialogs.importing import ImportDialog

    folder = stage.project.parent
    (folder / "summit.txt").write_text("Leaders met in Vienna on Monday.\n", encoding="utf-8")
    (folder / "annotated.jsonl").write_text(
        '{"text": "Ana met Bo.", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}\n'
        '{"text": "Bo left.", "spans": [{"start": 0, "end": 87, "label": "PERSON"}]}\n',
        encoding="utf-8",
    )
    os.chdir(folder)  # short names are shown
    dialog = ImportDialog(stage.window.session, [Path("summit.txt"), Path("annotated.jsonl")], stage.window)
    dialog.open()
    stage.settle()
    dialog.go.click()
    stage.wait_for(dialog.details.isVisible)
    return dialog


def new_project(stage: Stage) -> QWidget:
    stage.window.newWanted.emit()
    return stage.dialog()


def keys(stage: Stage) -> QWidget:
    stage.press(Qt.Key.Key_F1)
    return stage.dialog()


def commands(stage: Stage) -> QWidget:
    stage.press(Qt.Key.Key_K, modifiers=CTRL)
    palette = stage.window.findChild(CommandPalette)
    QTest.keyClicks(palette.field, "la pe")
    return stage.window


def change_keys(stage: Stage) -> QWidget:
    stage.window.carry_out("help.remap")
    dialog = stage.dialog()
    QTest.keyClicks(dialog.search, "next")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    QTest.keyClick(dialog.panel.recorder, Qt.Key.Key_K)
    return dialog


def about(stage: Stage) -> QWidget:
    stage.window.carry_out("help.about")
    return stage.dialog()


def finish(stage: Stage) -> QWidget:
    stage.press(Qt.Key.Key_Return, modifiers=CTRL)
    return stage.window


def relation_finder(stage: Stage) -> QWidget:
    stage.focus_on("Xi Jinping in Beijing")
    stage.press(Qt.Key.Key_R, Qt.Key.Key_Slash)
    QTest.keyClicks(stage.window.end_finder.field, "putin")
    return stage.window


def unopened(stage: Stage) -> QWidget:
    from annotator.ui.dialogs.unopened import Unopened

    error = Broken("project-foreign", where="thesis.annot")
    dialog = Unopened(stage.project, error, stage.window.jobs, stage.window)
    dialog.open()
    return dialog


def start(stage: Stage) -> QWidget:
    from annotator.ui.start import StartWindow

    recent = [Path("/home/anna/Documents/Annotator/news.annot"), Path("/home/anna/thesis/diplomacy-2023.annot")]
    window = StartWindow(recent)
    window.set_theme(stage.program.theme)
    window.show()
    return window


def same_mentions(stage: Stage) -> QWidget:
    """What would become of the other mentions glows."""
    stage.focus_on("Xi Jinping in Beijing")
    stage.press(Qt.Key.Key_Space, Qt.Key.Key_Period)
    return stage.window


def same_mentions_in_project(stage: Stage) -> QWidget:
    stage.focus_on("China-Russia")
    stage.press(Qt.Key.Key_Space)
    stage.window.carry_out("mention.project")
    stage.settle(1.0)
    return stage.dialog()


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "suggestion": suggestion,
    "by-type": by_type,
    "finish": finish,
    "same-mentions": same_mentions,
    "same-mentions-project": same_mentions_in_project,
    "window": main_window,
    "label-palette": label_palette,
    "relation-end": relation_end,
    "relation-hints": relation_hints,
    "relation-choice": relation_choice,
    "keys": keys,
    "commands": commands,
    "change-keys": change_keys,
    "export": export_dialog,
    "import": import_report,
    "new-project": new_project,
    "relation-finder": relation_finder,
    "unopened": unopened,
    "about": about,
    "start": start,
}


if __name__ == "__main__":
    main()
