"""How one row of the documents list is drawn: a mark for the status, the title, a line of counts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.store import DocumentRow
from annotator.ui.fonts import Weight, font
from annotator.ui.icons import draw_icon
from annotator.ui.panels.documents_model import RowRole, summary
from annotator.ui.text import one_line
from annotator.ui.theme import LIGHT, Theme, colour

ROW_HEIGHT_PX = 58
_FLAG_PX = 17
_ALL_AROUND = 360 * 16  # Qt counts angles in sixteenths of a degree


class DocumentsDelegate(QStyledItemDelegate):
    theme: Theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: DocumentRow = index.data(RowRole)
        is_open = bool(option.state & QStyle.StateFlag.State_Selected)
        is_current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(8.5, 2.5, 0.5, -2.5)
        if is_open or is_hovered or is_current:
            painter.setPen(QPen(colour(self.theme.accent), 1.5) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme.accent_tint if is_open else self.theme.hover))
            painter.drawRoundedRect(rect, 8, 8)
        self._draw_mark(painter, QPointF(rect.left() + 17.5, rect.top() + 17.5), row)
        self._draw_words(painter, rect.adjusted(36, 8, -10, -7), row, is_open=is_open)
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRectF, row: DocumentRow, *, is_open: bool) -> None:
        title_font = font(13, Weight.DemiBold if is_open else Weight.Medium)
        title = one_line(row.document.title, 120)
        painter.setFont(title_font)
        painter.setPen(colour(self.theme.text))
        line = QRectF(rect.left(), rect.top(), rect.width() - _FLAG_PX * row.is_flagged, 19)
        if row.is_flagged:
            place = QRectF(line.right() + 2, line.top() + 2, _FLAG_PX - 2, _FLAG_PX - 2)
            draw_icon(painter, "flag", place, colour(self.theme.warn))
        elided = QFontMetricsF(title_font).elidedText(title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setFont(font(12))
        painter.setPen(colour(self.theme.muted))
        below = QRectF(rect.left(), rect.top() + 20, rect.width(), 19)
        words = QFontMetricsF(font(12)).elidedText(summary(row), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_mark(self, painter: QPainter, centre: QPointF, row: DocumentRow) -> None:
        theme = self.theme
        if row.status == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.ok))
            painter.drawEllipse(centre, 6.5, 6.5)
            painter.setPen(QPen(colour(theme.panel), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            tick = (QPointF(-2.8, 0.2), QPointF(-0.7, 2.3), QPointF(3, -2.1))
            painter.drawPolyline(QPolygonF([centre + point for point in tick]))
            return
        share = _share_done(row)
        painter.setPen(QPen(colour(theme.accent if share else theme.faint), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 5.8, 5.8)
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent))
            pie = QRectF(centre.x() - 3.6, centre.y() - 3.6, 7.2, 7.2)
            painter.drawPie(pie, _ALL_AROUND // 4, -round(_ALL_AROUND * share))


def _share_done(row: DocumentRow) -> float:
    """How far a begun document is, as well as the counts tell; 0 when it has not been begun."""
    made = row.spans + row.relations
    if not made:
        return 0.0
    return max(0.12, min(0.88, made / row.suggestions)) if row.suggestions else 0.5
