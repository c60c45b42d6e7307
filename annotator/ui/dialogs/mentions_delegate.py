"""How a row of the list of same mentions is drawn: tick box, document, the mention between its neighbours, outcome."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.app.mention_search import Line
from annotator.model import Label
from annotator.ui.dialogs.mentions_model import IsFirstRole, LineRole, MentionsModel, TickedRole, outcome_of
from annotator.ui.fonts import Weight, font
from annotator.ui.text import one_line
from annotator.ui.theme import Theme, colour

ROW_HEIGHT_PX = 30
_TICK_PX = 38
_TITLE_PX = 170
_OUTCOME_PX = 190
_GAP_PX = 12
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class MentionsDelegate(QStyledItemDelegate):
    """Mentions stand below one another, so that the eye runs down one column."""

    def __init__(self, theme: Theme, label: Label | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(560, ROW_HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(LineRole)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, rect)
        is_conflict = line.mention.kind == "conflict"
        self._draw_tick(painter, rect, is_ticked=index.data(TickedRole), is_conflict=is_conflict)
        theme = self._theme
        is_first = bool(index.data(IsFirstRole))
        if is_first and index.row() > 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), colour(theme.rule))
        title = QRectF(rect.left() + _TICK_PX, rect.top(), _TITLE_PX, rect.height())
        if is_first or rect.top() <= 0:
            self._write(painter, title, one_line(line.title), font(12, Weight.Medium), theme.muted)
        outcome = QRectF(rect.right() - _OUTCOME_PX, rect.top(), _OUTCOME_PX - _GAP_PX, rect.height())
        self._write(painter, outcome, outcome_of(line), font(12), theme.warn if is_conflict else theme.muted)
        words = QRectF(title.right() + _GAP_PX, rect.top(), outcome.left() - title.right() - 2 * _GAP_PX, rect.height())
        self._draw_words(painter, words, line, is_conflict=is_conflict)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        theme = self._theme
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_chosen or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint if is_chosen else theme.hover))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)

    def _draw_tick(self, painter: QPainter, rect: QRectF, *, is_ticked: bool, is_conflict: bool) -> None:
        theme = self._theme
        box = QRectF(rect.left() + 14, rect.center().y() - 7, 14, 14)
        if is_conflict:
            painter.setPen(QPen(colour(theme.warn), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()))
            return
        painter.setPen(QPen(colour(theme.button if is_ticked else theme.faint), 1.3))
        painter.setBrush(colour(theme.button if is_ticked else theme.card))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if is_ticked:
            painter.setPen(QPen(colour(theme.on_accent), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            at = box.center()
            painter.drawPolyline(QPolygonF([at + QPointF(-3.4, 0.2), at + QPointF(-0.9, 2.8), at + QPointF(3.6, -2.6)]))

    def _draw_words(self, painter: QPainter, rect: QRectF, line: Line, *, is_conflict: bool) -> None:
        """The mention begins at the same place in every row; what is before it is cut at its beginning."""
        theme, plain, strong = self._theme, font(13), font(13, Weight.DemiBold)
        middle = rect.left() + rect.width() * 0.42
        left = QRectF(rect.left(), rect.top(), middle - rect.left() - 5, rect.height())
        before = line.left.rstrip()
        around = theme.muted if is_conflict else theme.text
        self._write(painter, left, before, plain, around, cut=Qt.TextElideMode.ElideLeft, at_right=True)
        room = rect.right() - middle
        words = QFontMetricsF(strong).elidedText(line.words, Qt.TextElideMode.ElideMiddle, room * 0.7)
        width = QFontMetricsF(strong).horizontalAdvance(words)
        ground = QRectF(middle - 3, rect.center().y() - 10, width + 6, 20)
        ink = theme.muted if is_conflict else theme.text
        if self._label is not None and not is_conflict:
            colours = theme.label(self._label.hue)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(colours.tint))
            painter.drawRoundedRect(ground, 4, 4)
            painter.fillRect(
                QRectF(ground.left() + 2, ground.bottom() - 2, ground.width() - 4, 2), colour(colours.line)
            )
        self._write(painter, QRectF(middle, rect.top(), width + 1, rect.height()), words, strong, ink)
        gap = 5 if line.right[:1].isspace() else 3
        after = QRectF(middle + width + gap, rect.top(), room - width - gap, rect.height())
        self._write(painter, after, line.right.lstrip(), plain, around)

    def _write(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        made: QFont,
        ink: str,
        *,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        at_right: bool = False,
    ) -> None:
        painter.setFont(made)
        painter.setPen(colour(ink))
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, _VCENTRE | side, QFontMetricsF(made).elidedText(words, cut, rect.width()))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click on the tick box."""
        is_click = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if is_click and event.position().x() < option.rect.left() + _TICK_PX:  # type: ignore[attr-defined]
            assert isinstance(model, MentionsModel), "the only model that this is made for"
            model.toggle([index.row()])
            return True
        return False
