"""The edges of a suggestion are cut as the project's switches say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.boundaries import Boundaries

WORDS = {"offices": ("president", "prime minister", "chief executive")}


def trimmed(text, label="ORG", **switches):
    place = Boundaries.from_dict(switches, WORDS).trim(text, 0, len(text), label=label)
    return None if place is None else text[slice(*place)]


@pytest.mark.parametrize(
    ("covered", "kept"),
    [
        ("the United Nations", "United Nations"),
        ("The Hague's", "Hague"),
        ("China's", "China"),
        ("Entrepreneurs’", "Entrepreneurs"),
        ("“Cold War”", "Cold War"),
        ("(XINHUA)", "XINHUA"),
        ("XINHUA)", "XINHUA"),
        ("World Health Organization (WHO", "World Health Organization"),
        ("Court (First Chamber)", "Court (First Chamber)"),
        ("Beijing,", "Beijing"),
        ("Acme Inc.", "Acme Inc."),
        ("the U.S.", "U.S."),
        ("Brussels.", "Brussels"),
        ("OSLO - Halden Energy", "Halden Energy"),
        ("about $12 billion", "$12 billion"),
        ("more than 40 percent", "40 percent"),
        ("Over the Rainbow", "Over the Rainbow"),
        ("  \n Reuters ", "Reuters"),
        ("Yahoo!", "Yahoo"),
        ("“”", None),
    ],
)
def test_edges_are_cut_by_default(covered, kept):
    assert trimmed(covered) == kept


@pytest.mark.parametrize(
    ("switch", "covered"),
    [
        ("article", "the Alps"),
        ("possessive", "China's"),
        ("quotes", "“Cold War”"),
        ("punctuation", "OSLO - Halden"),
        ("hedges", "about $12 billion"),
    ],
)
def test_each_habit_can_be_switched_off(switch, covered):
    assert trimmed(covered, **{switch: False}) == covered


def test_forms_of_address_and_offices_are_cut_from_persons():
    switches = {"titles_before": ["offices"]}
    assert trimmed("Mr. Smith", "PERSON") == "Smith"
    assert trimmed("Prime Minister Jane Doe", "PERSON", **switches) == "Jane Doe"
    assert trimmed("Prime Minister Jane Doe", "PERSON", titles=False, **switches) == "Prime Minister Jane Doe"


def test_offices_are_cut_from_the_end_of_other_names():
    switches = {"titles_after": ["offices"]}
    assert trimmed("Halden Energy Chief Executive", **switches) == "Halden Energy"
    assert trimmed("Office of the President", **switches) == "Office of the President"
    assert trimmed("President", **switches) == "President"


def test_labels_can_keep_their_article():
    assert trimmed("the Second World War", "EVENT", keep_article=["EVENT"]) == "the Second World War"


@pytest.mark.parametrize(
    "switches",
    [{"articel": True}, {"article": "yes"}, {"title_labels": "PERSON"}, {"titles_before": ["nowhere"]}],
)
def test_a_wrong_switch_is_named(switches):
    with pytest.raises(ValueError, match=f"boundaries.*{next(iter(switches))}"):
        Boundaries.from_dict(switches, WORDS)


@given(st.text(max_size=30), st.sampled_from(["PERSON", "ORG"]))
def test_what_is_left_lies_inside_and_trimming_again_changes_nothing(text, label):
    boundaries = Boundaries()
    place = boundaries.trim(text, 0, len(text), label=label)
    if place is not None:
        start, end = place
        assert 0 <= start < end <= len(text)
        assert boundaries.trim(text, start, end, label=label) == place
