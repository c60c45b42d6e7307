"""Pens and brushes of the page, made once per theme and zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from annotator.ui.theme import Theme, colour


class LabelInks:
    """What a span of one hue is painted with."""

    __slots__ = ("dash", "half_tint", "line", "name", "tie", "tint")

    def __init__(self, theme: Theme, hue: int, zoom: float) -> None:
        colours = theme.label(hue)
        self.tint = QBrush(colour(colours.tint))
        self.half_tint = QBrush(colour(colours.half_tint))
        self.line = QBrush(colour(colours.line))
        self.name = colour(colours.ink)
        self.dash = dashed(colour(colours.line), 1.2 * zoom, on=3.0, off=2.2)
        self.tie = dashed(colour(colours.line), 1.4 * zoom, on=1.0, off=2.0)


class Inks:
    """Everything else, and the label inks by hue."""

    def __init__(self, theme: Theme, zoom: float) -> None:
        self.theme = theme
        self.zoom = zoom
        self.page = colour(theme.page)
        self.text = colour(theme.text)
        self.muted = colour(theme.muted)
        self.faint = colour(theme.faint)
        self.accent = colour(theme.accent)
        self.selection = QBrush(colour(theme.selection))
        self.badge = QBrush(colour(theme.button))
        self.on_badge = colour(theme.on_accent)
        self.rule = QBrush(colour(theme.rule))
        self.ring = QPen(self.accent, 1.8 * zoom)
        self.lit_tie = dashed(self.accent, 1.8 * zoom, on=1.0, off=1.6)
        self.soft_ring = QPen(colour(theme.accent, 150), 1.2 * zoom)
        self.caret = QPen(colour(theme.muted), 1.2 * zoom)
        self.mark = QPen(colour(theme.warn, 190), 1.0 * zoom)
        self.glow = {
            "change": (QPen(self.accent, 1.6 * zoom), QBrush(colour(theme.accent, 60))),
            "drop": (QPen(colour(theme.bad), 1.6 * zoom), QBrush(colour(theme.bad, 56))),
            "skip": (dashed(colour(theme.muted), 1.2 * zoom, on=2.4, off=2.2), QBrush(Qt.BrushStyle.NoBrush)),
        }
        """Pen and brush of a place that an act shown beforehand concerns."""
        self.miss = dotted(colour(theme.muted), 1.5 * zoom)
        self.lit_mark = dotted(self.accent, 2.0 * zoom)
        self.lit_arc = _Strokes(self.accent, 1.8 * zoom)
        self.arcs = (
            _Strokes(colour(theme.arc), 1.1 * zoom),
            _Strokes(colour(theme.accent, 200), 1.2 * zoom),
            self.lit_arc,
        )
        """At rest; of the focused span; lit."""
        self._labels: dict[int, LabelInks] = {}

    def label(self, hue: int) -> LabelInks:
        known = self._labels.get(hue)
        if known is None:
            known = self._labels[hue] = LabelInks(self.theme, hue, self.zoom)
        return known


class _Strokes:
    """A line for a decided and for a suggested relation, and the colour of its arrowhead."""

    __slots__ = ("brush", "colour", "dash", "solid")

    def __init__(self, ink: QColor, width: float) -> None:
        self.colour = ink
        self.brush = QBrush(ink)
        self.solid = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
        self.dash = dashed(ink, width, on=3.4, off=2.6)


def dotted(ink: QColor, width: float) -> QPen:
    """A pen of round dots."""
    pen = QPen(ink, width)
    pen.setDashPattern([0.01, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def dashed(ink: QColor, width: float, *, on: float, off: float) -> QPen:
    """A pen with dashes that are `on` widths long, `off` widths apart."""
    pen = QPen(ink, width)
    pen.setDashPattern([on, off])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
