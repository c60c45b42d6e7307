"""Colours by calculation: a label's hue becomes a tint, a line and an ink that are legible on a page. Free of Qt.

Colours are "#rrggbb". OKLCH follows Björn Ottosson (2020), contrast WCAG 2.2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

Linear = tuple[float, float, float]
"""Red, green and blue as light, 0 to 1, before the sRGB curve."""

MIN_INK_CONTRAST = 5.2
"""Of a label's name, on its tint and therefore on the page; WCAG AA asks for 4.5."""

MIN_LINE_CONTRAST = 3.05
"""Of an underline or a dashed outline, on the page; WCAG asks for 3."""


@dataclass(frozen=True, slots=True)
class LabelColours:
    """What one label is painted with: behind the text, behind a suggestion, under the text, and its name."""

    tint: str
    half_tint: str
    line: str
    ink: str


@lru_cache(maxsize=1024)
def label_colours(hue: int, page: str, *, is_dark: bool) -> LabelColours:
    """The colours of a label with this OKLCH hue (degrees) on this page."""
    tint = from_oklch(0.335, 0.065, hue) if is_dark else from_oklch(0.945, 0.04, hue)
    line_chroma = 0.13 if is_dark else 0.15
    line = _until(MIN_LINE_CONTRAST, page, hue, chroma=line_chroma, start=0.74 if is_dark else 0.70, brighten=is_dark)
    ink = _until(MIN_INK_CONTRAST, tint, hue, chroma=0.13, start=0.80 if is_dark else 0.52, brighten=is_dark)
    return LabelColours(tint, mix(tint, page, 0.5), line, ink)


def _until(wanted: float, ground: str, hue: int, *, chroma: float, start: float, brighten: bool) -> str:
    """The first lightness from `start` on that reaches the wanted contrast."""
    step = 0.01 if brighten else -0.01
    lightness = start
    while 0.05 < lightness < 0.99:
        colour = from_oklch(lightness, chroma, hue)
        if contrast(colour, ground) >= wanted:
            return colour
        lightness += step
    return "#ffffff" if brighten else "#000000"


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour in sRGB; a chroma that sRGB cannot show is lowered until it can."""
    rgb = _oklch_to_linear(lightness, chroma, hue)
    if not _is_shown(rgb):
        low, high = 0.0, chroma
        for _ in range(16):
            middle = (low + high) / 2
            low, high = (middle, high) if _is_shown(_oklch_to_linear(lightness, middle, hue)) else (low, middle)
        rgb = _oklch_to_linear(lightness, low, hue)
    return _to_hex(rgb)


def contrast(one: str, other: str) -> float:
    """WCAG contrast, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` laid over `other` with an opacity of `share`, as a screen would blend them."""
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in channels)


def _oklch_to_linear(lightness: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(rgb: Linear) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in rgb)


def _to_hex(rgb: Linear) -> str:
    return "#" + "".join(f"{round(_encoded(part) * 255):02x}" for part in rgb)


def _encoded(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(colour: str) -> Linear:
    red, green, blue = (_decoded(channel / 255) for channel in _channels(colour))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
