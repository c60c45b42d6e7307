"""Pictures of an annotated document, by the painting that draws the screen: PNG, SVG, PDF on A4 pages, and print."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from annotator.model import Broken
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.sheets import Look, Sheet, Sheets
from annotator.ui.theme import colour

TALLEST_PX = 32_000
"""Qt paints no image that is wider or higher than 32,767 pixels; a taller document becomes several pictures."""

MOST_PICTURES = 8
"""That a text is cut into: some 300,000 characters at the usual size. Each costs two seconds and 260 MB for a while."""

Drawing = Callable[[QBuffer], object]
"""Writes one file."""

A4_DPI = 300
PAPER_MARGIN_MM = 12.0
MM_PER_INCH = 25.4


def render_document(content: Content, path: Path, look: Look | None = None) -> list[Path]:
    """Write a document, or a range of it, as a picture; the suffix of `path` says which kind: .png, .svg or .pdf.

    Gives back the files: a PNG that would be too high for one picture becomes NAME-1.png, NAME-2.png and so on, cut
    between lines. Raises Broken for another suffix, for a range outside the text, for a picture too wide or too many of
    them, or for a file that cannot be written.
    """
    draw = _KINDS.get(path.suffix.lower())
    if draw is None:
        raise Broken("picture-kind", where=str(path), kinds=", ".join(_KINDS))
    look = look or Look()
    if look.only is not None and not 0 <= look.only[0] < look.only[1] <= len(content.text):
        raise Broken("picture-outside", start=look.only[0], end=look.only[1], length=len(content.text))
    if path.suffix.lower() == ".png" and look.width_px * look.scale > TALLEST_PX:
        raise Broken("picture-too-wide", where=str(path), limit=TALLEST_PX)
    drawings = draw(Sheets(content, look), path)
    if (count := len(drawings)) > MOST_PICTURES:
        raise Broken("picture-too-long", where=str(path), count=count, limit=MOST_PICTURES)
    names = [path] if count == 1 else [path.with_stem(f"{path.stem}-{at}") for at in range(1, count + 1)]
    for name, drawing in zip(names, drawings, strict=True):
        _save(name, _bytes(drawing))
    return names


def grab_document(content: Content, look: Look | None = None) -> list[QImage]:
    """The whole document as images, one below the other; usually one."""
    sheets = Sheets(content, look or Look())
    return [_image(sheets, sheet) for sheet in _strips(sheets)]


def print_document(content: Content, device: QPagedPaintDevice, look: Look, pages: range | None = None) -> int:
    """Print on paper of any size, page breaks between lines; how many pages. `pages` counts from 1; None is all."""
    layout = device.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(device)
    try:
        margin = PAPER_MARGIN_MM / MM_PER_INCH * device.logicalDpiY()
        factor = device.width() / look.width_px
        sheets = Sheets(content, look)
        cut = list(sheets.cut((device.height() - 2 * margin) / factor))
        chosen = [sheet for number, sheet in enumerate(cut, 1) if pages is None or number in pages]
        for number, sheet in enumerate(chosen):
            if number:
                device.newPage()
            if look.theme.is_dark:
                painter.fillRect(QRectF(0, 0, device.width(), device.height()), colour(look.theme.page))
            painter.save()
            painter.translate(0, margin)
            painter.scale(factor, factor)
            sheets.paint(painter, sheet, y=0)
            painter.restore()
    finally:
        painter.end()
    return len(chosen)


def _strips(sheets: Sheets) -> list[Sheet]:
    most = TALLEST_PX / sheets.look.scale - 2 * sheets.margin
    whole = sheets.whole()
    return [whole] if whole.height <= most else list(sheets.cut(most))


def _image(sheets: Sheets, sheet: Sheet) -> QImage:
    look = sheets.look
    height = min(sheet.height + 2 * sheets.margin, TALLEST_PX / look.scale)
    image = QImage(QSize(round(look.width_px * look.scale), round(height * look.scale)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(look.scale)
    image.fill(colour(look.theme.page))
    painter = QPainter(image)
    try:
        sheets.paint(painter, sheet, y=sheets.margin)
    finally:
        painter.end()
    return image


def _draw_png(sheets: Sheets, _path: Path) -> list[Drawing]:
    return [partial(_write_png, sheets, sheet) for sheet in _strips(sheets)]


def _write_png(sheets: Sheets, sheet: Sheet, device: QBuffer) -> None:
    QImageWriter(device, QByteArray(b"PNG")).write(_image(sheets, sheet))


def _draw_svg(sheets: Sheets, path: Path) -> list[Drawing]:
    sheet, look = sheets.whole(), sheets.look
    height = sheet.height + 2 * sheets.margin

    def draw(device: QBuffer) -> None:
        generator = QSvgGenerator()
        generator.setOutputDevice(device)
        generator.setResolution(96)  # what programs take for a pixel
        generator.setSize(QSize(look.width_px, round(height)))
        generator.setViewBox(QRectF(0, 0, look.width_px, height))
        generator.setTitle(path.stem)
        painter = QPainter(generator)
        try:
            painter.fillRect(QRectF(0, 0, look.width_px, height), colour(look.theme.page))
            sheets.paint(painter, sheet, y=sheets.margin)
        finally:
            painter.end()

    return [draw]


def _draw_pdf(sheets: Sheets, path: Path) -> list[Drawing]:
    def draw(device: QBuffer) -> None:
        writer = QPdfWriter(device)
        writer.setResolution(A4_DPI)
        writer.setTitle(path.stem)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        print_document(sheets.page.content, writer, sheets.look)

    return [draw]


_KINDS: dict[str, Callable[[Sheets, Path], Sequence[Drawing]]] = {
    ".png": _draw_png,
    ".svg": _draw_svg,
    ".pdf": _draw_pdf,
}


def _bytes(draw: Drawing) -> bytes:
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
