"""A copy of an open project: complete, beside its writer, and never in place of one that somebody has open."""

from pathlib import Path

import pytest

from annotator.model import Label, Schema
from annotator.store import Locked, Project, examine

SCHEMA = Schema("s", (Label("A", "A"),))


def test_a_copy_holds_everything_while_the_writer_goes_on(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.annot", SCHEMA, name="p") as writer:
        writer.ensure_author("person", "anna")
        with Project.open(tmp_path / "p.annot", for_writing=False) as reader:
            reader.copy_to(tmp_path / "copy.annot")
        writer.ensure_author("person", "bob")
    with Project.open(tmp_path / "copy.annot") as copy:
        assert [author.name for author in copy.authors()] == ["anna"]
        copy.ensure_author("person", "carla")
    assert examine(tmp_path / "copy.annot") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.annot", "p.annot"]


def test_a_project_that_somebody_has_open_is_not_replaced(tmp_path: Path) -> None:
    with (
        Project.create(tmp_path / "a.annot", SCHEMA, name="a") as one,
        Project.create(tmp_path / "b.annot", SCHEMA, name="b") as other,
    ):
        with pytest.raises(Locked):
            one.copy_to(tmp_path / "b.annot")
        assert other.name == "b"
    with Project.open(tmp_path / "b.annot", for_writing=False) as other:
        assert other.name == "b"
