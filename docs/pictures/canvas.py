"""Pictures of the text alone, in every state that it can be in; make.py calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from states import CROWDED, DISCONTINUOUS, EMOJI, RIGHT_TO_LEFT, UNSPACED, dense

from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import grab_document
from annotator.ui.canvas.sheets import Look
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.typography import Typography

_EVERY = 7
"""Pixels from one that is counted to the next."""

_PLAIN = Look(width_px=960, scale=1.5)
_DARK = Look(DARK, width_px=960, scale=1.5)

_STATES: dict[str, tuple[Callable[[], Content], Look]] = {
    "canvas-dense-light": (dense, _PLAIN),
    "canvas-dense-dark": (dense, _DARK),
    "canvas-discontinuous": (DISCONTINUOUS.content, _PLAIN),
    "canvas-crowded": (CROWDED.content, _PLAIN),
    "canvas-crowded-dark": (CROWDED.content, _DARK),
    "canvas-right-to-left": (RIGHT_TO_LEFT.content, _PLAIN),
    "canvas-unspaced": (UNSPACED.content, _PLAIN),
    "canvas-emoji": (EMOJI.content, _PLAIN),
    "canvas-emoji-dark": (EMOJI.content, _DARK),
    "canvas-200-percent": (DISCONTINUOUS.content, Look(LIGHT, width_px=1400, scale=1.0, zoom=2.0)),
    "canvas-50-percent": (dense, Look(LIGHT, width_px=640, scale=2.0, zoom=0.5)),
    "canvas-serif-wide": (
        DISCONTINUOUS.content,
        Look(LIGHT, width_px=1300, scale=1.2, typography=Typography("serif", 18, "wide")),
    ),
}


def draw_states(folder: Path) -> Iterator[Path]:
    """One picture for each state. Qt's application has to be there, with its fonts."""
    for name, (content, look) in _STATES.items():
        (image,) = grab_document(content(), look)
        file = folder / f"{name}.png"
        small(image).save(str(file), quality=0)
        yield file


def small(image: QImage) -> QImage:
    """With a palette of its 256 most frequent colours: a page has few, and the rest are shades at edges of letters."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(plain.constBits()).cast("I")[::_EVERY]
    table = [colour for colour, _ in Counter(pixels).most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
