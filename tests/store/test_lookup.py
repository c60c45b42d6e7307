"""The tables in a project that links lead to: found by words, vouched for by the journal."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model import Schema
from annotator.model.lookup import Entry
from annotator.store import Project
from annotator.store.doctor import examine

PEOPLE = [
    Entry("Q1", "Anna Putinova"),
    Entry("Q7747", "Vladimir Putin", ("Putin", "V. V. Putin"), "president of Russia"),
    Entry("Q42", "Douglas Adams", (), "author"),
    Entry("Q3", "Putin"),
    Entry("Q4", "Straße"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.annot"
    with Project.create(path, Schema("s", ()), name="p") as project:
        project.save_table("people", PEOPLE)
        project.save_table("places", [Entry("Q90", "Paris")])
    return path


def found(project: Project, words: str, limit: int = 10) -> list[str]:
    return [entry.id for entry in project.find_entries("people", words, limit=limit)]


def test_an_entry_comes_back_as_it_was(file: Path) -> None:
    with Project.open(file, for_writing=False) as project:
        assert project.tables() == ["people", "places"]
        assert [project.entry("people", entry.id) for entry in PEOPLE] == PEOPLE
        assert project.entry("people", "Q90") is None


def test_what_is_called_so_comes_before_what_begins_so_and_what_only_holds_it(file: Path) -> None:
    with Project.open(file, for_writing=False) as project:
        assert found(project, "putin") == ["Q3", "Q7747", "Q1"]
        assert found(project, " VLADIMIR  p") == ["Q7747"]
        assert found(project, "q42") == ["Q42"]
        assert found(project, "STRASSE") == ["Q4"]
        assert found(project, "putin", limit=1) == ["Q3"]
        assert found(project, "%") == []


def test_a_table_is_replaced_as_a_whole(file: Path) -> None:
    with Project.open(file) as project:
        project.save_table("people", PEOPLE[:1])
        assert found(project, "q") == ["Q1"]
    assert examine(file) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET name = 'Somebody' WHERE id = 'Q42'",
        "UPDATE entries SET sought = '' WHERE id = 'Q42'",
        "DELETE FROM entries WHERE book = 'places'",
        "INSERT INTO entries VALUES ('foreign', 'x', 0, 'x', '', '', '\nx\nx\n')",
    ],
)
def test_the_doctor_sees_what_the_journal_does_not_know(file: Path, change: str) -> None:
    assert examine(file) == []
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(change)
    assert [finding.code for finding in examine(file)] == ["doctor-table"]
