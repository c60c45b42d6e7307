"""A row of choices of which exactly one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.theme import LIGHT, Theme, colour


class Segmented(QWidget):
    """`chosen` carries the index. Left and right arrows choose, too."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = list(titles)
        self._index = 0
        self._hovered: int | None = None
        self._theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(", ".join(self._titles))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def index(self) -> int:
        return self._index

    def choose(self, index: int) -> None:
        if index == self._index or not 0 <= index < len(self._titles):
            return
        self._index = index
        self.setAccessibleDescription(self._titles[index])
        self.update()
        self.chosen.emit(index)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(12, Weight.DemiBold))
        return QSize(round(sum(metrics.horizontalAdvance(title) + 24 for title in self._titles)), 28)

    def _at(self, point: QPointF) -> int:
        return max(0, min(len(self._titles) - 1, int(point.x() * len(self._titles) / max(1, self.width()))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._index + step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        width = self.width() / len(self._titles)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.page if theme.is_dark else theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
            for number, title in enumerate(self._titles):
                rect = QRectF(number * width, 0, width, self.height())
                is_chosen = number == self._index
                if is_chosen:
                    edge = theme.accent if self.hasFocus() else theme.rule
                    painter.setPen(QPen(colour(edge), 1))
                    painter.setBrush(colour(theme.key))
                    painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 5.5, 5.5)
                painter.setFont(font(12, Weight.DemiBold if is_chosen else Weight.Normal))
                painter.setPen(colour(theme.text if is_chosen or number == self._hovered else theme.muted))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, title)
