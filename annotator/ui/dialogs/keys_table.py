"""The table of all commands with their keys, to be searched by words or by keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.app.commands import COMMANDS, EVERYWHERE, Command
from annotator.app.keymap import Keymap
from annotator.app.placement import BY_LABEL, GROUPS
from annotator.model import Schema
from annotator.ui.fonts import Weight, font
from annotator.ui.menus import is_live
from annotator.ui.shortcuts import key_parts, key_text
from annotator.ui.text import one_line
from annotator.ui.theme import LIGHT, Theme, colour

ROW_HEIGHT_PX = 32
RowRole = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_HEADS = ("Command", "Keys", "Where it works")
_FOCUS_WORDS = {"nothing": "nothing focused", "selection": "selected text", "span": "a label", "relation": "a relation"}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Row:
    """One command with its keys as they are now."""

    name: str
    title: str
    group: str
    keys: tuple[str, ...]
    works: str
    is_changed: bool

    @property
    def searched(self) -> str:
        keys = " ".join([*self.keys, *map(key_text, self.keys)])
        return f"{self.title} {self.group} {keys} {self.works}".casefold()


class KeysModel(QAbstractTableModel):
    def __init__(self, keymap: Keymap, schema: Schema) -> None:
        super().__init__()
        self._keymap, self._schema = keymap, schema
        self._query = ""
        self._rows: list[Row] = []
        self.reload()

    def set_filter(self, query: str) -> None:
        self._query = query
        self.reload()

    def reload(self) -> None:
        words = self._query.casefold().split()
        order = list(GROUPS)
        entries = sorted(COMMANDS.values(), key=lambda entry: order.index(entry.group))
        rows = [self._row(entry) for entry in entries]
        self.beginResetModel()
        self._rows = [row for row in rows if all(word in row.searched for word in words)]
        self.endResetModel()

    def _row(self, entry: Command) -> Row:
        keys = self._keymap.keys_of(entry.name)
        is_changed = self._keymap.is_changed(entry.name)
        return Row(entry.name, titled(entry, self._schema), GROUPS[entry.group], keys, works(entry, keys), is_changed)

    def row_at(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, name: str) -> int | None:
        return next((number for number, row in enumerate(self._rows) if row.name == name), None)

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_head = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if is_head else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.title, " or ".join(map(key_text, row.keys)), row.works)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                keys = " or ".join(map(key_text, row.keys)) or "no keys"
                changed = ", changed" if row.is_changed else ""
                return (f"{row.title}, {row.group}, {keys}{changed}", keys, row.works)[index.column()]
            case _:
                return row if role == RowRole else None


def titled(entry: Command, schema: Schema) -> str:
    """The title of a command; of a label's key with the label that it gives here."""
    if entry.group not in BY_LABEL:
        return entry.title
    labels = schema.labels if entry.group == "label" else schema.document_labels
    slot = entry.name.partition(".")[2]
    label = next((label for label in labels if label.key == slot), None)
    return f"{entry.title}: {one_line(label.title, 60)}" if label else entry.title


def works(entry: Command, keys: tuple[str, ...]) -> str:
    """Where the keys of a command work, and on what."""
    place = "Everywhere" if any(is_live(entry, key) for key in keys) else "In the text"
    if not keys:
        place = ""
    kinds = [] if entry.where == EVERYWHERE else [words for kind, words in _FOCUS_WORDS.items() if kind in entry.where]
    on = " or ".join(kinds)
    return ", on ".join(part for part in (place, on) if part) if place else on and f"On {on}"


class RowPainter(QStyledItemDelegate):
    """Command and group; key caps; where it works. What the user has changed is marked by a dot."""

    theme: Theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, ROW_HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(RowRole)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(self.theme.accent_tint))
        match index.column():
            case 0:
                self._draw_title(painter, rect.adjusted(14, 0, -8, 0), row)
            case 1:
                self._draw_keys(painter, rect.adjusted(8, 0, -8, 0), row.keys)
            case _:
                _draw_words(painter, rect.adjusted(8, 0, -8, 0), row.works, self.theme.muted, size_px=12)
        painter.restore()

    def _draw_title(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        if row.is_changed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme.accent))
            painter.drawEllipse(QRectF(rect.left() - 9, rect.center().y() - 2.5, 5, 5))
        weight = Weight.DemiBold if row.is_changed else Weight.Normal
        used = _draw_words(painter, rect, row.title, self.theme.text, weight=weight)
        _draw_words(painter, rect.adjusted(used + 12, 0, 0, 0), row.group, self.theme.faint, size_px=12)

    def _draw_keys(self, painter: QPainter, rect: QRectF, keys: tuple[str, ...]) -> None:
        x = rect.left()
        for number, key in enumerate(keys):
            if number:
                room = rect.adjusted(x - rect.left() + 5, 0, 0, 0)
                x += 10 + _draw_words(painter, room, "or", self.theme.faint, size_px=12)
            for part in key_parts(key):
                x = self._draw_cap(painter, x, rect, part)
        if not keys:
            _draw_words(painter, rect, "–", self.theme.faint)

    def _draw_cap(self, painter: QPainter, x: float, rect: QRectF, part: str) -> float:
        """One key cap; returns where the next may begin."""
        made = font(11, Weight.Medium)
        width = max(20.0, QFontMetricsF(made).horizontalAdvance(part) + 10)
        cap = QRectF(x, rect.center().y() - 9.5, width, 19)
        if cap.right() > rect.right():
            return x
        painter.setFont(made)
        painter.setPen(QPen(colour(self.theme.rule), 1))
        painter.setBrush(colour(self.theme.key))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(colour(self.theme.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
        return cap.right() + 3


def _draw_words(
    painter: QPainter,
    rect: QRectF,
    words: str,
    ink: str,
    *,
    size_px: float = 13,
    weight: QFont.Weight = Weight.Normal,
) -> float:
    """Draw words as far as there is room; returns how wide they are."""
    made = font(size_px, weight)
    metrics = QFontMetricsF(made)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.setFont(made)
    painter.setPen(colour(ink))
    painter.drawText(rect, _MIDDLE, shown)
    return metrics.horizontalAdvance(shown)
