"""What must be painted again after a change, as rectangles of the view: as little as shows the change."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtCore import QRect

from annotator.ui.canvas.gutters import RailView
from annotator.ui.canvas.lines import Shown
from annotator.ui.canvas.page import Page

_BLEED = 2
"""Pixels by which rings and rounded ends reach over the edge of their line."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page showed at one moment, to tell what has moved since."""

    shown: list[Shown]
    rails: RailView

    @classmethod
    def of(cls, page: Page) -> Scene:
        shown = page.shown()
        return cls(shown, page.rails(shown))


def of_items(page: Page, item_ids: AbstractSet[str]) -> Iterator[QRect]:
    """The lines on which these spans and relations are drawn, and their rails."""
    scene = Scene.of(page)
    if any(not item_ids.isdisjoint(crowd.relations) for crowd in scene.rails.crowds):
        yield _band(page, 0, page.flow.view_height)
        return
    for block, y in scene.shown:
        for span_id in block.hidden & item_ids:
            yield from of_range(page, *(page.content.extent(span_id) or (0, 0)))
        for line in block.lines:
            if (
                any(fragment.span.id in item_ids for fragment in line.fragments)
                or any(tie.span_id in item_ids for tie in line.ties)
                or any(arc.relation.id in item_ids for arc in line.arcs)
            ):
                yield _band(page, y + line.y, y + line.bottom)
    margin = 12 * page.setting.metrics.zoom
    for rail in scene.rails.rails:
        if rail.relation.id in item_ids:
            yield _band(page, rail.top - margin, rail.bottom + margin)


def of_range(page: Page, start: int, end: int) -> Iterator[QRect]:
    """The text of a range, with a ring around it."""
    for box in page.boxes(start, end):
        yield _band(page, box.top() - 2 * _BLEED, box.bottom() + 4 * _BLEED)


def since(page: Page, before: Scene, touched: AbstractSet[int]) -> Iterator[QRect]:
    """The touched blocks, and the gutters when rails have changed; everything when blocks have moved."""
    now = Scene.of(page)
    if [(block.index, y) for block, y in before.shown] != [(block.index, y) for block, y in now.shown]:
        yield _band(page, 0, page.flow.view_height)
        return
    for block, y in now.shown:
        if block.index in touched:
            yield _band(page, y, y + block.height)
    if now.rails != before.rails:
        gutter = int(page.gutter - page.setting.gutter_x) - 1
        yield QRect(0, 0, gutter, int(page.flow.view_height))
        yield QRect(int(page.width) - gutter, 0, gutter, int(page.flow.view_height))


def bands(rects: list[QRect], page: Page) -> list[tuple[int, int]]:
    """From where to where lines must be painted to fill these rectangles; a gutter holds no lines."""
    edge = page.setting.gutter_x
    low, high = page.x - edge, page.x + page.setting.width + edge
    joined: list[tuple[int, int]] = []
    for top, bottom in sorted(
        (rect.top(), rect.bottom() + 1) for rect in rects if rect.right() >= low and rect.left() <= high
    ):
        if joined and top <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
        else:
            joined.append((top, bottom))
    return joined


def _band(page: Page, top: float, bottom: float) -> QRect:
    """The view's full width between two heights."""
    return QRect(0, int(top) - _BLEED, int(page.width), int(bottom - top) + 2 * _BLEED + 1)
