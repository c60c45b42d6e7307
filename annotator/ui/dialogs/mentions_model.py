"""The rows of the list of same mentions: they come while the search runs, and each is ticked or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.app.mention_search import Line
from annotator.model import Fragment
from annotator.ui.canvas.paragraph import score_text

LineRole = Qt.ItemDataRole.UserRole
TickedRole = Qt.ItemDataRole.UserRole + 1
IsFirstRole = Qt.ItemDataRole.UserRole + 2
"""Whether the row is the first one of its document."""

_LET_GO = 10_000
"""Rows that are forgotten in one turn, in about 2 ms."""

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


def outcome_of(line: Line) -> str:
    """What becomes of the mention, in a word or two."""
    mention = line.mention
    match mention.kind:
        case "conflict":
            return mention.reason
        case "correct" | "relabel":
            return f"now {mention.was} {score_text(mention.score)}".rstrip()
        case "accept" | "reject":
            return f"suggested {score_text(mention.score)}".rstrip()
        case "delete" if mention.lost:
            return f"with {mention.lost:,} relation{'s' if mention.lost > 1 else ''}"
        case "new":
            return "new"
        case _:
            return ""


class MentionsModel(QAbstractListModel):
    """Conflicts can be seen and not be ticked. `counted` is emitted when rows or ticks have changed."""

    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._ticks = bytearray()
        self._may_tick = bytearray()
        self._rows_of: dict[str, tuple[int, int]] = {}
        """The first row of each document and the one after its last."""
        self._places: dict[str, set[Fragment]] = {}
        """What can be ticked in each document."""
        self.ticked = 0
        self.conflicts = 0

    @property
    def documents(self) -> int:
        return len(self._rows_of)

    def __len__(self) -> int:
        return len(self._lines)

    # ---- rows

    def clear(self) -> None:
        self.beginResetModel()
        self._lines, self._ticks, self._may_tick = [], bytearray(), bytearray()
        self._rows_of, self._places = {}, {}
        self.ticked = self.conflicts = 0
        self.endResetModel()
        self.counted.emit()

    def let_go(self) -> bool:
        """Forget some of the rows, which nobody sees any more; False when none is left. All at once would be felt."""
        del self._lines[-_LET_GO:]
        return bool(self._lines)

    def append(self, lines: Sequence[Line]) -> None:
        """Add what was found; what is no conflict is ticked."""
        if not lines:
            return
        first = len(self._lines)
        self.beginInsertRows(_TOP, first, first + len(lines) - 1)
        for line in lines:
            at = len(self._lines)
            self._rows_of[line.document] = (self._rows_of.get(line.document, (at, at))[0], at + 1)
            is_conflict = line.mention.kind == "conflict"
            self._lines.append(line)
            self._ticks.append(not is_conflict)
            self._may_tick.append(not is_conflict)
            self.conflicts += is_conflict
            places = self._places.setdefault(line.document, set())
            if not is_conflict:
                places.add(line.mention.place)
            self.ticked += not is_conflict
        self.endInsertRows()
        self.counted.emit()

    def line(self, row: int) -> Line:
        return self._lines[row]

    def chosen(self) -> dict[str, set[Fragment]]:
        """The ticked places of each document."""
        found: dict[str, set[Fragment]] = {}
        for document, (first, end) in self._rows_of.items():
            if self._ticks[first:end] == self._may_tick[first:end]:
                places = self._places[document]  # of nearly all: 100,000 places are not gathered in a moment
            else:
                places = {line.mention.place for line in compress(self._lines[first:end], self._ticks[first:end])}
            if places:
                found[document] = places
        return found

    # ---- ticks

    def is_ticked(self, row: int) -> bool:
        return bool(self._ticks[row])

    def can_tick(self, row: int) -> bool:
        return bool(self._may_tick[row])

    def toggle(self, rows: Iterable[int]) -> None:
        """Untick these rows if all of them are ticked, else tick them."""
        concerned = [row for row in rows if self.can_tick(row)]
        self._set(concerned, is_ticked=not all(self._ticks[row] for row in concerned))

    def toggle_document(self, row: int) -> None:
        """The same for all rows of this row's document."""
        low, high, document = row, row + 1, self._lines[row].document
        while low > 0 and self._lines[low - 1].document == document:
            low -= 1
        while high < len(self._lines) and self._lines[high].document == document:
            high += 1
        self.toggle(range(low, high))

    def tick_all(self, *, is_ticked: bool) -> None:
        if not self._lines:
            return
        self._ticks = bytearray(self._may_tick) if is_ticked else bytearray(len(self._lines))
        self.ticked = self._ticks.count(True)
        self._tell(0, len(self._lines) - 1)

    def _set(self, rows: Sequence[int], *, is_ticked: bool) -> None:
        if not rows:
            return
        for row in rows:
            self.ticked += is_ticked - self._ticks[row]
            self._ticks[row] = is_ticked
        self._tell(min(rows), max(rows))

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))
        self.counted.emit()

    # ---- for the view

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        line = self._lines[row]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.words
            case Qt.ItemDataRole.AccessibleTextRole:
                state = "ticked" if self._ticks[row] else "not ticked"
                return f"{state}, {line.title}, {line.left}{line.words}{line.right}, {outcome_of(line)}"
            case _ if role == LineRole:
                return line
            case _ if role == TickedRole:
                return bool(self._ticks[row])
            case _ if role == IsFirstRole:
                return row == 0 or self._lines[row - 1].document != line.document
        return None
