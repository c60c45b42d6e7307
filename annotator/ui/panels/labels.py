"""The labels of the project: what they mean, their keys, how often they stand in this document."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.app import deciding
from annotator.app.commands import attempt
from annotator.app.events import Armed, Changed, Focused, KeysChanged, Loaded, Opened, Suggested
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.model import Label, Refused, Relation, RelationType, Span
from annotator.ui.panels.labels_delegate import COMPACT_ROW_HEIGHT_PX, ROW_HEIGHT_PX, LabelsDelegate
from annotator.ui.panels.labels_model import Entry, EntryRole, LabelsModel, counts
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import steady_scroll_bar

_FILTER_FROM = 30
"""So many labels and relations make a search field worth its room."""


_FILTER_PX = 44
_MARGIN_PX = 8


class _List(QListView):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LabelsPanel(QWidget):
    """A click gives the label to what is selected or focused, else arms it for the next selection."""

    left = Signal()

    def __init__(self, session: Session, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = LabelsModel(session.schema, self, keymap)
        self._delegate = LabelsDelegate(self)
        self.view = _List()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        steady_scroll_bar(self.view)
        self.view.setAccessibleName("Labels and relations")
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.view.left.connect(self.left)
        self.model.modelReset.connect(self._fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _MARGIN_PX, 0, 0)
        layout.setSpacing(0)
        self.search: QLineEdit | None = None
        if len(session.schema.labels) + len(session.schema.relations) > _FILTER_FROM:
            layout.addWidget(self._make_filter())
        layout.addWidget(self.view)
        self._fit()
        session.bus.refresh_after((Opened, Loaded, Changed, Suggested), self._recount)
        session.bus.refresh_after((Opened, Changed, Focused, Armed), self._mark)
        session.bus.subscribe(KeysChanged, lambda _event: self.model.show_keys())

    def _make_filter(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(16, 6, 16, 6)
        self.search = field = QLineEdit()
        field.setPlaceholderText("Find a label")
        field.setAccessibleName("Find a label")
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self.model.set_filter)
        layout.addWidget(field)
        return box

    def _fit(self) -> None:
        """Be as high as the rows are, at most: what stands below follows close."""
        above = _FILTER_PX if self.search is not None else 0
        self.setMaximumHeight(self.model.rowCount() * self._delegate.row_height_px + _MARGIN_PX + above)

    def set_compact(self, *, is_compact: bool) -> None:
        """Lower rows for a low window."""
        height = COMPACT_ROW_HEIGHT_PX if is_compact else ROW_HEIGHT_PX
        if height != self._delegate.row_height_px:
            self._delegate.row_height_px = height
            self.view.scheduleDelayedItemsLayout()
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()

    def _recount(self) -> None:
        mine, pending = self._session.tallies
        self.model.show_counts(counts(mine.spans, pending.spans), counts(mine.relations, pending.relations))

    def _mark(self) -> None:
        focused = self._session.focused
        lit = (isinstance(focused, Span), focused.label) if focused is not None else None
        self.model.mark(armed=self._session.armed, lit=lit)

    def _choose(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(EntryRole)
        if entry is None or entry.is_heading:
            return
        attempt(self._session, lambda: self._give(entry.kind))
        self.left.emit()

    def _give(self, kind: str | Label | RelationType) -> None:
        if isinstance(kind, Label):
            deciding.set_label(self._session, kind.name)
        elif isinstance(kind, RelationType):
            if not isinstance(self._session.focused, Relation):
                raise Refused("no-relation-focused", label=kind.title)
            deciding.set_relation_label(self._session, kind.name)
