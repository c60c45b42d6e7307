"""Reading files: all of a file or nothing, every fault with its place, and nothing that is not a file is waited for."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from annotator.formats import NotRead, read_files, registry
from annotator.formats.report import LISTED
from annotator.formats.text import TextImporter
from annotator.model import Broken


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder of the test as the current one, so that findings name files shortly."""
    monkeypatch.chdir(tmp_path)
    return Path()


def write(path: Path, *records: object) -> Path:
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    return path


def said(report) -> list[str]:
    return list(report.lines("problem", "warning", "notice"))


def test_a_bad_file_gives_nothing_and_the_others_are_read(folder):
    good, bad = write(folder / "good.jsonl", {"text": "Ada"}), write(folder / "bad.jsonl", {"text": "Obi"}, "{")
    records, report = read_files([bad, good])
    assert [record.text for record in records] == ["Ada"]
    assert report.kept == {"good.jsonl": 1}
    assert said(report) == ["bad.jsonl:2: the record is cut off"]


def test_the_error_of_a_bad_import_holds_every_problem_and_shows_the_first(folder):
    bad = write(folder / "bad.jsonl", {"text": "Obi", "spans": [{"start": 0, "end": 9, "label": "X"}]}, "{", "}")
    with pytest.raises(NotRead) as caught:
        read_files([bad])[1].raise_if_bad()
    assert (
        str(caught.value) == "bad.jsonl:1: span 1: end 9 is beyond the text (3); 2 more problems. Nothing was imported."
    )
    assert len(caught.value.report.problems) == 3


def test_a_hundred_problems_are_listed_and_the_others_counted(folder):
    _, report = read_files([write(folder / "bad.jsonl", *["}"] * (LISTED + 7))])
    assert len(report.problems) == LISTED
    assert said(report)[-1] == "bad.jsonl: and 7 more like these"
    with pytest.raises(NotRead, match="106 more problems"):
        report.raise_if_bad()


def test_every_fault_of_a_record_is_told_at_once(folder):
    own = {
        "schema": "annotator-jsonl/1",
        "id": "0" * 64,
        "text": "Ada",
        "author": "anna",
        "spans": [{"id": "a", "start": 0, "end": 3, "label": "PER"}],
        "relations": [{"head": "b", "tail": "a", "label": "x"}, {"head": "c", "tail": "d"}],
    }
    _, report = read_files([write(folder / "x.jsonl", own)])
    assert [finding.code for finding in report.problems] == [
        "record-id",
        "json-value",
        "relation-end",
        "json-value",
        "relation-end",
        "relation-end",
    ]


def test_empty_files_are_skipped_and_do_not_stop_an_import(folder):
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text("\n \n")
    (folder / "ada.txt").write_text("Ada")
    records, report = read_files(sorted(folder.glob("*.txt")))
    assert [record.name for record in records] == ["ada"]
    report.raise_if_bad()
    assert said(report) == ["blank.txt: holds white space only; skipped", "empty.txt: is empty; skipped"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device"])
def test_what_is_no_file_is_named_and_never_waited_for(folder, kind):
    path = folder / "x.txt"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))
        case "device":
            path.symlink_to("/dev/zero")
    assert said(read_files([path])[1]) == [f"x.txt: is a {kind}, not a file"]


