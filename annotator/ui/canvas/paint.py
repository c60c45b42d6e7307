"""Painting blocks: tints, selection, text, underlines, chips. The same code draws the screen and every picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.lines import Block, Fragment, Line, Shown
from annotator.ui.canvas.overlay import Overlay
from annotator.ui.canvas.paint_arcs import paint_arcs
from annotator.ui.canvas.setting import Setting

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


@dataclass(frozen=True, slots=True)
class Stage:
    """What painting needs besides the blocks: the column begins at `x`, and `top` to `bottom` is to be painted."""

    setting: Setting
    inks: Inks
    overlay: Overlay
    x: float
    top: float
    bottom: float


def paint_blocks(painter: QPainter, stage: Stage, blocks: Iterable[Shown]) -> None:
    """Paint the blocks, each at its y, as far as they lie between `stage.top` and `stage.bottom`."""
    for block, y in blocks:
        if block.layout is not None and y < stage.bottom and y + block.height > stage.top:
            painter.translate(stage.x, y)
            _paint_block(painter, stage, block, lines_between(block, stage.top - y, stage.bottom - y))
            painter.translate(-stage.x, -y)


def lines_between(block: Block, top: float, bottom: float) -> Sequence[Line]:
    """The lines that show in this range of the block."""
    return [line for line in block.lines if line.y < bottom and line.bottom > top]


def _paint_block(painter: QPainter, stage: Stage, block: Block, lines: Sequence[Line]) -> None:
    if not lines:
        return
    if block.style.bar:
        _paint_bar(painter, stage, block)
    for line in lines:
        _paint_grounds(painter, stage, line)
    _paint_selection(painter, stage, block, lines)
    assert block.layout is not None, "blocks with lines have a layout"
    painter.setPen(stage.inks.muted if block.style.tone == "muted" else stage.inks.text)
    shown = QRectF(-1e4, lines[0].y, 2e4, lines[-1].bottom - lines[0].y)
    block.layout.draw(painter, QPointF(0, 0), [], shown)
    for line in lines:
        if line.fragments:
            _paint_rings(painter, stage, line)
        if line.arcs:
            paint_arcs(painter, stage.setting, stage.inks, stage.overlay, line)
        if line.fragments or line.count:
            _paint_chips(painter, stage, line)
        if line.marks:
            _paint_marks(painter, stage, line)


def _paint_bar(painter: QPainter, stage: Stage, block: Block) -> None:
    metrics = stage.setting.metrics
    first, last = block.lines[0], block.lines[-1]
    painter.setPen(_NO_PEN)
    painter.setBrush(stage.inks.rule)
    x = stage.setting.width - 3 * metrics.zoom if block.is_rtl else 0.0
    top = first.text_y - metrics.chip_lane
    bar = QRectF(x, top, 3 * metrics.zoom, last.text_y + last.text_height + metrics.under - top)
    painter.drawRoundedRect(bar, 1.5 * metrics.zoom, 1.5 * metrics.zoom)


def _paint_grounds(painter: QPainter, stage: Stage, line: Line) -> None:
    """Tints, outer spans first; then all underlines and dashed outlines, so that none is covered."""
    metrics, inks = stage.setting.metrics, stage.inks
    radius = metrics.radius
    boxes = [
        (fragment, inks.label(fragment.hue), fragment_box(stage.setting, line, fragment, left, right))
        for fragment in line.fragments
        for left, right in fragment.xs
    ]
    painter.setPen(_NO_PEN)
    for fragment, label, box in boxes:
        painter.setBrush(label.half_tint if fragment.is_suggested else label.tint)
        if fragment.is_whole or fragment.is_suggested:
            painter.drawRoundedRect(box, radius, radius)
        else:
            painter.drawPath(_open_box(box, fragment, radius))
    below = line.text_y + line.text_height
    painter.setBrush(_NO_BRUSH)
    _paint_ties(painter, stage, line)
    for fragment, label, box in boxes:
        if fragment.is_suggested:
            painter.setPen(label.dash)
            painter.drawRoundedRect(box, radius, radius)
        else:
            y = below + fragment.row * metrics.under_step
            painter.fillRect(QRectF(box.left(), y, box.width(), metrics.under), label.line)


def _paint_ties(painter: QPainter, stage: Stage, line: Line) -> None:
    """Before the underlines, so that a tie passes behind those of other spans."""
    metrics, overlay = stage.setting.metrics, stage.overlay
    for tie in line.ties:
        is_lit = tie.span_id == overlay.focus or tie.span_id in overlay.ringed
        painter.setPen(stage.inks.lit_tie if is_lit else stage.inks.label(tie.hue).tie)
        y = line.text_y + line.text_height + tie.row * metrics.under_step + metrics.under / 2
        painter.drawLine(QPointF(tie.stretch[0], y), QPointF(tie.stretch[1], y))


def fragment_box(setting: Setting, line: Line, fragment: Fragment, left: float, right: float) -> QRectF:
    """The tint of one stretch of a fragment, in the block. It goes on behind its underline, which squares its foot."""
    metrics = setting.metrics
    inset = min(fragment.depth, 3) * metrics.inset
    top = line.tint_y + inset
    bottom: float = line.text_y + line.text_height
    bottom += -inset - metrics.hair if fragment.is_suggested else metrics.under if fragment.row == 0 else 0.0
    reach = 0.0 if fragment.is_tight else metrics.inset
    return QRectF(left - reach, top, right - left + 2 * reach, bottom - top)


def _open_box(box: QRectF, fragment: Fragment, radius: float) -> QPainterPath:
    """Rounded where the span begins and ends, square where it goes on in another line."""
    path = QPainterPath()
    start = radius if fragment.is_first else 0.0
    end = radius if fragment.is_last else 0.0
    path.moveTo(box.left(), box.bottom())
    path.lineTo(box.left(), box.top() + start)
    path.quadTo(box.left(), box.top(), box.left() + start, box.top())
    path.lineTo(box.right() - end, box.top())
    path.quadTo(box.right(), box.top(), box.right(), box.top() + end)
    path.lineTo(box.right(), box.bottom())
    return path


def _paint_selection(painter: QPainter, stage: Stage, block: Block, lines: Sequence[Line]) -> None:
    if stage.overlay.selection is None:
        return
    start, end = stage.overlay.selection
    painter.setPen(_NO_PEN)
    painter.setBrush(stage.inks.selection)
    for line in lines:
        low, high = max(start, line.start), min(end, line.visible_end)
        for left, right in block.xs(line, low, high):
            painter.drawRect(QRectF(left, line.text_y, right - left, line.text_height))


def _paint_rings(painter: QPainter, stage: Stage, line: Line) -> None:
    overlay, metrics = stage.overlay, stage.setting.metrics
    targets = overlay.rubber.targets if overlay.rubber is not None else ()
    for fragment in line.fragments:
        is_focus = fragment.span.id == overlay.focus or (overlay.rubber and overlay.rubber.target == fragment.span.id)
        if not is_focus and fragment.span.id not in overlay.ringed and fragment.span.id not in targets:
            continue
        painter.setPen(stage.inks.ring if is_focus else stage.inks.soft_ring)
        painter.setBrush(_NO_BRUSH)
        for left, right in fragment.xs:
            painter.drawRoundedRect(
                ring_box(stage.setting, line, fragment, left, right), metrics.radius, metrics.radius
            )


def ring_box(setting: Setting, line: Line, fragment: Fragment, left: float, right: float) -> QRectF:
    """Around the tint and the underline of a stretch."""
    zoom = setting.metrics.zoom
    box = fragment_box(setting, line, fragment, left, right).adjusted(-zoom, -zoom, zoom, zoom)
    if not fragment.is_suggested:
        metrics = setting.metrics
        box.setBottom(line.text_y + line.text_height + fragment.row * metrics.under_step + metrics.under + zoom)
    return box


def _paint_chips(painter: QPainter, stage: Stage, line: Line) -> None:
    faces, metrics, inks = stage.setting.faces, stage.setting.metrics, stage.inks
    painter.setFont(faces.chip.font)
    is_crossed = line.chip_lanes > 1 and line.arcs
    named = [(fragment.chip, inks.label(fragment.hue).name) for fragment in line.fragments]
    for chip, ink in (*named, (line.count, inks.faint)):
        if chip is None:
            continue
        if is_crossed:
            ground = QRectF(
                chip.x - metrics.zoom, chip.y - faces.chip.ascent, chip.width, faces.chip.ascent + metrics.zoom
            )
            painter.fillRect(ground, inks.page)
        painter.setPen(ink)
        faces.chip.draw(painter, chip.x, chip.y, chip.text)


def _paint_marks(painter: QPainter, stage: Stage, line: Line) -> None:
    """A small hook where an invisible character stands."""
    zoom = stage.setting.metrics.zoom
    painter.setPen(stage.inks.mark)
    bottom = line.text_y + line.text_height
    for x, _ in line.marks:
        painter.drawLine(QPointF(x, bottom - 5 * zoom), QPointF(x, bottom))
        painter.drawLine(QPointF(x - 2 * zoom, bottom), QPointF(x + 2 * zoom, bottom))
