"""Whatever a layer holds: out, in and out again gives the same items and the same bytes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import Record, read_files, write_jsonl
from annotator.formats.jsonl import record_line
from annotator.model import Alternative, Decision, Note, Relation, Span

LETTERS = st.sampled_from(
    [
        *'abz .,\t\n\r"\\/<&',
        "\r\n",
        "é",
        "e\u0301",
        "👍🏽",
        "👩\u200d👦",
        "🇫🇷",
        "𐌰",
        "שלום",
        "\u202eمرحبا\u202c",
        "记者",
        "\u2028",
        "\u2029",
        "\x85",
        "\u00a0",
        "\ufeff",
        "\x7f",
        "\x01",
        "\uffff",
    ]
)
TEXTS = st.lists(LETTERS, min_size=1, max_size=25).map("".join)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6)
SCORES = st.none() | st.floats(0, 1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
ATTRS = st.dictionaries(NAMES, JSON, max_size=2)
OTHERS = st.lists(st.builds(Alternative, NAMES, st.floats(0, 1)), max_size=2).map(tuple)
EXTRAS = {
    "attrs": ATTRS,
    "origin": st.none() | NAMES,
    "confirmed": st.sampled_from([None, "single", "bulk", "none"]),
    "score": SCORES,
}


@st.composite
def spans(draw, length: int, number: int) -> Span:
    edges = draw(st.lists(st.integers(0, length), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = tuple(zip(edges[::2], edges[1::2], strict=False))
    return Span(f"{number}{draw(NAMES)}", draw(NAMES), pairs, **{key: draw(value) for key, value in EXTRAS.items()})


@st.composite
def records(draw) -> Record:
    text = draw(TEXTS)
    made: list = [draw(spans(len(text), number)) for number in range(draw(st.integers(0, 5)))]
    ends = st.sampled_from([span.id for span in made]) if made else st.nothing()
    for number in range(draw(st.integers(0, 3)) if made else 0):
        extras = {key: draw(value) for key, value in EXTRAS.items()}
        made.append(Relation(f"r{number}", draw(NAMES), draw(ends), draw(ends), **extras))
    for number in range(draw(st.integers(0, 2))):
        kind = draw(NAMES.filter(lambda name: name != "decision"))
        made.append(Note(f"n{number}", kind, draw(st.just("") | NAMES), draw(st.none() | ends) if made else None))
    for target in draw(st.lists(NAMES, max_size=2, unique=True)):
        answer, how = (
            draw(st.sampled_from(["accepted", "corrected", "rejected"])),
            draw(st.sampled_from(["single", "bulk"])),
        )
        seconds = draw(st.none() | st.floats(0, 1e6))
        made.append(
            Decision(Decision.id_for(target), target, answer, how, draw(NAMES), draw(st.none() | NAMES), None, seconds)
        )
    author = draw(st.sampled_from(["gold", "person:anna", "model:en-1", "person:Zoë\u2028:b"]))
    if author.startswith("model:"):
        made = [replace(item, alternatives=draw(OTHERS)) if isinstance(item, Span) else item for item in made]
    meta = draw(ATTRS.filter(lambda meta: "roles" not in meta))
    return Record(
        draw(NAMES), text, author, draw(st.sampled_from(["open", "done"])), tuple(draw(st.permutations(made))), meta
    )


@given(records())
def test_a_record_comes_back_and_goes_out_again_with_the_same_bytes(record):
    with tempfile.TemporaryDirectory() as folder:
        first = write_jsonl([record], Path(folder) / "first.jsonl").path
        (back,), report = read_files([first])
        second = write_jsonl([back], Path(folder) / "second.jsonl").path
        assert second.read_bytes() == first.read_bytes()
    assert report.problems == []
    assert {item.id: item for item in back.items} == {item.id: item for item in record.items}
    assert (back.name, back.text, back.author, back.status) == (record.name, record.text, record.author, record.status)
    assert back.meta == record.meta


@given(records(), st.randoms())
def test_the_order_of_the_items_does_not_matter(record, random):
    items = list(record.items)
    random.shuffle(items)
    shuffled = Record(record.name, record.text, record.author, record.status, tuple(items), record.meta)
    assert record_line(shuffled) == record_line(record)


@given(records())
def test_a_record_is_one_line_whatever_its_text(record):
    line = record_line(record)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
