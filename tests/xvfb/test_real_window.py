"""The installed program in a window of a real X server, driven by xdotool: the whole way from a key to the disk."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Label, RelationType, Schema, Span, span_suggestion_id
from annotator.store import Project, examine
from real_window import PATIENCE_S, program, xdotool

pytestmark = pytest.mark.xvfb

TEXT = "Xi Jinping met Vladimir Putin in Beijing on Friday."
SCHEMA = Schema(
    "test",
    (Label("PERSON", "Person", "1"), Label("GPE", "Place", "2"), Label("DATE", "Date", "3")),
    (RelationType("meets", "meets", "q", ("PERSON",), ("PERSON",), is_symmetric=True),),
)
SUGGESTED = (("Xi Jinping", "PERSON"), ("Vladimir", "PERSON"), ("Beijing", "DATE"), ("Friday", "DATE"))


def suggestion(words: str, label: str) -> Span:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m", confirmed="none", score=0.5)


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    texts = [tmp_path / "one.txt", tmp_path / "two.txt"]
    texts[0].write_text(TEXT, encoding="utf-8")
    texts[1].write_text("Another one.", encoding="utf-8")
    file = tmp_path / "p.annot"
    create_project(file, SCHEMA, texts, current_identity())
    with Project.open(file) as project:
        machine = project.ensure_author("model", "m")
        project.save_suggestions(project.find_document("one").id, machine, [suggestion(*each) for each in SUGGESTED])
    return file


@pytest.fixture
def window(project_file: Path) -> Iterator[str]:
    """The program with the project open; its X window."""
    with program(project_file) as found:
        yield found


def until(condition: Callable[[], str | bool]) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return str(found)
        time.sleep(0.05)
    pytest.fail("waited in vain")


def labels(file: Path) -> list[str]:
    """What is on disk of this person's labels, as WORDS/LABEL in text order, relations last."""
    with Project.open(file, for_writing=False) as project:
        document = project.find_document("one")
        layer = project.layer(document.id, current_identity().id)
    spans = sorted(layer.spans.values(), key=lambda span: span.start)
    words = {span.id: span.covered(TEXT) for span in spans}
    relations = [f"{words[item.head]}-{item.label}-{words[item.tail]}" for item in layer.relations.values()]
    return [f"{words[span.id]}/{span.label}" for span in spans] + relations + [layer.status]


def test_a_document_is_reviewed_by_keys_and_is_on_disk(window: str, project_file: Path) -> None:
    def press(*keys: str, gives: list[str]) -> None:
        xdotool("key", "--delay", "40", *keys)
        until(lambda: labels(project_file) == gives)

    press("Tab", "space", gives=["Xi Jinping/PERSON", "open"])
    press("shift+Right", gives=["Xi Jinping/PERSON", "Vladimir Putin/PERSON", "open"])
    press("Tab", "2", gives=["Xi Jinping/PERSON", "Vladimir Putin/PERSON", "Beijing/GPE", "open"])
    press("x", gives=["Xi Jinping/PERSON", "Vladimir Putin/PERSON", "Beijing/GPE", "open"])
    both = ["Xi Jinping/PERSON", "Vladimir Putin/PERSON", "Beijing/GPE", "Xi Jinping-meets-Vladimir Putin"]
    press("j", "r", "a", gives=[*both, "open"])
    press("ctrl+z", gives=["Xi Jinping/PERSON", "Vladimir Putin/PERSON", "Beijing/GPE", "open"])
    press("ctrl+shift+z", gives=[*both, "open"])
    press("ctrl+Return", gives=[*both, "done"])
    assert examine(project_file) == []
