"""What of a page is kept: blocks, counted in lines too, since a piece of an endless paragraph has many; and rails."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.app.sources import load_schema
from annotator.model import Change, Edit, Layer, Pending, Relation, Span
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.gutters import RailView, rails_in_view
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


def rails_found_now(page: Page) -> RailView:
    height = page.flow.view_height
    return rails_in_view(page.setting, page.shown(), x=page.x, gutter=page.gutter, top=0.0, bottom=height)


def test_rails_are_kept_while_nothing_moves_and_found_anew_when_something_does(qapp: QApplication) -> None:
    spans = [Span(f"s{line}", "PERSON", ((line * 8, line * 8 + 1),)) for line in range(200)]
    far = [Relation(f"r{line}", "meets", f"s{line}", f"s{line + 60}") for line in range(0, 40, 4)]
    layer = Layer("d", "a", [*spans, *far])
    page = Page(Content(SHORT, load_schema("news"), layer, Pending()), zoom=1.0, width=1000, height=1000, rails=Rails())
    kept = page.rails(page.shown())
    assert kept.rails
    assert page.rails(page.shown()) is kept
    moved = Change(spans[60], Span("s60", "PERSON", ((150 * 8, 150 * 8 + 1),)))
    gone = Change(far[1], None)
    for edit in (Edit("", (moved,)), Edit("", (gone,))):
        layer.apply(edit)
        page.typesetter.drop(page.content.refresh(layer, Pending(), edit))
        assert page.rails(page.shown()) is not kept
        assert page.rails(page.shown()) == rails_found_now(page)
        kept = page.rails(page.shown())
    page.flow.scroll_by(40)
    assert page.rails(page.shown()) == rails_found_now(page)
    page.flow.resize(500)
    assert page.rails(page.shown()) == rails_found_now(page)
