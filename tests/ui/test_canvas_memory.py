"""How much of a page stays laid out: counted in lines too, since a piece of an endless paragraph has many."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.app.sources import load_schema
from annotator.model import Layer, Pending, Span
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.page import Page
from annotator.ui.canvas.typesetter import KEPT_BLOCKS, KEPT_LINES

ENDLESS = "word " * 60_000
SHORT = "A line.\n" * 5_000


def page_of(text: str) -> Page:
    spans = [Span(f"s{start}", "PERSON", ((start, start + 4),)) for start in range(0, len(text) - 10, 500)]
    content = Content(text, load_schema("news"), Layer("d", "a", spans), Pending())
    return Page(content, zoom=1.0, width=1000, height=1000, rails=Rails())


def read_through(page: Page) -> None:
    for step in range(101):
        page.flow.scroll_to(page.flow.limit * step / 100)
        page.shown()


def test_reading_through_an_endless_paragraph_keeps_a_bounded_number_of_lines(qapp: QApplication) -> None:
    page = page_of(ENDLESS)
    read_through(page)
    blocks, lines = page.typesetter.kept
    assert KEPT_LINES / 2 < lines <= KEPT_LINES
    assert blocks < KEPT_BLOCKS


def test_reading_through_many_short_paragraphs_keeps_a_bounded_number_of_blocks(qapp: QApplication) -> None:
    page = page_of(SHORT)
    read_through(page)
    blocks, lines = page.typesetter.kept
    assert blocks == KEPT_BLOCKS
    assert lines <= KEPT_LINES


def test_the_count_of_lines_follows_what_is_dropped(qapp: QApplication) -> None:
    page = page_of(ENDLESS)
    read_through(page)
    page.typesetter.drop(range(len(page.content.blocks)))
    page.typesetter.drop([0, 1])
    assert page.typesetter.kept == (0, 0)


def test_what_was_forgotten_is_laid_out_again_as_it_was(qapp: QApplication) -> None:
    page = page_of(ENDLESS)

    def top() -> list[tuple[int, float, list[tuple[int, int, list[str]]]]]:
        page.flow.scroll_to(0)
        return [
            (
                block.index,
                y,
                [(line.start, line.end, [fragment.span.id for fragment in line.fragments]) for line in block.lines],
            )
            for block, y in page.shown()
        ]

    before = top()
    read_through(page)
    assert top() == before
