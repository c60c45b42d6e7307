"""What stands at a place is found as if everything had been asked."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Change, Edit, Label, Layer, Refused, Schema, Span, edits
from annotator.model.places import SpanPlaces

TEXT = "a" * 9_000
SCHEMA = Schema("s", (Label("A", "A"), Label("B", "B")))

ranges = st.tuples(st.integers(0, 8_000), st.integers(1, 40) | st.integers(1, 900)).map(lambda r: (r[0], r[0] + r[1]))
apart = st.tuples(ranges, st.integers(1, 2_000)).map(lambda r: (r[0], (r[0][1] + r[1] // 9, r[0][1] + r[1] + 300)))
spans = st.builds(
    Span,
    st.uuids().map(str),
    st.sampled_from("AB"),
    (ranges.map(lambda one: (one,)) | apart),
    confirmed=st.just("single"),
)


def touching(found, start, end):
    return {span.id for span in found if span.start < end and span.end > start}


@given(st.lists(spans), st.lists(spans), ranges, st.data())
def test_the_spans_at_a_place_are_those_of_all_that_reach_there(first, added, place, data):
    places = SpanPlaces(first)
    for span in added:
        places.add(span)
    gone = data.draw(st.sets(st.sampled_from([*first, *added]))) if first or added else set()
    for span in gone:
        places.remove(span)
    kept = [span for span in (*first, *added) if span not in gone]
    near = list(places.near(*place))
    assert touching(near, *place) == touching(kept, *place)
    assert len({span.id for span in near}) == len(near)


@given(st.lists(spans), st.lists(spans), ranges)
def test_a_layer_finds_its_spans_after_edits_too(first, later, place):
    layer = Layer("d", "p", first)
    layer.spans_near(0, 1)
    layer.apply(Edit("", tuple(Change(span, None) for span in first[::2])))
    layer.apply(Edit("", tuple(Change(None, span) for span in later)))
    assert touching(layer.spans_near(*place), *place) == touching(layer.spans.values(), *place)


@given(st.lists(ranges, max_size=12), ranges, st.sampled_from(["none", "nested", "any"]))
def test_a_span_is_refused_for_the_same_reasons_wherever_the_others_are_listed(taken, wanted, overlap):
    layer = Layer("d", "p", [Span(f"{n}", "A", (one,)) for n, one in enumerate(dict.fromkeys(taken))])
    schema = Schema("s", SCHEMA.labels, overlap=overlap)
    others = [span for span in layer.spans.values() if span.start < wanted[1] and wanted[0] < span.end]
    crossing = any(
        one.start < wanted[0] < one.end < wanted[1] or wanted[0] < one.start < wanted[1] < one.end for one in others
    )
    twin = any(one.fragments == (wanted,) for one in others)
    is_free = not twin and {"none": not others, "nested": not crossing, "any": True}[overlap]
    try:
        edits.add_span(layer, schema, TEXT, (wanted,), "A")
        was_free = True
    except Refused:
        was_free = False
    assert was_free == is_free
