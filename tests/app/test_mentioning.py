"""Same mentions of a common word: shown while the text is still being looked through, done when all are found."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.app import deciding, mentioning
from annotator.app.commands import run
from annotator.app.events import Said
from annotator.app.identity import Identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.app.sources import load_schema

ANNA = Identity("0190-anna", "anna")
TIMES = 100
TEXT = "Oslo and Bergen. " * TIMES


class Steps(list[Callable[[], bool]]):
    """What the session would do in turns of the event loop."""

    def take_one(self) -> None:
        step = self.pop()
        if step():
            self.append(step)

    def take_all(self) -> None:
        while self:
            self.take_one()


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def session(tmp_path: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(mentioning, "_PORTION_S", 0.0)
    (tmp_path / "towns.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "towns.annot"
    create_project(file, load_schema("news"), [tmp_path / "towns.txt"], ANNA, name="Towns")
    session = Session(file, identity=ANNA, repeat=steps.append)
    session.open_document(session.documents()[0].document.id)
    deciding.label_selection(session, (0, 4), "GPE")
    yield session
    session.close()


def labelled(session: Session) -> int:
    return len(session.layer.spans)


def test_what_was_found_is_shown_and_grows_until_all_is_found(session: Session, steps: Steps) -> None:
    run(session, "mention.document")
    seen = []
    while steps:
        assert session.preview is not None
        assert not session.preview.is_whole
        seen.append(len(session.preview.mentions))
        steps.take_one()
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert session.preview is not None
    assert session.preview.is_whole
    assert len(session.preview.mentions) == TIMES - 1
    assert labelled(session) == 1
    run(session, "mention.document")
    assert labelled(session) == TIMES


def test_the_second_key_may_come_before_all_is_found(session: Session, steps: Steps) -> None:
    run(session, "mention.document")
    run(session, "mention.document")
    assert labelled(session) == 1
    steps.take_all()
    assert labelled(session) == TIMES
    session.undo()
    assert labelled(session) == 1


def test_leaving_ends_the_search_and_does_nothing(session: Session, steps: Steps) -> None:
    run(session, "mention.document")
    run(session, "mention.document")
    session.show_preview(None)
    steps.take_all()
    assert session.preview is None
    assert labelled(session) == 1
    run(session, "mention.document")
    steps.take_all()
    assert labelled(session) == 1, "the wish of before is forgotten"


def test_an_edit_meanwhile_ends_the_search(session: Session, steps: Steps) -> None:
    run(session, "mention.document")
    deciding.label_selection(session, (9, 15), "GPE")
    steps.take_all()
    assert session.preview is None
    assert labelled(session) == 2


def test_words_that_come_to_nothing_are_told_when_all_is_looked_through(session: Session, steps: Steps) -> None:
    said: list[Said] = []
    run(session, "mention.document")
    steps.take_all()
    run(session, "mention.document")
    session.set_focus(next(iter(session.layer.spans)))
    session.bus.subscribe(Said, said.append)
    run(session, "mention.document")
    steps.take_all()
    assert session.preview is None
    assert said[-1].is_refusal
    assert "No other mention of “Oslo”" in said[-1].text
