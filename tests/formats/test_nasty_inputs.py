"""Every nasty file is either kept whole or refused whole, and the report says what and where; nothing ever blows up."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats import read_files, write_jsonl

ITEMS = runpy.run_path(str(Path(__file__).with_name("nasty.py")), run_name="nasty")["ITEMS"]
STUDY = Path(__file__).parents[3] / "shared" / "prototypes" / "nasty" / "nasty_gen.py"
NOT_OURS = ("project/", ".gz", "fs/patterns")
"""Items of the study that other parts of the program answer for: project files, archives' contents, patterns."""


def everything_in(record):
    return record.name, record.text, record.author, record.meta, {item.id: item for item in record.items}


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_a_nasty_file_is_kept_or_refused_as_it_should_be(item, tmp_path):
    path = tmp_path / item.file
    path.write_bytes(item.data)
    records, report = read_files([path])
    assert bool(records) == item.is_kept, list(report.lines("problem", "warning", "notice"))
    found = [*report.problems, *report.warnings, *report.notices]
    if not item.says:
        assert found == []
        return
    said = [finding for finding in found if finding.code == item.says]
    assert said, [finding.code for finding in found]
    if item.line:
        assert any(finding.where.split(":")[1:2] == [str(item.line)] for finding in said), said
    assert all(str(finding).isprintable() for finding in found)


@pytest.mark.parametrize("item", [item for item in ITEMS if item.is_kept and len(item.data) < 1_000_000], ids=str)
def test_what_is_kept_comes_back_from_an_export_without_loss(item, tmp_path):
    path = tmp_path / item.file
    path.write_bytes(item.data)
    records, _ = read_files([path])
    first = write_jsonl(records, tmp_path / "first.jsonl").path
    again, report = read_files([first])
    assert report.problems == []
    assert [everything_in(record) for record in again] == [everything_in(record) for record in records]
    second = write_jsonl(again, tmp_path / "second.jsonl").path
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "item",
    [item for item in ITEMS if item.file.endswith(".txt") and item.is_kept and item.says in ("", "text-unseen")],
    ids=str,
)
def test_a_text_is_stored_byte_for_byte(item, tmp_path):
    path = tmp_path / item.file
    path.write_bytes(item.data)
    records, _ = read_files([path])
    assert records[0].text.encode() == item.data


@pytest.mark.slow
@pytest.mark.skipif(not STUDY.exists(), reason="the study of nasty inputs is not beside this repository")
def test_the_items_of_the_study_are_answered_as_their_manifest_says(tmp_path):
    subprocess.run([sys.executable, STUDY, tmp_path], check=True, capture_output=True)
    wrong = []
    for item in json.loads((tmp_path / "manifest.json").read_text())["items"]:
        name = item["file"]
        if any(part in name for part in NOT_OURS) or ("unreadable" in name and os.geteuid() == 0):
            continue
        path = tmp_path / os.fsdecode(name.encode().replace(rb"\xff", b"\xff").replace(rb"\xfe", b"\xfe"))
        records, report = read_files([path])
        answer = "reject" if not records else "accept_with_warning" if report.warnings else "accept"
        finding = next(iter([*report.problems, *report.warnings]), None)
        if answer != item["expect"] or (answer == "reject" and finding is None):
            wrong.append((name, answer, item["expect"]))
        if answer == "reject" and "line" in item and not finding.where.startswith(f"{path}:{item['line']}"):
            wrong.append((name, finding.where, item["line"]))
    assert wrong == []
