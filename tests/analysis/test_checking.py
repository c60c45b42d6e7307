"""What is said before a document is finished."""

from dataclasses import replace

from annotator.analysis.checking import findings
from annotator.model import Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.model.schema import Attribute

SCHEMA = Schema(
    "news",
    (Label("PER", "Person"), Label("LOC", "Place")),
    (RelationType("lives", "lives in", heads=("PER",), tails=("LOC",)),),
    attributes=(Attribute("sure", "Sure", "yes-no"),),
)
TEXT = "Jordan met Jordan in Jordan. Jordan left Oslo."


def at(words: str, label: str, nth: int = 0, **more) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(f"{words}-{nth}-{label}", label, ((start, start + len(words)),), **more)


def look(*items, schema=SCHEMA, pending=(), seen=(), elsewhere=None):
    left = Pending(
        {item.id: item for item in pending if isinstance(item, Span)},
        {item.id: item for item in pending if isinstance(item, Relation)},
    )
    return findings(Layer("d", "p", items), schema, TEXT, left, seen=seen, elsewhere=elsewhere or {})


def test_nothing_speaks_against_a_document_that_is_in_order() -> None:
    assert look(at("Jordan", "PER"), at("Oslo", "LOC")) == []


def test_what_the_schema_forbids_today_is_named_with_its_place() -> None:
    gone = at("Oslo", "CITY")
    [finding] = look(gone)
    assert (finding.kind, finding.item) == ("schema", gone.id)
    assert "CITY" in finding.words


def test_relations_with_ends_that_the_schema_forbids_are_named() -> None:
    head, tail = at("Oslo", "LOC"), at("Jordan", "PER")
    [finding] = look(head, tail, Relation("r", "lives", head.id, tail.id))
    assert (finding.kind, finding.item) == ("schema", "r")


def test_attributes_that_do_not_fit_are_named() -> None:
    [finding] = look(at("Oslo", "LOC", attrs={"sure": "perhaps"}))
    assert finding.kind == "schema"
    assert "Sure" in finding.words


def test_labels_that_would_cross_are_named_when_the_schema_allows_none() -> None:
    flat = replace(SCHEMA, overlap="none")
    outer = Span("outer", "LOC", ((0, 17),))
    assert {finding.kind for finding in look(outer, at("Jordan", "PER"), schema=flat)} == {"schema"}


def test_a_label_that_stands_against_many_others_on_the_same_words_is_named() -> None:
    people = [at("Jordan", "PER", nth) for nth in (0, 1, 3)]
    stray = at("Jordan", "LOC", 2)
    [finding] = look(*people, stray)
    assert (finding.kind, finding.item) == ("contradiction", stray.id)
    assert "Jordan" in finding.words
    assert "Person in 3" in finding.words


def test_other_documents_count_too() -> None:
    [finding] = look(at("Jordan", "PER"), elsewhere={"Jordan": {"LOC": 9}})
    assert finding.kind == "contradiction"
    assert finding.words == "“Jordan” is Person here, and Place 9 times in finished documents."
    assert look(at("Jordan", "PER"), elsewhere={"Jordan": {"LOC": 2}}) == []


def test_this_document_and_others_are_counted_together() -> None:
    here = [at("Jordan", "LOC", nth) for nth in (0, 1)]
    [finding] = look(*here, at("Jordan", "PER", 2), elsewhere={"Jordan": {"LOC": 5}})
    assert finding.words == "“Jordan” is Person here, and Place in 7 other places, 5 of them in finished documents."
    assert look(*here, at("Jordan", "PER", 2), elsewhere={"Jordan": {"LOC": 5, "PER": 4}}) == []


def test_two_labels_on_one_place_do_not_contradict_each_other() -> None:
    spans = [at("Jordan", "PER", nth) for nth in range(4)]
    assert look(*spans, at("Jordan", "LOC", 2)) == []


def test_unsure_suggestions_that_nobody_looked_at_are_named_one_by_one_and_the_rest_is_counted() -> None:
    unsure, sure = at("Jordan", "PER", score=0.2), at("Oslo", "LOC", score=0.9)
    rule = at("Jordan", "PER", 1)
    relation = Relation("r", "lives", unsure.id, sure.id, score=0.3)
    found = look(pending=[unsure, sure, rule, relation])
    assert [(finding.kind, finding.item) for finding in found] == [
        ("unseen", unsure.id),
        ("unseen", "r"),
        ("open", rule.id),
    ], "the last one goes to the first of those that are only counted"
    assert found[-1].words.startswith("2 suggestions")


def test_what_was_looked_at_is_only_counted() -> None:
    unsure = at("Jordan", "PER", score=0.2)
    [finding] = look(pending=[unsure], seen={unsure.id})
    assert finding.kind == "open"
