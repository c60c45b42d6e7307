"""A row with an icon, a name and where it is; clicking opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.icons import draw_icon
from annotator.ui.theme import LIGHT, Theme, colour


class PlaceRow(QPushButton):
    def __init__(self, icon: str, name: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._name, self._place = icon, name, place
        self._theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setAccessibleName(f"{name}, {place}")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 48)

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
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
            draw_icon(painter, self._icon, QRectF(12, 15, 18, 18), colour(theme.muted))
            for made, ink, words, top, mode in (
                (font(13, Weight.Medium), theme.text, self._name, 6, Qt.TextElideMode.ElideRight),
                (font(12), theme.muted, self._place, 24, Qt.TextElideMode.ElideMiddle),
            ):
                rect = QRectF(42, top, self.width() - 54, 18)
                painter.setFont(made)
                painter.setPen(colour(ink))
                shown = QFontMetricsF(made).elidedText(words, mode, rect.width())
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)
