"""Likely misses: where they come from, what hides them, and that they stay in step with every edit."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.clues import LONGEST_PIECE, pieces
from annotator.analysis.miss import Memory
from annotator.analysis.misses import Misses, find_misses
from annotator.model import Edit, Label, Layer, Pending, Refused, Schema, Span, edits, pending, span_suggestion_id
from annotator.model.answering import Answering
from annotator.model.dismissing import dismiss
from annotator.model.text import is_grapheme_border, tokens
from annotator.model.weak import WeakHit

SCHEMA = Schema(
    "test",
    tuple(Label(name, name.title()) for name in ("PERSON", "GPE", "MONEY", "PERCENT", "DATE", "QUANTITY", "ORG")),
)


def labelled(text: str, *wanted: tuple[str, int, str]) -> Layer:
    """A layer with these words labelled, each the nth time that it stands."""
    layer = Layer("d", "p")
    for words, nth, label in wanted:
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        layer.apply(edits.add_span(layer, SCHEMA, text, ((start, start + len(words)),), label))
    return layer


def found(text: str, layer: Layer | None = None, schema: Schema = SCHEMA, **more) -> list[tuple[str, str | None, str]]:
    misses = find_misses(text, schema, layer or Layer("d", "p"), Pending(), **more)
    return [(text[miss.start : miss.end], miss.label, miss.why) for miss in misses]


# ---- texts labelled elsewhere


def test_a_text_that_is_labelled_elsewhere_in_the_document_is_proposed_with_its_label() -> None:
    text = "Beijing is cold. In Beijing it snows."
    assert found(text, labelled(text, ("Beijing", 0, "GPE"))) == [("Beijing", "GPE", "labelled")]


def test_whole_words_only() -> None:
    text = "Xi spoke to Xinhua and later Xi left."
    assert ("Xi", "PERSON", "labelled") in found(text, labelled(text, ("Xi", 0, "PERSON")))
    inside = "Xi. Xinhua."
    assert found(inside, labelled(inside, ("Xi", 0, "PERSON"))) == []


def test_a_text_that_mostly_has_no_label_is_not_proposed() -> None:
    text = "the China shop, the China shop, the China shop, the China shop"
    assert not any(why == "labelled" for *_, why in found(text, labelled(text, ("China", 0, "GPE"))))
    most = labelled(text, ("China", 0, "GPE"), ("China", 1, "GPE"))
    assert ("China", "GPE", "labelled") in found(text, most)


def test_what_stands_inside_of_longer_labels_does_not_speak_against_a_text() -> None:
    text = "Vladimir Putin came. Vladimir Putin said: Putin and Putin."
    wide = labelled(text, ("Vladimir Putin", 0, "PERSON"), ("Vladimir Putin", 1, "PERSON"), ("Putin", 2, "PERSON"))
    assert found(text, wide) == [("Putin", "PERSON", "labelled")]
    bare = labelled(text, ("Putin", 2, "PERSON"))
    assert ("Putin", "PERSON", "labelled") not in found(text, bare)


def test_a_text_with_two_labels_is_shown_without_a_proposal() -> None:
    text = "Jordan met Jordan near Jordan."
    layer = labelled(text, ("Jordan", 0, "PERSON"), ("Jordan", 1, "GPE"))
    assert found(text, layer) == [("Jordan", None, "labelled")]


def test_what_other_documents_of_the_project_say_counts() -> None:
    memory = Memory({"Vienna": Counter({"GPE": 5})}, {"Vienna": 6})
    assert found("They came to Vienna.", memory=memory) == [("Vienna", "GPE", "labelled")]
    rarely = Memory({"Vienna": Counter({"GPE": 2})}, {"Vienna": 9})
    assert found("They came to Vienna.", memory=rarely) == [("Vienna", None, "capitals")]


def test_scripts_without_capitals_are_matched_too() -> None:
    text = "他在北京。北京很冷。"
    assert found(text, labelled(text, ("北京", 0, "GPE"))) == [("北京", "GPE", "labelled")]


def test_words_in_small_letters_are_not_matched() -> None:
    text = "the dog saw the other dog"
    assert found(text, labelled(text, ("dog", 0, "PERSON"))) == []


# ---- looks


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("They met Ana Silva in town.", ["Ana Silva"]),
        ("Ana Silva was in town.", ["Silva"]),
        ("He left. Then the Bank of China called. Nobody came.", ["Bank of China"]),
        ("It was Mr. Smith who paid J. Brown.", ["Smith", "Brown"]),
        ('He said: "Nobody knows the River Po."', ["River Po"]),
        ("Leaders Of The World Meet In Vienna", []),
        ("we met Ana Silva, Bo Larsen and I'm sure I know", ["Ana Silva", "Bo Larsen"]),
        ("they signed a China-Mongolia deal", ["China", "Mongolia"]),
        ("ALSO READ: Leaders of the UN met", ["UN"]),
        ("nothing here", []),
    ],
)
def test_runs_of_capitals_where_no_sentence_begins(text: str, runs: list[str]) -> None:
    assert [words for words, _, _ in found(text)] == runs


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("it cost $172.4 billion then", "$172.4 billion", "MONEY"),
        ("it cost 5 million euros then", "5 million euros", "MONEY"),
        ("up 47.5 percent and", "47.5 percent", "PERCENT"),
        ("up 7% and", "7%", "PERCENT"),
        ("on 5 March 2024 or", "5 March 2024", "DATE"),
        ("on December 30, 2022 or", "December 30, 2022", "DATE"),
        ("on 2024-03-01 or", "2024-03-01", "DATE"),
        ("in 1997 they", "1997", "DATE"),
        ("on Friday they", "Friday", "DATE"),
        ("trade grew this year, they", "this year", "DATE"),
        ("over 30 kilometers away", "30 kilometers", "QUANTITY"),
    ],
)
def test_numbers_with_what_they_count_and_dates(text: str, words: str, label: str) -> None:
    assert (words, label, "number") in found(text)


def test_numbers_are_proposed_only_with_labels_of_the_schema() -> None:
    schema = Schema("small", (Label("PERSON", "Person"),))
    assert found("up 47.5 percent to $5 in 1997", schema=schema) == []
    named = Schema("own", (Label("geld", "Money"),))
    assert found("it cost $5 then", schema=named) == [("$5", "geld", "number")]


@pytest.mark.parametrize("text", ["he may march on", "room 2024a", "version 2.1999", "5 apples", "a 1997-2001 deal"])
def test_what_only_looks_like_a_number_to_label_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_what_a_model_finds_below_its_threshold_is_proposed_before_mere_looks() -> None:
    text = "They met Ana Silva."
    assert found(text, machine=unsure(WeakHit(9, 18, "PERSON", 0.1))) == [("Ana Silva", "PERSON", "weak")]


def unsure(*hits: WeakHit) -> Layer:
    """A machine's layer that suggests nothing."""
    return Layer("d", "m", weak=hits)


