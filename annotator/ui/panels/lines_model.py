"""What the lists of the review by type have in common: lines with words to show, and a state to speak and explain."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.app.session import Session
from annotator.ui.text import tooltip

Line = TypeVar("Line")
LineRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class LinesModel(QAbstractListModel, Generic[Line]):
    """Subclasses fill `_lines`, and say of each what stands on it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[Line] = []

    def line(self, number: int) -> Line:
        return self._lines[number]

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == LineRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.words(line)}, {self.state(line)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.words(line), self.state(line))
        return None

    @abstractmethod
    def words(self, line: Line) -> str:
        """The text of the line."""

    @abstractmethod
    def state(self, line: Line) -> str:
        """All else that is to be known of it, in words."""
