"""What the canvas shows keeps in step with the layer, and says which blocks have changed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.arriving import portions
from annotator.model import Change, Decision, Edit, Label, Layer, Pending, Relation, RelationType, Schema, Span, pending
from annotator.model.answering import Answering
from annotator.model.suggestions import Fits, anything_fits
from annotator.ui.canvas.content import Content

SCHEMA = Schema("s", (Label("A", "A", hue=10), Label("B", "B")), (RelationType("r", "relates to", is_symmetric=True),))
TEXT = "one two\nthree four\n\nfive six seven\neight"
LENGTH = len(TEXT)

places = st.integers(0, LENGTH - 1).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, min(LENGTH, start + 15)))
)
fragments = places.map(lambda place: (place,)) | st.tuples(st.just((0, 3)), st.just((20, 24)))


@st.composite
def layers(draw, prefix="", scored=False):
    """A layer with a few spans and relations; ids are drawn from a small pool, so that two layers share some."""
    ids = draw(st.sets(st.sampled_from([f"{prefix}{n}" for n in range(8)]), max_size=8))
    score = 0.5 if scored else None
    spans = [Span(i, draw(st.sampled_from("AB")), draw(fragments), score=score) for i in sorted(ids)]
    relations = []
    if len(spans) > 1:
        for number in sorted(draw(st.sets(st.integers(0, 5), max_size=5))):
            head, tail = draw(st.permutations(sorted(ids)))[:2]
            relations.append(Relation(f"{prefix}r{number}", "r", head, tail, score=score))
    return Layer("d", prefix, (*spans, *relations))


def shown(content):
    """All that can be asked of a content."""
    blocks = range(len(content.blocks))
    spans = [list(content.spans_in(block)) for block in blocks]
    ids = [span.id for span in content.spans()]
    return (
        spans,
        ids,
        {i: content.relations_of(i) for i in ids},
        {relation.id: relation for relation in content.relations()},
        {i: content.is_suggested(i) for i in [*ids, *(relation.id for relation in content.relations())]},
        content.suggested_count,
    )


def drawing(content, block):
    """What the picture of one block depends on."""
    found = []
    for span in content.spans_in(block):
        relations = [
            (relation, content.is_suggested(relation.id), content.span(relation.head), content.span(relation.tail))
            for relation in content.relations_of(span.id)
        ]
        found.append((span, content.is_suggested(span.id), relations if content.blocks.at(span.start) == block else []))
    return found


@given(layers("p"), layers("m", scored=True), layers("p"), layers("m", scored=True))
def test_a_refreshed_content_is_like_a_new_one(person, machine, later_person, later_machine):
    content = Content(TEXT, SCHEMA, person, pending(person, machine))
    before = [drawing(content, block) for block in range(len(content.blocks))]
    open_later = pending(later_person, later_machine)
    touched = content.refresh(later_person, open_later)
    assert shown(content) == shown(Content(TEXT, SCHEMA, later_person, open_later))
    changed = {block for block in range(len(content.blocks)) if drawing(content, block) != before[block]}
    assert changed <= touched


@given(layers("p"), layers("m", scored=True), layers("p"))
def test_naming_the_edit_gives_the_same_as_comparing_everything(person, machine, later):
    answering = Answering(person, machine)
    content = Content(TEXT, SCHEMA, person, answering.pending)
    before = [drawing(content, block) for block in range(len(content.blocks))]
    old, new = person.as_dict(), later.as_dict()
    edit = Edit("", tuple(Change(old.get(i), new.get(i)) for i in {**old, **new} if old.get(i) != new.get(i)))
    for change in edit.changes:
        if change.before is not None:
            person.apply(Edit("", (Change(change.before, None),)))
    for change in edit.changes:
        if change.after is not None:
            person.apply(Edit("", (Change(None, change.after),)))
    answering.update(edit)
    touched = content.refresh(person, answering.pending, edit)
    assert shown(content) == shown(Content(TEXT, SCHEMA, person, pending(person, machine)))
    assert {b for b in range(len(content.blocks)) if drawing(content, b) != before[b]} <= touched


def test_nothing_is_touched_when_nothing_has_changed():
    layer = Layer("d", "p", [Span("a", "A", ((0, 3),))])
    content = Content(TEXT, SCHEMA, layer, Pending())
    assert content.refresh(layer, Pending()) == set()


def test_a_span_over_several_paragraphs_is_in_each_of_them():
    content = Content(TEXT, SCHEMA, Layer("d", "p", [Span("a", "A", ((4, 22),))]), Pending())
    assert [[span.id for span in content.spans_in(block)] for block in range(5)] == [["a"], ["a"], ["a"], ["a"], []]


def test_a_discontinuous_span_is_only_where_its_fragments_are():
    content = Content(TEXT, SCHEMA, Layer("d", "p", [Span("a", "A", ((0, 3), (20, 24)))]), Pending())
    assert [bool(content.spans_in(block)) for block in range(5)] == [True, False, False, True, False]


def test_outer_spans_come_before_inner_ones():
    layer = Layer("d", "p", [Span("inner", "A", ((0, 3),)), Span("outer", "A", ((0, 7),))])
    assert [span.id for span in Content(TEXT, SCHEMA, layer, Pending()).spans_in(0)] == ["outer", "inner"]


def test_moving_a_span_touches_the_far_end_of_its_relation():
    near, far = Span("near", "A", ((0, 3),)), Span("far", "A", ((35, 40),))
    layer = Layer("d", "p", [near, far, Relation("r1", "r", "near", "far")])
    content = Content(TEXT, SCHEMA, layer, Pending())
    edit = Edit("", (Change(near, Span("near", "A", ((8, 13),))),))
    layer.apply(edit)
    assert content.refresh(layer, Pending(), edit) == {0, 1, 4}


def test_a_relation_without_one_of_its_ends_is_left_out():
    layer = Layer("d", "p", [Span("a", "A", ((0, 3),))])
    content = Content(TEXT, SCHEMA, layer, Pending({}, {"r1": Relation("r1", "r", "a", "gone")}))
    assert list(content.relations()) == []


def test_names_and_colours_come_from_the_schema():
    layer = Layer("d", "p", [])
    content = Content(TEXT, SCHEMA, layer, Pending())
    known, unknown = Relation("1", "r", "a", "b"), Relation("2", "other", "a", "b")
    assert (content.hue("A"), content.hue("gone")) == (10, 250)
    assert (content.relation_title(known), content.relation_title(unknown)) == ("relates to", "other")
    assert (content.is_symmetric(known), content.is_symmetric(unknown)) == (True, False)


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "   "])
def test_a_text_without_words_can_be_shown(text):
    content = Content(text, SCHEMA, Layer("d", "p", []), Pending())
    assert [content.spans_in(block) for block in range(len(content.blocks))] == [[]] * len(content.blocks)
    assert content.summary == "0 labels and 0 suggestions."


# ---- suggestions that arrive a portion at a time, with a person's edits between

acts = st.lists(st.tuples(st.sampled_from(["accept", "reject", "add", "remove"]), st.integers(0, 30)), max_size=12)


def act(layer: Layer, answering: Answering, kind: str, number: int) -> Edit | None:
    """An edit of the person's layer that fits it now; None when there is nothing to do it to."""
    open_spans, mine = list(answering.pending.spans.values()), list(layer.spans.values())
    if kind == "add":
        key = f"made{number}"
        start = number % (len(TEXT) - 3)
        return None if key in layer else Edit("", (Change(None, Span(key, "A", ((start, start + 3),))),))
    if kind == "remove":
        free = [span for span in mine if not layer.relations_of(span.id)]
        return Edit("", (Change(free[number % len(free)], None),)) if free else None
    if not open_spans:
        return None
    span = open_spans[number % len(open_spans)]
    key = Decision.id_for(span.id)
    if kind == "reject":
        return Edit("", (Change(None, Decision(key, span.id, "rejected", "single", span.label)),))
    made = Span(f"of {span.id}", span.label, span.fragments)
    if made.id in layer:
        return None
    return Edit(
        "",
        (
            Change(None, made),
            Change(None, Decision(key, span.id, "accepted", "single", span.label, result=made.id)),
        ),
    )


