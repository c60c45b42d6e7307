"""Line icons: black SVG on a 24 px grid, tinted when they are drawn."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.app.sources import resource_dir


@cache
def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(str(resource_dir() / "icons" / f"{name}.svg"))


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw a line icon into the rectangle, sharp at any scale."""
    ratio = painter.device().devicePixelRatioF()
    side = max(1, round(rect.width() * ratio))
    painter.drawPixmap(rect, _tinted(name, side, colour.rgba()), QRectF(0, 0, side, side))


def pixmap(name: str, side: int, colour: QColor, *, ratio: float = 1.0) -> QPixmap:
    """A tinted icon of `side` device-independent pixels."""
    found = QPixmap(_tinted(name, max(1, round(side * ratio)), colour.rgba()))
    found.setDevicePixelRatio(ratio)
    return found


@cache
def _tinted(name: str, side: int, rgba: int) -> QPixmap:
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        _renderer(name).render(painter, QRectF(0, 0, side, side))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), QColor.fromRgba(rgba))
    return image


class _TintedIcon(QIconEngine):
    """Asked for any size, mode and pixel ratio by the style; so nothing is ever scaled."""

    def __init__(self, name: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        draw_icon(painter, self._name, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        return QPixmap(_tinted(self._name, max(1, size.width()), colour.rgba()))

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._colour, self._disabled)


def icon(name: str, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """A tinted icon for buttons and menus."""
    if disabled is None:
        disabled = QColor(colour)
        disabled.setAlpha(90)
    return QIcon(_TintedIcon(name, colour, disabled))


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    found = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        image = QPixmap(side, side)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            _renderer("app").render(painter, QRectF(0, 0, side, side))
        found.addPixmap(image)
    return found
