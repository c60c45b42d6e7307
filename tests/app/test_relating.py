"""Hint letters and label choices for drawing a relation by keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.relating import HINT_KEYS, Relating, begin, choices_between, hint_letters
from annotator.model import Label, RelationType, Schema, Span

SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person"), Label("GPE", "Place"), Label("DATE", "Date")),
    (
        RelationType("meets", "meets", "q", ("PERSON",), ("PERSON",), is_symmetric=True),
        RelationType("located_in", "located in", "e", ("PERSON", "GPE"), ("GPE",)),
        RelationType("leads", "leads", "e2", ("PERSON",), ("GPE",)),
    ),
)


def span(number: int, label: str) -> Span:
    return Span(f"T{number}", label, ((number * 10, number * 10 + 5),))


def test_a_symmetric_relation_is_offered_once() -> None:
    (choice,) = choices_between(SCHEMA, span(1, "PERSON"), span(2, "PERSON"))
    assert (choice.kind.name, choice.is_reversed, choice.key) == ("meets", False, "q")


def test_a_relation_that_fits_only_the_other_way_round_is_offered_reversed() -> None:
    choices = choices_between(SCHEMA, span(1, "GPE"), span(2, "PERSON"))
    assert [(choice.kind.name, choice.is_reversed) for choice in choices] == [("located_in", True), ("leads", True)]


def test_only_spans_that_the_schema_allows_get_a_letter_the_nearest_the_first() -> None:
    state = begin(SCHEMA, span(3, "PERSON"), [span(1, "PERSON"), span(2, "DATE"), span(3, "PERSON"), span(4, "GPE")])
    assert state.hints == {"T4": "a", "T1": "s"}


@given(st.integers(0, len(HINT_KEYS) ** 2))
def test_no_hint_is_the_beginning_of_another(count: int) -> None:
    letters = hint_letters(count)
    assert len(set(letters)) == count
    assert not any(one != other and one.startswith(other) for one in letters for other in HINT_KEYS if other in letters)


def test_the_nearest_ends_keep_one_letter_when_there_are_more_ends_than_letters() -> None:
    letters = hint_letters(40)
    assert [len(hint) for hint in letters] == [1] * 25 + [2] * 15


def test_typed_letters_leave_the_hints_that_begin_with_them() -> None:
    state = Relating(span(1, "PERSON"), {"T2": "as", "T3": "ad", "T4": "sa"}, typed="a")
    assert state.open_hints == {"T2": "s", "T3": "d"}


@pytest.mark.parametrize("keys", [("q", "q"), ("", ""), ("a", "")])
def test_every_choice_has_a_key_of_its_own(keys: tuple[str, str]) -> None:
    kinds = tuple(RelationType(f"r{number}", f"r{number}", key) for number, key in enumerate(keys))
    schema = Schema("s", SCHEMA.labels)
    object.__setattr__(schema, "relations", kinds)
    choices = choices_between(schema, span(1, "PERSON"), span(2, "GPE"))
    assert len({choice.key for choice in choices}) == len(choices) == 2
