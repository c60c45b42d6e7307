"""Writes an animated PNG of few colours: each frame holds only what has changed since the one before."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

COLOURS = 27
_STEP = 3
"""Every so manieth pixel is counted when the colours are chosen."""
Pixels = NDArray[np.uint8]


def write_apng(path: Path, frames: Sequence[QImage], seconds: Sequence[float]) -> None:
    """Frames of one size, each shown for so long; the whole begins again at its end."""
    palette = _palette(frames)
    table = [0xFF000000 | colour for colour in palette]
    chunks = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", frames[0].width(), frames[0].height(), 8, 3, 0, 0, 0)),
        b"",  # how many frames there are is known at the end
        _chunk(b"PLTE", b"".join(struct.pack(">I", colour)[1:] for colour in (*palette, 0))),
        _chunk(b"tRNS", bytes([255] * len(palette) + [0])),
    ]
    shown: Pixels | None = None
    count, number, at = 0, 0, 0
    while at < len(frames):
        pixels = _indexed(frames[at], table)
        place = _changed(shown, pixels)
        delay = seconds[at]
        at += 1
        while at < len(frames) and frames[at] == frames[at - 1]:  # nothing has moved: it is shown for longer
            delay += seconds[at]
            at += 1
        top, bottom, left, right = place
        control = (number, right - left, bottom - top, left, top, round(delay * 1000), 1000, 0, 1)
        chunks.append(_chunk(b"fcTL", struct.pack(">IIIIIHHBB", *control)))
        number += 1
        rows = pixels[top:bottom, left:right]
        if shown is not None:
            rows = np.where(rows == shown[top:bottom, left:right], np.uint8(len(palette)), rows)
        packer = zlib.compressobj(9, memLevel=9)
        unfiltered = np.hstack([np.zeros((len(rows), 1), np.uint8), rows]).tobytes()
        data = packer.compress(unfiltered) + packer.flush()
        if shown is None:
            chunks.append(_chunk(b"IDAT", data))
        else:
            chunks.append(_chunk(b"fdAT", struct.pack(">I", number) + data))
            number += 1
        shown = pixels
        count += 1
    chunks[1] = _chunk(b"acTL", struct.pack(">II", count, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + _chunk(b"IEND", b""))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _changed(before: Pixels | None, now: Pixels) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of what differs; one pixel when nothing does."""
    if before is None:
        return 0, now.shape[0], 0, now.shape[1]
    rows, columns = (np.flatnonzero((before != now).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return 0, 1, 0, 1
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _rgb(frame: QImage) -> NDArray[np.uint32]:
    image = frame.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return flat[:, : image.width()] & 0xFFFFFF


def _palette(frames: Sequence[QImage]) -> list[int]:
    """The commonest colours, at most one of each neighbourhood."""
    sample = np.concatenate([_rgb(frame)[::_STEP, ::_STEP].ravel() for frame in frames])
    colours, counts = np.unique(sample, return_counts=True)
    chosen: dict[int, int] = {}
    for colour in colours[np.argsort(-counts, kind="stable")]:
        chosen.setdefault(int(colour) & 0xF0F0F0, int(colour))
        if len(chosen) == COLOURS:
            break
    return list(chosen.values())


def _indexed(frame: QImage, table: list[int]) -> Pixels:
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    image = frame.convertToFormat(QImage.Format.Format_Indexed8, table, flags)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : image.width()].copy()
