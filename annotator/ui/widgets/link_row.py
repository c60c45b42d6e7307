"""One line that leads somewhere: an arrow, a quiet word, and where it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.icons import draw_icon
from annotator.ui.theme import LIGHT, Theme, colour


class LinkRow(QAbstractButton):
    """Dashed underneath while what it leads to is only suggested."""

    def __init__(
        self, icon: str, label: str, text: str, *, is_pending: bool, theme: Theme = LIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._label, self._words, self._is_pending = icon, label, text, is_pending
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{label} {text}")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 24)

    def enterEvent(self, _event: QEvent) -> None:
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() or self.hasFocus():
                painter.setPen(QPen(colour(theme.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme.hover))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            left = 2.0
            if self._icon:
                draw_icon(painter, self._icon, QRectF(left, 5, 14, 14), colour(theme.muted))
                left += 21
            left += self._draw_words(painter, left, self._label, font(12), theme.muted) + 8
            made = font(12, Weight.Medium)
            width = self._draw_words(painter, left, self._words, made, theme.text)
            if self._is_pending:
                pen = QPen(colour(theme.arc), 1)
                pen.setDashPattern([3, 2])
                painter.setPen(pen)
                painter.drawLine(int(left), 20, int(left + width), 20)

    def _draw_words(self, painter: QPainter, left: float, words: str, made: QFont, ink: str) -> float:
        painter.setFont(made)
        painter.setPen(colour(ink))
        room = self.width() - left - 6
        shown = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        return QFontMetricsF(made).horizontalAdvance(shown)
