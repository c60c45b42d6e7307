"""Review by type over a whole project: rows of all its open suggestions, counted while one looks on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from annotator.analysis.types import TypeKey, TypeRow, Types
from annotator.app import type_settling
from annotator.app.commands import attempt, say_refusal
from annotator.app.events import Changed, DocumentsChanged, Spread, Suggested
from annotator.app.session import Session
from annotator.app.type_search import MOST_ROWS, Counted, count_types
from annotator.model import AnnotatorError, Refused
from annotator.ui.jobs import Jobs
from annotator.ui.panels.ledger_delegate import LedgerDelegate, summary
from annotator.ui.panels.ledger_list import LedgerList
from annotator.ui.panels.types_model import TypesModel
from annotator.ui.reporting import Reporter
from annotator.ui.text import plain
from annotator.ui.theme import Theme

_COUNTING = "Counting the suggestions of the project…"
_NONE = "No suggestion is open in the project.\n\nEsc goes back to the text."
SCOPES = ("view.by-type", "view.by-type-project")
"""The commands that go from one review by type to the other, or end it."""
_FOR_ONE = ("bounds.", "relation.start", "decide.runner-up")
_STEPS = {"go.next-decision": 1, "go.next-span": 1, "go.previous-decision": -1, "go.previous-span": -1}


class TypesView(QWidget):
    """Emits `left` when the keyboard wants back to the text, `wanted` with the mention to be shown in its document, and
    `told` with the counts in words.
    """

    left = Signal()
    wanted = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__()
        self._session, self._jobs = session, jobs
        self._reporter: Reporter[Counted] | None = None
        self._types: Types | None = None
        self._is_stale = True
        self._is_settling = False
        self.meaning: Callable[[QKeyEvent], str | None] = lambda _event: None
        """Which command a key stands for; the window knows."""
        self.route: Callable[[QKeyEvent], bool] = lambda _event: False
        """Carries out what a key stands for, as if it were pressed in the text."""
        self.model = TypesModel(session, self)
        self.view = LedgerList(self._take_key, "Suggestions of the project by type")
        self._delegate = LedgerDelegate(self.model, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.doubleClicked.connect(lambda _index: self._go_there())
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._progress.setFixedHeight(3)
        self._empty = plain(_COUNTING, role="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.setStackingMode(QStackedLayout.StackingMode.StackAll)  # the list keeps the keyboard
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._progress)
        layout.addLayout(self._stack, 1)
        for kind in (Changed, Suggested, DocumentsChanged, Spread):
            session.bus.subscribe(kind, self._note_change)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()

    # ---- counting

    def begin(self) -> None:
        """Take the keyboard; count anew what has changed since it was counted."""
        self.view.setFocus()
        if self._is_stale:
            self._count()
        else:
            self._tell()

    def end(self) -> None:
        """Stop counting; what was counted in part is counted anew the next time."""
        if self._reporter is not None:
            self._reporter.drop()
            self._reporter = None
            self._is_stale = True
            self._progress.hide()

    def _note_change(self, event: object) -> None:
        if self._is_settling or (isinstance(event, DocumentsChanged) and event.document_id is not None):
            return
        if isinstance(event, Spread) and not event.is_over:
            return
        self._is_stale = True
        if isinstance(event, Spread) and self.isVisible():
            self._count()  # something was undone or redone in many documents

    def _count(self) -> None:
        self.end()
        session = self._session
        if not session.wait_until_saved():
            say_refusal(session, Refused("unsaved-stay"))
            return
        made: Reporter[Counted] = Reporter(self._take)
        self._reporter, self._types, self._is_stale = made, None, False
        path, author, schema = session.path, session.author.id, session.schema
        self._progress.setValue(0)
        self._progress.show()
        self._show_rows(self.model.rowCount() > 0)
        self._jobs.start(
            lambda: count_types(path, author, schema, report=made.report, is_cancelled=made.is_ended),
            lambda outcome: made.bridge(lambda: self._finish(outcome)),
        )

    def _take(self, counted: Counted) -> None:
        """Show the rows as they are known by now; one stays at the row where one was, else at the same place."""
        row, number = self._row(), max(0, self.view.currentIndex().row())
        scrolled = self.view.verticalScrollBar().value()
        self.model.show(counted.rows)
        again = self.model.number_of(row.key) if row is not None else None
        self._go_to(number if again is None else again)
        self.view.verticalScrollBar().setValue(scrolled)
        self._progress.setValue(round(counted.share * 1000))
        self._show_rows(bool(counted.rows))
        self.told.emit(_told(counted.types, counted.suggestions, is_all=counted.share >= 1))

    def _finish(self, outcome: Types | AnnotatorError) -> None:
        was_stopped = self._reporter is not None and self._reporter.is_ended()
        self._reporter = None
        self._progress.hide()
        if isinstance(outcome, AnnotatorError):
            self._is_stale = True
            self._session.say(str(outcome), is_refusal=True)
            return
        self._types, self._is_stale = outcome, self._is_stale or was_stopped
        self._take(Counted(outcome.rows(MOST_ROWS), len(outcome), outcome.suggestions, 1.0))
        if was_stopped:
            self._session.say("Stopped: these are not all suggestions of the project.")

    def _show_rows(self, has_rows: bool) -> None:
        self._empty.setText("" if has_rows else _COUNTING if self._reporter is not None else _NONE)

    def _tell(self) -> None:
        rows = [self.model.line(number).row for number in range(self.model.rowCount())]
        if self._types is not None and len(self._types) <= MOST_ROWS:
            self.told.emit(_told(len(rows), sum(row.count for row in rows), is_all=True))

    # ---- keys

    def _row(self) -> TypeRow | None:
        number = self.view.currentIndex().row()
        return self.model.line(number).row if 0 <= number < self.model.rowCount() else None

    def _go_to(self, number: int) -> None:
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(number, self.model.rowCount() - 1)))

    def _take_key(self, event: QKeyEvent) -> bool:
        name = self.meaning(event)
        if name in SCOPES:
            return self.route(event)
        if name is not None and name.startswith(_FOR_ONE):
            say_refusal(self._session, Refused("types-one-by-one"))
            return True
        return name is not None and self._do(name)

    def _do(self, name: str) -> bool:
        """Carry out a command on the row; False when it is none for rows."""
        if name == "decide.accept":
            self._settle(type_settling.accept_type)
        elif name == "decide.reject":
            self._settle(type_settling.reject_type)
        elif name.startswith("label."):
            slot = int(name.removeprefix("label."))
            self._settle(lambda session, row, *more: type_settling.label_type(session, row, slot, *more))
        elif name == "caret.right":
            self._go_there()
        elif name == "go.nothing":
            self._leave()
        elif name in _STEPS and self.model.rowCount():
            self._go_to((self.view.currentIndex().row() + _STEPS[name]) % self.model.rowCount())
        else:
            return False
        return True

    def _leave(self) -> None:
        """While it counts, stop that; then leave."""
        if self._reporter is not None and not self._reporter.is_ended():
            self._reporter.stop()
        else:
            self.left.emit()

    def _go_there(self) -> None:
        if (row := self._row()) is not None:
            self.wanted.emit(row.sample)

    def _settle(self, act: Callable[..., None]) -> None:
        row = self._row()
        if row is None:
            return
        if self._types is None:
            say_refusal(self._session, Refused("types-reading"))
            return
        documents = self._types.documents(row.key)
        was_settling, self._is_settling = self._is_settling, True
        if not attempt(self._session, lambda: act(self._session, row, documents, self._settled(row.key))):
            self._is_settling = was_settling

    def _settled(self, key: TypeKey) -> Callable[[bool, int], None]:
        def take(is_done: bool, left: int) -> None:
            self._is_settling = False
            number = self.view.currentIndex().row()
            if is_done:
                self.model.settle(key, left)
                self._go_to(number + bool(left))
                self._show_rows(self.model.rowCount() > 0)
                self._tell()

        return take


def _told(types: int, suggestions: int, *, is_all: bool) -> str:
    words = summary(types, suggestions)
    return words if is_all or not words else f"{words} so far"
