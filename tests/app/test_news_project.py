"""The ready-made news project: its schema, guidelines and gold article say the same."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from annotator.app.exporting import export
from annotator.app.identity import Identity
from annotator.app.importing import import_files
from annotator.app.projects import create_project
from annotator.app.sources import load_schema, project_source_dir, seeds_dir
from annotator.formats.reading import read_files
from annotator.formats.structure import describe
from annotator.formats.writing import write_jsonl
from annotator.model import Layer, Relation, Schema, Span, text_id
from annotator.model.edits import add_relation, add_span
from annotator.model.text import is_grapheme_border, paragraphs
from annotator.store import Project

NEWS = project_source_dir("news")
KEYS = ["schema", "id", "name", "text", "offset_unit", "author", "status", "spans", "relations", "notes", "meta"]

PARTS = ["headline", "subheadline", "caption", "link", "quote", "link", "link"]
"""The roles of the article's paragraphs in their order, but for the body."""

UNLABELLED_ALONE = {
    ("President", "TITLE"): "inside the whole title",
    ("this year", "DATE"): "inside a longer date",
    ("Xi", "PERSON"): "inside the full name",
    ("Putin", "PERSON"): "inside the full name",
}
"""Strings that are labelled in one place and may stay without that label in another, and where that is."""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema("news")


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return json.loads((NEWS / "gold.jsonl").read_bytes())


@pytest.fixture(scope="module")
def text(record: dict[str, Any]) -> str:
    return record["text"]


@pytest.fixture(scope="module")
def layer(record: dict[str, Any]) -> Layer:
    spans = [Span(span["id"], span["label"], ((span["start"], span["end"]),)) for span in record["spans"]]
    relations = [Relation(one["id"], one["label"], one["head"], one["tail"]) for one in record["relations"]]
    return Layer(record["id"], record["author"], [*spans, *relations])


def sentence_starts(text: str) -> list[int]:
    """Good enough for this article: paragraphs, and what follows a full stop and a space."""
    return [start for start, _ in paragraphs(text)] + [found.end() for found in re.finditer(r"\. (?=[A-Z])", text)]


# ---- schema


def test_the_labels_stand_in_the_order_of_their_keys(schema: Schema) -> None:
    assert "".join(label.key for label in schema.labels) == "1234567890"
    assert "".join(relation.key for relation in schema.relations) == "qwertyu"


def test_every_label_and_relation_can_be_decided_by_its_definition_and_examples(schema: Schema) -> None:
    for kind in (*schema.labels, *schema.relations):
        assert kind.definition.count(" Not ") == 1, kind.name
        assert len(kind.definition) < 300, kind.name
        assert 3 <= len(kind.examples) <= 6, kind.name
        assert len(set(kind.examples)) == len(kind.examples), kind.name


def test_examples_of_relations_name_both_ends_in_their_sentence(schema: Schema) -> None:
    for relation in schema.relations:
        arrow = " ↔ " if relation.is_symmetric else " → "
        for example in relation.examples:
            sentence, _, ends = example.rpartition(": ")
            assert all(end in sentence for end in ends.split(arrow, 1)), example
            assert ends.count(arrow) == 1, example


def test_symmetric_relations_allow_the_same_labels_at_both_ends(schema: Schema) -> None:
    for relation in schema.relations:
        if relation.is_symmetric:
            assert relation.heads == relation.tails, relation.name


def test_no_two_hues_are_close(schema: Schema) -> None:
    turns = [(one.hue - other.hue) % 360 for one, other in combinations(schema.labels, 2)]
    assert min(min(turn, 360 - turn) for turn in turns) >= 25


# ---- guidelines


def test_the_guidelines_name_every_label_and_relation_with_key_and_title(schema: Schema) -> None:
    for label in schema.labels:
        assert f"| {label.key} | `{label.name}` {label.title} |" in schema.guidelines
    for relation in schema.relations:
        assert f"| {relation.key.upper()} | `{relation.name}` |" in schema.guidelines


def test_the_guidelines_name_no_label_that_the_schema_lacks(schema: Schema) -> None:
    named = set(re.findall(r"`([A-Z]+|[a-z]+_[a-z]+)`", schema.guidelines))
    assert named <= schema.label_names.keys() | schema.relation_names.keys()


# ---- gold


def test_the_gold_article_is_the_seed_byte_for_byte(record: dict[str, Any], text: str) -> None:
    seed = seeds_dir() / f"{record['name']}.txt"
    assert text.encode() == seed.read_bytes()
    assert record["id"] == text_id(text)


def test_the_gold_record_has_the_keys_of_the_format_in_order(record: dict[str, Any]) -> None:
    assert list(record) == KEYS
    assert (record["schema"], record["offset_unit"]) == ("annotator-jsonl/1", "codepoint")
    assert (record["author"], record["status"], record["notes"]) == ("gold", "done", [])


def test_the_gold_file_is_what_its_own_export_writes(tmp_path: Path) -> None:
    records, report = read_files([NEWS / "gold.jsonl"])
    write_jsonl(records, tmp_path / "again.jsonl")
    assert list(report.lines("problem", "warning", "notice")) == []
    assert (tmp_path / "again.jsonl").read_bytes() == (NEWS / "gold.jsonl").read_bytes()


@pytest.mark.parametrize("has_article", [False, True], ids=["an empty project", "one with the article in it"])
def test_the_gold_file_comes_out_of_a_project_as_it_went_in(
    *, has_article: bool, schema: Schema, tmp_path: Path
) -> None:
    anna = Identity("anna", "Anna")
    texts = sorted(seeds_dir().glob("*.txt")) if has_article else []
    create_project(tmp_path / "news.annot", schema, texts, anna)
    with Project.open(tmp_path / "news.annot") as project:
        import_files(project, [NEWS / "gold.jsonl"], anna)
        export(project, tmp_path / "gold.jsonl", layer="gold", status="done", identity=anna)
        assert project.schema() == schema
    assert (tmp_path / "gold.jsonl").read_bytes() == (NEWS / "gold.jsonl").read_bytes()


