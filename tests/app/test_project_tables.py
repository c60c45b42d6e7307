"""A project takes the tables of its links in when it is made, or is not made."""

from pathlib import Path

import pytest

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.app.sources import load_schema, load_tables
from annotator.model import Broken

SCHEMA = """
[[labels]]
name = "PERSON"

[[attributes]]
name = "wikidata"
kind = "link"
table = "{table}"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (folder := tmp_path / "sources").mkdir()
    (folder / "schema.toml").write_text(SCHEMA.format(table="people"), encoding="utf-8")
    (folder / "people.tsv").write_text("id\tname\nQ42\tDouglas Adams\n", encoding="utf-8")
    return folder


def test_the_project_has_its_tables_when_the_sources_are_gone(source: Path, tmp_path: Path) -> None:
    schema = load_schema(source)
    file = tmp_path / "p.annot"
    create_project(file, schema, [], current_identity(), tables=load_tables(source / "schema.toml", schema))
    (source / "people.tsv").unlink()
    session = Session(file)
    try:
        assert [entry.id for entry in session.find_entries("people", "adams")] == ["Q42"]
        assert session.entry("people", "Q1") is None
    finally:
        session.close()


def test_a_missing_table_is_named(source: Path) -> None:
    (source / "people.tsv").unlink()
    with pytest.raises(Broken, match="table people"):
        load_tables(source, load_schema(source))


def test_a_table_is_never_looked_for_outside_the_folder(source: Path) -> None:
    (source / "schema.toml").write_text(SCHEMA.format(table="../people"), encoding="utf-8")
    (source.parent / "people.tsv").write_text("id\tname\n", encoding="utf-8")
    with pytest.raises(Broken, match="no name for a table"):
        load_tables(source, load_schema(source))
