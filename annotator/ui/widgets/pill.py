"""The name of a label on its own colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.theme import LIGHT, Theme, colour

FONT_PX = 11
_MAX_WIDTH_PX = 130


class Pill(QWidget):
    """Dashed while the label is only suggested; without a hue it is grey (a relation)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._hue: int | None = None
        self._is_dashed = False
        self._theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_label(self, text: str, hue: int | None, *, is_dashed: bool) -> None:
        self._text, self._hue, self._is_dashed = text, hue, is_dashed
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(font(FONT_PX, Weight.DemiBold)).horizontalAdvance(self._text) + 16
        return QSize(min(_MAX_WIDTH_PX, round(width)), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_pill(painter, QRectF(self.rect()), self._text, self._hue, self._theme, is_dashed=self._is_dashed)


def draw_pill(painter: QPainter, rect: QRectF, text: str, hue: int | None, theme: Theme, *, is_dashed: bool) -> None:
    """A pill in a row that somebody else paints."""
    if hue is None:
        tint, line, ink = theme.hover, theme.arc, theme.muted
    else:
        colours = theme.label(hue)
        tint, line, ink = colours.half_tint if is_dashed else colours.tint, colours.line, colours.ink
    pen = QPen(Qt.PenStyle.NoPen)
    if is_dashed:
        pen = QPen(colour(line), 1)
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(colour(tint))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(colour(ink))
    made = font(FONT_PX, Weight.DemiBold)
    painter.setFont(made)
    shown = QFontMetricsF(made).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 12)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
