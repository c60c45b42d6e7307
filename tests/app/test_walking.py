"""The order in which decisions are walked."""

from annotator.app.walking import START, all_spans, following, open_decisions, preceding
from annotator.model import Layer, Pending, Relation, Span


def span(key: str, start: int, end: int) -> Span:
    return Span(key, "X", ((start, end),))


PENDING = Pending(
    {"outer": span("outer", 5, 20), "inner": span("inner", 5, 9), "late": span("late", 30, 33)},
    {"r": Relation("r", "near", "late", "mine")},
)
LAYER = Layer("d", "p", [span("mine", 25, 28)])


def walk(places, step, start=START):
    found, here = [], start
    for _ in places:
        key = step(places, here)
        found.append(key)
        here = places[key]
    return found


def test_decisions_are_walked_in_reading_order_outer_before_inner_relations_after_their_ends() -> None:
    places = open_decisions(LAYER, PENDING)
    assert walk(places, following) == ["outer", "inner", "late", "r"]
    assert walk(places, preceding, places["outer"]) == ["r", "late", "inner", "outer"]


def test_walking_labels_passes_decided_ones_too_and_starts_again_at_the_end() -> None:
    places = all_spans(LAYER, PENDING)
    assert walk(places, following) == ["outer", "inner", "mine", "late"]
    assert following(places, places["late"]) == "outer"


def test_there_is_nothing_to_walk_on_an_empty_page() -> None:
    assert following({}, START) is None
    assert preceding({}, START) is None
