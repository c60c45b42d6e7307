"""The relations of the document as a list, in reading order, beside the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.app.events import Changed, Focused, Loaded, Opened, Suggested
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.model import Relation, Span
from annotator.ui.canvas.paragraph import score_text
from annotator.ui.keys import command_of_press
from annotator.ui.text import one_line
from annotator.ui.theme import LIGHT, Theme, colour
from annotator.ui.widgets.parts import heading

_WAIT_MS = 150
"""After an edit or a typed letter, before the list is made anew: it may have 44,000 rows."""
_ACTS = ("decide.accept", "decide.reject")
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_BETWEEN = " · "
_OPEN = "  – "


class RelationsModel(QAbstractListModel):
    """Ids in reading order; what a row says is worked out when it is shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: list[str] = []

    def reload(self, words: str) -> None:
        """List the relations whose row contains these words."""
        session, folded = self._session, words.strip().casefold()
        relations = (session.pending.relations | session.layer.relations).values()
        placed = sorted((self._start(relation), relation.id) for relation in relations)
        self.beginResetModel()
        self._ids = [item_id for _, item_id in placed if not folded or folded in self.row_text(item_id).casefold()]
        self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.row_text(self._ids[index.row()])
        return None

    def relation_at(self, row: int) -> str:
        return self._ids[row]

    def row_of(self, relation_id: str) -> int | None:
        return self._ids.index(relation_id) if relation_id in self._ids else None

    def row_text(self, relation_id: str) -> str:
        """Head, relation, tail; of a suggested one with its score from 0 to 100."""
        session, relation = self._session, self._session.find(relation_id)
        if not isinstance(relation, Relation):
            return ""
        kind = session.schema.relation_names.get(relation.label)
        title = kind.title if kind else relation.label
        words = _BETWEEN.join((self._words(relation.head), title, self._words(relation.tail)))
        if relation.id in session.pending.relations:
            words += f"{_OPEN}suggested {score_text(relation.score)}".rstrip()
        return words

    def _words(self, span_id: str) -> str:
        span = self._session.find(span_id)
        return one_line(span.covered(self._session.text)) if isinstance(span, Span) else "…"

    def _start(self, relation: Relation) -> int:
        ends = (self._session.find(relation.head), self._session.find(relation.tail))
        return min((span.start for span in ends if isinstance(span, Span)), default=0)


class _RowPainter(QStyledItemDelegate):
    """Two lines a row: the ends, and below them quietly the label and what is open."""

    theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, 2 * option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        head, label, tail = (*str(index.data()).split(_BETWEEN), "", "")[:3]
        tail, _, state = tail.partition(_OPEN)
        area = option.rect.adjusted(8, 6, -8, -6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme.selection))
            painter.drawRoundedRect(option.rect, 6, 6)
        metrics, half = option.fontMetrics, area.height() // 2
        lines = ((f"{head} – {tail}", self.theme.text, 0), (f"{label}   {state}".strip(), self.theme.muted, half))
        for words, ink, down in lines:
            painter.setPen(colour(ink))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(area.adjusted(0, down, 0, 0), Qt.AlignmentFlag.AlignTop, shown)
        painter.restore()


class _RelationsView(QListView):
    """Return focuses; the keys that accept and reject in the text do so here."""

    acted = Signal(str)
    left = Signal()

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        name = command_of_press(event, self._keymap)
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        elif name in _ACTS:
            self.acted.emit(name)
        else:
            super().keyPressEvent(event)


class RelationsPanel(QWidget):
    """Emits `left` when the keyboard wants back to the text. `carry_out` runs a command by its name."""

    left = Signal()

    def __init__(
        self, session: Session, carry_out: Callable[[str], None], keymap: Keymap, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._carry_out = carry_out
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(232)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter relations")
        self.filter.setAccessibleName("Filter relations")
        self.model = RelationsModel(session, self)
        self.view = _RelationsView(keymap)
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = _RowPainter(self.view)
        self.view.setItemDelegate(self._painter)
        self.view.setAccessibleName("Relations")
        self.view.setModel(self.model)
        self.view.clicked.connect(self._choose)
        self.view.acted.connect(self._act)
        self.view.left.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 16, 14, 12)
        layout.setSpacing(8)
        for part in (heading("Relations"), self.filter, self.view):
            layout.addWidget(part)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT_MS)
        self._waiting.timeout.connect(self.reload)
        self.filter.textChanged.connect(self._reload_soon)
        self.filter.returnPressed.connect(self.view.setFocus)
        for event in (Opened, Loaded, Changed, Suggested):
            session.bus.subscribe(event, self._reload_soon)
        session.bus.subscribe(Focused, self._follow)

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        self._waiting.stop()
        self.model.reload(self.filter.text())
        self._follow(None)

    def _reload_soon(self, _event: object) -> None:
        if self.isVisible():
            self._waiting.start()

    def _follow(self, _event: Focused | None) -> None:
        """Point at the relation that is focused in the text."""
        focus = self._session.focus
        row = self.model.row_of(focus) if focus is not None and self.isVisible() else None
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.set_focus(self.model.relation_at(index.row()))

    def _act(self, name: str) -> None:
        """Decide about the relation of the row, and go to the row that takes its place."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        row = index.row()
        self._choose(index)
        self._carry_out(name)
        self.model.reload(self.filter.text())
        if count := self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(row, count - 1)))
