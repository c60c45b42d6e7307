"""Relations that leave one span for the same gutter share a trunk; the line stays low however many there are."""

import pytest

from annotator.model import Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.page import Page
from annotator.ui.fonts import load_fonts

SCHEMA = Schema("s", (Label("A", "A"),), (RelationType("near", "near"), RelationType("far", "far from")))
TEXT = "Start here.\n" + "\n".join(f"Word{number} follows." for number in range(14))


def first_line(relations):
    load_fonts()
    ends = [Span(f"w{n}", "A", ((at := TEXT.index(f"Word{n} "), at + 5),)) for n in range(14)]
    layer = Layer("d", "p", [Span("start", "A", ((0, 5),)), *ends, *relations])
    page = Page(Content(TEXT, SCHEMA, layer, Pending()), zoom=1.0, width=1000, height=5000, rails=Rails())
    return page, page.typesetter.block(0).lines[0]


def joins(count, label="near"):
    return [Relation(f"{label}{number}", label, "start", f"w{number}") for number in range(count)]


@pytest.mark.parametrize("count", [2, 8, 14])
def test_many_relations_across_lines_take_the_room_of_one_name(qapp, count):
    _, line = first_line(joins(count))
    assert line.arc_lanes == 2
    assert [arc.label for arc in line.arcs if arc.label] == ["near"]
    assert len({(arc.x1, arc.y, arc.x2) for arc in line.arcs}) == 1
    assert len(line.arcs) == count


def test_every_relation_keeps_a_rail_of_its_own(qapp):
    page, _ = first_line(joins(5))
    rails = page.rails(page.shown()).rails
    assert len({rail.x for rail in rails}) == 5


def test_another_label_has_another_trunk(qapp):
    _, line = first_line([*joins(3), *joins(3, "far")])
    assert {arc.label for arc in line.arcs if arc.label} == {"near", "far from"}
    assert len({arc.x1 for arc in line.arcs}) == 2


def test_no_name_of_a_stub_covers_the_leg_of_an_arc(qapp):
    load_fonts()
    text = "Ann saw Bo, Cai, Dan and Eve.\n" + TEXT
    names = ("Ann", "Bo", "Cai", "Dan", "Eve", "Word3")
    spans = [Span(name, "A", ((at := text.index(name), at + len(name)),)) for name in names]
    whole = [Relation(f"r{name}", "near", "Ann", name) for name in names[1:5]]
    across = [Relation("s", "far", "Ann", "Word3"), Relation("t", "near", "Ann", "Word3")]
    content = Content(text, SCHEMA, Layer("d", "p", [*spans, *whole, *across]), Pending())
    page = Page(content, zoom=1.0, width=1000, height=5000, rails=Rails())
    line = page.typesetter.block(0).lines[0]
    stubs = [arc for arc in line.arcs if arc.kind != "whole"]
    legs = [(x, arc.y) for arc in line.arcs if arc.kind == "whole" for x in (arc.x1, arc.x2)]
    assert len(stubs) == 2
    for stub in stubs:
        assert not [y for x, y in legs if abs(x - stub.label_x) < stub.label_width / 2 and y <= stub.label_y]
    inner, outer = sorted(stubs, key=lambda stub: stub.side * stub.x1)
    assert inner.y < outer.y


def named_ends(text, *places):
    """Which stubs of a relation between the first and the second place carry its name."""
    load_fonts()
    spans = [Span(f"s{n}", "A", ((at := text.index(words), at + len(words)),)) for n, words in enumerate(places)]
    layer = Layer("d", "p", [*spans, Relation("r", "far", "s0", "s1")])
    page = Page(Content(text, SCHEMA, layer, Pending()), zoom=1.0, width=1000, height=5000, rails=Rails())
    return [arc.kind for block, _ in page.shown() for line in block.lines for arc in line.arcs if arc.label]


def test_a_name_stands_at_the_end_that_has_room_for_it(qapp):
    text = "Ann left early.\nMuch later it was Bo who came.\nThen Cai came."
    assert named_ends(text, "Ann", "Bo") == ["tail"]
    assert named_ends(text, "Bo", "Ann") == ["head"]
    assert named_ends(text, "Ann", "Then") == ["head"]
