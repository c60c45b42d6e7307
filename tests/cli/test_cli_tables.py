"""`annotator new` with a schema whose links lead to tables."""

import sys
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.store import Project

SCHEMA = """
[[labels]]
name = "PERSON"

[[attributes]]
name = "entry"
kind = "link"
table = "people"
"""


@pytest.fixture
def annotator(monkeypatch: pytest.MonkeyPatch):
    """Runs a command; gives back the exit status."""

    def run(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "schema.toml").write_text(SCHEMA, encoding="utf-8")
    return tmp_path


def test_the_table_goes_into_the_project(annotator, source: Path) -> None:
    (source / "people.tsv").write_text("id\tname\nQ42\tDouglas Adams\n", encoding="utf-8")
    file = source / "p.annot"
    assert annotator("new", file, "--schema", source) == 0
    with Project.open(file, for_writing=False) as project:
        assert [entry.name for entry in project.find_entries("people", "adams", limit=5)] == ["Douglas Adams"]


def test_a_bad_table_makes_no_project(annotator, capsys: pytest.CaptureFixture[str], source: Path) -> None:
    (source / "people.tsv").write_text("id\tname\nQ42\n", encoding="utf-8")
    file = source / "p.annot"
    assert annotator("new", file, "--schema", source) != 0
    assert "people.tsv:2" in capsys.readouterr().err.replace("\n", "")
    assert not file.exists()
