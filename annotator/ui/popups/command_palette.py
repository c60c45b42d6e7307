"""Every command, label and document by a few letters and Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.app import offers
from annotator.app.commands import attempt
from annotator.app.keymap import Keymap
from annotator.app.offers import Found, Offer
from annotator.app.session import Session
from annotator.model import Document
from annotator.ui.icons import pixmap
from annotator.ui.jobs import Jobs
from annotator.ui.keys import keys_by_place, keys_of_press
from annotator.ui.popups.offers_list import ROW_HEIGHT_PX, OffersModel, OffersView, spoken
from annotator.ui.popups.titles import TitleSearch
from annotator.ui.settings import Settings
from annotator.ui.text import plain
from annotator.ui.theme import LIGHT, Theme, colour
from annotator.ui.widgets.parts import KeyCap, rule

_WIDTH_PX, _TOP_PX, _MARGIN_PX = 640, 64, 24
_MOST_ROWS = 11
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _MOST_ROWS,
}


class CommandPalette(QFrame):
    """Emits `asked` with the name of a command, after it has gone away; `left` when the text gets the keyboard back."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, session: Session, keymap: Keymap, settings: Settings, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = TitleSearch(session.path, jobs, offers.MOST_DOCUMENTS, self._take_titled)
        self._titled: list[Document] = []
        self._session, self._keymap, self._settings = session, keymap, settings
        self._room = parent
        self._theme = LIGHT
        self._offers: list[Offer] = []
        self._before: QWidget | None = None
        self.setProperty("role", "popup")
        self.setAccessibleName("Commands")
        self.model = OffersModel()
        self.view = OffersView()
        self.view.setModel(self.model)
        self.view.clicked.connect(self._choose)
        self.view.entered.connect(self.view.setCurrentIndex)
        self._nothing = plain(role="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(2 * ROW_HEIGHT_PX)
        self._build()
        self.hide()

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText("Find a command, a label or a document")
        self.field.setAccessibleName("Find a command, a label or a document")
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self._magnifier = QLabel()
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(6)
        head.addWidget(self._magnifier)
        head.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(5)
        layout.addLayout(head)
        layout.addWidget(rule())
        layout.addWidget(self.view)
        layout.addWidget(self._nothing)
        layout.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 2, 10, 2)
        foot.setSpacing(6)
        for keys, words in (("↑↓", "choose"), ("Enter", "run"), ("Esc", "close")):
            foot.addWidget(KeyCap(keys))
            foot.addWidget(plain(words, role="muted"))
            foot.addSpacing(8)
        foot.addStretch(1)
        layout.addLayout(foot)

    # ---- coming and going

    def open_with(self, theme: Theme) -> None:
        """Come up at the top of the window with everything as it is now; a second call goes away again."""
        if self.isVisible():
            self.close_up()
            return
        self._before = QApplication.focusWidget()
        self._theme = theme
        self.view.painter_of_rows.theme = theme
        self._magnifier.setPixmap(pixmap("search", 16, colour(theme.faint), ratio=self.devicePixelRatioF()))
        self._offers = offers.standing_offers(self._session, self._keymap)
        self.field.clear()
        self._find("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_up(self) -> None:
        """Go away and give the keyboard back to whoever had it."""
        if self.isVisible():
            before = self._before
            self.hide()
            if before is not None and before.isVisible():
                before.setFocus()
            else:
                self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _is_own(self, event: QKeyEvent) -> bool:
        return event.key() in _STEPS or self._closes(event)

    def _closes(self, event: QKeyEvent) -> bool:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)  # else it is typed
        pressed = [keys_of_press(event), keys_by_place(event) if held else None]
        return event.key() == Qt.Key.Key_Escape or any(
            self._keymap.command_of(keys) == offers.PALETTE for keys in pressed if keys is not None
        )

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif self._closes(event):
            self.close_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex())
        else:
            return False
        return True

    # ---- finding and choosing

    def _find(self, query: str) -> None:
        """Show what fits at once. Documents by their titles follow; until then, those found before that fit still."""
        if query.strip():
            self._titles.ask(query.strip())
        self._show_found(query, keep=None)

    def _take_titled(self, words: str, found: list[Document]) -> None:
        """The documents with such a title, a moment later: what was about to be chosen stays so."""
        self._titled = found
        if self.isVisible() and words == self.field.text().strip():
            self._show_found(self.field.text(), keep=self.model.found_at(self.view.currentIndex().row()))

    def _show_found(self, query: str, *, keep: Found | None) -> None:
        documents = offers.document_offers(self._session, query, self._titled) if query.strip() else []
        found = offers.find(query, self._offers, documents, self._settings.used())
        self.model.show_found(found)
        count = self.model.rowCount()
        self.view.setVisible(count > 0)
        self._nothing.setText("Looking through the documents…" if self._titles.is_running else "Nothing is called so.")
        self._nothing.setVisible(count == 0)
        kept = (number for number, one in enumerate(found) if keep is not None and one.offer.id == keep.offer.id)
        self._show_current(next(kept, 0))
        self._fit(count)

    def _fit(self, count: int) -> None:
        """As wide and as high as the window allows; the top stays where it is."""
        room = self._room.rect()
        top = min(_TOP_PX, max(8, room.height() // 10))
        most = min(_MOST_ROWS, max(2, (room.height() - top - 130) // ROW_HEIGHT_PX))
        self.view.setFixedHeight(min(most, max(1, count)) * ROW_HEIGHT_PX)
        self.setFixedWidth(min(_WIDTH_PX, room.width() - 2 * _MARGIN_PX))
        self.adjustSize()
        self.move(QPoint((room.width() - self.width()) // 2, top))

    def _step(self, by: int) -> None:
        """Move on; single steps go round and round."""
        count, now = self.model.rowCount(), self.view.currentIndex().row()
        if count:
            self._show_current((now + by) % count if abs(by) == 1 else min(max(now + by, 0), count - 1))

    def _show_current(self, row: int) -> None:
        index = self.model.index(row)
        self.view.setCurrentIndex(index)
        found = self.model.found_at(row)
        self.field.setAccessibleDescription(spoken(found) if found is not None else "Nothing is called so")

    def _choose(self, index: QModelIndex) -> None:
        found = self.model.found_at(index.row())
        if found is None:
            return
        if found.offer.reason:
            self._session.say(found.offer.reason, is_refusal=True)
            return
        self.hide()
        self.left.emit()
        self._run(found)

    def _run(self, found: Found) -> None:
        offer = found.offer
        if offer.kind != "document":
            self._settings.remember_use(offer.id)
        if offer.kind == "command":
            self.asked.emit(offer.name)
        else:
            attempt(self._session, lambda: offers.take(self._session, offer))
