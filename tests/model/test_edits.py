"""Every act of an annotator as an edit: what it changes, what it refuses, and that its inverse takes it back."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import (
    Alternative,
    Decision,
    Edit,
    Label,
    Layer,
    Pending,
    Refused,
    Relation,
    RelationType,
    Schema,
    Span,
    edits,
    pending,
    relation_suggestion_id,
    span_suggestion_id,
)
from annotator.model.answering import Answering
from annotator.model.suggestions import anything_fits

TEXT = "President Xi Jinping met Vladimir Putin in Beijing on Friday."
SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person", "1"), Label("GPE", "Place", "2"), Label("TITLE", "Title", "3")),
    (
        RelationType("meets", "meets", "q", ("PERSON",), ("PERSON",), is_symmetric=True),
        RelationType("holds_title", "holds title", "w", ("PERSON",), ("TITLE",)),
        RelationType("located_in", "located in", "e", ("PERSON", "GPE"), ("GPE",)),
    ),
)


def at(words: str) -> tuple[tuple[int, int]]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def suggested(words: str, label: str) -> Span:
    fragments = at(words)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m-1", confirmed="none", score=0.9)


XI, PUTIN, BEIJING = (
    suggested("Xi Jinping", "PERSON"),
    suggested("Vladimir Putin", "PERSON"),
    suggested("Beijing", "GPE"),
)
MEETS = Relation(relation_suggestion_id("meets", XI.id, PUTIN.id), "meets", XI.id, PUTIN.id, origin="rules:r")
MACHINE = Layer("d", "m", [XI, PUTIN, BEIJING, MEETS])


def layer_with(*edit_makers) -> Layer:
    layer = Layer("d", "p")
    for make in edit_makers:
        done(layer, make(layer))
    return layer


def done(layer: Layer, edit: Edit) -> Edit:
    layer.check(edit)
    layer.apply(edit)
    return edit


def only_span(layer: Layer) -> Span:
    (span,) = layer.spans.values()
    return span


def test_a_label_by_hand_is_confirmed_and_has_no_origin() -> None:
    layer = layer_with(lambda on: edits.add_span(on, SCHEMA, TEXT, at("Friday"), "GPE"))
    span = only_span(layer)
    assert (span.covered(TEXT), span.label, span.confirmed, span.origin) == ("Friday", "GPE", "single", None)


@pytest.mark.parametrize(
    ("fragments", "label", "code"),
    [
        (((0, 0),), "GPE", "span-empty"),
        (((5, 4),), "GPE", "span-empty"),
        (((-1, 4),), "GPE", "span-outside"),
        (((0, len(TEXT) + 1),), "GPE", "span-outside"),
        (((0, 9),), "NONE", "label-unknown"),
    ],
)
def test_an_impossible_label_is_refused(fragments, label: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        edits.add_span(Layer("d", "p"), SCHEMA, TEXT, fragments, label)
    assert refused.value.code == code


def test_the_same_label_twice_is_refused_with_the_words_in_it() -> None:
    layer = layer_with(lambda on: edits.add_span(on, SCHEMA, TEXT, at("Beijing"), "GPE"))
    with pytest.raises(Refused, match="“Beijing” has the label GPE already"):
        edits.add_span(layer, SCHEMA, TEXT, at("Beijing"), "GPE")


def test_two_labels_on_one_piece_of_text_are_fine() -> None:
    layer = layer_with(
        lambda on: edits.add_span(on, SCHEMA, TEXT, at("President"), "TITLE"),
        lambda on: edits.add_span(on, SCHEMA, TEXT, at("President"), "PERSON"),
    )
    assert len(layer.spans) == 2


@pytest.mark.parametrize(
    ("overlap", "words", "code"), [("none", "Xi", "span-overlap"), ("nested", "President Xi", "span-crossing")]
)
def test_the_schema_says_whether_labels_may_overlap(overlap, words: str, code: str) -> None:
    strict = Schema("s", SCHEMA.labels, overlap=overlap)
    layer = layer_with(lambda on: edits.add_span(on, strict, TEXT, at("Xi Jinping"), "PERSON"))
    with pytest.raises(Refused) as refused:
        edits.add_span(layer, strict, TEXT, at(words), "TITLE")
    assert refused.value.code == code


def test_in_bulk_what_does_not_fit_stays_open_and_relations_without_an_end_with_it() -> None:
    strict = Schema("s", SCHEMA.labels, SCHEMA.relations, overlap="nested")
    layer = layer_with(lambda on: edits.add_span(on, strict, TEXT, at("President Xi"), "TITLE"))
    open_now = pending(layer, MACHINE)
    with pytest.raises(Refused, match="“Xi Jinping” would cross “President Xi”"):
        edits.accept(layer, strict, TEXT, open_now, [XI.id])
    edit = done(layer, edits.accept(layer, strict, TEXT, open_now, [item.id for item in open_now], how="bulk"))
    assert edit.title == "Accept 2 suggestions"
    assert set(pending(layer, MACHINE).spans) == {XI.id}
    assert set(pending(layer, MACHINE).relations) == {MEETS.id}


def test_accepting_copies_the_suggestion_and_says_where_it_came_from() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [XI.id], seconds=1.5))
    span = only_span(layer)
    assert (span.label, span.fragments, span.confirmed, span.score) == ("PERSON", XI.fragments, "single", None)
    assert span.origin == f"model:m-1#{XI.id}"
    decision = layer.decisions[Decision.id_for(XI.id)]
    assert (decision.answer, decision.how, decision.result, decision.seconds) == ("accepted", "single", span.id, 1.5)
    assert XI.id not in pending(layer, MACHINE).spans


def test_accepting_a_relation_takes_its_open_ends_along() -> None:
    layer = Layer("d", "p")
    edit = done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [MEETS.id]))
    (relation,) = layer.relations.values()
    assert {layer.spans[relation.head].covered(TEXT), layer.spans[relation.tail].covered(TEXT)} == {
        "Xi Jinping",
        "Vladimir Putin",
    }
    assert len(edit.changes) == 6
    assert list(pending(layer, MACHINE)) == [BEIJING]


def test_a_suggested_relation_hangs_on_to_spans_that_were_accepted_or_corrected() -> None:
    layer = Layer("d", "p")
    done(
        layer, edits.correct(layer, SCHEMA, TEXT, pending(layer, MACHINE), XI.id, fragments=at("President Xi Jinping"))
    )
    left = pending(layer, MACHINE)
    assert left.relations[MEETS.id].head == only_span(layer).id
    done(layer, edits.accept(layer, SCHEMA, TEXT, left, [MEETS.id]))
    assert len(layer.relations) == 1


def test_a_rejected_suggestion_stays_away_and_takes_its_relations_with_it() -> None:
    layer = Layer("d", "p")
    done(layer, edits.reject(TEXT, pending(layer, MACHINE), [XI.id]))
    assert set(pending(layer, MACHINE).spans) == {PUTIN.id, BEIJING.id}
    assert not pending(layer, MACHINE).relations


def test_a_correction_is_known_as_one() -> None:
    layer = Layer("d", "p")
    done(layer, edits.correct(layer, SCHEMA, TEXT, pending(layer, MACHINE), BEIJING.id, label="TITLE"))
    assert only_span(layer).label == "TITLE"
    assert layer.decisions[Decision.id_for(BEIJING.id)].answer == "corrected"


def test_changing_an_accepted_label_later_turns_the_acceptance_into_a_correction() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [BEIJING.id], how="bulk"))
    assert only_span(layer).confirmed == "bulk"
    done(layer, edits.relabel(layer, SCHEMA, TEXT, only_span(layer).id, "TITLE"))
    decision = layer.decisions[Decision.id_for(BEIJING.id)]
    assert (decision.answer, only_span(layer).confirmed) == ("corrected", "single")


def test_deleting_an_accepted_label_counts_as_a_rejection() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [BEIJING.id]))
    done(layer, edits.delete_span(layer, TEXT, only_span(layer).id))
    assert layer.decisions[Decision.id_for(BEIJING.id)].answer == "rejected"
    assert BEIJING.id not in pending(layer, MACHINE).spans


def test_deleting_a_span_deletes_its_relations_and_notes_in_the_same_edit() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [MEETS.id]))
    head = next(iter(layer.relations.values())).head
    done(layer, edits.set_note(layer, "comment", "sure?", head))
    edit = done(layer, edits.delete_span(layer, TEXT, head))
    assert not layer.relations
    assert not layer.notes
    assert edit.title.endswith("and 1 relation")
    done(layer, edit.inverse())
    assert len(layer.relations) == len(layer.notes) == 1


def test_relabelling_a_span_drops_the_relations_that_the_schema_then_forbids() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [MEETS.id]))
    head = next(iter(layer.relations.values())).head
    done(layer, edits.relabel(layer, SCHEMA, TEXT, head, "GPE"))
    assert not layer.relations


def test_relations_the_schema_forbids_are_refused() -> None:
    layer = Layer("d", "p")
    done(layer, edits.accept(layer, SCHEMA, TEXT, pending(layer, MACHINE), [XI.id, PUTIN.id, BEIJING.id]))
    xi, putin, beijing = (span.id for span in sorted(layer.spans.values(), key=lambda span: span.start))
    for head, tail, label, code in (
        (beijing, xi, "located_in", "relation-ends"),
        (xi, xi, "meets", "relation-self"),
        (xi, putin, "knows", "relation-unknown"),
        (xi, "gone", "meets", "item-missing"),
    ):
        with pytest.raises(Refused) as refused:
            edits.add_relation(layer, SCHEMA, head, tail, label)
        assert refused.value.code == code
    done(layer, edits.add_relation(layer, SCHEMA, xi, putin, "meets"))
    with pytest.raises(Refused, match="such a relation already"):
        edits.add_relation(layer, SCHEMA, putin, xi, "meets")


def test_a_relation_can_be_drawn_between_suggestions() -> None:
    layer = Layer("d", "p")
    ends = Pending({XI.id: XI, BEIJING.id: BEIJING})
    drawn = Relation("drawn", "located_in", XI.id, BEIJING.id)
    done(layer, edits.accept_and_relate(layer, SCHEMA, TEXT, ends, drawn))
    (relation,) = layer.relations.values()
    assert layer.spans[relation.head].covered(TEXT) == "Xi Jinping"
    assert len(layer.decisions) == 2


def test_correcting_a_suggested_relation_changes_its_label() -> None:
    layer = Layer("d", "p")
    relation = Relation("r1", "meets", XI.id, BEIJING.id)
    machine = Layer("d", "m", [XI, BEIJING, relation])
    done(layer, edits.correct_relation(layer, SCHEMA, TEXT, pending(layer, machine), "r1", "located_in"))
    assert next(iter(layer.relations.values())).label == "located_in"
    decision = layer.decisions[Decision.id_for("r1")]
    assert (decision.answer, decision.label) == ("corrected", "meets")


def test_finishing_is_an_edit_like_any_other() -> None:
    layer = Layer("d", "p")
    edit = done(layer, edits.set_status(layer, "done"))
    assert layer.status == "done"
    with pytest.raises(Refused, match="done already"):
        edits.set_status(layer, "done")
    done(layer, edit.inverse())
    assert layer.status == "open"


def test_a_suggested_relation_is_offered_only_while_the_labels_of_its_ends_allow_it() -> None:
    layer = layer_with(lambda on: edits.accept(on, SCHEMA, TEXT, pending(on, MACHINE), [XI.id]))
    answering = Answering(layer, MACHINE, SCHEMA.fits)
    assert set(answering.pending.relations) == {MEETS.id}
    relabel = done(layer, edits.relabel(layer, SCHEMA, TEXT, only_span(layer).id, "GPE"))
    answering.update(relabel)
    assert not answering.pending.relations
    assert answering.pending == pending(layer, MACHINE, SCHEMA.fits)
    assert MEETS.id in answering.pending.touched
    done(layer, relabel.inverse())
    answering.update(relabel.inverse())
    assert set(answering.pending.relations) == {MEETS.id}


def test_a_suggested_relation_that_the_schema_does_not_know_stays_to_be_corrected() -> None:
    strange = replace(MEETS, label="greets")
    found = pending(Layer("d", "p"), Layer("d", "m", [XI, PUTIN, strange]), SCHEMA.fits)
    assert set(found.relations) == {strange.id}


def test_an_edit_that_no_longer_fits_is_refused_and_changes_nothing() -> None:
    layer = layer_with(lambda on: edits.add_span(on, SCHEMA, TEXT, at("Beijing"), "GPE"))
    old = edits.relabel(layer, SCHEMA, TEXT, only_span(layer).id, "TITLE")
    done(layer, edits.set_fragments(layer, SCHEMA, TEXT, only_span(layer).id, at("in Beijing")))
    before = layer.as_dict()
    with pytest.raises(Refused) as refused:
        layer.check(old)
    assert refused.value.code == "edit-stale"
    assert layer.as_dict() == before


def follow(answering, layer, edit, fits):
    """Update, and check the answer against one that is worked out from the beginning."""
    before = {item.id: item for item in answering.pending}
    answering.update(edit)
    assert answering.pending == pending(layer, MACHINE, fits)
    after = {item.id: item for item in answering.pending}
    assert {key for key in {**before, **after} if before.get(key) != after.get(key)} <= answering.pending.touched
    for tally, held in ((answering.mine, layer), (answering.open, answering.pending)):
        assert +tally.spans == Counter(span.label for span in held.spans.values())
        assert +tally.relations == Counter(relation.label for relation in held.relations.values())


acts = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 60), st.integers(0, 60)), max_size=25)


@given(acts, st.sampled_from([anything_fits, SCHEMA.fits]))
def test_undoing_every_edit_leaves_nothing_redoing_brings_all_back_and_suggestions_keep_up(script, fits) -> None:
    layer = Layer("d", "p")
    answering = Answering(layer, MACHINE, fits)
    trail = []
    for kind, one, other in script:
        try:
            edit = act(layer, kind, one, other)
            layer.check(edit)
        except Refused:
            continue
        before = layer.as_dict()
        layer.apply(edit)
        follow(answering, layer, edit, fits)
        trail.append((edit, before, layer.as_dict()))
    for edit, before, _ in reversed(trail):
        done(layer, edit.inverse())
        follow(answering, layer, edit.inverse(), fits)
        assert layer.as_dict() == before
    assert len(layer) == 0
    for edit, _, after in trail:
        done(layer, edit)
        assert layer.as_dict() == after


def act(layer: Layer, kind: int, one: int, other: int) -> Edit:
    labels = list(SCHEMA.label_names)
    spans, relations = sorted(layer.spans), sorted(layer.relations)
    left = pending(layer, MACHINE)
    suggestions = sorted([*left.spans, *left.relations])
    low, high = sorted((one % len(TEXT), other % len(TEXT)))

    def pick(items: list[str], number: int) -> str:
        if not items:
            raise Refused("nothing-focused")
        return items[number % len(items)]

    makers = (
        lambda: edits.add_span(layer, SCHEMA, TEXT, ((low, high + 1),), labels[one % 3]),
        lambda: edits.relabel(layer, SCHEMA, TEXT, pick(spans, one), labels[other % 3]),
        lambda: edits.set_fragments(layer, SCHEMA, TEXT, pick(spans, one), ((low, high + 1),)),
        lambda: edits.delete_span(layer, TEXT, pick(spans, one)),
        lambda: edits.add_relation(
            layer, SCHEMA, pick(spans, one), pick(spans, other), list(SCHEMA.relation_names)[(one + other) % 3]
        ),
        lambda: edits.delete_relation(layer, pick(relations, one)),
        lambda: edits.accept(layer, SCHEMA, TEXT, left, [pick(suggestions, one)]),
        lambda: edits.reject(TEXT, left, [pick(suggestions, one)]),
        lambda: edits.set_note(layer, "comment", f"note {other % 3}", pick(spans, one)),
    )
    return makers[kind]()


def test_what_a_suggestion_could_have_been_does_not_stay_on_the_label_that_came_of_it() -> None:
    unsure = replace(BEIJING, alternatives=(Alternative("PERSON", 0.2),))
    found = pending(Layer("d", "p"), Layer("d", "m", [unsure]))
    for edit in (
        edits.accept(Layer("d", "p"), SCHEMA, TEXT, found, [unsure.id]),
        edits.correct(Layer("d", "p"), SCHEMA, TEXT, found, unsure.id, label="PERSON"),
    ):
        [made] = [change.after for change in edit.changes if isinstance(change.after, Span)]
        assert made.alternatives == ()