def test_links_are_followed_unless_they_lead_nowhere_or_round(folder):
    (folder / "ada.txt").write_text("Ada")
    for name, target in (("good", "ada.txt"), ("broken", "none.txt"), ("loop", "loop.txt")):
        (folder / f"{name}.txt").symlink_to(target)
    records, report = read_files([folder / f"{name}.txt" for name in ("good", "broken", "loop")])
    assert [record.text for record in records] == ["Ada"]
    assert [line.split(": ", 1)[0] for line in said(report)] == ["broken.txt", "loop.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_named(folder):
    path = write(folder / "secret.txt", "Ada")
    path.chmod(0)
    assert said(read_files([path])[1]) == ["secret.txt: cannot be read: Permission denied"]


def test_names_that_a_terminal_would_obey_are_kept_but_shown_harmlessly(folder):
    path = folder / "a\x1b[31m\nb.txt"
    path.write_text("Ada\x1b")
    records, report = read_files([path])
    assert records[0].name == "a\x1b[31m\nb"
    assert said(report)[0].startswith(r"a\x1b[31m\nb.txt: 1 control")


def test_a_name_that_is_not_utf8_becomes_one_that_can_be_stored(folder):
    path = folder / os.fsdecode(b"a\xff.txt")
    path.write_text("Ada")
    records, report = read_files([path])
    assert records[0].name == r"a\xff"
    assert [finding.code for finding in report.warnings] == ["name-bytes"]
    json.dumps(dict(records[0].source), ensure_ascii=False).encode()


def test_an_encoding_that_was_asked_for_is_used_and_recorded(folder):
    path = folder / "zoe.txt"
    path.write_bytes("Zoë".encode("cp1252"))
    problem = read_files([path])[1].problems[0]
    assert str(problem) == "zoe.txt:1: is not UTF-8: byte 0xEB at offset 2"
    assert "Name the encoding" in problem.hint
    (record,), report = read_files([path], encoding="cp1252")
    assert record.text == "Zoë"
    assert record.source["encoding"] == "cp1252"
    assert said(report) == []


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "\0"])
def test_an_encoding_that_is_none_is_refused(folder, name):
    path = write(folder / "a.txt", "Ada")
    assert [finding.code for finding in read_files([path], encoding=name)[1].problems] == ["encoding-unknown"]


def test_annotated_records_are_read_in_another_encoding_too(folder):
    path = folder / "zoe.jsonl"
    path.write_bytes('{"text": "Zoë"}\n'.encode("cp1252"))
    assert read_files([path], encoding="cp1252")[0][0].text == "Zoë"


def test_a_text_that_is_too_large_is_refused_with_the_limit(folder, monkeypatch):
    monkeypatch.setattr("annotator.formats.text.TEXT_LIMIT", 10)
    path = write(folder / "long.txt", "a" * 20)
    assert [finding.code for finding in read_files([path])[1].problems] == ["file-large"]


def test_a_text_gets_its_title_and_roles_but_keeps_every_character(folder):
    text = "Harbour to be built\r\n\r\nThe council met on Monday to vote on the new harbour.\r\n"
    path = folder / "story.txt"
    path.write_bytes(text.encode())
    (record,), _ = read_files([path])
    assert (record.name, record.text, record.meta["title"]) == ("story", text, "Harbour to be built")
    assert record.author is None
    assert record.items == ()


# ---- the same document twice


def test_the_same_text_in_two_files_is_one_record(folder):
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text("Ada")
    records, report = read_files([folder / "a.txt", folder / "b.txt"])
    assert [record.name for record in records] == ["a"]
    assert said(report) == ["b.txt: b says the same as a.txt; kept once"]


def test_labels_without_an_author_join_the_text_that_is_there(folder):
    (folder / "a.txt").write_text("Ada met Obi")
    labels = {"text": "Ada met Obi", "spans": [{"start": 0, "end": 3, "label": "PER"}]}
    (record,), report = read_files([folder / "a.txt", write(folder / "b.jsonl", labels)])
    assert record.name == "a"
    assert [span.label for span in record.spans] == ["PER"]
    assert [finding.code for finding in report.warnings] == ["record-merged"]


def test_records_without_author_are_joined_with_their_relations_whatever_their_ids(folder):
    text = "Ada met Obi"
    one = {"text": text, "spans": [{"start": 0, "end": 3, "label": "PER"}]}
    other = {
        "text": text,
        "spans": [{"start": 8, "end": 11, "label": "PER"}, {"start": 0, "end": 3, "label": "PER"}],
        "relations": [{"head": 1, "tail": 0, "label": "meets"}],
    }
    (record,), _ = read_files([write(folder / "two.jsonl", one, other)])
    by_id = {span.id: span.covered(text) for span in record.spans}
    assert sorted(by_id.values()) == ["Ada", "Obi"]
    (relation,) = record.relations
    assert (by_id[relation.head], by_id[relation.tail]) == ("Ada", "Obi")


def test_two_authors_may_say_different_things_of_one_text(folder):
    records, report = read_files(
        [write(folder / "x.jsonl", *({"text": "Ada", "author": f"person:{name}"} for name in ("a", "b")))]
    )
    assert [record.author for record in records] == ["person:a", "person:b"]
    assert said(report) == []


