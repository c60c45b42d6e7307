"""A few words of which none, one or several hold: small buttons that wrap to the width, each with a digit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.fonts import Weight, font
from annotator.ui.theme import LIGHT, Theme, colour

_HEIGHT_PX, _GAP_PX, _PAD_PX, _KEY_GAP_PX = 24, 5, 9, 5
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)


class OptionRow(QWidget):
    """`toggled` carries an index, `cleared` asks to let all go; `show_chosen` tells it what the owner made of that.

    Arrows walk, Space toggles, a digit toggles at once, Del clears, Enter toggles and leaves, Escape leaves.
    """

    toggled = Signal(int)
    cleared = Signal()
    left = Signal()

    def __init__(
        self, name: str, titles: Sequence[str], *, keys: Sequence[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._titles = list(titles)
        self._keys = list(keys) if keys is not None else [str(number + 1) for number in range(len(titles))][:9]
        self._keys += [""] * (len(titles) - len(self._keys))
        self._chosen: frozenset[int] = frozenset()
        self._current = 0
        self._hovered: int | None = None
        self._theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._announce()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_chosen(self, chosen: Collection[int]) -> None:
        self._chosen = frozenset(chosen)
        if chosen and not self.hasFocus():
            self._current = min(chosen)
        self._announce()
        self.update()

    def _announce(self) -> None:
        said = ", ".join(self._titles[number] for number in sorted(self._chosen)) or "not set"
        self.setAccessibleName(f"{self._name}: {said}")

    # ---- places

    def _width_of(self, number: int) -> float:
        width = QFontMetricsF(font(12, Weight.DemiBold)).horizontalAdvance(self._titles[number]) + 2 * _PAD_PX
        if self._keys[number]:
            width += QFontMetricsF(font(10)).horizontalAdvance(self._keys[number]) + _KEY_GAP_PX
        return width

    def rects(self, width_px: float | None = None) -> list[QRectF]:
        """Where the options are, in as many lines as they need."""
        most = float(self.width() if width_px is None else width_px)
        found: list[QRectF] = []
        x = y = 0.0
        for number in range(len(self._titles)):
            width = min(self._width_of(number), most)
            if x > 0 and x + width > most:
                x, y = 0.0, y + _HEIGHT_PX + _GAP_PX
            found.append(QRectF(x, y, width, _HEIGHT_PX))
            x += width + _GAP_PX
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rects = self.rects(width)
        return round(rects[-1].bottom()) if rects else 0

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _HEIGHT_PX)

    def _at(self, point: QPointF) -> int | None:
        return next((number for number, rect in enumerate(self.rects()) if rect.contains(point)), None)

    # ---- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = number
            self.toggled.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in step:
            self._current = (self._current + step[key]) % len(self._titles)
            self.update()
        elif event.modifiers() in _PLAIN and event.text() and event.text() in self._keys:
            self._current = self._keys.index(event.text())
            self.toggled.emit(self._current)
        elif key == Qt.Key.Key_Space:
            self.toggled.emit(self._current)
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if self._current not in self._chosen:
                self.toggled.emit(self._current)
            self.left.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # ---- paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, rect in enumerate(self.rects()):
                self._draw(painter, number, rect)

    def _draw(self, painter: QPainter, number: int, rect: QRectF) -> None:
        theme = self._theme
        is_chosen = number in self._chosen
        is_current = self.hasFocus() and number == self._current
        is_hovered = number == self._hovered and self.isEnabled()
        edge = theme.accent if is_chosen or is_current else theme.rule
        painter.setPen(QPen(colour(edge), 2.0 if is_current else 1.0))
        painter.setBrush(colour(theme.accent_tint if is_chosen else theme.hover if is_hovered else theme.card))
        inset = 1.0 if is_current else 0.5
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 6, 6)
        words = rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        if self._keys[number]:
            painter.setFont(font(10))
            painter.setPen(colour(theme.faint))
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._keys[number])
            words.setLeft(words.left() + QFontMetricsF(font(10)).horizontalAdvance(self._keys[number]) + _KEY_GAP_PX)
        made = font(12, Weight.DemiBold if is_chosen else Weight.Normal)
        painter.setFont(made)
        painter.setPen(colour(theme.text if is_chosen or is_hovered else theme.muted))
        shown = QFontMetricsF(made).elidedText(self._titles[number], Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