def test_weak_hits_that_do_not_fit_text_or_schema_are_passed_over() -> None:
    odd = (WeakHit(3, 99, "PERSON", 0.4), WeakHit(0, 4, "NEVER_HEARD_OF", 0.4), WeakHit(9, 10, "PERSON", 0.4))
    assert found("they met e\u0301a and left", machine=unsure(*odd)) == []


def test_a_weak_hit_gives_way_to_a_decision_and_to_a_dismissal() -> None:
    text = "they met the quartet in town"
    machine = unsure(WeakHit(13, 20, "ORG", 0.3))
    assert found(text, machine=machine) == [("quartet", "ORG", "weak")]
    assert found(text, labelled(text, ("the quartet", 0, "PERSON")), machine=machine) == []
    layer = Layer("d", "p")
    layer.apply(dismiss(layer, text, (13, 20)))
    assert find_misses(text, SCHEMA, layer, Pending(), machine) == []


def test_other_weak_hits_take_the_place_of_those_before() -> None:
    text = "they met the quartet at 5 percent in town"
    misses = Misses(text, SCHEMA, Layer("d", "p"), Pending(), unsure(WeakHit(13, 20, "ORG", 0.3)))
    run(misses)
    misses.weigh_anew(Pending(), unsure(WeakHit(24, 33, "MONEY", 0.3)))
    run(misses)
    assert [(text[slice(*miss.place)], miss.label) for miss in misses] == [("5 percent", "MONEY")]
    misses.weigh_anew(Pending(), Layer("d", "m"))
    run(misses)
    assert [(text[slice(*miss.place)], miss.label) for miss in misses] == [("5 percent", "PERCENT")]


def run(misses: Misses) -> None:
    while misses.work():
        pass


# ---- what hides them


def test_a_label_hides_what_it_touches_and_the_better_one_of_two_stands() -> None:
    text = "They met President Ana Silva. Later Ana Silva left."
    assert found(text)[0] == ("President Ana Silva", None, "capitals")
    layer = labelled(text, ("Ana Silva", 1, "PERSON"))
    assert found(text, layer) == [("Ana Silva", "PERSON", "labelled")]


def test_an_open_suggestion_hides_a_miss_and_so_does_one_that_was_turned_down() -> None:
    text = "They met Ana Silva."
    start = text.index("Ana")
    machine = Layer("d", "m", [Span("s1", "PERSON", ((start, start + 9),))])
    mine = Layer("d", "p")
    assert find_misses(text, SCHEMA, mine, pending(mine, machine), machine) == []
    mine.apply(edits.reject(text, pending(mine, machine), ["s1"]))
    assert find_misses(text, SCHEMA, mine, pending(mine, machine), machine) == []
    assert len(find_misses(text, SCHEMA, mine, Pending())) == 1, "by the rejection, not by chance"


def test_what_was_dismissed_stays_away_and_undo_brings_it_back() -> None:
    text = "They met Ana Silva."
    layer = Layer("d", "p")
    [miss] = find_misses(text, SCHEMA, layer, Pending())
    edit = dismiss(layer, text, miss.place)
    layer.apply(edit)
    assert find_misses(text, SCHEMA, layer, Pending()) == []
    with pytest.raises(Refused):
        dismiss(layer, text, miss.place)
    layer.apply(edit.inverse())
    assert find_misses(text, SCHEMA, layer, Pending()) == [miss]


