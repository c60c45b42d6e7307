"""Pictures of the text alone, in every state that it can be in; make.py calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from states import CROWDED, DISCONTINUOUS, EMOJI, RIGHT_TO_LEFT, UNSPACED, dense

from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import grab_document
from annotator.ui.canvas.sheets import Look
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.typography import Typography

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
        image.save(str(file), quality=0)
        yield file
