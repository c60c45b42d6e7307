"""Pictures of an annotated document, by the painting that draws the screen: PNG, SVG, and PDF on A4 pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from annotator.model import Broken
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.gutters import rails_in_view
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.lines import Shown
from annotator.ui.canvas.overlay import Overlay
from annotator.ui.canvas.page import Page
from annotator.ui.canvas.paint import Stage, paint_blocks
from annotator.ui.canvas.paint_arcs import paint_rails
from annotator.ui.theme import Theme

TALLEST_PX = 32_000
"""Qt paints no image that is higher than 32,767 pixels."""

A4_DPI = 300
A4_MARGIN_MM = 12.0

_ENDLESS = 1e9


def render_document(content: Content, theme: Theme, path: Path, *, width_px: int = 1000, scale: float = 2.0) -> None:
    """Write the whole document as a picture; the suffix of `path` says which kind: .png, .svg or .pdf.

    `width_px` is the width of the page as on screen at zoom 1, `scale` the pixels of a PNG for each of these. Raises
    Broken for another suffix, a PNG that would be too high, or a file that cannot be written.
    """
    draw = _KINDS.get(path.suffix.lower())
    if draw is None:
        raise Broken("picture-kind", where=str(path), kinds=", ".join(_KINDS))
    _save(path, draw(content, theme, width_px, scale, path))


def grab_document(content: Content, theme: Theme, *, width_px: int = 1000, scale: float = 2.0) -> QImage:
    """The whole document as an image; Broken when it would be too high."""
    page = _whole(content, width_px)
    height = _height(page)
    if height * scale > TALLEST_PX:
        raise Broken("picture-too-tall", pixels=round(height * scale), limit=TALLEST_PX)
    image = QImage(QSize(round(width_px * scale), round(height * scale)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    try:
        _paint_whole(painter, page, theme, height)
    finally:
        painter.end()
    return image


def _draw_png(content: Content, theme: Theme, width_px: int, scale: float, path: Path) -> bytes:
    try:
        image = grab_document(content, theme, width_px=width_px, scale=scale)
    except Broken as error:
        error.where = str(path)
        raise
    return _bytes(lambda device: QImageWriter(device, QByteArray(b"PNG")).write(image))


def _draw_svg(content: Content, theme: Theme, width_px: int, _scale: float, path: Path) -> bytes:
    page = _whole(content, width_px)
    height = _height(page)

    def draw(device: QBuffer) -> None:
        generator = QSvgGenerator()
        generator.setOutputDevice(device)
        generator.setResolution(96)  # what programs take for a pixel
        generator.setSize(QSize(width_px, round(height)))
        generator.setViewBox(QRectF(0, 0, width_px, height))
        generator.setTitle(path.stem)
        painter = QPainter(generator)
        try:
            _paint_whole(painter, page, theme, height)
        finally:
            painter.end()

    return _bytes(draw)


def _draw_pdf(content: Content, theme: Theme, width_px: int, _scale: float, path: Path) -> bytes:
    def draw(device: QBuffer) -> None:
        writer = QPdfWriter(device)
        writer.setResolution(A4_DPI)
        writer.setTitle(path.stem)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(0, A4_MARGIN_MM, 0, A4_MARGIN_MM),
                QPageLayout.Unit.Millimeter,
            )
        )
        painter = QPainter(writer)
        try:
            factor = writer.width() / width_px
            height = writer.height() / factor
            page = _whole(content, width_px)
            for number, sheet in enumerate(_sheets(page, height)):
                if number:
                    writer.newPage()
                _paint_sheet(painter, page, theme, sheet, factor=factor, has_ground=theme.is_dark)
        finally:
            painter.end()

    return _bytes(draw)


_KINDS: dict[str, Callable[[Content, Theme, int, float, Path], bytes]] = {
    ".png": _draw_png,
    ".svg": _draw_svg,
    ".pdf": _draw_pdf,
}


def _whole(content: Content, width_px: int) -> Page:
    """A page that is as high as the document; every block is measured."""
    return Page(content, zoom=1.0, width=width_px, height=_ENDLESS, rails=Rails())


def _height(page: Page) -> float:
    return page.flow.top + page.flow.heights.total + page.flow.top


def _paint_whole(painter: QPainter, page: Page, theme: Theme, height: float) -> None:
    _paint(painter, page, theme, page.shown(), 0.0, height, has_ground=True)


Sheet = tuple[list[Shown], float, float]
"""The blocks on one sheet of paper, and from where to where its lines go, in pixels of the page."""


def _sheets(page: Page, height: float) -> Iterator[Sheet]:
    """Cut the page into sheets, between lines. A line that is higher than a sheet gets one of its own, cut short."""
    shown = page.shown()
    lines = [(y + line.y, y + line.bottom) for block, y in shown for line in block.lines]
    if not lines:
        yield [], 0.0, height
    start = 0
    while start < len(lines):
        top = lines[start][0]
        end = start + 1
        while end < len(lines) and lines[end][1] - top <= height:
            end += 1
        yield shown, top, lines[end - 1][1]
        start = end


def _paint_sheet(painter: QPainter, page: Page, theme: Theme, sheet: Sheet, *, factor: float, has_ground: bool) -> None:
    shown, top, bottom = sheet
    painter.save()
    painter.scale(factor, factor)
    painter.translate(0, -top)
    here = [(block, y) for block, y in shown if y < bottom and y + block.height > top]
    painter.setClipRect(QRectF(0, top - 1, page.width, bottom - top + 2))
    _paint(painter, page, theme, here, top, bottom, has_ground=has_ground)
    painter.restore()


def _paint(
    painter: QPainter, page: Page, theme: Theme, shown: Sequence[Shown], top: float, bottom: float, *, has_ground: bool
) -> None:
    inks = Inks(theme, 1.0)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if has_ground:
        painter.fillRect(QRectF(0, top, page.width, bottom - top), inks.page)
    stage = Stage(page.setting, inks, Overlay(), page.x, top, bottom)
    paint_blocks(painter, stage, shown)
    rails = rails_in_view(page.setting, shown, x=page.x, gutter=page.gutter, top=top, bottom=bottom)
    paint_rails(painter, page.setting, inks, Overlay(), rails)


def _bytes(draw: Callable[[QBuffer], object]) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(buffer)
    buffer.close()
    return bytes(data.data())


def _save(path: Path, data: bytes) -> None:
    """The file is there whole or not at all."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Broken("picture-unwritable", where=str(path), reason=os.strerror(error.errno or 0)) from error