def test_the_gold_article_has_the_parts_that_the_import_of_its_seed_finds(record: dict[str, Any], text: str) -> None:
    assert record["meta"] == describe(text)
    assert [part["role"] for part in record["meta"]["roles"]] == PARTS


def test_every_gold_span_covers_the_text_that_it_says(record: dict[str, Any], text: str) -> None:
    for span in record["spans"]:
        assert text[span["start"] : span["end"]] == span["text"], span
        assert span["text"] == span["text"].strip(), span
        assert is_grapheme_border(text, span["start"])
        assert is_grapheme_border(text, span["end"])


def test_gold_spans_and_relations_are_numbered_in_reading_order(record: dict[str, Any]) -> None:
    spans = record["spans"]
    assert [span["id"] for span in spans] == [f"T{number}" for number in range(1, len(spans) + 1)]
    places = [(span["start"], -span["end"], span["label"]) for span in spans]
    assert places == sorted(places)
    assert [one["id"] for one in record["relations"]] == [f"R{n}" for n in range(1, len(record["relations"]) + 1)]


def test_every_gold_item_was_looked_at_by_itself_and_came_of_no_suggestion(record: dict[str, Any]) -> None:
    for item in (*record["spans"], *record["relations"]):
        assert item["confirmed"] == "single"
        assert "origin" not in item


def test_an_annotator_could_make_the_gold_item_by_item(schema: Schema, layer: Layer, text: str) -> None:
    """The acts of the program accept it all: labels and ends are legal, nothing stands twice, nothing crosses."""
    made = Layer(layer.document, "anna")
    ids: dict[str, str] = {}
    for span in layer.spans.values():
        edit = add_span(made, schema, text, span.fragments, span.label)
        made.apply(edit)
        ids[span.id] = edit.changes[0].key
    for relation in layer.relations.values():
        made.apply(add_relation(made, schema, ids[relation.head], ids[relation.tail], relation.label))
    assert (len(made.spans), len(made.relations)) == (len(layer.spans), len(layer.relations))


def test_the_gold_uses_every_label_and_every_relation(schema: Schema, layer: Layer) -> None:
    assert {span.label for span in layer.spans.values()} == set(schema.label_names)
    assert {relation.label for relation in layer.relations.values()} == set(schema.relation_names)


def test_the_same_words_have_the_same_label_wherever_they_stand(layer: Layer, text: str) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for span in layer.spans.values():
        labels[span.covered(text)].add(span.label)
    assert {words: found for words, found in labels.items() if len(found) > 1} == {}


def test_the_same_words_are_labelled_at_every_mention(layer: Layer, text: str) -> None:
    places = {(span.start, span.end, span.label) for span in layer.spans.values()}
    labelled = {(span.covered(text), span.label) for span in layer.spans.values()}
    left = defaultdict(list)
    for words, label in labelled:
        for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            if (*found.span(), label) not in places:
                left[words, label].append(found.span())
    assert left.keys() == UNLABELLED_ALONE.keys()
    for (words, label), spots in left.items():
        for start, end in spots:
            around = [span for span in layer.spans.values() if span.start <= start and end <= span.end]
            assert any(span.label == label for span in around), (words, start)


def test_nothing_that_looks_like_a_name_or_a_number_was_overlooked(layer: Layer, text: str) -> None:
    covered = {offset for span in layer.spans.values() for offset in range(span.start, span.end)}
    open_words = {
        found.group()
        for found in re.finditer(r"[A-Z0-9]\w*", text)
        if not covered.issuperset(range(*found.span())) and not _opens_a_sentence(text, found.start())
    }
    assert open_words == {"PHOTO", "READ"}


def _opens_a_sentence(text: str, start: int) -> bool:
    return re.search(r'(^|\n|\. |ALSO READ: )"?$', text[:start]) is not None


def test_every_title_is_held_by_somebody(layer: Layer) -> None:
    held = {relation.tail for relation in layer.relations.values() if relation.label == "holds_title"}
    assert held == {span.id for span in layer.spans.values() if span.label == "TITLE"}


def test_symmetric_relations_run_forward_in_the_text(schema: Schema, layer: Layer) -> None:
    for relation in layer.relations.values():
        if schema.relation_names[relation.label].is_symmetric:
            assert layer.spans[relation.head].start < layer.spans[relation.tail].start


def test_relations_stay_in_their_sentence_but_for_other_wordings_and_pronouns(layer: Layer, text: str) -> None:
    starts = sorted(sentence_starts(text))
    far = [
        (relation.label, head.covered(text), tail.covered(text))
        for relation in layer.relations.values()
        for head, tail in [(layer.spans[relation.head], layer.spans[relation.tail])]
        if bisect_right(starts, head.start) != bisect_right(starts, tail.start)
    ]
    assert sorted(far) == [
        ("same_as", "Putin", "Vladimir Putin"),
        ("same_as", "United Nations", "UN"),
        ("same_as", "Xi", "Xi Jinping"),
        ("speaks_to", "Xi", "Putin"),
    ]


def test_same_as_joins_different_wordings_once(layer: Layer, text: str) -> None:
    pairs = [
        frozenset(layer.spans[end].covered(text) for end in (relation.head, relation.tail))
        for relation in layer.relations.values()
        if relation.label == "same_as"
    ]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)
