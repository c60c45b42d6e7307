"""Painting relations: arcs above a line, and the rails beside the text that join stubs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from annotator.ui.canvas.gutters import Crowd, Rail, RailView
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.lines import Arc, Line
from annotator.ui.canvas.overlay import Overlay
from annotator.ui.canvas.setting import Setting

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


def paint_arcs(painter: QPainter, setting: Setting, inks: Inks, overlay: Overlay, line: Line) -> None:
    """The arcs and stubs above one line; lit ones last, and all labels above all lines."""
    painter.setFont(setting.faces.label.font)
    arcs = [(_rank(arc.relation.id, overlay), arc) for arc in line.arcs]
    if overlay.lit or overlay.near:
        arcs.sort(key=lambda ranked: ranked[0])
    for rank, arc in arcs:
        _paint_arc(painter, setting, inks, arc, rank)
    # The name of a trunk is that of all its arcs.
    names: dict[tuple[int, float], int] = {}
    for rank, arc in arcs:
        names[arc.lane, arc.label_x] = max(rank, names.get((arc.lane, arc.label_x), 0))
    for _, arc in arcs:
        if arc.label:
            _paint_label(painter, setting, inks, arc, names[arc.lane, arc.label_x])


def _rank(relation_id: str, overlay: Overlay) -> int:
    return 2 if relation_id in overlay.lit else 1 if relation_id in overlay.near else 0


def _paint_arc(painter: QPainter, setting: Setting, inks: Inks, arc: Arc, rank: int) -> None:
    strokes = inks.arcs[rank]
    if arc.path is None:
        arc.path = _arc_path(arc, setting.metrics.arc_radius, setting.metrics.arrow)
    painter.setPen(strokes.dash if arc.is_suggested else strokes.solid)
    painter.setBrush(_NO_BRUSH)
    painter.drawPath(arc.path)
    if not arc.is_symmetric and arc.kind != "head":
        painter.setPen(_NO_PEN)
        painter.setBrush(strokes.brush)
        tip = QPointF(arc.x2, arc.foot2) if arc.kind == "whole" else QPointF(arc.x1, arc.foot1)
        painter.drawPolygon(arrowhead(tip, setting.metrics.arrow))


def _paint_label(painter: QPainter, setting: Setting, inks: Inks, arc: Arc, rank: int) -> None:
    zoom, height = setting.metrics.zoom, setting.metrics.label_height
    box = QRectF(arc.label_x - arc.label_width / 2, arc.label_y - height / 2, arc.label_width, height)
    pad = 3 * zoom if arc.is_tall else 0.0
    painter.fillRect(box.adjusted(pad, zoom, -pad, -zoom), inks.page)
    painter.setPen(inks.accent if rank else inks.faint)
    face = setting.faces.label
    face.draw(painter, arc.label_x - face.width(arc.label) / 2, arc.label_y + face.cap_height / 2, arc.label)


def _arc_path(arc: Arc, radius: float, arrow: float) -> QPainterPath:
    """Up from the head, along the lane, down to the tail; a stub ends in the lane."""
    direction = 1 if arc.x2 > arc.x1 else -1
    lift = 0.0 if arc.is_symmetric or arc.kind == "head" else arrow
    shortest = min(arc.foot1, arc.foot2) - lift - arc.y
    radius = max(1.0, min(radius, abs(arc.x2 - arc.x1) / 2, shortest))
    path = QPainterPath(QPointF(arc.x1, arc.foot1 - (lift if arc.kind == "tail" else 0.0)))
    path.lineTo(arc.x1, arc.y + radius)
    path.quadTo(arc.x1, arc.y, arc.x1 + direction * radius, arc.y)
    if arc.kind == "whole":
        path.lineTo(arc.x2 - direction * radius, arc.y)
        path.quadTo(arc.x2, arc.y, arc.x2, arc.y + radius)
        path.lineTo(arc.x2, arc.foot2 - lift)
    else:
        path.lineTo(arc.x2, arc.y)
    return path


def arrowhead(tip: QPointF, size: float, *, up: bool = False) -> QPolygonF:
    """A small triangle that points down, or up, to the tip."""
    back = 1.75 * size if up else -1.75 * size
    return QPolygonF(
        [tip, QPointF(tip.x() - size, tip.y() + back), QPointF(tip.x() + size, tip.y() + back)],
    )


def paint_rails(painter: QPainter, setting: Setting, inks: Inks, overlay: Overlay, view: RailView) -> None:
    """The rails in both gutters, and how many found no room."""
    painter.setFont(setting.faces.label.font)
    for rail in sorted(view.rails, key=lambda rail: _rank(rail.relation.id, overlay)):
        _paint_rail(painter, setting, inks, overlay, rail)
    painter.setPen(inks.faint)
    for crowd in view.crowds:
        _paint_crowd(painter, inks, overlay, crowd)


def _paint_crowd(painter: QPainter, inks: Inks, overlay: Overlay, crowd: Crowd) -> None:
    """A small button, so that one sees that it can be clicked."""
    is_lit = any(relation in overlay.lit for relation in crowd.relations)
    painter.setPen(inks.arcs[2 if is_lit else 0].solid)
    painter.setBrush(inks.page)
    radius = crowd.box.height() / 2
    painter.drawRoundedRect(crowd.box, radius, radius)
    painter.setPen(inks.accent if is_lit else inks.faint)
    painter.drawText(crowd.box, Qt.AlignmentFlag.AlignCenter, crowd.words)


def _paint_rail(painter: QPainter, setting: Setting, inks: Inks, overlay: Overlay, rail: Rail) -> None:
    rank = _rank(rail.relation.id, overlay)
    strokes = inks.arcs[rank]
    radius = min(setting.metrics.arc_radius, abs(rail.x - rail.stub_x), (rail.bottom - rail.top) / 2)
    path = QPainterPath()
    if rail.far is None:
        path.moveTo(rail.stub_x, rail.top)
        path.lineTo(rail.x - rail.side * radius, rail.top)
        path.quadTo(rail.x, rail.top, rail.x, rail.top + radius)
        path.lineTo(rail.x, rail.bottom - radius)
        path.quadTo(rail.x, rail.bottom, rail.x - rail.side * radius, rail.bottom)
        path.lineTo(rail.stub_x, rail.bottom)
    else:
        start, end = (rail.bottom, rail.top) if rail.far.is_above else (rail.top, rail.bottom)
        path.moveTo(rail.stub_x, start)
        path.lineTo(rail.x - rail.side * radius, start)
        path.quadTo(rail.x, start, rail.x, start + (-radius if rail.far.is_above else radius))
        path.lineTo(rail.x, end)
    painter.setPen(strokes.dash if rail.is_suggested else strokes.solid)
    painter.setBrush(_NO_BRUSH)
    painter.drawPath(path)
    if rail.far is not None:
        size = setting.metrics.arrow
        painter.setPen(_NO_PEN)
        painter.setBrush(strokes.brush)
        painter.drawPolygon(arrowhead(rail.tip(size), size, up=rail.far.is_above))
        painter.setPen(inks.accent if rank else inks.faint)
        side = Qt.AlignmentFlag.AlignRight if rail.side < 0 else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rail.far.box, side | Qt.AlignmentFlag.AlignVCenter, rail.far.words)
