"""A small button that shows the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.theme import LIGHT, Theme, colour

_PAD_PX, _GAP_PX, _CAP_PAD_PX = 10, 7, 5


class KeyButton(QPushButton):
    """Words, then a key cap; the ground comes from the style sheet."""

    def __init__(self, words: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._key = words, key
        self._theme = LIGHT
        self.setProperty("role", "small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Show another key; an empty one shows none."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = 2 * _PAD_PX + self._words_width() + (_GAP_PX + self._cap_width() if self._key else 0)
        return QSize(round(width), 26)

    def _words_width(self) -> float:
        return QFontMetricsF(font(12, Weight.Medium)).horizontalAdvance(self._words)

    def _cap_width(self) -> float:
        return QFontMetricsF(font(10.0, Weight.Medium)).horizontalAdvance(self._key) + 2 * _CAP_PAD_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        centre = Qt.AlignmentFlag.AlignCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(12, Weight.Medium))
            painter.setPen(colour(theme.text if self.isEnabled() else theme.faint))
            words = QRectF(_PAD_PX, 0, self._words_width(), self.height())
            painter.drawText(words, centre, self._words)
            if not self._key:
                return
            cap = QRectF(words.right() + _GAP_PX, (self.height() - 16) / 2, self._cap_width(), 16)
            painter.setPen(QPen(colour(theme.rule), 1))
            painter.setBrush(colour(theme.card))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
            painter.setPen(colour(theme.muted))
            painter.setFont(font(10.0, Weight.Medium))
            painter.drawText(cap, centre, self._key)
