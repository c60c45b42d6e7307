"""Labels by the hundred on the same few words: the page stays a page, and every label can still be reached."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Change, Edit, Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Canvas, Content
from annotator.ui.canvas.arcs import MOST_STUBS
from annotator.ui.canvas.geometry.chips import MOST_LANES
from annotator.ui.canvas.geometry.crowds import MOST_DEEP, drawn
from annotator.ui.canvas.geometry.nesting import packed

TEXT = "Some words that everybody wants to label, and some more. " * 60
SCHEMA = Schema("s", tuple(Label(f"L{n}", f"L{n}") for n in range(60)), (RelationType("r", "r"),))

PLACES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda place: (place[0], place[0] + place[1])), max_size=60
).map(lambda places: sorted(places, key=lambda place: (place[0], -place[1])))


def show(items):
    canvas = Canvas()
    canvas.resize(900, 700)
    canvas.show_content(Content(TEXT, SCHEMA, Layer("d", "p", items), Pending()))
    return canvas


def twins(number):
    return [Span(f"s{n}", f"L{n % 60}", ((5, 10 + n),)) for n in range(number)]


def first_line(canvas):
    return canvas.page.shown()[0][0].lines[0]


@given(PLACES, st.integers(1, 5))
def test_no_character_lies_under_more_spans_than_are_allowed(places, most):
    kept = [place for place, is_drawn in zip(places, drawn(places, most=most), strict=True) if is_drawn]
    assert all(sum(start <= at < end for start, end in kept) <= most for at in range(90))


@given(PLACES)
def test_a_span_is_left_out_only_where_enough_lie_over_its_beginning(places):
    shown = drawn(places, most=3)
    kept = [place for place, is_drawn in zip(places, shown, strict=True) if is_drawn]
    for (start, _), is_drawn in zip(places, shown, strict=True):
        assert is_drawn or sum(one <= start < end for one, end in kept) >= 3


@given(PLACES)
def test_packed_rows_hold_no_two_spans_over_one_character_and_are_no_more_than_needed(places):
    rows = packed(places)
    for at in range(90):
        here = [row for (start, end), row in zip(places, rows, strict=True) if start <= at < end]
        assert len(here) == len(set(here))
    deepest = max((sum(start <= at < end for start, end in places) for at in range(90)), default=0)
    assert max(rows, default=-1) < max(deepest, 0)


def test_what_is_not_drawn_is_counted_and_the_line_stays_low(qapp):
    line = first_line(show(twins(40)))
    named = [fragment for fragment in line.fragments if fragment.chip is not None]
    assert len(line.fragments) == MOST_DEEP
    assert line.chip_lanes <= MOST_LANES + 1
    assert line.count.text == f"+{40 - len(named)}"
    assert first_line(show(twins(400))).height < 300


def test_a_label_that_is_not_drawn_has_a_ring_when_it_is_focused(qapp):
    canvas = show(twins(40))
    before = canvas.grab().toImage()
    shown = {fragment.span.id for fragment in first_line(canvas).fragments}
    canvas.set_focus(next(f"s{n}" for n in count() if f"s{n}" not in shown))
    assert canvas.grab().toImage() != before


def test_a_label_comes_into_view_when_there_is_room_again(qapp):
    layer = Layer("d", "p", twins(MOST_DEEP + 1))
    canvas = show(tuple(layer.spans.values()))
    shown = {fragment.span.id for fragment in first_line(canvas).fragments}
    edit = Edit("", (Change(layer.spans[min(shown)], None),))
    layer.apply(edit)
    canvas.refresh(layer, Pending(), edit)
    assert {fragment.span.id for fragment in first_line(canvas).fragments} == layer.spans.keys()


def test_relations_of_one_label_to_other_pages_are_counted_where_they_are_too_many(qapp):
    spans = [Span(f"s{n:03}", "L1", ((n * 15, n * 15 + 4),)) for n in range(200)]
    joins = [Relation(f"r{n:03}", "r", "s000", f"s{n:03}") for n in range(20, 200)]
    line = first_line(show([*spans, *joins]))
    stubs = [arc for arc in line.arcs if arc.kind == "head"]
    assert len(stubs) <= MOST_STUBS
    assert sum(len(crowd.relations) for crowd in line.crowds) >= len(joins) - MOST_STUBS


def test_relabelling_leaves_the_blocks_at_the_far_ends_as_they_are(qapp):
    text = "One paragraph.\n" * 50
    spans = [Span("a", "L1", ((0, 3),)), Span("b", "L1", ((600, 603),))]
    layer = Layer("d", "p", [*spans, Relation("r", "r", "a", "b")])
    content = Content(text, SCHEMA, layer, Pending())
    edit = Edit("", (Change(spans[0], Span("a", "L2", ((0, 3),))),))
    layer.apply(edit)
    assert content.refresh(layer, Pending(), edit) == {0}
    moved = Edit("", (Change(layer.spans["a"], Span("a", "L2", ((4, 9),))),))
    layer.apply(moved)
    assert content.refresh(layer, Pending(), moved) == {0, content.blocks.at(600)}
