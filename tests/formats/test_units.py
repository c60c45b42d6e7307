"""Offsets in other units are recognised by the covered text, for all spans of a document or for none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import read_files
from annotator.formats.units import GRAPHEMES, GUESSES, LINE_FEEDS, UTF8, UTF16, Claim, UnitMap, find_unit

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f466"
TEXT = f"Zoë {FAMILY}\r\nmet Ada.\nThen Obi left."


def claims(unit, *words: str, text: str = TEXT, with_text: bool = True) -> list[Claim]:
    """What a program that counts in this unit would write of these words."""
    starts = list(UnitMap(unit, text)._starts)
    places = [(text.index(word), text.index(word) + len(word)) for word in words]
    return [
        Claim(((starts[start], starts[end]),), unit.seen(text[start:end]) if with_text else None)
        for start, end in places
    ]


@pytest.mark.parametrize("unit", GUESSES, ids=lambda unit: unit.name)
def test_the_unit_that_fits_every_covered_text_is_found(unit):
    found = find_unit(TEXT, claims(unit, "Zoë", "Ada", "Obi left"))
    assert found is not None
    assert found[0] is unit
    assert [TEXT[start:end] for ((start, end),) in found[1]] == ["Zoë", "Ada", "Obi left"]


def test_one_span_that_does_not_fit_spoils_the_unit():
    wrong = Claim(((0, 2),), "Obi")
    assert find_unit(TEXT, [*claims(UTF16, "Ada", "Obi"), wrong]) is None


def test_without_covered_texts_only_utf16_at_word_edges_is_believed():
    text = f"{FAMILY} Ada saw Obi"
    assert find_unit(text, claims(UTF16, "Ada", "Obi", text=text, with_text=False)) is not None
    assert find_unit(text, claims(UTF16, "Ad", "Obi", text=text, with_text=False)) is None
    assert find_unit(text, claims(UTF8, "Ada", "Obi", text=text, with_text=False)) is None


@given(
    st.text(st.sampled_from("aé\u0301\r\n\U0001f469\u200d\U0001f1eb\U0001f1f7𐌰"), min_size=1, max_size=30), st.data()
)
def test_every_place_at_a_border_survives_every_unit(text, data):
    unit = data.draw(st.sampled_from(GUESSES))
    places = UnitMap(unit, text)
    for at, start in enumerate(places._starts):
        back = places.to_code_point(start)
        assert back is not None
        assert places._starts[back] == start
        assert back >= at


def test_a_place_inside_a_character_has_no_code_point():
    assert UnitMap(UTF16, "a𐌰b").to_code_point(2) is None
    assert UnitMap(UTF8, "é").to_code_point(1) is None
    assert UnitMap(GRAPHEMES, "e\u0301").to_code_point(2) is None
    assert UnitMap(LINE_FEEDS, "a\r\nb").to_code_point(2) == 3


def read(tmp_path, *records: dict):
    path = tmp_path / "units.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return read_files([path])


def test_a_guessed_unit_is_said_and_the_offsets_are_code_points_afterwards(tmp_path):
    (claim,) = claims(UTF16, "Ada")
    span = {"start": claim.fragments[0][0], "end": claim.fragments[0][1], "label": "PER", "text": "Ada"}
    records, report = read(tmp_path, {"text": TEXT, "spans": [span]})
    assert [finding.message for finding in report.warnings] == [
        "the offsets only fit the text when counted in UTF-16 units, and were read so"
    ]
    assert records[0].spans[0].covered(TEXT) == "Ada"


def test_a_stated_unit_is_converted_with_a_notice(tmp_path):
    spans = [
        {"start": claim.fragments[0][0], "end": claim.fragments[0][1], "label": "PER"} for claim in claims(UTF8, "Obi")
    ]
    records, report = read(tmp_path, {"text": TEXT, "offset_unit": "byte", "spans": spans})
    assert report.warnings == []
    assert [finding.code for finding in report.notices] == ["units-converted"]
    assert records[0].spans[0].covered(TEXT) == "Obi"


def test_records_that_prove_nothing_are_named_when_another_record_was_counted_otherwise(tmp_path):
    proof = {"text": "👍 Ada", "spans": [{"start": 3, "end": 6, "label": "PER", "text": "Ada"}]}
    silent = {"text": "👍 so Obi", "spans": [{"start": 2, "end": 4, "label": "PER"}]}
    _, report = read(tmp_path, proof, silent)
    assert [(finding.code, finding.where.rpartition(":")[2]) for finding in report.warnings] == [
        ("units-guessed", "1"),
        ("units-doubtful", "2"),
    ]
    _, report = read(tmp_path, silent)
    assert report.warnings == []
