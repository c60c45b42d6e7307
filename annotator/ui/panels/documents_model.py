"""The rows of the documents list: read in pages, filtered here, so that 100,000 of them stay quick."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from annotator.store import DocumentRow
from annotator.ui.text import counted

FIRST_PAGE = 200
PAGE = 500

RowRole = Qt.ItemDataRole.UserRole

ReadPage = Callable[[int, int], list[DocumentRow]]
"""(offset, limit) to rows in project order."""


class Which(IntEnum):
    """The filter by status and flag."""

    ALL = 0
    TO_DO = 1
    DONE = 2
    FLAGGED = 3


_FITS: dict[Which, Callable[[DocumentRow], bool]] = {
    Which.ALL: lambda _row: True,
    Which.TO_DO: lambda row: row.status != "done",
    Which.DONE: lambda row: row.status == "done",
    Which.FLAGGED: lambda row: row.is_flagged,
}


def summary(row: DocumentRow) -> str:
    """The second line of a row: the labels of the document, if it has any, and how much is labelled in it."""
    return " · ".join([*row.labels, _counts(row)])


def _counts(row: DocumentRow) -> str:
    if row.spans or row.relations:
        return f"{counted(row.spans, 'label')}, {counted(row.relations, 'relation')}"
    if row.suggestions:
        return counted(row.suggestions, "suggestion")
    return "Done, no labels" if row.status == "done" else "Not started"


class DocumentsModel(QAbstractListModel):
    """Shows what passes the filter. `loaded` is emitted after every page and change: the counts may be others then."""

    loaded = Signal()

    def __init__(self, read_page: ReadPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_page = read_page
        self._rows: list[DocumentRow] = []
        self._number_of: dict[str, int] = {}
        self._shown: list[int] = []
        self._query = ""
        self._which = Which.ALL
        self._done = 0
        self._is_stopped = False
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_next)

    # ---- reading

    def reload(self) -> None:
        """Read everything again: the first page at once, the rest while the window is idle."""
        if self._is_stopped:
            return
        self.beginResetModel()
        self._rows, self._number_of, self._shown, self._done = [], {}, [], 0
        self.endResetModel()
        self._take(self._read_page(0, FIRST_PAGE), FIRST_PAGE)

    def stop(self) -> None:
        """Read no more: the project is about to be closed. A reload may have been asked for just before."""
        self._is_stopped = True
        self._reading.stop()

    def _read_next(self) -> None:
        self._take(self._read_page(len(self._rows), PAGE), PAGE)

    def _take(self, rows: list[DocumentRow], wanted: int) -> None:
        first = len(self._rows)
        self._rows += rows
        self._number_of.update((row.document.id, first + number) for number, row in enumerate(rows))
        self._done += sum(row.status == "done" for row in rows)
        fitting = [first + number for number, row in enumerate(rows) if self._fits(row)]
        if fitting:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(fitting) - 1)
            self._shown += fitting
            self.endInsertRows()
        if len(rows) < wanted:
            self._reading.stop()
        elif not self._reading.isActive():
            self._reading.start(0)
        self.loaded.emit()

    # ---- what is known

    @property
    def total(self) -> int:
        return len(self._rows)

    @property
    def done(self) -> int:
        return self._done

    def number_of(self, document_id: str) -> int | None:
        """The document's place in the project, from 0; None while it has not been read."""
        return self._number_of.get(document_id)

    def document_at(self, number: int) -> str | None:
        """The id of the document at this place of the project."""
        return self._rows[number].document.id if 0 <= number < len(self._rows) else None

    def index_of(self, document_id: str) -> QModelIndex:
        """Where the document is shown; an invalid index when the filter hides it."""
        number = self._number_of.get(document_id)
        if number is None:
            return QModelIndex()
        at = _position(self._shown, number)
        return QModelIndex() if at is None else self.index(at)

    # ---- changes

    def update_row(self, row: DocumentRow) -> None:
        """Show another state of one document. It stays in sight until the filter is set anew, so that nothing jumps."""
        number = self._number_of.get(row.document.id)
        if number is None or self._rows[number] == row:
            return
        self._done += (row.status == "done") - (self._rows[number].status == "done")
        self._rows[number] = row
        index = self.index_of(row.document.id)
        if index.isValid():
            self.dataChanged.emit(index, index)
        self.loaded.emit()

    def set_filter(self, query: str, which: Which) -> None:
        folded = query.strip().casefold()
        if (folded, which) == (self._query, self._which):
            return
        self.beginResetModel()
        self._query, self._which = folded, which
        self._shown = [number for number, row in enumerate(self._rows) if self._fits(row)]
        self.endResetModel()

    def _fits(self, row: DocumentRow) -> bool:
        if not _FITS[self._which](row):
            return False
        return not self._query or self._query in f"{row.document.title}\n{row.document.name}".casefold()

    # ---- for the view

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[self._shown[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.document.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.document.title}, {row.status}, {'flagged, ' * row.is_flagged}{summary(row)}"
            case _:
                return row if role == RowRole else None


def _position(ordered: list[int], number: int) -> int | None:
    at = bisect_left(ordered, number)
    return at if at < len(ordered) and ordered[at] == number else None
