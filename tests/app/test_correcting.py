"""Correcting by one key: the runner-up label, growing and shrinking, and moves that are sound in any text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.app import deciding, growing, jumping, moving, swapping  # noqa: F401 - they fill the table
from annotator.app.commands import run
from annotator.app.events import Said
from annotator.app.identity import Identity
from annotator.app.loading import Labelled
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.model import Alternative, Label, Layer, Refused, RelationType, Schema, Span, edits, span_suggestion_id
from annotator.model.growing import Ladder
from annotator.model.phrases import Phrases
from annotator.model.text import is_grapheme_border, tokens
from annotator.store import Project, examine
from odd_texts import TEXTS

ANNA = Identity("0190-anna", "anna")
TEXT = "President Xi Jinping, leader of China, met Putin in Beijing. They talked.\n\nPutin left. He flew."
SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person", "1"), Label("GPE", "Place", "2"), Label("ORG", "Firm", "3")),
    (RelationType("in", "in", "w", ("PERSON",), ("GPE",)),),
    overlap="nested",
)
GPE_ORG = (Alternative("GPE", 0.3), Alternative("ORG", 0.1))


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def suggestion(words: str, label: str, *others: Alternative) -> Span:
    fragments = (at(words),)
    name = span_suggestion_id(label, fragments)
    return Span(name, label, fragments, origin="model:m", confirmed="none", score=0.5, alternatives=others)


XI, PUTIN, BEIJING = (
    suggestion("Xi Jinping", "PERSON", *GPE_ORG),
    suggestion("Putin", "PERSON", Alternative("GONE", 0.4), *GPE_ORG),
    suggestion("Beijing", "GPE"),
)
PHRASES = Phrases.of(
    [
        (at("Jinping"), at("Xi Jinping"), at("President Xi Jinping"), at("President Xi Jinping, leader of China")),
        (at("leader"), at("leader of China")),
        (at("China"),),
    ]
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    text = tmp_path / "one.txt"
    text.write_bytes(TEXT.encode())
    file = tmp_path / "p.annot"
    create_project(file, SCHEMA, [text], ANNA)
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        project.save_suggestions(document, project.ensure_author("model", "m"), [XI, PUTIN, BEIJING], PHRASES)
    session = Session(file, identity=ANNA)
    session.open_document(document)
    yield session
    session.close()


def press(session: Session, *names: str) -> list[str]:
    """Run commands; what the status bar says meanwhile."""
    said: list[str] = []
    session.bus.subscribe(Said, lambda event: said.append(event.text))
    for name in names:
        run(session, name)
    return said


def labelled(session: Session) -> list[tuple[str, str]]:
    spans = sorted(session.layer.spans.values(), key=lambda span: span.fragments)
    return [(span.covered(TEXT), span.label) for span in spans]


# ---- the runner-up


def test_the_runner_up_corrects_accepts_says_its_name_and_goes_on(session: Session) -> None:
    session.set_focus(XI.id)
    assert swapping.next_label(session) == "GPE"
    assert press(session, "decide.runner-up") == ["“Xi Jinping” is now Place."]
    assert labelled(session) == [("Xi Jinping", "GPE")]
    [decision] = session.layer.decisions.values()
    assert (decision.target, decision.answer, decision.how, decision.label) == (XI.id, "corrected", "single", "PERSON")
    assert session.focused == PUTIN
    press(session, "edit.undo")
    assert labelled(session) == []
    assert session.focused == XI


def test_a_label_that_the_model_has_ruled_out_is_not_worth_a_word_but_can_be_swapped_in(session: Session) -> None:
    sure = suggestion("Beijing", "GPE", Alternative("ORG", 0.004), Alternative("PERSON", 0.001))
    machine = Layer(session.machine.document, "m", [XI, sure])
    session._take_labels(Labelled.of(session.layer, machine, [], []))
    session.set_focus(XI.id)
    assert swapping.likely_label(session) == "GPE"
    assert [other.label for other in swapping.likely_others(session, XI)] == ["GPE", "ORG"]
    session.set_focus(sure.id)
    assert swapping.likely_label(session) is None
    assert swapping.likely_others(session, sure) == []
    press(session, "decide.runner-up")
    assert labelled(session) == [("Beijing", "ORG")]


def test_on_a_decided_label_it_goes_round_and_each_turn_is_one_undo_step(session: Session) -> None:
    session.set_focus(XI.id)
    press(session, "decide.accept")
    session.set_focus(next(iter(session.layer.spans)))
    labels = []
    for _ in range(4):
        press(session, "decide.runner-up")
        labels.append(labelled(session)[0][1])
    assert labels == ["GPE", "ORG", "PERSON", "GPE"]
    assert session.focused is not None
    press(session, "edit.undo", "edit.undo")
    assert labelled(session) == [("Xi Jinping", "ORG")]
    assert session.wait_until_saved()
    assert examine(session.path) == []


def test_it_goes_round_still_when_boundaries_were_moved_and_after_a_restart(session: Session) -> None:
    session.set_focus(XI.id)
    press(session, "bounds.start-left", "decide.runner-up")
    assert labelled(session) == [("President Xi Jinping", "GPE")]
    document = session.document
    assert document is not None
    session.open_document(document.id)
    session.set_focus(next(iter(session.layer.spans)))
    assert swapping.next_label(session) == "ORG"


def test_labels_that_the_schema_does_not_have_are_passed_over(session: Session) -> None:
    session.set_focus(PUTIN.id)
    assert [one.label for one in swapping.labels_in_turn(session, PUTIN)] == ["PERSON", "GPE", "ORG"]
    press(session, "decide.runner-up")
    assert labelled(session) == [("Putin", "GPE")]


def test_where_the_schema_allows_the_label_no_second_time_the_next_one_is_taken(session: Session) -> None:
    session.set_focus(XI.id)
    press(session, "decide.accept")
    mine = next(iter(session.layer.spans))
    session.do(edits.add_span(session.layer, session.schema, session.text, XI.fragments, "GPE"))
    session.set_focus(mine)
    press(session, "decide.runner-up")
    assert sorted(label for _, label in labelled(session)) == ["GPE", "ORG"]


@pytest.mark.parametrize("focus", [BEIJING.id, None])
def test_without_a_runner_up_it_is_refused_in_words_and_nothing_changes(session: Session, focus: str | None) -> None:
    session.set_focus(focus)
    [said] = press(session, "decide.runner-up")
    assert "label" in said
    assert len(session.layer) == 0
    assert swapping.next_label(session) is None


def test_what_went_with_the_old_label_is_told(session: Session) -> None:
    session.set_focus(XI.id)
    press(session, "decide.accept", "go.next-decision")
    session.set_focus(BEIJING.id)
    press(session, "decide.accept")
    xi, beijing = session.layer.spans
    session.do(edits.add_relation(session.layer, session.schema, xi, beijing, "in"))
    session.set_focus(xi)
    [said] = press(session, "decide.runner-up")
    assert "1 relation went with the old label" in said
    assert not session.layer.relations


# ---- growing and shrinking


def test_growing_a_suggestion_corrects_it_and_shrinking_goes_the_same_way_back(session: Session) -> None:
    session.set_focus(XI.id)
    words = []
    for name in ["bounds.grow"] * 2 + ["bounds.shrink"] * 3:
        assert press(session, name) == []
        words.append(labelled(session)[0][0])
    largest = "President Xi Jinping, leader of China"
    assert words == ["President Xi Jinping", largest, "President Xi Jinping", "Xi Jinping", "Jinping"]
    [decision] = session.layer.decisions.values()
    assert decision.answer == "corrected"
    for _ in range(5):
        press(session, "edit.undo")
    assert len(session.layer) == 0


def test_the_largest_phrase_does_not_grow_and_says_so(session: Session) -> None:
    session.set_focus(XI.id)
    press(session, "bounds.grow", "bounds.grow")
    [said] = press(session, "bounds.grow")
    assert said.startswith("No larger phrase")


def test_the_caret_grows_into_a_selection_and_back_and_a_label_takes_it(session: Session) -> None:
    moving.put_caret_at(session, at("leader")[0])
    chosen = []
    for name in ("bounds.grow", "bounds.grow", "bounds.grow", "bounds.shrink", "bounds.shrink"):
        press(session, name)
        assert session.selection is not None
        chosen.append(TEXT[slice(*session.selection)])
    largest = "President Xi Jinping, leader of China"
    assert chosen == ["leader", "leader of China", largest, "leader of China", "leader"]
    press(session, "bounds.grow", "bounds.end-right")
    assert TEXT[slice(*session.selection)] == "leader of China,", "the arrows go on from its end"
    press(session, "bounds.end-left", "label.3")
    assert labelled(session) == [("leader of China", "ORG")]


def test_without_phrases_it_grows_by_capitals(session: Session) -> None:
    session.machine = Layer(session.machine.document, "m", session.machine)
    session.set_focus(XI.id)
    press(session, "bounds.grow")
    assert labelled(session) == [("President Xi Jinping", "PERSON")]


def test_growing_over_another_label_follows_the_schema(session: Session) -> None:
    session.do(edits.add_span(session.layer, session.schema, TEXT, ((at("President")[0], at("Xi")[1]),), "ORG"))
    session.ladder = Ladder((at("Jinping"), (at("Xi")[0] + 1, at("Xi Jinping")[1])))
    moving.put_caret_at(session, at("Jinping")[0])
    press(session, "bounds.grow", "label.1")
    [said] = press(session, "bounds.grow")
    assert "cross" in said
    assert ("Jinping", "PERSON") in labelled(session)


# ---- jumps and the keys for boundaries


def test_the_caret_jumps_by_sentences_and_paragraphs(session: Session) -> None:
    words = []
    for name in ("next-sentence", "next-sentence", "previous-sentence", "next-paragraph", "previous-paragraph"):
        press(session, f"caret.{name}")
        words.append(TEXT[session.caret :].split(maxsplit=1)[0])
    assert words == ["They", "Putin", "They", "Putin", "President"]
    [said] = press(session, "caret.previous-sentence")
    assert said == "There is no text further that way."


def test_the_rest_of_a_sentence_is_selected_by_one_key(session: Session) -> None:
    moving.put_caret_at(session, at("met")[0])
    press(session, "caret.select-sentence-end")
    assert TEXT[slice(*session.selection)] == "met Putin in Beijing."
    press(session, "go.nothing")
    moving.put_caret_at(session, at("met")[0])
    press(session, "caret.select-sentence-start")
    assert TEXT[slice(*session.selection)] == "President Xi Jinping, leader of China, met"


def test_alt_and_arrows_move_the_start_of_a_selection(session: Session) -> None:
    moving.put_caret_at(session, at("Xi")[0])
    press(session, "bounds.grow", "bounds.end-right", "bounds.start-left")
    assert TEXT[slice(*session.selection)] == "President Xi Jinping"
    press(session, "bounds.start-right", "bounds.start-right-character", "bounds.end-left-character")
    assert TEXT[slice(*session.selection)] == "i Jinpin"


def test_a_boundary_that_cannot_move_accepts_nothing(session: Session) -> None:
    start = suggestion("President", "ORG")
    machine = Layer(session.machine.document, "m", [start])
    session._take_labels(Labelled.of(session.layer, machine, [], []))
    session.set_focus(start.id)
    for name in ("bounds.start-left", "bounds.start-left-character", "bounds.start-right", "bounds.end-left"):
        [said] = press(session, name)
        assert said == "The boundary cannot move any further."
    assert len(session.layer) == 0


def moved(text, bounds, edge, step, by):
    try:
        return moving._moved(text, bounds, edge, step, by)
    except Refused:
        return None


MOVES = st.tuples(st.sampled_from(["start", "end"]), st.sampled_from([-1, 1]), st.sampled_from(["token", "character"]))


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS.filter(lambda text: text.strip() != ""), st.data(), st.lists(MOVES, max_size=6))
def test_boundaries_stay_sound_in_any_text_and_the_opposite_move_brings_them_back(text, data, moves):
    first, last = sorted(data.draw(st.lists(st.sampled_from(tokens(text)), min_size=2, max_size=2)))
    start, end = first[0], last[1]
    while not is_grapheme_border(text, start):
        start -= 1
    while not is_grapheme_border(text, end):
        end += 1
    bounds = (start, end)
    for edge, step, by in moves:
        to = moved(text, bounds, edge, step, by)
        if to is None or to[0] >= to[1]:
            continue
        assert 0 <= to[0] < to[1] <= len(text)
        assert is_grapheme_border(text, to[0])
        assert is_grapheme_border(text, to[1])
        assert to != bounds
        moved_edge = 0 if edge == "start" else 1
        assert (to[moved_edge] > bounds[moved_edge]) == (step > 0)
        back = moved(text, to, edge, -step, by)
        if by == "character" or bounds[moved_edge] in sound_edges(text, edge):
            assert back == bounds
        bounds = to


def sound_edges(text: str, edge: str) -> set[int]:
    """Where tokens begin or end without cutting a cluster."""
    edges = {token[0 if edge == "start" else 1] for token in tokens(text)}
    return {offset for offset in edges if is_grapheme_border(text, offset)}


SELECTING = [
    *(
        f"bounds.{edge}-{way}{unit}"
        for edge in ("end", "start")
        for way in ("left", "right")
        for unit in ("", "-character")
    ),
    *("bounds.grow", "bounds.shrink", "caret.select-sentence-end", "caret.select-sentence-start", "caret.right"),
    *("caret.next-sentence", "caret.previous-paragraph"),
]


def test_a_selection_made_by_keys_is_sound_in_any_text(session: Session) -> None:
    @given(TEXTS, st.lists(st.sampled_from(SELECTING), max_size=12), st.data())
    def check(text: str, names: list[str], data: st.DataObject) -> None:
        session.text = text
        session.forget_view()
        moving.put_caret_at(session, data.draw(st.integers(0, len(text))))
        for name in names:
            run(session, name)
            assert 0 <= session.caret <= len(text)
            if session.selection is not None:
                start, end = session.selection
                assert 0 <= start < end <= len(text)
                assert is_grapheme_border(text, start)
                assert is_grapheme_border(text, end)

    session._take_labels(Labelled.of(session.layer, None, [], []))
    check()
