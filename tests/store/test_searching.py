"""Finding documents by words of their texts: in the order of the documents, a stretch at a time."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from annotator.model import Schema
from annotator.store import ImportRecord, Project

TEXTS = (
    "Oslo is a town.",
    "OSLO",
    "École normale",
    "100 % of Bergen",
    "100 km to Bergen",
    "back\\slash",
    "école",
    "a_b",
    "axb",
)


@pytest.fixture
def towns(path: Path, schema: Schema, make_record: Callable[..., ImportRecord]) -> Iterable[Project]:
    with Project.create(path, schema, name="Towns") as project:
        project.import_documents([make_record(text, f"{number}.txt") for number, text in enumerate(TEXTS)])
        yield project


def found(project: Project, *words: str, is_case_kept: bool = True, after: int = 0, until: int = 100) -> list[str]:
    return [one.text for one in project.find_texts(words, is_case_kept=is_case_kept, after=after, until=until)]


def test_texts_are_found_by_what_they_hold_in_the_order_of_the_documents(towns: Project) -> None:
    assert found(towns, "Bergen") == ["100 % of Bergen", "100 km to Bergen"]
    assert found(towns, "Bergen", "Oslo") == ["Oslo is a town.", "100 % of Bergen", "100 km to Bergen"]
    assert [one.document.name for one in towns.find_texts(["OSLO"], is_case_kept=True, after=0, until=9)] == ["1.txt"]


def test_without_regard_to_case_none_is_missed(towns: Project) -> None:
    assert found(towns, "oslo", is_case_kept=False) == ["Oslo is a town.", "OSLO"]
    assert {"École normale", "école"} <= set(found(towns, "ÉCOLE", is_case_kept=False))


def test_signs_of_patterns_are_signs_like_any_other(towns: Project) -> None:
    assert found(towns, "100 % OF", is_case_kept=False) == ["100 % of Bergen"]
    assert found(towns, "BACK\\S", is_case_kept=False) == ["back\\slash"]
    assert found(towns, "A_B", is_case_kept=False) == ["a_b"]


def test_a_stretch_holds_its_texts_only_and_all_stretches_hold_all(towns: Project) -> None:
    assert towns.last_text() == len(TEXTS)
    parts = [found(towns, "", after=after, until=after + 2) for after in range(0, towns.last_text(), 2)]
    assert [text for part in parts for text in part] == list(TEXTS)


def test_words_of_any_length_are_looked_for(towns: Project) -> None:
    assert found(towns, "x" * 100_000, is_case_kept=False) == []
