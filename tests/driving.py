"""A user at the window: real keys and a real mouse, nothing else. Looks at what is on screen and in the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.app.sources import load_schema, project_source_dir, seeds_dir
from annotator.model import Layer, Relation, Span, relation_suggestion_id, span_suggestion_id
from annotator.store import Project
from annotator.ui.application import Program, make_application
from annotator.ui.canvas import Canvas
from annotator.ui.dialogs.ask import Question
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
OTHER_TEXTS = {
    "summit.txt": "Leaders meet in Vienna\n\nAna Silva met Bo Larsen in Vienna on Monday.\n",
    "trade.txt": "Trade grows\n\nExports of Norway grew by 4 percent.\n",
}


class Desk:
    """The program with one project, and hands."""

    def __init__(self, qtbot: QtBot, program: Program, file: Path) -> None:
        self.qtbot, self.program, self.file = qtbot, program, file

    # ---- what there is

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    @property
    def session(self) -> Session:
        return self.window.session

    @property
    def canvas(self) -> Canvas:
        return self.window.canvas

    @property
    def text(self) -> str:
        return self.session.text

    @property
    def focused_words(self) -> str:
        """The words under the focused span; of a relation, its label."""
        item = self.session.focused
        if item is None:
            return ""
        return item.covered(self.text) if isinstance(item, Span) else item.label

    def label_of(self, words: str, nth: int = 0) -> str | None:
        """The decided label on exactly these words."""
        start = self.place(words, nth)
        spans = self.session.layer.spans.values()
        return next((s.label for s in spans if (s.start, s.end) == (start, start + len(words))), None)

    def relations(self) -> set[tuple[str, str, str]]:
        """The decided relations as (head, label, tail) in words."""
        layer, text = self.session.layer, self.text
        return {
            (layer.spans[one.head].covered(text), one.label, layer.spans[one.tail].covered(text))
            for one in layer.relations.values()
        }

    def words_on_screen(self, root: QWidget | None = None) -> str:
        """All labels and buttons that can be seen."""
        root = root or self.window
        labels = [part.text() for part in root.findChildren(QLabel) if part.isVisible()]
        return "\n".join([*labels, *(part.text() for part in root.findChildren(QPushButton) if part.isVisible())])

    def saved_layer(self) -> Layer:
        """What the file holds of this person and document, read anew once the status bar says saved."""
        self.until(lambda: self.session.save_state == "saved")
        assert self.session.document is not None
        with Project.open(self.file, for_writing=False) as project:
            return project.layer(self.session.document.id, self.session.author.id)

    def dialog(self) -> QWidget:
        self.until(lambda: QApplication.activeModalWidget() is not None)
        found = QApplication.activeModalWidget()
        assert found is not None
        return found

    # ---- waiting

    def until(self, holds: Callable[[], object], timeout_ms: int = 20_000) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=timeout_ms)

    def settle(self) -> None:
        """Let everything happen that is already due."""
        for _ in range(3):
            QApplication.processEvents()

    # ---- keys

    def press(self, *keys: str) -> None:
        """Keys as in the command table: "Tab", "Shift+Right", "Ctrl+Z", "3"."""
        for name in keys:
            combination: QKeyCombination = QKeySequence(name)[0]
            QTest.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self._keyboard(), text)
        self.settle()

    def _keyboard(self) -> QWidget:
        """Where keys go. Without a window manager nobody hands them on when a dialog has closed."""
        self.settle()
        front = QApplication.activeModalWidget() or self.window
        if QApplication.focusWidget() is None or QApplication.focusWidget().window() is not front:
            front.activateWindow()
            self.settle()
        found = QApplication.focusWidget()
        assert found is not None, "something has the keyboard"
        return found

    # ---- mouse

    def place(self, words: str, nth: int = 0) -> int:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start

    def rect(self, words: str, nth: int = 0) -> QRect:
        """Where these words are in view."""
        start = self.place(words, nth)
        found = self.canvas.range_rect(start, start + len(words))
        assert found is not None, f"{words!r} is out of sight"
        return found

    def click_on(self, words: str, nth: int = 0) -> None:
        QTest.mouseClick(self.canvas.viewport(), LEFT, pos=self.rect(words, nth).center())
        self.settle()

    def drag_over(self, words: str, nth: int = 0, *, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Select words with the mouse, from their first letter to their last."""
        rect = self.rect(words, nth)
        middle = rect.center().y()
        self.drag(QPoint(rect.left() + 3, middle), QPoint(rect.right() - 3, middle), modifiers=modifiers)

    def drag(self, start: QPoint, end: QPoint, *, modifiers: Qt.KeyboardModifier = NONE) -> None:
        viewport = self.canvas.viewport()
        QTest.mousePress(viewport, LEFT, modifiers, start)
        for step in range(1, 5):
            QTest.mouseMove(viewport, start + (end - start) * step / 4)
            self.settle()
        QTest.mouseRelease(viewport, LEFT, modifiers, end)
        self.settle()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, LEFT)
        self.settle()

    def button(self, words: str, root: QWidget | None = None) -> QPushButton:
        """The visible button that says this."""
        buttons = (root or self.window).findChildren(QPushButton)
        return next(b for b in buttons if b.isVisible() and words in (b.text().strip() or b.accessibleName()))

    # ---- from one day to the next

    def restart(self) -> None:
        """Close the window and open the project again."""
        document = self.session.document
        self.program.open(self.file)
        self.begin()
        assert self.session.document == document, "the window opens where one was"

    def begin(self) -> None:
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.until(lambda: self.window.documents.model.total > 0 or not self.session.documents())
        self.canvas.setFocus()
        self.settle()


