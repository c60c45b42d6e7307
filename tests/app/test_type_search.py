"""Counting the suggestions of a project: reports on the way, an end at any time, and one act that settles a type."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.app import type_search
from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.app.type_search import Counted, count_types
from annotator.app.type_settling import accept_type, label_type, reject_type
from annotator.model import Document, Label, Refused, Schema, Span, text_id
from annotator.store import AuthorRef, ImportRecord, Project

ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("test", (Label("GPE", "Place", "1"), Label("ORG", "Organisation", "2")))
MANY = 30


def record(number: int) -> ImportRecord:
    text = f"Oslo woke up on day {number}."
    span = Span(f"m{number}", "GPE", ((0, 4),), origin="model:m", confirmed="none", score=0.9 if number % 10 else 0.2)
    document = Document(text_id(text), f"{number}.txt", len(text), number)
    return ImportRecord(document, text, author=AuthorRef("model", "m"), items=(span,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.annot"
    with Project.create(file, SCHEMA, name="p") as project:
        project.import_documents([record(number) for number in range(MANY)])
    return file


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with closing(Session(path, identity=ANNA)) as session:
        yield session


def count(path: Path, most: int = MANY):
    """What is counted when it is cancelled after so many questions, and the reports."""
    reports: list[Counted] = []
    asked = iter(range(10_000))
    types = count_types(path, ANNA.id, SCHEMA, report=reports.append, is_cancelled=lambda: next(asked) >= most)
    return types, reports


def labels(session: Session, path: Path) -> int:
    assert session.wait_until_saved()
    with Project.open(path, for_writing=False) as project:
        return sum(row.spans for row in project.documents(author=ANNA.id))


def test_it_reports_on_the_way_and_at_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_search, "_TOLD_EVERY_S", 0.0)
    monkeypatch.setattr(type_search, "_WORK_PER_TELLING", 0)
    types, reports = count(path, most=1000)
    shares = [report.share for report in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(reports) > MANY
    assert (reports[-1].types, reports[-1].suggestions) == (1, MANY)
    assert types.row(("GPE", "Oslo")).held == 3


def test_it_ends_early_with_what_was_counted_until_then(path: Path) -> None:
    types, _ = count(path, most=7)
    assert types.suggestions == 7
    assert len(types.documents(("GPE", "Oslo"))) == 7


def test_a_row_is_settled_in_every_document_and_undo_takes_it_back(session: Session, path: Path) -> None:
    types, _ = count(path, most=1000)
    row, over = types.row(("GPE", "Oslo")), []
    accept_type(session, row, types.documents(row.key), lambda *told: over.append(told))
    assert labels(session, path) == MANY - 3
    assert over == [(True, 3)]
    assert session.bulk.revert("undo", lambda _outcome: None)
    assert labels(session, path) == 0


def test_what_has_been_decided_since_it_was_counted_is_left_alone(session: Session, path: Path) -> None:
    types, _ = count(path, most=1000)
    row = types.row(("GPE", "Oslo"))
    reject_type(session, row, types.documents(row.key), lambda *_told: None)
    assert session.wait_until_saved()
    over = []
    label_type(session, row, 2, types.documents(row.key), lambda *told: over.append(told))
    assert labels(session, path) == 0
    assert over == [(False, 0)]


def test_a_row_that_is_held_back_wholly_is_refused(session: Session, path: Path) -> None:
    types, _ = count(path, most=1)
    row = types.row(("GPE", "Oslo"))
    for act in (lambda: accept_type(session, row, ["d"], print), lambda: label_type(session, row, 2, ["d"], print)):
        with pytest.raises(Refused):
            act()
    assert not session.bulk.is_running
