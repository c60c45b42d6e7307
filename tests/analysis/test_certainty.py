"""What is unsure is not accepted among many, unless it was looked at."""

import pytest

from annotator.analysis.certainty import LOW, held_back, is_low
from annotator.model import Pending, Relation, Span

SURE = Span("sure", "PERSON", ((0, 2),), score=LOW)
UNSURE = Span("unsure", "PERSON", ((5, 7),), score=LOW - 0.01)
RULED = Span("ruled", "DATE", ((9, 12),))
OPEN = Pending({span.id: span for span in (SURE, UNSURE, RULED)})


def relation(head: str, tail: str, score: float | None = 0.9) -> Relation:
    return Relation(f"{head}-{tail}", "meets", head, tail, score=score)


def test_a_low_score_is_held_back_and_a_suggestion_of_a_rule_is_not() -> None:
    assert held_back(OPEN.spans.values(), OPEN, ()) == {"unsure": "low"}
    assert not is_low(RULED)


def test_what_was_looked_at_is_not_held_back() -> None:
    assert held_back(OPEN.spans.values(), OPEN, {"unsure"}) == {}


@pytest.mark.parametrize(("head", "tail"), [("sure", "unsure"), ("unsure", "sure")])
def test_a_relation_waits_for_an_open_end_that_is_unsure(head: str, tail: str) -> None:
    found = relation(head, tail)
    assert held_back([found], OPEN, ()) == {found.id: "end"}
    assert held_back([found], OPEN, {"unsure"}) == {}


def test_a_relation_between_decided_labels_hangs_on_its_own_score() -> None:
    assert held_back([relation("mine", "sure")], OPEN, ()) == {}
    unsure = relation("mine", "sure", 0.2)
    assert held_back([unsure], OPEN, ()) == {unsure.id: "low"}
