"""An item of which more is said than is seen has a mark at its name."""

from dataclasses import replace

import pytest

from annotator.model import Change, Edit, Layer, Note, Pending, Relation, Schema, Span
from annotator.ui.canvas.content import MARK, Content

SCHEMA = Schema.from_dict({"labels": [{"name": "A"}], "relations": [{"name": "r", "title": "relates to"}]})
TEXT = "one two\nthree four"


@pytest.fixture
def layer() -> Layer:
    spans = [Span("one", "A", ((0, 3),)), Span("four", "A", ((14, 18),))]
    return Layer("d", "p", [*spans, Relation("r", "r", "one", "four")])


def test_an_attribute_marks_and_its_removal_unmarks(layer: Layer) -> None:
    content = Content(TEXT, SCHEMA, layer, Pending())
    plain, rich = layer.spans["one"], replace(layer.spans["one"], attrs={"certainty": "sure"})
    assert not content.is_marked(plain)
    edit = Edit("certainty", (Change(plain, rich),))
    for act in (edit, edit.inverse()):
        layer.apply(act)
        assert 0 in content.refresh(layer, Pending(), act)
        assert content.is_marked(content.span("one")) == (act is edit)


@pytest.mark.parametrize("is_told", [True, False])
def test_a_note_marks_the_item_and_its_block_is_drawn_anew(layer: Layer, is_told: bool) -> None:
    content = Content(TEXT, SCHEMA, layer, Pending())
    edit = Edit("note", (Change(None, Note("n", "comment", "why?", target="four")),))
    for act in (edit, edit.inverse()):
        layer.apply(act)
        assert 1 in content.refresh(layer, Pending(), act if is_told else None)
        assert content.is_marked(content.span("four")) == (act is edit)
    assert not content.is_marked(content.span("one"))


def test_a_relation_carries_its_mark_behind_its_title(layer: Layer) -> None:
    layer.apply(Edit("note", (Change(None, Note("n", "comment", "why?", target="r")),)))
    content = Content(TEXT, SCHEMA, layer, Pending())
    assert content.relation_title(layer.relations["r"]) == f"relates to{MARK}"


def test_a_note_on_the_document_marks_nothing(layer: Layer) -> None:
    layer.apply(Edit("note", (Change(None, Note("n", "comment", "why?")),)))
    content = Content(TEXT, SCHEMA, layer, Pending())
    assert not any(map(content.is_marked, [*content.spans(), *content.relations()]))
