"""The next best labels of a suggestion in JSONL: a machine's are read and checked, anybody else's are unknown keys."""

import json
from pathlib import Path

import pytest

from annotator.formats import read_files
from annotator.model import Alternative


def written(folder: Path, author: str, alternatives: object) -> Path:
    span = {"start": 0, "end": 3, "label": "PERSON", "alternatives": alternatives}
    file = folder / "one.jsonl"
    file.write_text(json.dumps({"text": "Ada met Bo.", "author": author, "spans": [span]}), encoding="utf-8")
    return file


@pytest.mark.parametrize("author", ["model:m", "rules:r"])
def test_those_of_a_machine_are_read(tmp_path, author):
    (record,), report = read_files([written(tmp_path, author, [{"label": "ORG", "score": 0.25}])])
    assert record.spans[0].alternatives == (Alternative("ORG", 0.25),)
    assert record.spans[0].attrs == {}
    assert report.problems == []


def test_on_a_persons_span_the_key_is_kept_as_an_attribute(tmp_path):
    (record,), _ = read_files([written(tmp_path, "person:anna", ["x"])])
    assert record.spans[0].alternatives == ()
    assert record.spans[0].attrs == {"alternatives": ["x"]}


@pytest.mark.parametrize(
    "wrong",
    [
        "ORG",
        ["ORG"],
        [{"label": "ORG"}],
        [{"label": "", "score": 0.1}],
        [{"label": "ORG", "score": True}],
        [{"label": "ORG", "score": 1.5}],
        [{"label": "ORG", "score": "0.1"}],
        [{"label": "ORG", "score": 0.1, "more": 1}],
    ],
    ids=str,
)
def test_a_machines_that_are_none_are_refused(tmp_path, wrong):
    _, report = read_files([written(tmp_path, "model:m", wrong)])
    assert [finding.code for finding in report.problems] == ["json-value"]