def test_one_author_saying_two_things_spoils_the_second_file_only(folder):
    first = write(folder / "a.jsonl", {"text": "Ada", "author": "gold"})
    more = {"text": "Ada", "author": "gold", "spans": [{"start": 0, "end": 3, "label": "PER"}]}
    second = write(folder / "b.jsonl", {"text": "Obi"}, more)
    records, report = read_files([first, second])
    assert [record.text for record in records] == ["Ada"]
    assert [finding.code for finding in report.problems] == ["record-conflict"]
    assert report.problems[0].where == "b.jsonl:2"


# ---- foreign meanings of our keys


def test_keys_of_ours_that_mean_something_else_in_a_foreign_file_are_kept_as_meta(folder):
    foreign = {
        "text": "Ada",
        "author": "Jan Moe",
        "status": "draft",
        "notes": "to be checked",
        "id": 12,
        "meta": {"id": 5, "roles": ["reporter"]},
    }
    (record,), report = read_files([write(folder / "x.jsonl", foreign)])
    assert report.problems == []
    assert (record.author, record.status, record.notes) == (None, "open", [])
    assert record.meta == {
        "id": 5,
        "_id": 12,
        "_roles": ["reporter"],
        "author": "Jan Moe",
        "status": "draft",
        "notes": "to be checked",
    }


def test_a_score_beyond_its_range_is_kept_as_an_attribute(folder):
    span = {"start": 0, "end": 3, "label": "PER", "score": 27.5}
    (record,), report = read_files([write(folder / "x.jsonl", {"text": "Ada", "spans": [span]})])
    assert record.spans[0].score is None
    assert record.spans[0].attrs == {"score": 27.5}
    assert [finding.code for finding in report.warnings] == ["score-outside"]


def test_our_own_records_keep_twins_with_their_ids(folder):
    spans = [{"id": name, "start": 0, "end": 3, "label": "PER"} for name in ("a", "b")]
    own = {"schema": "annotator-jsonl/1", "text": "Ada", "spans": spans}
    (record,), report = read_files([write(folder / "x.jsonl", own)])
    assert [span.id for span in record.spans] == ["a", "b"]
    assert [finding.code for finding in report.warnings] == ["span-twice"]


def test_ends_of_relations_are_ids_where_spans_have_ids_and_places_where_they_have_none(folder):
    spans = [{"start": 0, "end": 3, "label": "PER"}, {"start": 8, "end": 11, "label": "PER"}]
    named = [span | {"id": 7 - at} for at, span in enumerate(spans)]
    ends = {"head": 0, "tail": 1, "label": "meets"}
    by_place = {"text": "Ada met Obi", "spans": spans, "relations": [ends]}
    by_id = {"text": "Ada met Obi.", "spans": named, "relations": [ends | {"head": 7, "tail": "6"}]}
    for record in read_files([write(folder / "x.jsonl", by_place, by_id)])[0]:
        covered = {span.id: span.covered(record.text) for span in record.spans}
        assert [(covered[one.head], covered[one.tail]) for one in record.relations] == [("Ada", "Obi")]
    mixed = by_id | {"relations": [ends]}
    assert read_files([write(folder / "y.jsonl", mixed)])[1].problems[0].code == "relation-end"


# ---- plugins


def test_a_checkout_has_the_formats_that_the_package_declares():
    import tomllib

    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["entry-points"]
    ours = {group: {} for group in declared}
    for entry in registry.BUILT_IN:
        ours[entry.group][entry.name] = entry.value
    assert ours == declared


def test_a_plugin_that_cannot_be_loaded_is_named_and_left_alone(folder, monkeypatch):
    from importlib.metadata import EntryPoint

    broken = EntryPoint("odt", "annotator.no_such_module:Importer", registry.IMPORTERS)
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken] if group == registry.IMPORTERS else [])
    monkeypatch.setattr(registry, "failures", {})
    path = folder / "a.odt"
    path.write_bytes(b"Ada")
    _, report = read_files([path])
    assert [finding.code for finding in report.problems] == ["file-format"]
    assert "odt could not be loaded: ModuleNotFoundError" in report.warnings[0].message


def test_the_importers_and_exporters_of_the_program_are_found():
    assert [importer.name for importer in registry.importers()][:2] == ["jsonl", "text"]
    assert registry.exporter("jsonl").extension == ".jsonl"
    assert registry.exporter("none of ours") is None


def test_an_importer_raises_for_what_it_cannot_open(folder):
    from annotator.formats import FileReport

    with pytest.raises(Broken, match="there is no such file"):
        list(TextImporter().read(folder / "none.txt", FileReport("none.txt")))
