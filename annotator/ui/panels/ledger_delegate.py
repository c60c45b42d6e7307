"""How a line of the review by type is drawn: text and label, count, and the mention in its surroundings."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.analysis.concordance import Context
from annotator.ui.fonts import Weight, even_digits, font
from annotator.ui.icons import draw_icon
from annotator.ui.panels.ledger_model import LedgerModel, Line
from annotator.ui.panels.lines_model import LineRole
from annotator.ui.panels.types_model import TypeLine, TypesModel
from annotator.ui.text import counted
from annotator.ui.theme import LIGHT, Theme, colour
from annotator.ui.widgets.pill import FONT_PX, draw_pill

LINE_HEIGHT_PX = 54
_CHEVRON_PX = 12
_INDENT_PX = 22
_BEFORE = 0.34
"""The share of the width that the text before a mention gets, so that the mentions stand below one another."""
_LONGEST_PILL_PX = 132
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | _VCENTRE
_NO_PEN = Qt.PenStyle.NoPen
AnyLine = Line | TypeLine


class LedgerDelegate(QStyledItemDelegate):
    theme: Theme = LIGHT

    def __init__(self, model: LedgerModel | TypesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model: Any = model  # both answer to the same questions, each about lines of its own

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, LINE_HEIGHT_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: AnyLine = index.data(LineRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(8.5, 1.5, -1.5, -1.5)
        self._draw_ground(painter, rect, option.state)
        inner = rect.adjusted(_INDENT_PX, 7, -10, -7)
        if not line.is_row:
            inner.setLeft(inner.left() + _INDENT_PX)
        upper = QRectF(inner.left(), inner.top(), inner.width(), 19)
        lower = QRectF(inner.left(), inner.top() + 20, inner.width(), 19)
        if line.is_row:
            self._draw_chevron(painter, rect, upper, line)
            self._draw_head(painter, upper, line)
            if option.state & QStyle.StateFlag.State_Selected:
                lower.setRight(self._draw_runner_up(painter, lower, line))
            self._draw_context(painter, lower, line)
        else:
            self._draw_context(painter, upper, line)
            self._draw_state(painter, lower, line)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        has_keyboard = bool(state & QStyle.StateFlag.State_HasFocus)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colour(self.theme.accent), 1.5) if has_keyboard else _NO_PEN)
            painter.setBrush(colour(self.theme.accent_tint if is_current else self.theme.hover))
            painter.drawRoundedRect(rect, 8, 8)

    def _draw_chevron(self, painter: QPainter, rect: QRectF, upper: QRectF, line: AnyLine) -> None:
        """Only what holds several can be opened."""
        if self._model.can_open(line):
            place = QRectF(rect.left() + 6, upper.center().y() - _CHEVRON_PX / 2, _CHEVRON_PX, _CHEVRON_PX)
            draw_icon(painter, "down" if line.is_open else "next", place, colour(self.theme.muted))

    def _draw_head(self, painter: QPainter, rect: QRectF, line: AnyLine) -> None:
        right = self._draw_count(painter, rect, line) - 8
        pill = self._model.pill(line)
        wide = QFontMetricsF(font(FONT_PX, Weight.DemiBold)).horizontalAdvance(pill) + 16
        pill_width = min(wide, _LONGEST_PILL_PX, (right - rect.left()) / 2)
        made = font(13, Weight.DemiBold)
        metrics = QFontMetricsF(made)
        room = right - rect.left() - pill_width - 8
        words = metrics.elidedText(self._model.words(line), Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(made)
        painter.setPen(colour(self.theme.text))
        painter.drawText(QRectF(rect.left(), rect.top(), room + 2, rect.height()), _VCENTRE, words)
        box = QRectF(rect.left() + metrics.horizontalAdvance(words) + 8, rect.center().y() - 9, pill_width, 18)
        draw_pill(painter, box, pill, self._model.hue(line), self.theme, is_dashed=True)

    def _draw_count(self, painter: QPainter, rect: QRectF, line: AnyLine) -> float:
        """How many there are, at the right edge; before it, how many of them are held back. Where this begins."""
        theme = self.theme
        made = even_digits(font(13, Weight.DemiBold))
        count = self._model.count(line)
        painter.setFont(made)
        painter.setPen(colour(theme.text))
        painter.drawText(rect, _RIGHT, count)
        left = rect.right() - max(QFontMetricsF(made).horizontalAdvance(count), 16)
        words, is_warning = self._model.aside(line)
        if words:
            small = even_digits(font(12, Weight.Medium))
            width = QFontMetricsF(small).horizontalAdvance(words)
            painter.setFont(small)
            painter.setPen(colour(theme.warn if is_warning else theme.muted))
            painter.drawText(QRectF(left - width - 8, rect.top(), width + 1, rect.height()), _VCENTRE, words)
            left -= width + 8
        return left

    def _draw_runner_up(self, painter: QPainter, rect: QRectF, line: AnyLine) -> float:
        """The label that would come instead, at the right edge, if there is one. Where the room before it ends."""
        title = self._model.runner_up(line)
        if not title:
            return rect.right()
        made = font(12, Weight.Medium)
        metrics = QFontMetricsF(made)
        words = metrics.elidedText(f"or {title}", _ELIDE_RIGHT, rect.width() / 3)
        width = metrics.horizontalAdvance(words)
        painter.setFont(made)
        painter.setPen(colour(self.theme.text))
        painter.drawText(QRectF(rect.right() - width, rect.top(), width + 1, rect.height()), _VCENTRE, words)
        return rect.right() - width - 10

    def _draw_state(self, painter: QPainter, rect: QRectF, line: AnyLine) -> None:
        painter.setFont(font(12))
        painter.setPen(colour(self.theme.warn if self._model.is_held(line) else self.theme.muted))
        words = self._model.state(line)
        painter.drawText(rect, _VCENTRE, QFontMetricsF(font(12)).elidedText(words, _ELIDE_RIGHT, rect.width()))

    def _draw_context(self, painter: QPainter, rect: QRectF, line: AnyLine) -> None:
        """The mention where all mentions stand, the text before it ending there, the text after it going on."""
        found = self._model.context(line)
        if found is None:
            return
        made = font(12)
        metrics = QFontMetricsF(made)
        painter.setFont(made)
        room = rect.width() * (_BEFORE if not self._model.is_relation(line) else _BEFORE / 2)
        before = metrics.elidedText(found.left.lstrip(), Qt.TextElideMode.ElideLeft, room)
        x = rect.left() + room
        painter.setPen(colour(self.theme.muted))
        painter.drawText(QRectF(rect.left(), rect.top(), room, rect.height()), _RIGHT, before)
        self._draw_pieces(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), found, line)

    def _draw_pieces(self, painter: QPainter, rect: QRectF, found: Context, line: AnyLine) -> None:
        metrics = QFontMetricsF(painter.font())
        hue = self._model.hue(line)
        ground = self.theme.label(hue).tint if hue is not None else self.theme.selection
        x = rect.left()
        for words, is_marked in (*found.pieces, (found.right, False)):
            shown = metrics.elidedText(words, _ELIDE_RIGHT, rect.right() - x)
            width = metrics.horizontalAdvance(shown)
            if is_marked:
                painter.setPen(_NO_PEN)
                painter.setBrush(colour(ground))
                painter.drawRoundedRect(QRectF(x - 2, rect.top() + 1, width + 4, rect.height() - 2), 3, 3)
            painter.setPen(colour(self.theme.text if is_marked else self.theme.muted))
            painter.drawText(QRectF(x, rect.top(), width + 2, rect.height()), _VCENTRE, shown)
            x += width
            if shown != words:
                break


_ELIDE_RIGHT = Qt.TextElideMode.ElideRight


def summary(rows: int, suggestions: int) -> str:
    """ "90 suggestions of 39 kinds"."""
    return f"{counted(suggestions, 'suggestion')} of {counted(rows, 'kind')}" if suggestions else ""
