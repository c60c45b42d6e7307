"""docs/SCHEMA.md says what is so: its examples are read, and its tables name every key and no other."""

import re
from pathlib import Path

import pytest

from annotator.app.sources import load_schema, load_tables

REFERENCE = (Path(__file__).parents[2] / "docs" / "SCHEMA.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", REFERENCE, re.DOTALL)
    return found


def keys_under(heading: str) -> set[str]:
    section = REFERENCE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "schema.toml").write_text(example("toml"), encoding="utf-8")
    (tmp_path / "people.tsv").write_text(example("tsv"), encoding="utf-8")
    return tmp_path


def test_the_example_is_a_schema_with_its_table(source: Path) -> None:
    schema = load_schema(source)
    assert [attribute.name for attribute in schema.attributes_of("lives_in")] == ["certainty"]
    assert [label.title for label in schema.document_labels] == ["Politics"]
    assert [entry.name for entry in load_tables(source, schema)["people"]] == ["Ada Lovelace", "Oslo"]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("`[[labels]]` and `[[document_labels]]`", "labels"),
        ("`[[labels]]` and `[[document_labels]]`", "document_labels"),
        ("`[[relations]]`", "relations"),
        ("`[[attributes]]`", "attributes"),
    ],
)
def test_every_key_of_a_part_is_explained(source: Path, heading: str, part: str) -> None:
    entries = load_schema(source).to_dict()[part]
    assert keys_under(heading) == {key for entry in entries for key in entry}


def test_every_key_of_the_schema_is_explained(source: Path) -> None:
    assert keys_under("The schema") == set(load_schema(source).to_dict())
