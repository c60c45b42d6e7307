"""An export is there whole or not at all; whatever goes wrong, the older file stays and nothing is left beside it."""

from __future__ import annotations

import os
import resource
import signal
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.formats import NotWritten, Record, write_jsonl, write_records
from annotator.formats.jsonl import JsonlExporter, JsonlImporter
from annotator.model import Broken, Relation, Span

RECORDS = [Record(f"d{at}", f"Ada met Obi {at} times.", items=(Span("a", "PER", ((0, 3),)),)) for at in range(200)]


@contextmanager
def file_size_limit(size: int):
    """As on a full disk: no file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Forgetful(JsonlExporter):
    """An exporter with a bug: it loses attributes."""

    def write(self, records, stream) -> None:
        super().write((Record(one.name, one.text, items=(Span("a", "PER", ((0, 3),)),)) for one in records), stream)


def test_what_was_written_is_counted_and_hashed(tmp_path):
    written = write_jsonl(RECORDS, tmp_path / "out.jsonl")
    assert (written.records, written.spans, written.relations) == (200, 200, 0)
    assert names(tmp_path) == ["out.jsonl"]
    assert write_jsonl(iter(RECORDS), tmp_path / "again.jsonl").sha == written.sha


def test_a_full_disk_leaves_the_older_file_and_nothing_else(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("older")
    with file_size_limit(4_096), pytest.raises(NotWritten, match="File too large") as caught:
        write_jsonl(RECORDS, path)
    assert caught.value.where == str(path)
    assert caught.value.hint
    assert path.read_text() == "older"
    assert names(tmp_path) == ["out.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(NotWritten, match="Permission denied"):
        write_jsonl(RECORDS, tmp_path / "out.jsonl")
    tmp_path.chmod(0o700)
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_files_is_refused():
    with pytest.raises(NotWritten, match="could not be written"):
        write_jsonl(RECORDS, Path("/proc/out.jsonl"))


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotWritten, match="No such file or directory"):
        write_jsonl(RECORDS, tmp_path / "none" / "out.jsonl")


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path):
    def records():
        yield from RECORDS
        # By now the first bytes are on the disk, where something else gets at them.
        (draft,) = tmp_path.glob(".out.jsonl.*.tmp")
        with draft.open("r+b") as stream:
            stream.write(b"[")

    with pytest.raises(NotWritten, match="not what was written"):
        write_jsonl(records(), tmp_path / "out.jsonl")
    assert names(tmp_path) == []


def test_an_exporter_that_loses_something_is_noticed(tmp_path):
    record = Record("d", "Ada", items=(Span("a", "PER", ((0, 3),), {"sure": True}),))
    with pytest.raises(NotWritten, match="d would not come back as it is"):
        write_records([record], tmp_path / "out.jsonl", exporter=Forgetful(), importer=JsonlImporter())
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "record",
    [
        Record("nan", "Ada", meta={"x": float("nan")}),
        Record("half", "Ada \ud83d"),
        Record("object", "Ada", meta={"x": object()}),
        Record("astray", "Ada", items=(Relation("r", "x", "a", "b"),)),
    ],
    ids=lambda record: record.name,
)
def test_a_record_that_the_format_cannot_hold_is_refused_by_name(tmp_path, record):
    with pytest.raises(Broken, match=f"{record.name} cannot be written"):
        write_jsonl([*RECORDS, record], tmp_path / "out.jsonl")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "record",
    [
        Record("beyond", "Ada", items=(Span("a", "PER", ((0, 9),)),)),
        Record("nul", "A\0da"),
        Record("author", "Ada", "nobody"),
        Record("twice", "Ada", items=(Span("a", "X", ((0, 1),)), Relation("a", "x", "a", "a"))),
    ],
    ids=lambda record: record.name,
)
def test_a_record_that_could_not_be_read_again_is_not_exported(tmp_path, record):
    with pytest.raises(NotWritten, match="could not be read back"):
        write_jsonl([*RECORDS, record], tmp_path / "out.jsonl")
    assert names(tmp_path) == []


def test_an_error_in_the_middle_of_the_records_leaves_the_older_file(tmp_path):
    def records():
        yield RECORDS[0]
        raise Broken("file-missing")

    path = tmp_path / "out.jsonl"
    path.write_text("older")
    with pytest.raises(Broken):
        write_jsonl(records(), path)
    assert path.read_text() == "older"
    assert names(tmp_path) == ["out.jsonl"]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "out.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(real)
    for _ in range(2):
        assert write_jsonl(RECORDS, link).path == real
        assert link.is_symlink()
        assert real.is_file()
    assert names(real.parent) == ["out.jsonl"]


def test_the_rights_of_the_older_file_are_kept(tmp_path):
    path = tmp_path / "out.jsonl"
    path.touch()
    path.chmod(0o640)
    write_jsonl(RECORDS, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_project_is_never_replaced_by_an_export(tmp_path):
    project, disguised = tmp_path / "news.annot", tmp_path / "news.jsonl"
    disguised.write_bytes(b"SQLite format 3\0" + bytes(84))
    for path in (project, disguised):
        with pytest.raises(NotWritten, match="is an Annotator project"):
            write_jsonl(RECORDS, path)
    link = tmp_path / "link.jsonl"
    link.symlink_to(project)
    with pytest.raises(NotWritten, match="is an Annotator project"):
        write_jsonl(RECORDS, link)


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_only_files_are_replaced(tmp_path, kind):
    path = tmp_path / "x.jsonl"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to("x.jsonl")
    with pytest.raises(NotWritten):
        write_jsonl(RECORDS, path)
    assert names(tmp_path) == ["x.jsonl"]
