"""The rows of the command palette: what it is, the letters that were meant, its group or why it is greyed, its key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.app.offers import Found
from annotator.ui.fonts import Weight, font
from annotator.ui.icons import draw_icon
from annotator.ui.shortcuts import key_parts, key_text
from annotator.ui.text import one_line
from annotator.ui.theme import LIGHT, Theme, colour

ROW_HEIGHT_PX = 34
FoundRole = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ICON_PX, _LEFT_PX, _CAP_GAP_PX = 16, 40, 3
_ICONS = {"document": "document", "relation-label": "relation"}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class OffersModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []

    def show_found(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def found_at(self, row: int) -> Found | None:
        return self._found[row] if 0 <= row < len(self._found) else None

    def is_last_recent(self, row: int) -> bool:
        """Whether a line below this row parts what was used lately from the rest."""
        following = self.found_at(row + 1)
        return self._found[row].is_recent and following is not None and not following.is_recent

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.offer.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(found)
            case _:
                return found if role == FoundRole else None


def spoken(found: Found) -> str:
    """A row for those who hear it."""
    offer = found.offer
    key = f"key {key_text(offer.keys)}" if offer.keys else ""
    return ", ".join(part for part in (offer.title, offer.group, key, offer.reason) if part)


class OffersView(QListView):
    """Never takes the keyboard: the field above it hands the arrows on."""

    def __init__(self) -> None:
        super().__init__()
        self.painter_of_rows = _RowPainter(self)
        self.setItemDelegate(self.painter_of_rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("What fits")


class _RowPainter(QStyledItemDelegate):
    theme: Theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, ROW_HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        found: Found = index.data(FoundRole)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme.accent_tint))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 7, 7)
        model = index.model()
        if isinstance(model, OffersModel) and model.is_last_recent(index.row()):
            painter.setPen(QPen(colour(self.theme.rule), 1))
            below = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left() + 6, below), QPointF(rect.right() - 6, below))
        self._draw_sign(painter, rect, found)
        right = self._draw_keys(painter, rect.adjusted(0, 0, -10, 0), found.offer.keys)
        self._draw_words(painter, rect.adjusted(_LEFT_PX, 0, right - rect.right(), 0), found)
        painter.restore()

    def _draw_sign(self, painter: QPainter, rect: QRectF, found: Found) -> None:
        """What kind of thing it is: a label's colour, a document, a relation, or that it was used lately."""
        offer = found.offer
        place = QRectF(rect.left() + 13, rect.center().y() - _ICON_PX / 2, _ICON_PX, _ICON_PX)
        if offer.hue is not None:
            colours = self.theme.label(offer.hue)
            painter.setPen(QPen(colour(colours.line), 1.4))
            painter.setBrush(colour(colours.tint))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 3.5, 3.5)
            return
        name = "retry" if found.is_recent else _ICONS.get(offer.kind, "")
        if name:
            draw_icon(painter, name, place, colour(self.theme.faint))

    def _draw_words(self, painter: QPainter, rect: QRectF, found: Found) -> None:
        """The title with the letters that were meant in bold; behind it, quieter, what else there is to know."""
        theme, offer = self.theme, found.offer
        ink = theme.faint if offer.reason else theme.text
        title = one_line(offer.title, 160)
        x = rect.left()
        for is_meant, run in groupby(range(len(title)), key=found.match.places.__contains__):
            letters = "".join(title[at] for at in run)
            made = font(13, Weight.Bold if is_meant else Weight.Normal)
            shade = theme.accent if is_meant and not offer.reason else ink
            x = _draw(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), letters, made, colour(shade))
        aside = offer.reason or offer.group
        made = font(12)
        room = QRectF(x + 12, rect.top(), rect.right() - x - 24, rect.height())
        if aside and room.width() > 40:
            painter.setFont(made)
            painter.setPen(colour(theme.faint if not offer.reason else theme.muted))
            shown = QFontMetricsF(made).elidedText(aside, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _MIDDLE, shown)

    def _draw_keys(self, painter: QPainter, rect: QRectF, keys: str) -> float:
        """Key caps at the right edge; returns where they begin."""
        made = font(11, Weight.Medium)
        metrics = QFontMetricsF(made)
        right = rect.right()
        for part in reversed(key_parts(keys)):
            width = max(20.0, metrics.horizontalAdvance(part) + 10)
            cap = QRectF(right - width, rect.center().y() - 9.5, width, 19)
            painter.setPen(QPen(colour(self.theme.rule), 1))
            painter.setBrush(colour(self.theme.key))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(made)
            painter.setPen(colour(self.theme.muted))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            right = cap.left() - _CAP_GAP_PX
        return right


def _draw(painter: QPainter, rect: QRectF, words: str, made: QFont, ink: QColor) -> float:
    """Draw words as far as there is room; returns where they end."""
    metrics = QFontMetricsF(made)
    painter.setFont(made)
    painter.setPen(ink)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.drawText(rect, _MIDDLE, shown)
    return rect.left() + metrics.horizontalAdvance(shown)
