"""Review by type: a row for all open suggestions that say the same, beside the text, settled with one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.analysis.ledger import Key, Row
from annotator.app import reviewing
from annotator.app.commands import attempt, say_refusal
from annotator.app.events import Changed, Focused, KeysChanged, Opened, Suggested
from annotator.app.keymap import Keymap
from annotator.app.reviewing import Review
from annotator.app.session import Session
from annotator.app.swapping import SWAP
from annotator.model import Refused
from annotator.ui.jobs import Jobs
from annotator.ui.latin_keys import letter_among
from annotator.ui.panels.ledger_delegate import LedgerDelegate, summary
from annotator.ui.panels.ledger_foot import LedgerFoot
from annotator.ui.panels.ledger_list import LedgerList
from annotator.ui.panels.ledger_model import LedgerModel, Line
from annotator.ui.panels.types import SCOPES, TypesView
from annotator.ui.text import plain
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import heading, rule
from annotator.ui.widgets.segmented import Segmented

WIDTH_PX = 420
_NO_SUGGESTIONS = "No suggestion is open.\n\nEsc goes back to the text."
_ONWARDS = ("decide.accept", "go.next-decision", "caret.down")
_FOR_ONE = ("bounds.", "relation.start")
"""What is done to one suggestion only."""
_HINTS = (
    ("decide.accept", "accept all"),
    ("decide.reject", "reject all"),
    ("label.", "correct all"),
    ("caret.right", "open"),
    (SWAP, "runner-up"),
)
_PROJECT_HINTS = (*_HINTS[:1], ("decide.reject", "reject"), ("label.", "correct"), ("caret.right", "go to it"))


class LedgerPanel(QWidget):
    """Emits `left` when the keyboard wants back to the text, and `pointed` with the ids of the row one is at and the
    one of them to show.
    """

    left = Signal()
    pointed = Signal(object, object)
    wanted = Signal(object)
    """A mention to be shown in its own document."""

    def __init__(self, session: Session, keymap: Keymap, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = Review(session)
        self._opened: set[Key] = set()
        self._is_acting = False
        self._moves: dict[str, Callable[[], None]] = {
            "go.next-decision": lambda: self._step(1),
            "go.previous-decision": lambda: self._step(-1),
            "go.next-span": lambda: self._step(1),
            "go.previous-span": lambda: self._step(-1),
            "caret.right": self._open_or_step_in,
            "caret.left": self._close,
            "go.nothing": self.left.emit,
        }
        self.model = LedgerModel(session, self)
        self.meaning: Callable[[QKeyEvent], str | None] = lambda _event: None
        """Which command a key stands for; the window knows."""
        self.route: Callable[[QKeyEvent], bool] = lambda _event: False
        """Takes a key as if it were pressed in the text; False when it means nothing there."""
        self._shaped: str | None = None
        """The label that got its boundaries from here. It stays focused until the next row is wanted."""
        self.view = LedgerList(self._take_key, "Suggestions by type")
        self._delegate = LedgerDelegate(self.model, self.view)
        self.types = TypesView(session, jobs)
        self.scope = Segmented(["This document", "Whole project"])
        self._foot = LedgerFoot(keymap)
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._reload)
        for event in (Opened, Suggested, Changed):
            session.bus.subscribe(event, self._reload_soon)
        session.bus.subscribe(Focused, self._follow)
        session.bus.subscribe(KeysChanged, lambda _event: self._foot.show_keys())
        self.types.left.connect(self.left)
        self.types.wanted.connect(self.wanted)
        self.types.told.connect(self._counts.setText)
        self.scope.chosen.connect(lambda _index: self.begin())

    def _build(self) -> None:
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(280)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.keyboardMoved.connect(self._point)
        self.view.doubleClicked.connect(lambda _index: self._open_or_close())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._point())
        self._counts = plain(role="muted")
        head = QHBoxLayout()
        head.setContentsMargins(18, 16, 18, 6)
        head.addWidget(heading("Review by type"))
        head.addStretch(1)
        head.addWidget(self._counts)
        self._empty = plain(_NO_SUGGESTIONS, role="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.types)
        self._foot.show_hints(_HINTS)
        self.scope.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is in the key map
        switch = QHBoxLayout()
        switch.setContentsMargins(16, 2, 16, 8)
        switch.addWidget(self.scope)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(switch)
        layout.addLayout(self._stack, 1)
        layout.addWidget(rule())
        layout.addWidget(self._foot)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()
        self.types.set_theme(theme)
        self.scope.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 600)

    @property
    def is_of_project(self) -> bool:
        """Whether the rows of the whole project are shown, not those of the open document."""
        return self.scope.index == 1

    @property
    def list(self) -> LedgerList:
        """The list that is shown."""
        return self.types.view if self.is_of_project else self.view

    def begin(self, *, is_of_project: bool | None = None) -> None:
        """Take the keyboard; in the rows of the document at that of what is focused in the text."""
        if is_of_project is not None and is_of_project != self.is_of_project:
            self.scope.choose(int(is_of_project))  # and that begins
            return
        self._foot.show_hints(_PROJECT_HINTS if self.is_of_project else _HINTS)
        if self.is_of_project:
            self._stack.setCurrentWidget(self.types)
            self._review.end()
            self.pointed.emit((), None)
            self.types.begin()
            return
        self.types.end()
        self._review.end()  # what was settled meanwhile is put in order anew
        self._reload()
        self.view.setFocus()
        key = self._review.ledger.key_of(self._session.focus or "")
        self._go_to(self.model.number_of((key, "")) if key is not None else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._opened.clear()
        self.types.end()
        self._review.end()
        self.model.show(None, ())
        self.pointed.emit((), None)

    # ---- what is shown

    @property
    def line(self) -> Line | None:
        """The line one is at."""
        index = self.view.currentIndex()
        return self.model.line(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def _reload_soon(self, event: object) -> None:
        if self.isVisible() and not self._is_acting and not self.is_of_project:
            if isinstance(event, Opened):
                self._opened.clear()
            self._soon.start()

    def _reload(self) -> None:
        """Make the list anew and stay where one was: at the same line, else at the one in its place."""
        if not self.isVisible() or self.is_of_project:
            return
        self._soon.stop()
        number, line = self.view.currentIndex().row(), self.line
        was_acting, self._is_acting = self._is_acting, self._is_acting or self._is_shaping
        self._show_rows()
        again = self.model.number_of(line.name) if line is not None else None
        self._go_to(again if again is not None else max(0, number))
        self._is_acting = was_acting
        if self._is_shaping and not self.model.rowCount():
            self.left.emit()

    def _show_rows(self) -> None:
        """The list anew, scrolled to where it was."""
        scrolled = self.view.verticalScrollBar().value()
        self.model.show(self._review.ledger, self._opened)
        self.view.verticalScrollBar().setValue(scrolled)
        self._counts.setText(summary(len(self._review.ledger), len(self._session.pending)))
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _go_to(self, number: int | None) -> None:
        last = self.model.rowCount() - 1
        if last >= 0 and number is not None:
            self.view.setCurrentIndex(self.model.index(min(number, last)))
        self._point()

    def _point(self) -> None:
        """Show in the text what one is at: one suggestion is thereby looked at, several glow."""
        if self._is_acting:
            return
        line = self.line if self.view.hasFocus() else None
        is_single = line is not None and (not line.is_row or len(line.row.ids) == 1)
        self.pointed.emit(*((line.row.ids, line.row.least) if line is not None and not is_single else ((), None)))
        wanted = line.item_id if line is not None and is_single else None
        if line is not None and self._session.focus != wanted:
            self._session.set_focus(wanted)

    def _follow(self, event: Focused) -> None:
        """Point at the row of what is focused in the text, or is focused again by undo."""
        if not self.isVisible() or self._is_acting or self.is_of_project or event.item_id is None:
            return
        key = self._review.ledger.key_of(event.item_id)
        if key is None:
            return
        self._soon.start()  # what was just looked at is not held back any more
        line = self.line
        if line is None or line.row.key != key:
            self._go_without_pointing(key, event.item_id)

    def _go_without_pointing(self, key: Key, item_id: str) -> None:
        self._show_rows()
        number = self.model.number_of((key, item_id))
        number = number if number is not None else self.model.number_of((key, ""))
        if number is not None:
            self._is_acting = True  # what is focused stays focused
            self.view.setCurrentIndex(self.model.index(number))
            self._is_acting = False

    # ---- acts

    def _take_key(self, event: QKeyEvent) -> bool:
        name, line = self.meaning(event), self.line
        if self._session.relating is not None or name in SCOPES:
            return self.route(event)
        if self._is_shaping and (name in _ONWARDS or name in self._moves):
            self._leave_shaped()
            return True
        if name is not None and self._is_for_text(name):
            self._pass_on(event)
            return True
        if line is not None and line.row.is_relation and name in (None, "relation.start", "fragment.add"):
            kinds = self._session.schema.relations
            key = letter_among(event, [kind.key for kind in kinds])
            kind = next((kind for kind in kinds if key and kind.key == key), None)
            if kind is not None:
                self._act(lambda row: reviewing.label_row(self._session, row, kind.name))
                return True
        if name is not None and name.startswith(_FOR_ONE) and line is not None:
            say_refusal(self._session, Refused("row-one-by-one"))
            return True
        return name is not None and self._do(name)

    @property
    def _is_shaping(self) -> bool:
        return self._shaped is not None and self._session.focus == self._shaped

    def _is_for_text(self, name: str) -> bool:
        """Whether a command concerns the one suggestion that is focused, not the row."""
        if self._is_shaping:
            return name.startswith(("bounds.", "label.", "decide.", "mention.", "relation.start"))
        line = self.line
        is_one = line is not None and self._session.focus == line.item_id and not line.row.is_relation
        return is_one and name.startswith(_FOR_ONE)

    def _pass_on(self, event: QKeyEvent) -> None:
        self.route(event)
        focus = self._session.focus
        self._shaped = focus if focus in self._session.layer.spans else None

    def _leave_shaped(self) -> None:
        """Go on at the row that has taken the place of the one that was settled."""
        self._shaped = None
        self._reload()

    def _do(self, name: str) -> bool:
        """Carry out a command on the row; False when it is none for rows."""
        if name == "decide.accept":
            self._accept()
        elif name == "decide.reject":
            self._act(lambda row: reviewing.reject_row(self._session, row))
        elif name == SWAP:
            self._act(lambda row: reviewing.swap_row(self._session, row))
        elif name.startswith("label."):
            slot = int(name.removeprefix("label."))
            self._act(lambda row: reviewing.label_row_by_slot(self._session, row, slot))
        elif name in self._moves:
            self._moves[name]()
        else:
            return False
        return True

    def _accept(self) -> None:
        """Accept the row; when all of it is held back, open it instead and go to its first suggestion."""
        row, line = self._meant(), self.line
        if row is not None and line is not None and not row.free:
            self._open_or_step_in()
            if not line.is_open:
                self._open_or_step_in()
        self._act(lambda _row: reviewing.accept_row(self._session, row) if row is not None else "")

    def _meant(self) -> Row | None:
        """The row as it stands now; on one suggestion of an open row, which has been looked at, that alone."""
        line = self.line
        row = self._review.ledger.row(line.row.key) if line is not None else None
        if row is None or line is None or line.is_row:
            return row
        return reviewing.only(row, line.item_id)

    def _act(self, act: Callable[[Row], str]) -> None:
        """Settle, go to the next line, say what was done."""
        row, line, number = self._meant(), self.line, self.view.currentIndex().row()
        said: list[str] = []
        self._is_acting = True
        if row is not None and attempt(self._session, lambda: said.append(act(row))):
            self._show_rows()
        self._is_acting = False
        if said and self.model.rowCount():
            is_still_there = line is not None and self.model.number_of(line.name) == number
            self._go_to(number + is_still_there)
        elif said:
            self.left.emit()
        for words in said:
            self._session.say(words)

    # ---- moving

    def _step(self, step: int) -> None:
        count = self.model.rowCount()
        if count:
            self.view.setCurrentIndex(self.model.index((self.view.currentIndex().row() + step) % count))

    def _open_or_step_in(self) -> None:
        """Open the row; when it is open, go to its first suggestion."""
        line = self.line
        if line is None or not line.is_row or len(line.row.ids) == 1:
            return
        if line.is_open:
            self._step(1)
        else:
            self._opened.add(line.row.key)
            self._reload()

    def _close(self) -> None:
        """Close the row, from itself or from one of its suggestions."""
        line = self.line
        if line is not None and line.row.key in self._opened:
            self._opened.discard(line.row.key)
            self._show_rows()
            self._go_to(self.model.number_of((line.row.key, "")))

    def _open_or_close(self) -> None:
        line = self.line
        if line is not None and line.is_row and line.is_open:
            self._close()
        else:
            self._open_or_step_in()