def suggestions_of_gold() -> list[Span | Relation]:
    """The hand-made gold as if a model proposed it: the same on every machine, and no model needed."""
    record = json.loads((project_source_dir("news") / "gold.jsonl").read_bytes().split(b"\n")[0])
    spans: dict[str, Span] = {}
    for entry in record["spans"]:
        fragments = ((entry["start"], entry["end"]),)
        name = span_suggestion_id(entry["label"], fragments)
        spans[entry["id"]] = Span(name, entry["label"], fragments, origin="model:m-1", confirmed="none", score=0.9)
    relations = []
    for entry in record["relations"]:
        head, tail = spans[entry["head"]].id, spans[entry["tail"]].id
        name = relation_suggestion_id(entry["label"], head, tail)
        relations.append(Relation(name, entry["label"], head, tail, origin="rules:r", confirmed="none", score=0.8))
    return [*spans.values(), *relations]


def make_project(file: Path, *, others: Iterable[str] = OTHER_TEXTS, suggestions: bool = True) -> Path:
    """The sample article with suggestions, and short texts without."""
    texts = [*sorted(seeds_dir().glob("000_*.txt"))]
    for name in others:
        texts.append(file.with_name(name))
        texts[-1].write_text(OTHER_TEXTS[name], encoding="utf-8")
    create_project(file, load_schema("news"), texts, current_identity(), name="News")
    if suggestions:
        with Project.open(file) as project:
            article = project.documents()[0].document.id
            project.save_suggestions(article, project.ensure_author("model", "m-1"), suggestions_of_gold())
    return file


def lose_what_is_not_saved() -> None:
    """A failed test must not wait for an answer when its window closes."""
    if isinstance(question := QApplication.activeModalWidget(), Question):
        QTest.mouseClick(question.findChildren(QPushButton)[0], LEFT)


@contextmanager
def sit_down(qtbot: QtBot, file: Path, *, is_suggesting: bool = False) -> Iterator[Desk]:
    program = Program(make_application(), Settings(), theme="light", is_suggesting=is_suggesting)
    desk = Desk(qtbot, program, file)
    assert program.open(file)
    desk.begin()
    try:
        yield desk
    finally:
        while (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
        QTimer.singleShot(0, lose_what_is_not_saved)
        program.shut()
        if program.window is not None:
            program.window.deleteLater()
        program.deleteLater()
        desk.settle()
        # Nobody else deletes them without an event loop, and every style sheet set would polish them again.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """The window on a project of three documents; the first has suggestions."""
    with sit_down(qtbot, make_project(tmp_path / "news.annot")) as desk:
        yield desk
