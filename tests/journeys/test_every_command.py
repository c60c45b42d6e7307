"""Every command of the table, in every state of the window: it works, or it refuses in words. Nothing ever breaks.

What would open a dialog of the desktop is answered with nothing chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS
from annotator.app.events import Said
from annotator.app.identity import current_identity
from annotator.app.possible import why_not
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import AnnotatorError, Relation, Span, relation_suggestion_id, span_suggestion_id
from annotator.store import Project
from annotator.ui.shortcuts import spelt
from driving import Desk, sit_down

TEXT = "Ana Silva met Bo Larsen in Vienna on Monday.\n"
"""Short, so that hundreds of commands are quick."""
SPANS = (("Ana Silva", "PERSON"), ("Bo Larsen", "PERSON"), ("Vienna", "GPE"), ("Monday", "DATE"))
RELATIONS = (("meets", 0, 1), ("located_in", 0, 2))

LEAVING = ("file.close",)
"""What ends the window; it has its own tests."""


def nothing_focused(desk: Desk) -> None:
    desk.press("Escape")


def suggestion_focused(desk: Desk) -> None:
    desk.press("Tab")
    assert desk.session.pending.get(desk.session.focus or "") is not None


def label_focused(desk: Desk) -> None:
    desk.press("Tab", "Space")
    desk.session.set_focus(next(iter(desk.session.layer.spans)))


def relation_focused(desk: Desk) -> None:
    desk.session.set_focus(next(iter(desk.session.pending.relations)))


def own_relation_focused(desk: Desk) -> None:
    relation_focused(desk)
    desk.press("Space")
    desk.session.set_focus(next(iter(desk.session.layer.relations)))


def text_selected(desk: Desk) -> None:
    desk.press("Right", "Shift+Right", "Shift+Right")
    assert desk.session.selection is not None


def relating(desk: Desk) -> None:
    desk.press("Tab", "R")
    assert desk.session.relating is not None


def another_document(desk: Desk) -> None:
    """Without any suggestion; its likely misses are known by then: a command must not become possible midway."""
    desk.press("Ctrl+PgDown")
    assert not desk.session.pending
    desk.until(lambda: desk.session.sweep.is_over)


STATES: dict[str, Callable[[Desk], None]] = {
    state.__name__: state
    for state in (
        nothing_focused,
        suggestion_focused,
        label_focused,
        relation_focused,
        own_relation_focused,
        text_selected,
        relating,
        another_document,
    )
}


def small_project(file: Path) -> Path:
    """Two documents; the first with suggested labels and relations."""
    texts = [file.with_name(name) for name in ("met.txt", "other.txt")]
    for path, text in zip(texts, (TEXT, "Exports of Norway grew by 4 percent.\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    create_project(file, load_schema("news"), texts, current_identity(), name="News")
    spans = []
    for words, label in SPANS:
        fragments = ((TEXT.index(words), TEXT.index(words) + len(words)),)
        name = span_suggestion_id(label, fragments)
        spans.append(Span(name, label, fragments, origin="model:m-1", confirmed="none", score=0.9))
    relations = []
    for label, head, tail in RELATIONS:
        name = relation_suggestion_id(label, spans[head].id, spans[tail].id)
        relations.append(
            Relation(name, label, spans[head].id, spans[tail].id, origin="rules:r", confirmed="none", score=0.8)
        )
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        project.save_suggestions(document, project.ensure_author("model", "m-1"), [*spans, *relations])
    return file


class Ear:
    """Hears what is said while a command runs."""

    def __init__(self, desk: Desk) -> None:
        self.said: list[Said] = []
        desk.session.bus.subscribe(Said, self.said.append)


@pytest.fixture
def no_desktop_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who closes each of them at once; they cannot be reached by keys of ours."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_args: ("", "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_args: ([], "")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_args: ("", "")))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: False)


def run_all(desk: Desk, prepare: Callable[[Desk], None]) -> Iterator[tuple[str, list[Said], bool]]:
    """Run each command in the state anew; yields its name, what was said, and whether it was possible."""
    for name in COMMANDS:
        if name in LEAVING:
            continue
        prepare(desk)
        ear = Ear(desk)
        possible = why_not(desk.session, COMMANDS[name]) is None
        desk.window.carry_out(name)
        desk.settle()
        close_what_opened(desk)
        yield name, ear.said, possible


def close_what_opened(desk: Desk) -> None:
    for _ in range(5):
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            break
        dialog.close()
        desk.settle()
    for popup in (desk.window.palette_popup, desk.window.chooser):
        popup.hide()
    desk.session.end_relating()
    desk.canvas.setFocus()
    desk.settle()


def check(desk: Desk, prepare: Callable[[Desk], None]) -> None:
    silent = []
    for name, said, was_possible in run_all(desk, prepare):
        entry = COMMANDS[name]
        refusals = [spelt(one.text, desk.window.keymap) for one in said if one.is_refusal]
        assert all(text.strip() and text.endswith((".", "”")) and "{" not in text for text in refusals), (
            name,
            refusals,
        )
        if not was_possible and not entry.is_soft and not refusals:
            silent.append(name)
    assert not silent, "greyed out, but run by its key they say nothing"


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("no_desktop_dialogs")
@pytest.mark.parametrize("state", list(STATES))
def test_every_command_works_or_refuses_in_words(qtbot: QtBot, tmp_path: Path, qapp: QApplication, state: str) -> None:
    with sit_down(qtbot, small_project(tmp_path / "news.annot")) as desk:
        article = desk.session.document

        def prepare(desk: Desk) -> None:
            assert article is not None
            if desk.session.document != article:
                desk.session.open_document(article.id)
            while desk.session.can_undo:
                desk.session.undo()
            desk.session.arm(None)
            desk.session.set_order("reading")
            desk.session.set_focus(None)
            desk.session.set_selection(None, caret=0)
            desk.settle()
            STATES[state](desk)

        check(desk, prepare)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("no_desktop_dialogs")
@pytest.mark.parametrize("state", ["nothing_focused", "suggestion_focused", "relation_focused", "text_selected"])
def test_every_command_works_or_refuses_in_a_project_that_is_open_for_reading(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, state: str
) -> None:
    file = small_project(tmp_path / "news.annot")
    before = file.read_bytes()
    with ExitStack() as stack:
        stack.enter_context(Project.open(file))
        desk = stack.enter_context(sit_down(qtbot, file))
        assert desk.session.is_read_only

        def prepare(desk: Desk) -> None:
            first = desk.session.documents(limit=1)[0].document.id
            if desk.session.document is None or desk.session.document.id != first:
                desk.session.open_document(first)
            desk.session.set_focus(None)
            desk.session.set_selection(None, caret=0)
            STATES[state](desk)

        check(desk, prepare)
        assert len(desk.session.layer.spans) == 0
    assert file.read_bytes() == before


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("no_desktop_dialogs")
def test_every_command_works_or_refuses_without_a_document(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / "empty.annot"
    create_project(file, load_schema("news"), [], current_identity(), name="Empty")
    with sit_down(qtbot, file) as desk:
        assert desk.session.document is None
        check(desk, lambda _desk: None)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_an_own_error_is_the_only_one_that_a_command_of_the_session_may_raise(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    with sit_down(qtbot, small_project(tmp_path / "news.annot")) as desk:
        run_all_of_the_session(desk)


def run_all_of_the_session(desk: Desk) -> None:
    for prepare in STATES.values():
        for name, entry in COMMANDS.items():
            if entry.act is None or name == "document.finish":
                continue
            prepare(desk)
            with suppress(AnnotatorError):
                entry.act(desk.session)
            desk.session.end_relating()
            desk.session.set_order("reading")
            while desk.session.can_undo:
                desk.session.undo()
            first = desk.session.documents(limit=1)[0].document.id
            if desk.session.document is None or desk.session.document.id != first:
                desk.session.open_document(first)
            desk.session.set_focus(None)
            desk.session.set_selection(None, caret=0)
