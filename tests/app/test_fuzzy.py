"""Finding by a few letters ranks as a person would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.fuzzy import match, rank


def ranked(query: str, *texts: str) -> list[str]:
    return [one for one, _ in rank(query, texts, str)]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("ac", ("Accept the suggestion", "Move a span: caret", "Go back")),
        ("aal", ("Accept all that is left", "Normal size of all lines")),
        ("next", ("Next label", "Go to the next one", "New text to write")),
        ("doc", ("Documents panel", "Find a document", "Take the second one")),
        ("label per", ("Label Person", "Label Superstar per se", "Label PlacE Remote")),
        ("nl", ("Next Label", "Narrow lines, all of them", "Only")),
        ("undo", ("Undo", "Undo everything", "Under no doubt")),
        ("zoomin", ("zoomIn", "zoom it again now")),
    ],
)
def test_word_starts_and_letters_in_a_row_come_first(query: str, texts: tuple[str, ...]) -> None:
    fitting = [text for text in texts if match(query, text) is not None]
    assert fitting[0] == texts[0]
    assert ranked(query, *reversed(texts)) == fitting


def test_what_lacks_a_letter_is_left_out() -> None:
    assert ranked("xyz", "Xylophone", "Xyz") == ["Xyz"]
    assert match("ba", "ab") is None
    assert match("aa", "a") is None


def test_all_words_must_be_there_in_any_order() -> None:
    assert ranked("person label", "Label Person", "Label Place") == ["Label Person"]


def test_the_letters_that_were_meant_are_told() -> None:
    found = match("aal", "Accept all")
    assert found is not None
    assert found.places == {0, 7, 8}


def test_capitals_and_accents_of_the_query_do_not_matter_as_long_as_they_are_the_same_letters() -> None:
    assert match("ÄRGER", "kein ärger") is not None
    assert match("İ", "İstanbul") is not None


def test_an_empty_query_finds_everything_in_its_order() -> None:
    assert ranked("  ", "B", "A", "C") == ["B", "A", "C"] or set(ranked("  ", "B", "A", "C")) == {"A", "B", "C"}


def test_of_very_many_those_that_hold_the_words_come_first() -> None:
    texts = [f"t{number} e x t" for number in range(5000)] + ["The text"]
    assert ranked("text", *texts)[0] == "The text"


@given(st.text(max_size=8), st.text(max_size=30))
def test_the_places_spell_the_query(query: str, text: str) -> None:
    found = match(query, text)
    if found is None:
        return
    spelt = {text[at].lower() for at in found.places}
    assert spelt == {letter.lower() for letter in query if not letter.isspace()}


@given(st.text(alphabet="abc AB", min_size=1, max_size=12), st.data())
def test_letters_taken_from_a_text_in_order_find_it(text: str, data: st.DataObject) -> None:
    kept = [char for char in text if data.draw(st.booleans())]
    assert match("".join(kept), text) is not None
