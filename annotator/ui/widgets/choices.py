"""A short list to choose from by one key, by arrows or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.icons import draw_icon
from annotator.ui.theme import LIGHT, Theme, colour

ROW_HEIGHT_PX = 30
_MOST_ROWS = 12
_MEASURED = 100
"""So many rows decide the width."""


@dataclass(frozen=True, slots=True)
class ListChoice:
    """One row: the key that chooses it, and a swatch of a label's hue or else an icon."""

    key: str
    title: str
    hue: int | None = None
    icon: str = ""


class ChoiceList(QWidget):
    """Emits `chosen` with the index. The rows that do not fit scroll with the current one."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[ListChoice] = []
        self._has_keys = False
        self._current = 0
        self._first = 0
        self._theme = LIGHT
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_choices(self, choices: Sequence[ListChoice]) -> None:
        self._choices = list(choices)
        self._has_keys = any(choice.key for choice in choices)
        self._current = self._first = 0
        self._announce()
        self.updateGeometry()
        self.update()

    @property
    def current(self) -> int | None:
        return self._current if self._choices else None

    def step(self, by: int) -> None:
        """Move the current row, round and round."""
        if self._choices:
            self._current = (self._current + by) % len(self._choices)
            self._first = max(min(self._first, self._current), self._current - _MOST_ROWS + 1)
            self._announce()
            self.update()

    def _announce(self) -> None:
        self.setAccessibleName(self._choices[self._current].title if self._choices else "Nothing fits")

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(13, Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(choice.title) for choice in self._choices[:_MEASURED]), default=0.0)
        rows = max(1, min(len(self._choices), _MOST_ROWS))
        return QSize(min(360, max(190, round(widest) + 84)), rows * ROW_HEIGHT_PX)

    def _at(self, point: QPointF) -> int | None:
        number = self._first + int(point.y() // ROW_HEIGHT_PX)
        return number if 0 <= number < len(self._choices) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number is not None and number != self._current:
            self._current = number
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        most = max(0, len(self._choices) - _MOST_ROWS)
        self._first = max(0, min(most, self._first - (1 if event.angleDelta().y() > 0 else -1)))
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._choices:
                painter.setFont(font(12))
                painter.setPen(colour(self._theme.muted))
                painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "No label fits")
            for row, choice in enumerate(self._choices[self._first : self._first + _MOST_ROWS]):
                rect = QRectF(0, row * ROW_HEIGHT_PX, self.width(), ROW_HEIGHT_PX)
                self._draw_row(painter, rect, choice, is_current=self._first + row == self._current)

    def _draw_row(self, painter: QPainter, rect: QRectF, choice: ListChoice, *, is_current: bool) -> None:
        theme = self._theme
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        mark = rect.left() + (35 if self._has_keys else 10)
        if choice.key:
            key = QRectF(rect.left() + 7, rect.center().y() - 9, 20, 18)
            painter.setPen(QPen(colour(theme.rule), 1))
            painter.setBrush(colour(theme.key))
            painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(font(11, Weight.Medium))
            painter.setPen(colour(theme.muted))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, choice.key.upper())
        if choice.hue is not None:
            colours = theme.label(choice.hue)
            painter.setPen(QPen(colour(colours.line), 1.4))
            painter.setBrush(colour(colours.tint))
            painter.drawRoundedRect(QRectF(mark + 2.7, rect.center().y() - 5.3, 10.6, 10.6), 3, 3)
        elif choice.icon:
            place = QRectF(mark, rect.center().y() - 8, 16, 16)
            draw_icon(painter, choice.icon, place, colour(theme.muted))
        made = font(13, Weight.DemiBold if is_current else Weight.Normal)
        has_mark = bool(choice.icon) or choice.hue is not None
        words = rect.adjusted(mark + 23 if has_mark or choice.key else 10, 0, -8, 0)
        painter.setFont(made)
        painter.setPen(colour(theme.text))
        shown = QFontMetricsF(made).elidedText(choice.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
