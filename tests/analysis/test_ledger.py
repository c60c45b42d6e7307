"""Suggestions by type: what stands in a row, in which order, and what one key must not settle."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.ledger import Ledger, Row
from annotator.model import (
    Edit,
    Label,
    Layer,
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
from annotator.model.settling import correct_all

TEXT = "Xi met Putin. Putin praised Xi, and Xi thanked Putin in Beijing. Beijing\nwas cold; Xi left Beijing."
SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person", "1"), Label("GPE", "Place", "2"), Label("ORG", "Organisation", "3")),
    (RelationType("meets", "meets", "q", ("PERSON",), ("PERSON",), is_symmetric=True),),
)


def suggested(words: str, nth: int = 0, label: str = "PERSON", score: float | None = 0.9) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m", score=score)


XIS = [suggested("Xi", nth) for nth in range(4)]
PUTINS = [suggested("Putin", nth, score=0.8) for nth in range(3)]
BEIJING = suggested("Beijing", label="GPE")
MEETS = Relation(relation_suggestion_id("meets", XIS[0].id, PUTINS[0].id), "meets", XIS[0].id, PUTINS[0].id, score=0.7)


def ledger_of(*items: Span | Relation, mine: Layer | None = None, looked_at: set[str] = frozenset(), **options):
    layer = mine or Layer("d", "p")
    return Ledger(TEXT, layer, pending(layer, Layer("d", "m", items)), looked_at, **options)


def row(ledger: Ledger, *texts: str) -> Row:
    return next(row for row in ledger.rows() if row.texts == texts)


def test_rows_stand_in_the_order_of_the_effort_that_they_save_then_of_certainty() -> None:
    rows = ledger_of(BEIJING, MEETS, *PUTINS, *XIS).rows()
    assert [(row.label, *row.texts, len(row.ids)) for row in rows] == [
        ("PERSON", "Xi", 4),
        ("PERSON", "Putin", 3),
        ("GPE", "Beijing", 1),
        ("meets", "Xi", "Putin", 1),
    ]


def test_a_row_knows_its_mean_score_and_its_least_certain_mention() -> None:
    unsure = suggested("Xi", 2, score=0.6)
    found = row(ledger_of(XIS[0], XIS[1], unsure), "Xi")
    assert found.mean is not None
    assert round(found.mean, 3) == 0.8
    assert found.least == unsure.id
    assert found.ids == (XIS[0].id, XIS[1].id, unsure.id)


def test_a_low_score_is_held_back_until_it_was_looked_at() -> None:
    unsure = suggested("Xi", 2, score=0.4)
    looked_at: set[str] = set()
    ledger = ledger_of(*XIS[:2], unsure, looked_at=looked_at)
    assert row(ledger, "Xi").held == {unsure.id: "low"}
    looked_at.add(unsure.id)
    ledger.look(unsure.id)
    assert row(ledger, "Xi").held == {}


def test_a_score_far_below_the_others_is_held_back() -> None:
    odd = suggested("Xi", 3, score=0.55)
    assert row(ledger_of(*XIS[:3], odd), "Xi").held == {odd.id: "outlier"}


def test_a_text_with_another_label_elsewhere_is_held_back_unless_its_label_is_clear() -> None:
    place = suggested("Xi", 3, label="GPE")
    ledger = ledger_of(*XIS[:3], place)
    held = {one.label: one.held for one in ledger.rows()}
    assert held == {"PERSON": {}, "GPE": {place.id: "other-label"}}
    held = {one.label: one.held for one in ledger_of(XIS[0], XIS[1], place).rows()}
    assert set(held["PERSON"].values()) == set(held["GPE"].values()) == {"other-label"}


def test_decided_labels_count_for_what_a_text_is_called() -> None:
    mine = Layer("d", "p")
    mine.apply(edits.add_span(mine, SCHEMA, TEXT, XIS[0].fragments, "ORG"))
    assert set(row(ledger_of(XIS[1], XIS[2], mine=mine), "Xi").held.values()) == {"other-label"}


def test_what_crosses_a_decided_label_is_held_back_and_what_lies_inside_one_is_not() -> None:
    mine = Layer("d", "p")
    start = TEXT.index("Putin in Beijing")
    mine.apply(edits.add_span(mine, SCHEMA, TEXT, ((start, start + len("Putin in Beijing")),), "ORG"))
    inside, crossing = suggested("Beijing", label="GPE"), suggested("Beijing. Beijing", label="GPE")
    ledger = ledger_of(inside, crossing, mine=mine)
    assert row(ledger, "Beijing").held == {}
    assert row(ledger, "Beijing. Beijing").held == {crossing.id: "overlap"}
    flat = ledger_of(inside, mine=mine, overlap="none")
    assert row(flat, "Beijing").held == {inside.id: "overlap"}


def test_one_row_holds_a_text_over_a_line_end_and_in_a_line() -> None:
    texts = "New York is big.\nNew\nYork is old."
    spans = [Span(str(at), "GPE", ((at, at + 8),)) for at in (0, 17)]
    [only] = Ledger(texts, Layer("d", "p"), pending(Layer("d", "p"), Layer("d", "m", spans)), ()).rows()
    assert only.texts == ("New York",)


def test_correcting_a_row_says_of_each_what_had_been_suggested() -> None:
    layer = Layer("d", "p")
    open_ones = pending(layer, Layer("d", "m", XIS))
    edit = correct_all(layer, SCHEMA, TEXT, open_ones, [one.id for one in XIS], "ORG")
    layer.check(edit)
    layer.apply(edit)
    assert {span.label for span in layer.spans.values()} == {"ORG"}
    assert {(one.answer, one.label, one.how) for one in layer.decisions.values()} == {("corrected", "PERSON", "bulk")}
    layer.apply(edit.inverse())
    assert len(layer) == 0


MACHINE = Layer("d", "m", [*XIS, *PUTINS, BEIJING, suggested("Xi", 2, label="GPE", score=0.3), MEETS])
ACTS = st.lists(st.tuples(st.sampled_from("arclu"), st.integers(0, 30)), max_size=8)


@given(ACTS)
def test_rows_kept_in_step_equal_rows_made_anew(acts: list[tuple[str, int]]) -> None:
    layer, looked_at, done = Layer("d", "p"), set(), []
    answering = Answering(layer, MACHINE)
    ledger = Ledger(TEXT, layer, answering.pending, looked_at)
    for act, number in acts:
        open_ids = [item.id for item in answering.pending]
        if act == "u" and not done:
            continue
        if act != "u" and not open_ids:
            break
        target = open_ids[number % len(open_ids)] if open_ids else ""
        if act == "l":
            looked_at.add(target)
            ledger.look(target)
            continue
        try:
            match act:
                case "a":
                    edit = edits.accept(layer, SCHEMA, TEXT, answering.pending, [target])
                case "r":
                    edit = edits.reject(TEXT, answering.pending, [target])
                case "c":
                    edit = correct_all(layer, SCHEMA, TEXT, answering.pending, [target], "ORG", how="single")
                case _:
                    edit = done.pop().inverse()
        except Refused:
            continue
        ledger.rows()
        layer.apply(edit)
        answering.update(edit)
        concerned = answering.pending.concerned(edit)
        assert concerned is not None
        ledger.update(concerned)
        if act != "u":
            done.append(edit)
        anew = Ledger(TEXT, layer, answering.pending, looked_at)
        assert {row.key: row for row in ledger.rows()} == {row.key: row for row in anew.rows()}


def test_rows_keep_their_order_while_others_are_settled_and_come_back_to_their_place() -> None:
    layer = Layer("d", "p")
    answering = Answering(layer, Layer("d", "m", [*XIS, *PUTINS, BEIJING]))
    ledger = Ledger(TEXT, layer, answering.pending, ())

    def do(edit: Edit) -> list[str]:
        layer.apply(edit)
        answering.update(edit)
        ledger.update(answering.pending.concerned(edit) or ())
        return [row.texts[0] for row in ledger.rows()]

    assert [row.texts[0] for row in ledger.rows()] == ["Xi", "Putin", "Beijing"]
    most = edits.reject(TEXT, answering.pending, [one.id for one in XIS[1:]])
    assert do(most) == ["Xi", "Putin", "Beijing"]
    rest = edits.reject(TEXT, answering.pending, [XIS[0].id])
    assert do(rest) == ["Putin", "Beijing"]
    assert do(rest.inverse()) == ["Xi", "Putin", "Beijing"]
