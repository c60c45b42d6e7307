"""The format to the byte: what is written today is what the files in tests/golden say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from annotator.formats import Record, read_files, write_jsonl
from annotator.formats.jsonl_record import KEYS
from annotator.model import Decision, Note, Relation, Span

REFERENCE = Path(__file__).parents[2] / "docs" / "FORMAT.md"
GOLDEN = Path(__file__).parents[1] / "golden" / "formats"

EVERYTHING = Record(
    "Zoë & <b>co</b>",
    "Zoë met Ada\u2028 and 👩‍👦 Obi.\r\nThe end",
    "person:anna",
    "done",
    (
        Relation("r2", "meets", "a", "z", {"why": "“met”"}, "rules:news@1a2b#r9", "bulk"),
        Relation("r1", "family", "a", "d", score=0.25),
        Span("d", "PERSON", ((8, 11), (21, 24)), {"sure": True, "n": [1, 2.5, None]}),
        Span("z", "PERSON", ((0, 3),), origin="model:en-3.8#s1", confirmed="single"),
        Span("a", "GROUP", ((0, 11),), confirmed="none", score=0.75),
        Note("n1", "comment", "is she the author?\n", "z"),
        Note("n2", "flag", "unsure"),
        Decision("decision:s1", "s1", "accepted", "single", "PERSON", "model:en-3.8", "z", 1.25),
        Decision("decision:s2", "s2", "rejected", "bulk", "GPE"),
    ),
    {"title": "Zoë", "roles": [{"start": 27, "end": 34, "role": "link"}], "z": {"y": 1, "x": 2}},
)


def test_a_record_with_everything_is_written_as_ever(tmp_path):
    nothing = Record("plain", "Nothing here.")
    written = write_jsonl([EVERYTHING, nothing], tmp_path / "out.jsonl")
    assert written.path.read_bytes() == (GOLDEN / "own.jsonl").read_bytes()
    assert (written.records, written.spans, written.relations) == (2, 3, 2)


def test_our_own_golden_file_comes_back_with_everything():
    (record, nothing), report = read_files([GOLDEN / "own.jsonl"])
    assert list(report.lines("problem", "warning", "notice")) == []
    assert {item.id: item for item in record.items} == {item.id: item for item in EVERYTHING.items}
    assert (record.name, record.text, record.author, record.status) == (
        EVERYTHING.name,
        EVERYTHING.text,
        "person:anna",
        "done",
    )
    assert list(record.meta["z"]) == ["y", "x"]
    assert nothing == Record("plain", "Nothing here.")


def test_minimal_records_become_the_same_records_of_our_own_as_ever(tmp_path):
    records, report = read_files([GOLDEN / "minimal.jsonl"])
    written = write_jsonl(records, tmp_path / "out.jsonl")
    assert written.path.read_bytes() == (GOLDEN / "minimal_as_own.jsonl").read_bytes()
    assert [finding.code for finding in [*report.problems, *report.warnings]] == []
    assert [finding.message for finding in report.notices] == [
        "ids that are numbers became texts",
        "unknown keys of records are kept: url, id",
        "unknown keys of spans are kept: sure",
    ]


def test_the_examples_of_the_reference_can_be_read(tmp_path):
    examples = re.findall(r"```json\n(.*?)```", REFERENCE.read_text(), re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        path = tmp_path / "example.json"
        path.write_text(example)
        (record,), report = read_files([path])
        assert report.problems == []
        assert [span.covered(record.text) for span in record.spans] == ["Ada Obi", "Zoë"]


def test_the_reference_names_every_key_in_its_order(tmp_path):
    table = REFERENCE.read_text().partition("## The record")[2].partition("## A span")[0]
    assert tuple(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == KEYS
    line = write_jsonl([EVERYTHING], tmp_path / "out.jsonl").path.read_text()
    assert tuple(json.loads(line)) == KEYS
