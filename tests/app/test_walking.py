"""The order in which decisions are walked."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.app.walking import START, Walk, all_spans, certainty, open_decisions, place_of, span_finder
from annotator.model import Layer, Pending, Relation, Span


def span(key: str, start: int, end: int) -> Span:
    return Span(key, "X", ((start, end),))


PENDING = Pending(
    {"outer": span("outer", 5, 20), "inner": span("inner", 5, 9), "late": span("late", 30, 33)},
    {"r": Relation("r", "near", "late", "mine")},
)
LAYER = Layer("d", "p", [span("mine", 25, 28)])


def walk(step, number, here=START):
    """The first steps from a place on."""
    finder = span_finder(LAYER, PENDING)
    found = []
    for _ in range(number):
        key = step(here)
        found.append(key)
        here = place_of(LAYER.spans.get(key) or PENDING.get(key), finder)
    return found


def test_decisions_are_walked_in_reading_order_outer_before_inner_relations_after_their_ends() -> None:
    decisions = open_decisions(LAYER, PENDING)
    assert walk(decisions.following, 4) == ["outer", "inner", "late", "r"]
    assert walk(decisions.preceding, 4, (5, 0, -20, "outer")) == ["r", "late", "inner", "outer"]


def test_walking_labels_passes_decided_ones_too_and_starts_again_at_the_end() -> None:
    assert walk(all_spans(LAYER, PENDING).following, 5) == ["outer", "inner", "mine", "late", "outer"]


def test_there_is_nothing_to_walk_on_an_empty_page() -> None:
    nothing = open_decisions(LAYER, Pending())
    assert nothing.following(START) is None
    assert nothing.preceding(START) is None


def test_by_certainty_the_lowest_score_comes_first_and_what_follows_from_rules_last() -> None:
    scored = Pending(
        {
            "sure": Span("sure", "X", ((1, 2),), score=0.9),
            "rule": Span("rule", "X", ((3, 4),)),
            "low": Span("low", "X", ((5, 6),), score=0.1),
            "equal": Span("equal", "X", ((7, 8),), score=0.9),
        }
    )
    decisions = open_decisions(Layer("d", "p"), scored, "certainty")
    found, here, rank = [], START, -1.0
    for _ in range(5):
        key = decisions.following(here, rank)
        found.append(key)
        here, rank = place_of(scored.spans[key], scored.spans.get), certainty(scored.spans[key])
    assert found == ["low", "sure", "equal", "rule", "low"]


places = st.tuples(st.integers(0, 20), st.sampled_from([0, 1]), st.integers(-20, 0))


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), places), min_size=1), places)
def test_a_walk_that_follows_changes_goes_like_a_new_one(states, spot):
    here = (*spot, "d")
    now: dict = {}
    walk = Walk(lambda: list(now), lambda key: (*now[key], key) if key in now else None)
    assert walk.following(START) is None
    for state in states:
        changed = {key for key in {**now, **state} if now.get(key) != state.get(key)}
        now.clear()
        now.update(state)
        walk.update(changed)
        order = sorted((*place, key) for key, place in now.items())
        after, before = [one for one in order if one > here], [one for one in order if one < here]
        assert walk.following(here) == ((after or order)[0][3] if order else None)
        assert walk.preceding(here) == ((before or order)[-1][3] if order else None)
