"""Looking for the same mentions in a project: all of them, in order, told bit by bit, and ended when asked."""

from pathlib import Path

import pytest

from annotator.analysis.matching import Matching
from annotator.analysis.mentions import Wish
from annotator.app import mention_search, stretches
from annotator.app.identity import Identity
from annotator.app.mention_search import Line, Progress, search
from annotator.app.projects import create_project
from annotator.model import Change, Edit, Label, Schema, Span, new_id, span_suggestion_id
from annotator.store import Act, Project

ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("test", (Label("GPE", "Place", "1"), Label("ORG", "Organisation", "2")))
WISH = Wish("label", "Oslo", "GPE")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    texts = []
    for number in range(25):
        texts.append(tmp_path / f"{number:02}.txt")
        town = "Oslo" if number % 5 == 0 else "Bergen"
        texts[-1].write_text(f"Number {number}\n\nHere is {town}.\tThere is {town}!\n\nThe end.", encoding="utf-8")
    create_project(tmp_path / "p.annot", SCHEMA, texts, ANNA)
    return tmp_path / "p.annot"


def found(file: Path, wish: Wish = WISH, matching: Matching = Matching()) -> list[Progress]:  # noqa: B008 - a value
    reports: list[Progress] = []
    search(file, ANNA.id, SCHEMA, wish, matching, report=reports.append, is_cancelled=lambda: False)
    return reports


def lines_of(reports: list[Progress]) -> list[Line]:
    return [line for report in reports for line in report.lines]


def test_every_mention_is_found_in_the_order_of_the_documents(file: Path) -> None:
    lines = lines_of(found(file))
    assert [line.title for line in lines] == ["00", "00", "05", "05", "10", "10", "15", "15", "20", "20"]
    assert {line.mention.kind for line in lines} == {"new"}


def test_a_mention_stands_between_the_text_of_its_paragraph_in_one_line(file: Path) -> None:
    first, second, *_ = lines_of(found(file))
    assert (first.left, first.words, first.right) == ("Here is ", "Oslo", ". There is Oslo!")
    assert second.left.endswith("There is ")


def test_it_tells_how_far_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretches, "_FIRST", 4)
    monkeypatch.setattr(mention_search, "_TOLD_EVERY_S", 0.0)
    reports = found(file)
    shares = [report.share for report in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(reports) >= 3
    assert len(lines_of(reports)) == 10


def test_suggestions_and_labels_of_documents_that_are_not_open_count(file: Path) -> None:
    with Project.open(file) as project:
        document = project.documents()[5].document
        text = project.text(document.id)
        fragments = ((text.index("Oslo"), text.index("Oslo") + 4),)
        span = Span(span_suggestion_id("ORG", fragments), "ORG", fragments, origin="model:m", confirmed="none")
        project.save_suggestions(document.id, project.ensure_author("model", "m"), [span])
    kinds = [line.mention.kind for line in lines_of(found(file))]
    assert kinds == ["new", "new", "correct", *["new"] * 7]
    rejected = lines_of(found(file, Wish("reject", "Oslo", "ORG")))
    assert [line.document for line in rejected] == [document.id]


def test_it_ends_when_it_is_cancelled(file: Path) -> None:
    reports: list[Progress] = []
    search(file, ANNA.id, SCHEMA, WISH, Matching(), report=reports.append, is_cancelled=lambda: True)
    assert reports == []


def test_a_project_without_documents_has_none(tmp_path: Path) -> None:
    Project.create(tmp_path / "empty.annot", SCHEMA, name="Empty").close()
    assert found(tmp_path / "empty.annot") == []


def test_while_it_searches_edits_are_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mention_search, "_TOLD_EVERY_S", 0.0)
    with Project.open(file) as writer:
        anna = writer.ensure_author("person", "anna", author_id=ANNA.id)
        documents = iter(writer.documents())

        def save_an_edit(_progress: Progress) -> None:
            span = Span(new_id(), "ORG", ((0, 6),), confirmed="single")
            writer.commit(Act.now(next(documents).document.id, anna.id, Edit("Add", (Change(None, span),))))

        search(file, ANNA.id, SCHEMA, WISH, Matching(), report=save_an_edit, is_cancelled=lambda: False)
        assert sum(row.spans for row in writer.documents(author=anna.id)) >= 5