# ---- walking


def test_they_are_walked_in_reading_order_and_round_again() -> None:
    text = "we saw Ana, then Bo, then Cy."
    misses = Misses(text, SCHEMA, Layer("d", "p"), Pending())
    while misses.work():
        pass
    names = []
    offset = -1
    for _ in range(4):
        miss = misses.following(offset)
        assert miss is not None
        names.append(text[miss.start : miss.end])
        offset = miss.start
    assert names == ["Ana", "Bo", "Cy", "Ana"]
    back = misses.preceding(text.index("Ana"))
    assert back is not None
    assert text[back.start : back.end] == "Cy"
    assert [text[miss.start : miss.end] for miss in misses.between(8, 19)] == ["Ana", "Bo"]


# ---- in step

WORDS = (
    "Xi",
    "Ana Silva",
    "Silva",
    "met",
    "of",
    "Bank",
    "in",
    "7%",
    "$5",
    "1997",
    ".",
    ",",
    "\n",
    "“",
    "e\u0301",
    "北京",
    "🇨🇳",
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
ACTS = st.lists(st.tuples(st.sampled_from("aldrxu"), st.integers(0, 50), st.integers(1, 3)), max_size=8)


def a_machine(text: str, numbers: list[int]) -> Layer:
    places = tokens(text)
    chosen = {places[number % len(places)] for number in numbers} if places else set()
    return Layer("d", "m", [Span(span_suggestion_id("GPE", (place,)), "GPE", (place,)) for place in sorted(chosen)])


def make(act: str, number: int, length: int, text: str, layer: Layer, answering: Answering, done: list[Edit]) -> Edit:
    """Label, accept, delete, reject, dismiss or undo something."""
    places, open_ids, mine = tokens(text), list(answering.pending.spans), list(layer.spans)
    first = number % max(1, len(places))
    match act:
        case "l" if places:
            last = places[min(first + length - 1, len(places) - 1)]
            return edits.add_span(layer, SCHEMA, text, ((places[first][0], last[1]),), "GPE")
        case "a" if open_ids:
            return edits.accept(layer, SCHEMA, text, answering.pending, [open_ids[number % len(open_ids)]])
        case "d" if mine:
            return edits.delete_span(layer, text, mine[number % len(mine)])
        case "r" if open_ids:
            return edits.reject(text, answering.pending, [open_ids[number % len(open_ids)]])
        case "x" if misses := find_misses(text, SCHEMA, layer, answering.pending):
            return dismiss(layer, text, misses[number % len(misses)].place)
        case "u" if done:
            return done.pop().inverse()
    raise Refused("nothing-focused")


@given(TEXTS, st.lists(st.integers(0, 50), max_size=4), ACTS)
def test_kept_in_step_they_equal_those_found_anew(text: str, suggested: list[int], acts) -> None:
    layer, machine, done = Layer("d", "p"), a_machine(text, suggested), []
    answering = Answering(layer, machine)
    misses = Misses(text, SCHEMA, layer, answering.pending, machine)
    while misses.work():
        pass
    for act, number, length in acts:
        try:
            edit = make(act, number, length, text, layer, answering, done)
            layer.check(edit)
        except Refused:
            continue
        layer.apply(edit)
        answering.update(edit)
        misses.update(edit, answering.pending.concerned(edit) or ())
        if act != "u":
            done.append(edit)
        assert list(misses) == find_misses(text, SCHEMA, layer, answering.pending, machine)


@given(TEXTS, st.lists(st.integers(0, 50), max_size=4), ACTS)
def test_they_touch_no_label_stand_on_tokens_and_graphemes_and_never_overlap(text: str, suggested, acts) -> None:
    layer, machine = Layer("d", "p"), a_machine(text, suggested)
    answering = Answering(layer, machine)
    for act, number, length in acts:
        try:
            edit = make(act, number, length, text, layer, answering, [])
        except Refused:
            continue
        layer.apply(edit)
        answering.update(edit)
    misses = find_misses(text, SCHEMA, layer, answering.pending, machine)
    starts, ends = {start for start, _ in tokens(text)}, {end for _, end in tokens(text)}
    covered = [piece for span in (*layer.spans.values(), *answering.pending.spans.values()) for piece in span.fragments]
    for miss in misses:
        assert miss.start in starts
        assert miss.end in ends
        assert is_grapheme_border(text, miss.start)
        assert is_grapheme_border(text, miss.end)
        assert not any(miss.start < end and start < miss.end for start, end in covered)
    assert all(one.end <= other.start for one, other in pairwise(misses))


@given(st.text("Ab .\n。", max_size=9000))
def test_pieces_cover_all_of_the_text_but_line_ends(text: str) -> None:
    cut = list(pieces(text))
    assert "".join(text[start:end] for start, end in cut) == text.replace("\n", "")
    assert all(0 < end - start <= LONGEST_PIECE for start, end in cut)
