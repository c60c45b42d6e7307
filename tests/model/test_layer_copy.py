"""A copy of a layer: the same items, changed apart."""

from annotator.model import Change, Edit, Layer, Note, Relation, Span, edits


def test_a_copy_has_the_same_items_and_goes_its_own_way() -> None:
    one, other = Span("a", "GPE", ((0, 4),)), Span("b", "GPE", ((5, 9),))
    layer = Layer("d", "p", [one, other, Relation("r", "near", "a", "b"), Note("n", "comment", "why")])
    assert list(layer.spans_near(0, 4)) == [one, other]
    copy = layer.copy()
    assert copy == layer
    copy.apply(edits.delete_span(copy, "Oslo Rome", "a"))
    copy.apply(Edit("Add", (Change(None, Span("c", "ORG", ((0, 9),))),)))
    assert (list(layer.spans), list(copy.spans)) == (["a", "b"], ["b", "c"])
    assert (len(layer.relations_of("b")), len(copy.relations_of("b"))) == (1, 0)
    assert {span.id for span in layer.spans_near(0, 9)} == {"a", "b"}
    assert {span.id for span in copy.spans_near(0, 9)} == {"b", "c"}
    assert (len(layer.notes), len(copy.notes)) == (1, 1)
