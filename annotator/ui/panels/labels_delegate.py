"""How the rows of the labels list are drawn: key, colour or arc, title, count."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model import Label, RelationType
from annotator.ui.fonts import Weight, even_digits, font
from annotator.ui.panels.labels_model import GAP, Entry, EntryRole
from annotator.ui.text import one_line
from annotator.ui.theme import LIGHT, Theme, colour

ROW_HEIGHT_PX = 28
COMPACT_ROW_HEIGHT_PX = 24

_MOST_ROWS = 400
_STATES = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver
"""What of the state of a row is seen."""

_VCENTRE = Qt.AlignmentFlag.AlignVCenter


class LabelsDelegate(QStyledItemDelegate):
    theme: Theme = LIGHT
    row_height_px = ROW_HEIGHT_PX

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Hashable, QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, self.row_height_px)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(EntryRole)
        if entry.kind != GAP:
            painter.drawPixmap(option.rect.topLeft(), self._drawn(entry, option, painter.device().devicePixelRatio()))

    def _drawn(self, entry: Entry, option: QStyleOptionViewItem, ratio: float) -> QPixmap:
        """The row as a picture, which is kept: the list moves with the card below it, its rows seldom change."""
        size, state = option.rect.size(), option.state & _STATES
        key = (entry, size.width(), size.height(), state, self.theme.name, ratio)
        drawn = self._rows.get(key)
        if drawn is None:
            if len(self._rows) >= _MOST_ROWS:
                self._rows.clear()
            drawn = self._rows[key] = self._draw(entry, QRectF(QPointF(), QSizeF(size)), state, ratio)
        return drawn

    def _draw(self, entry: Entry, rect: QRectF, state: QStyle.StateFlag, ratio: float) -> QPixmap:
        drawn = QPixmap((rect.size() * ratio).toSize())
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if isinstance(entry.kind, str):
                self._draw_heading(painter, rect.adjusted(18, 0, -12, 0), entry)
            else:
                self._draw_ground(painter, rect.adjusted(10.5, 1.5, -0.5, -1.5), entry, state)
                self._draw_row(painter, rect.adjusted(10, 0, -12, 0), entry, entry.kind)
        return drawn

    def _draw_heading(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        painter.setPen(colour(self.theme.muted))
        painter.setFont(font(11, Weight.DemiBold, spacing_px=0.4))
        painter.drawText(rect, _VCENTRE, str(entry.kind).upper())
        self._draw_count(painter, rect, entry)

    def _draw_ground(self, painter: QPainter, rect: QRectF, entry: Entry, state: QStyle.StateFlag) -> None:
        theme = self.theme
        is_current = bool(state & QStyle.StateFlag.State_HasFocus)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if entry.is_armed or entry.is_lit or is_hovered or is_current:
            is_ringed = entry.is_armed or is_current
            painter.setPen(QPen(colour(theme.accent), 1.5) if is_ringed else Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint if entry.is_armed or entry.is_lit else theme.hover))
            painter.drawRoundedRect(rect, 7, 7)

    def _draw_row(self, painter: QPainter, rect: QRectF, entry: Entry, kind: Label | RelationType) -> None:
        theme = self.theme
        if entry.key:
            draw_key(painter, QRectF(rect.left() + 5, rect.center().y() - 9, 26, 18), entry.key, theme)
        if isinstance(kind, Label):
            draw_swatch(painter, QRectF(rect.left() + 40, rect.center().y() - 6, 12, 12), kind, theme)
        else:
            _draw_arc(painter, QPointF(rect.left() + 40, rect.center().y() - 5), kind, theme)
        right = self._draw_count(painter, rect, entry)
        is_strong = entry.is_lit or entry.is_armed
        made = font(13, Weight.DemiBold if is_strong else Weight.Normal)
        words = QRectF(rect.left() + 63, rect.top(), right - rect.left() - 71, rect.height())
        painter.setFont(made)
        painter.setPen(colour(theme.text))
        title = one_line(kind.title, 120)
        shown = QFontMetricsF(made).elidedText(title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _VCENTRE, shown)

    def _draw_count(self, painter: QPainter, rect: QRectF, entry: Entry) -> float:
        """The decided ones at the right edge, the open ones before them; returns where they begin."""
        made = even_digits(font(12))
        metrics = QFontMetricsF(made)
        painter.setFont(made)
        painter.setPen(colour(self.theme.muted if entry.count.decided else self.theme.faint))
        decided = f"{entry.count.decided:,}"
        painter.drawText(rect, _VCENTRE | Qt.AlignmentFlag.AlignRight, decided)
        left = rect.right() - max(metrics.horizontalAdvance(decided), 16)
        if entry.count.pending:
            words = f"{entry.count.pending:,}"
            width = metrics.horizontalAdvance(words) + 12
            box = QRectF(left - width - 6, rect.center().y() - 9, width, 18)
            draw_dashed(painter, box, words, self.theme)
            left = box.left()
        return left


def draw_key(painter: QPainter, rect: QRectF, key: str, theme: Theme) -> None:
    """A key cap in the middle of the rectangle, as wide as its words, but not wider than the rectangle."""
    metrics = QFontMetricsF(font(11, Weight.Medium))
    width = min(rect.width(), max(20.0, metrics.horizontalAdvance(key) + 8))
    rect = QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height())
    key = metrics.elidedText(key, Qt.TextElideMode.ElideRight, width - 4)
    painter.setPen(QPen(colour(theme.rule), 1))
    painter.setBrush(colour(theme.key))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font(11, Weight.Medium))
    painter.setPen(colour(theme.muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


def draw_dashed(painter: QPainter, rect: QRectF, words: str, theme: Theme) -> None:
    """A count of suggestions, dashed like the suggestions themselves."""
    pen = QPen(colour(theme.arc), 1)
    pen.setDashPattern([2.5, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(colour(theme.muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


def draw_swatch(painter: QPainter, rect: QRectF, label: Label, theme: Theme) -> None:
    """A label's colour as it looks on the page."""
    colours = theme.label(label.hue)
    painter.setPen(QPen(colour(colours.line), 1.4))
    painter.setBrush(colour(colours.tint))
    painter.drawRoundedRect(rect.adjusted(0.7, 0.7, -0.7, -0.7), 3.5, 3.5)


def _draw_arc(painter: QPainter, corner: QPointF, kind: RelationType, theme: Theme) -> None:
    """An arc with its arrow; a symmetric relation has one at either end."""
    x, y = corner.x(), corner.y()
    path = QPainterPath(QPointF(x, y + 10))
    path.lineTo(x, y + 3.5)
    path.quadTo(x, y, x + 3.5, y)
    path.lineTo(x + 9, y)
    path.quadTo(x + 12.5, y, x + 12.5, y + 3.5)
    path.lineTo(x + 12.5, y + 8)
    painter.setPen(QPen(colour(theme.arc), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.arc))
    for at in (x, x + 12.5) if kind.is_symmetric else (x + 12.5,):
        head = (QPointF(at, y + 11), QPointF(at - 2.7, y + 6.8), QPointF(at + 2.7, y + 6.8))
        painter.drawPolygon(QPolygonF(list(head)))
