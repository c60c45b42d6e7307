"""Sizes: what each paragraph role looks like, and every distance on the page. Pixels, mostly at zoom 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model import Role

MIN_ZOOM, MAX_ZOOM = 0.5, 3.0

SMALLEST = 0.66
"""The zoom below which names and scores do not shrink further: they would not be legible."""

COLUMN = 780
"""Width of the text column: about 90 characters of body text."""

GUTTER = 56
"""Least room at each side of the column, for rails."""

MAX_RAILS = 8
"""Rails in one gutter; further ones are counted ("+3")."""


@dataclass(frozen=True, slots=True)
class RoleStyle:
    """How a paragraph of one role is set. `weight` is a font weight from 100 to 900; `bar` draws a line at its side."""

    size: int
    weight: int = 400
    tone: Literal["text", "muted"] = "text"
    before: float = 0
    after: float = 0
    indent: float = 0
    bar: bool = False


ROLE_STYLES: dict[Role, RoleStyle] = {
    "headline": RoleStyle(size=24, weight=700, after=2),
    "subheadline": RoleStyle(size=18, weight=500, after=6),
    "caption": RoleStyle(size=14, tone="muted", after=8),
    "quote": RoleStyle(size=17, weight=500, before=4, after=6, indent=18, bar=True),
    "link": RoleStyle(size=13, weight=500, tone="muted"),
    "body": RoleStyle(size=16),
}


class Metrics:
    """Every distance on the page at one zoom, in pixels."""

    __slots__ = (
        "arc_foot",
        "arc_gap",
        "arc_lane",
        "arc_radius",
        "arrow",
        "blank",
        "chip_drop",
        "chip_gap",
        "chip_lane",
        "chip_size",
        "hair",
        "inset",
        "label_height",
        "label_rise",
        "label_size",
        "lead",
        "page_bottom",
        "page_top",
        "paragraph_gap",
        "port_step",
        "radius",
        "rail_first",
        "rail_lane",
        "tint_top",
        "under",
        "under_step",
        "zoom",
    )

    def __init__(self, zoom: float) -> None:
        self.zoom = zoom
        small = max(zoom, SMALLEST)
        self.chip_size = 9.0 * small
        """Height of a chip's letters, as a font size."""
        self.chip_lane = 10.0 * small
        self.chip_gap = 5.0 * small
        self.tint_top = 2.0 * zoom
        """How far a tint begins below the line's ascent: capitals need less room than accents."""
        self.chip_drop = 3.2 * small
        """From the tint up to the chip's letters."""
        self.inset = 1.5 * zoom
        """What a tint grows smaller by with every level of nesting."""
        self.hair = 0.5 * zoom
        self.radius = 3.0 * zoom
        self.under = 2.0 * zoom
        """Thickness of an underline."""
        self.under_step = 3.0 * zoom
        """From one underline to the next deeper one."""
        self.lead = 7.0 * zoom
        """Below the text of a line; holds two underlines."""
        self.label_size = 10.0 * small
        self.label_height = 14.0 * small
        self.label_rise = 9.0 * small
        """From an arc up to the middle of a label that stands above it."""
        self.arc_lane = 7.0 * small
        """Half of what an arc with its name takes."""
        self.arc_foot = 4.0 * zoom
        """Between the chips and the lowest lane of arcs: room for arrowheads."""
        self.arc_gap = 2.0 * zoom
        """Above the highest lane."""
        self.arc_radius = 5.0 * zoom
        self.arrow = 3.0 * zoom
        self.port_step = 7.0 * zoom
        self.rail_first = 14.0 * zoom
        """From the column to the first rail."""
        self.rail_lane = 6.0 * zoom
        self.paragraph_gap = 5.0 * zoom
        self.blank = 12.0 * zoom
        """Height of an empty paragraph."""
        self.page_top = 22.0 * zoom
        self.page_bottom = 72.0 * zoom

    def column(self, view_width: float, share: float = 1.0) -> float:
        """The width of the text column in a view of this width; `share` of the usual one where there is room."""
        gutter = min(GUTTER * self.zoom, view_width * 0.12)
        return max(120.0, min(COLUMN * share * self.zoom, view_width - 2 * gutter))
