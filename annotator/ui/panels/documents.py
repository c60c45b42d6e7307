"""The documents of the project: how far they are, and a way to each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.store import DocumentRow
from annotator.ui.icons import icon
from annotator.ui.panels.documents_delegate import ROW_HEIGHT_PX, DocumentsDelegate
from annotator.ui.panels.documents_model import DocumentsModel, ReadPage, RowRole, Which
from annotator.ui.text import plain
from annotator.ui.theme import Theme, colour
from annotator.ui.widgets.parts import heading, steady_scroll_bar
from annotator.ui.widgets.row_list import RowList
from annotator.ui.widgets.segmented import Segmented

_EMPTY_PROJECT = "No documents yet.\n\nImport texts with File › Import, or drop files here."
_EMPTY_FILTER = {
    Which.ALL: "No document is called so.",
    Which.TO_DO: "Nothing left to do here. Well done!",
    Which.DONE: "Nothing is done yet. It will be.",
    Which.FLAGGED: "Nothing is flagged. F flags a document to come back to.",
}


class _List(RowList):
    """Enter opens; Escape goes back to the text."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DocumentsPanel(QWidget):
    """Emits `chosen` with the id of the document to open, `left` when the keyboard wants back to the text."""

    chosen = Signal(str)
    left = Signal()
    countsChanged = Signal()  # noqa: N815 - as Qt names signals

    def __init__(self, read_page: ReadPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(200)
        self._open_id: str | None = None
        self.model = DocumentsModel(read_page, self)
        self.model.loaded.connect(self._show_counts)
        self.model.modelReset.connect(self._after_reset)
        self._build()

    def _build(self) -> None:
        self._counts = plain(role="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Documents done")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a document")
        self.search.setAccessibleName("Find a document")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._open_first)
        self._magnifier = self.search.addAction(
            icon("search", self.palette().color(self.foregroundRole())), QLineEdit.ActionPosition.LeadingPosition
        )
        self.which = Segmented(["All", "To do", "Done", "Flagged"])
        self.which.chosen.connect(self._filter)
        self._delegate = DocumentsDelegate(self)
        self.view = _List()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        steady_scroll_bar(self.view)
        self.view.setAccessibleName("Documents")
        self.view.clicked.connect(self._open_index)
        self.view.activated.connect(self._open_index)
        self.view.left.connect(self.left)
        self._empty = plain(role="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 48, 24, 0)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(heading("Documents"))
        top.addStretch(1)
        top.addWidget(self._counts)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 4)
        head.setSpacing(10)
        head.addLayout(top)
        head.addWidget(self._bar)
        head.addWidget(self.search)
        head.addWidget(self.which)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._pages, 1)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.which.set_theme(theme)
        self._magnifier.setIcon(icon("search", colour(theme.faint)))
        self.view.viewport().update()

    # ---- what is shown

    def show_open(self, document_id: str) -> None:
        """Mark the open document and bring it into sight."""
        self._open_id = document_id
        index = self.model.index_of(document_id)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def update_row(self, row: DocumentRow) -> None:
        self.model.update_row(row)

    def _filter(self, *_args: object) -> None:
        self.model.set_filter(self.search.text(), Which(self.which.index))
        self._show_emptiness()

    def _after_reset(self) -> None:
        if self._open_id is not None:
            self.show_open(self._open_id)
        self._show_emptiness()

    def _show_counts(self) -> None:
        total, done = self.model.total, self.model.done
        self._counts.setText(f"{done:,} of {total:,} done" if total else "")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._show_emptiness()
        if self._open_id is not None and not self.view.currentIndex().isValid():
            self.show_open(self._open_id)
        self.countsChanged.emit()

    def _show_emptiness(self) -> None:
        is_empty = self.model.rowCount() == 0
        if is_empty:
            which = Which(self.which.index)
            searched = bool(self.search.text().strip())
            words = _EMPTY_FILTER[Which.ALL if searched else which] if self.model.total else _EMPTY_PROJECT
            self._empty.setText(words)
        self._pages.setCurrentIndex(1 if is_empty else 0)

    # ---- opening

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            row: DocumentRow = index.data(RowRole)
            self.chosen.emit(row.document.id)
            self.left.emit()

    def _open_first(self) -> None:
        if self.model.rowCount():
            self._open_index(self.model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
