"""The fonts of the page at one zoom, and the widths of the words set in them again and again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

from annotator.model import Role
from annotator.ui.canvas.geometry.metrics import ROLE_STYLES, Metrics
from annotator.ui.fonts import Weight, font, text_font
from annotator.ui.typography import Typography

CHIP_SPACING = 0.035
"""Of the font size, between the capitals of a chip."""


_USUAL = "The leaders of both countries met again on Friday and talked about trade, energy and peace."
"""Text as it usually is, for the width of a usual character; the font's own average counts rare wide ones too."""


class Face:
    """One font with its metrics."""

    __slots__ = ("_shaped", "_widths", "ascent", "average", "cap_height", "font", "height", "metrics")

    def __init__(self, face: QFont) -> None:
        self.font = face
        self.metrics = QFontMetricsF(face)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self.cap_height = self.metrics.capHeight()
        self.average = self.metrics.horizontalAdvance(_USUAL) / len(_USUAL)
        self._widths: dict[str, float] = {}
        self._shaped: dict[str, QStaticText] = {}

    def width(self, words: str) -> float:
        known = self._widths.get(words)
        if known is None:
            known = self._widths[words] = self.metrics.horizontalAdvance(words)
        return known

    def draw(self, painter: QPainter, x: float, baseline: float, words: str) -> None:
        """Draw words from `x` on. They are shaped once: chips and labels say the same few over and over."""
        shaped = self._shaped.get(words)
        if shaped is None:
            shaped = self._shaped[words] = QStaticText(words)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            shaped.prepare(QTransform(), self.font)
        painter.drawStaticText(QPointF(x, baseline - self.ascent), shaped)

    def elided(self, words: str, room: float) -> str:
        """The words, cut with an ellipsis where they need more than `room`."""
        return self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


class Faces:
    """All faces of the page at one zoom."""

    def __init__(self, metrics: Metrics, typography: Typography) -> None:
        zoom = metrics.zoom
        size = metrics.chip_size
        self.chip = Face(font(size, Weight.DemiBold, spacing_px=size * CHIP_SPACING))
        self.label = Face(font(metrics.label_size, Weight.Medium))
        self.hint = Face(font(11 * zoom, Weight.Bold))
        self._text: dict[Role, Face] = {
            role: Face(text_font(typography.face, style.size * typography.scale * zoom, Weight(style.weight)))
            for role, style in ROLE_STYLES.items()
        }

    def text(self, role: Role) -> Face:
        return self._text[role]