def is_between_unlike_labels(_label: str, head: str, tail: str) -> bool:
    return head != tail


def check(content: Content, layer: Layer, machine: Layer, answering: Answering, fits: Fits) -> None:
    assert answering.pending == pending(layer, machine, fits)
    assert +answering.open.spans == Counter(span.label for span in answering.pending.spans.values())
    assert +answering.open.relations == Counter(one.label for one in answering.pending.relations.values())
    assert shown(content) == shown(Content(TEXT, SCHEMA, layer, answering.pending))


@given(
    layers("p"),
    layers("m", scored=True),
    layers("m", scored=True),
    acts,
    st.integers(1, 4),
    st.sampled_from([anything_fits, is_between_unlike_labels]),
)
def test_at_every_moment_the_page_shows_what_has_arrived_and_what_was_decided(
    person, machine, later, script, size, fits
):
    answering = Answering(person, machine, fits)
    content = Content(TEXT, SCHEMA, person, answering.pending)
    waiting = iter(script)
    for portion in portions(machine, list(later), size):
        assert len(portion.changes) <= size
        before = [drawing(content, block) for block in range(len(content.blocks))]
        answering.amend(portion)
        touched = content.refresh(person, answering.pending, portion)
        check(content, person, machine, answering, fits)
        assert {b for b in range(len(content.blocks)) if drawing(content, b) != before[b]} <= touched
        edit = act(person, answering, *next(waiting, ("add", 0)))
        if edit is not None:
            person.apply(edit)
            answering.update(edit)
            content.refresh(person, answering.pending, edit)
            check(content, person, machine, answering, fits)
    assert machine.as_dict() == later.as_dict()


@given(layers("m", scored=True))
def test_suggestions_that_are_there_already_change_nothing(machine):
    before = machine.as_dict()
    assert [portion.changes for portion in portions(machine, list(machine))] == [()]
    assert machine.as_dict() == before


def test_there_is_a_portion_even_when_nothing_was_suggested():
    assert [portion.changes for portion in portions(Layer("d", "m"), [])] == [()]
