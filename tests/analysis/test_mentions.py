"""What an act does to every other place of the same words, and what it leaves alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.matching import Matching
from annotator.analysis.mentions import Mention, Plan, Planning, Wish, make_plan
from annotator.model import (
    Change,
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
    span_suggestion_id,
)

SCHEMA = Schema(
    "test",
    (Label("GPE", "Place", "1"), Label("ORG", "Organisation", "2"), Label("PER", "Person", "3")),
    (RelationType("in", "in", "q", ("GPE",), ("GPE",)), RelationType("near", "near", "w")),
    overlap="none",
)
TEXT = "Oslo and Oslo; the Oslo Group of Oslo, Bergen and Oslo."
WHOLE = Matching()


def at(words: str, nth: int = 0) -> tuple[tuple[int, int]]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return ((start, start + len(words)),)


def suggested(label: str, fragments: tuple[tuple[int, int], ...]) -> Span:
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m", confirmed="none", score=0.7)


def decided(name: str, label: str, fragments: tuple[tuple[int, int], ...]) -> Span:
    return Span(name, label, fragments, confirmed="single")


def plan(layer: Layer, machine: Layer, wish: Wish, schema: Schema = SCHEMA) -> Plan:
    return make_plan(layer, schema, TEXT, pending(layer, machine), wish, WHOLE)


def kinds(found: Plan) -> list[str]:
    return [mention.kind for mention in found.mentions]


def machine(*spans: Span) -> Layer:
    return Layer("d", "m", spans)


def test_labelling_adds_accepts_and_corrects_and_leaves_conflicts_alone() -> None:
    mine = Layer("d", "p", [decided("a", "GPE", at("Oslo")), decided("b", "PER", at("Oslo", 4))])
    said = machine(suggested("GPE", at("Oslo", 1)), suggested("ORG", at("Oslo Group")), suggested("ORG", at("Oslo", 3)))
    found = plan(mine, said, Wish("label", "Oslo", "GPE"))
    assert kinds(found) == ["accept", "conflict", "correct", "conflict"]
    assert [mention.reason for mention in found.mentions if mention.kind == "conflict"] == [
        "Overlaps “Oslo Group” (ORG).",
        "Labelled PER already.",
    ]
    after = Layer("d", "p", mine)
    after.check(found.edit)
    after.apply(found.edit)
    assert sorted((span.label, span.covered(TEXT)) for span in after.spans.values()) == [
        ("GPE", "Oslo"),
        ("GPE", "Oslo"),
        ("GPE", "Oslo"),
        ("PER", "Oslo"),
    ]
    made = [span for span in after.spans.values() if span.id not in mine.spans]
    assert {span.confirmed for span in made} == {"bulk"}
    assert {(decision.answer, decision.how) for decision in after.decisions.values()} == {
        ("accepted", "bulk"),
        ("corrected", "bulk"),
    }


def test_words_inside_a_longer_mention_with_the_same_label_are_a_part_of_it() -> None:
    schema = replace(SCHEMA, overlap="any")
    mine = Layer("d", "p", [decided("a", "GPE", at("Oslo")), decided("b", "GPE", at("Oslo Group"))])
    found = plan(mine, machine(), Wish("label", "Oslo", "GPE"), schema)
    assert kinds(found) == ["new", "conflict", "new", "new"]
    assert found.mentions[1].reason == "Part of “Oslo Group” (GPE)."


def test_where_labels_may_stand_in_one_another_another_label_around_is_no_conflict() -> None:
    mine = Layer("d", "p", [decided("b", "ORG", at("Oslo Group"))])
    found = plan(mine, machine(), Wish("label", "Oslo", "GPE"), replace(SCHEMA, overlap="nested"))
    assert kinds(found) == ["new"] * 5


def test_what_was_turned_down_here_is_not_labelled_again() -> None:
    said = machine(suggested("GPE", at("Oslo", 1)))
    mine = Layer("d", "p")
    mine.apply(edits.reject(TEXT, pending(mine, said), list(said.spans)))
    found = plan(mine, said, Wish("label", "Oslo", "GPE"))
    assert kinds(found) == ["new", "conflict", "new", "new", "new"]


def test_relabelling_takes_along_what_has_the_old_label_only() -> None:
    mine = Layer("d", "p", [decided(str(n), "ORG" if n < 3 else "PER", at("Oslo", n)) for n in range(5)])
    found = plan(mine, machine(), Wish("label", "Oslo", "GPE", was="ORG"))
    assert kinds(found) == ["relabel"] * 3 + ["conflict"] * 2


def test_relabelling_does_not_cost_a_relation() -> None:
    mine = Layer("d", "p", [decided(str(n), "GPE", at("Oslo", n)) for n in range(3)])
    mine.apply(edits.add_relation(mine, SCHEMA, "0", "1", "in"))
    found = plan(mine, machine(), Wish("label", "Oslo", "ORG", was="GPE"))
    assert kinds(found)[:3] == ["conflict", "conflict", "relabel"]


def test_rejecting_turns_down_the_same_label_only() -> None:
    said = machine(suggested("GPE", at("Oslo", 1)), suggested("ORG", at("Oslo", 2)), suggested("GPE", at("Oslo", 3)))
    found = plan(Layer("d", "p"), said, Wish("reject", "Oslo", "GPE"))
    assert kinds(found) == ["reject", "reject"]
    assert all(isinstance(change.after, Decision) and change.after.how == "bulk" for change in found.changes)


def test_deleting_takes_relations_along_and_says_how_many() -> None:
    mine = Layer("d", "p", [decided(str(n), "GPE", at("Oslo", n)) for n in range(3)])
    mine.apply(edits.add_relation(mine, SCHEMA, "0", "1", "near"))
    mine.apply(edits.set_note(mine, "comment", "which?", "0"))
    found = plan(mine, machine(), Wish("delete", "Oslo", "GPE"))
    assert [(mention.kind, mention.lost) for mention in found.mentions] == [("delete", 1), ("delete", 0), ("delete", 0)]
    mine.check(found.edit)
    mine.apply(found.edit)
    assert not mine.spans
    assert not mine.relations
    assert not mine.notes


def test_only_the_chosen_places_are_changed() -> None:
    chosen = at("Oslo", 3)[0]
    found = make_plan(Layer("d", "p"), SCHEMA, TEXT, Pending(), Wish("label", "Oslo", "GPE"), WHOLE, only={chosen})
    assert [mention.place for mention in found.mentions] == [chosen]
    assert found.edit.title == "Label 1 × “Oslo” GPE"


def test_planning_changes_nothing() -> None:
    mine = Layer("d", "p", [decided(str(n), "GPE", at("Oslo", n)) for n in range(3)])
    before = mine.as_dict()
    plan(mine, machine(), Wish("delete", "Oslo", "GPE"))
    assert mine.as_dict() == before


# ---- for every document

LABELS = st.sampled_from(["GPE", "ORG", "PER"])
PLACES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(
    lambda drawn: ((drawn[0], min(len(TEXT), drawn[0] + drawn[1])),)
) | st.integers(0, 4).map(lambda nth: at("Oslo", nth))


@st.composite
def documents(draw: st.DrawFn) -> tuple[Layer, Layer, Schema]:
    """A person's layer, a machine's, and a schema that allows what is in them."""
    schema = replace(SCHEMA, overlap=draw(st.sampled_from(["none", "nested", "any"])))
    said = {span.id: span for span in draw(st.lists(st.builds(suggested, LABELS, PLACES), max_size=6))}
    machine = Layer("d", "m", said.values())
    mine = Layer("d", "p")
    for fragments, label in draw(st.lists(st.tuples(PLACES, LABELS), max_size=6)):
        try:
            mine.apply(edits.add_span(mine, schema, TEXT, fragments, label))
        except Refused:
            continue
    spans = list(mine.spans)
    for head, tail in draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3)):
        if head != tail and max(head, tail) < len(spans):
            relation = Relation(f"r{head}-{tail}", "near", spans[head], spans[tail], confirmed="single")
            if relation.id not in mine:
                mine.apply(Edit("", (Change(None, relation),)))
    for span_id in draw(st.lists(st.sampled_from(sorted(said) or [""]), max_size=2, unique=True)):
        if span_id in pending(mine, machine).spans:
            mine.apply(edits.reject(TEXT, pending(mine, machine), [span_id]))
    return mine, machine, schema


WISHES = st.builds(
    Wish,
    doing=st.sampled_from(["label", "reject", "delete"]),
    words=st.sampled_from(["Oslo", "Bergen", "Oslo Group", "and"]),
    label=LABELS,
    was=st.none() | LABELS,
)


@given(documents(), WISHES, st.booleans())
def test_the_edit_fits_and_its_inverse_takes_it_back(
    document: tuple[Layer, Layer, Schema], wish: Wish, is_whole: bool
) -> None:
    mine, said, schema = document
    found = make_plan(mine, schema, TEXT, pending(mine, said), wish, Matching(is_whole=is_whole))
    before = mine.as_dict()
    mine.check(found.edit)
    mine.apply(found.edit)
    mine.check(found.edit.inverse())
    mine.apply(found.edit.inverse())
    assert mine.as_dict() == before


@given(documents(), WISHES)
def test_what_has_another_label_is_never_changed(document: tuple[Layer, Layer, Schema], wish: Wish) -> None:
    mine, said, schema = document
    found = make_plan(mine, schema, TEXT, pending(mine, said), wish, WHOLE)
    may_change = {wish.was} if wish.doing == "label" else {wish.label} if wish.doing == "delete" else set()
    for change in found.changes:
        if isinstance(change.before, Span):
            assert change.before.label in may_change
            assert change.before.covered(TEXT) == wish.words
        if isinstance(change.after, Span):
            assert change.after.label == wish.label
            assert change.after.covered(TEXT) == wish.words


@given(documents(), WISHES)
def test_what_is_made_is_allowed_by_the_schema(document: tuple[Layer, Layer, Schema], wish: Wish) -> None:
    mine, said, schema = document
    found = make_plan(mine, schema, TEXT, pending(mine, said), wish, WHOLE)
    mine.apply(found.edit)
    for change in found.changes:
        if isinstance(change.after, Span) and change.before is None:
            rest = Layer("d", "p", [item for item in mine if isinstance(item, Span) and item.id != change.after.id])
            edits.add_span(rest, schema, TEXT, change.after.fragments, change.after.label)


@given(documents(), WISHES)
def test_a_second_time_there_is_nothing_left_to_do(document: tuple[Layer, Layer, Schema], wish: Wish) -> None:
    mine, said, schema = document
    mine.apply(make_plan(mine, schema, TEXT, pending(mine, said), wish, WHOLE).edit)
    again = make_plan(mine, schema, TEXT, pending(mine, said), wish, WHOLE)
    assert {mention.kind for mention in again.mentions} <= {"conflict"}
    assert again.changes == ()


@pytest.mark.parametrize("doing", ["label", "reject", "delete"])
def test_words_that_do_not_stand_in_the_text_need_nothing(doing: str) -> None:
    assert plan(Layer("d", "p"), machine(), Wish(doing, "Tromsø", "GPE")).mentions == ()  # type: ignore[arg-type]
    assert Mention(1, 3, "new").place == (1, 3)


def test_a_plan_made_bit_by_bit_is_the_plan_made_at_once() -> None:
    text = "Oslo and oslo; Oslos. " * 400
    mine = Layer(
        "d", "p", [Span(f"s{n}", "PER", ((22 * n, 22 * n + 4),), confirmed="single") for n in range(0, 400, 3)]
    )
    label = Wish("label", "Oslo", "GPE")
    for wish in (label, replace(label, was="PER"), Wish("delete", "Oslo", "PER")):
        planning = Planning(mine, SCHEMA, text, Pending(), wish, WHOLE)
        seen = []
        while planning.work(0.0):
            assert not planning.plan.is_whole
            seen.append(len(planning.plan.mentions))
        whole = make_plan(mine, SCHEMA, text, Pending(), wish, WHOLE)
        assert seen == sorted(seen)
        assert len(seen) > 10
        assert planning.plan.is_whole
        assert planning.plan.mentions == whole.mentions
        assert len(planning.plan.changes) == len(whole.changes)
