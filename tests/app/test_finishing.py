"""What is said before finishing takes of other documents what is known by then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.app import finishing
from annotator.app.commands import run
from annotator.app.identity import Identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.app.sweeping import remember
from annotator.model import Label, Schema, edits

ANNA = Identity("0190-anna", "anna")
SCHEMA = Schema("test", (Label("GPE", "Place", "1"), Label("ORG", "Organisation", "2")))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Two documents: a finished one in which Oslo is a place three times, and one in which it is labelled ORG."""
    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, text in zip(texts, ("Oslo, Oslo, Oslo.", "Near Oslo."), strict=True):
        file.write_text(text, encoding="utf-8")
    create_project(tmp_path / "p.annot", SCHEMA, texts, ANNA)
    session = Session(tmp_path / "p.annot", identity=ANNA)
    session.open_document(session.documents()[0].document.id)
    for start in (0, 6, 12):
        session.do(edits.add_span(session.layer, SCHEMA, session.text, ((start, start + 4),), "GPE"))
    run(session, "document.finish")
    session.do(edits.add_span(session.layer, SCHEMA, session.text, ((5, 9),), "ORG"))
    yield session
    session.close()


def read_the_others(session: Session) -> None:
    session.sweep.learn(remember(session.path, session.author.id, session.document.id))


def test_while_other_documents_are_not_read_yet_nothing_is_held_against_this_one(session: Session) -> None:
    assert session.sweep.is_memory_stale
    assert finishing.look_over(session) == []
    run(session, "document.finish")
    assert session.layer.status == "done"


def test_once_they_are_read_what_contradicts_them_is_said(session: Session) -> None:
    read_the_others(session)
    [finding] = finishing.look_over(session)
    assert (finding.kind, session.find(finding.item).covered(session.text)) == ("contradiction", "Oslo")


def test_what_was_read_of_a_document_does_not_count_in_it(session: Session) -> None:
    read_the_others(session)
    first = session.documents()[0].document.id
    session.open_document(first)
    assert session.sweep.labels_elsewhere == {}
    assert session.sweep.is_memory_stale, "it is read anew, without this one"
    read_the_others(session)
    assert session.sweep.labels_elsewhere == {}
    session.sweep.is_memory_stale = False
    session.open_document(session.documents()[1].document.id)
    assert session.sweep.is_memory_stale, "it was left out there, and counts here"
