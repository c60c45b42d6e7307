"""Before a document is finished, what contradicts the project's own labels in other documents is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, span_suggestion_id
from annotator.store import Project
from driving import Desk, sit_down

TEXT = "Vienna is old. Many love Vienna. The mayor of Vienna agrees with the mayor and the mayor.\n"
OTHER = "They saw Vienna with the mayor.\n"


def suggestions() -> list[Span]:
    found = []
    for words, label in (("Vienna", "GPE"), ("mayor", "TITLE")):
        start = TEXT.find(words)
        while start != -1:
            fragments = ((start, start + len(words)),)
            name = span_suggestion_id(label, fragments)
            found.append(Span(name, label, fragments, origin="model:m-1", score=0.9))
            start = TEXT.find(words, start + 1)
    return found


@pytest.fixture
def cities(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Two documents; in the first Vienna and the mayor are suggested three times each."""
    file = tmp_path / "cities.annot"
    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, words in zip(texts, (TEXT, OTHER), strict=True):
        path.write_text(words, encoding="utf-8")
    create_project(file, load_schema("news"), texts, current_identity())
    with Project.open(file) as project:
        model = project.ensure_author("model", "m-1")
        project.save_suggestions(project.documents()[0].document.id, model, suggestions())
    with sit_down(qtbot, file) as desk:
        yield desk


def finish_the_first(desk: Desk) -> None:
    desk.press("Ctrl+Shift+A", "Ctrl+Return")
    assert desk.text == OTHER


def wait_for_memory(desk: Desk) -> None:
    desk.until(lambda: not desk.session.sweep.is_memory_stale and not desk.window.sweeper._is_learning)


def label(desk: Desk, words: str, key: str) -> None:
    desk.drag_over(words)
    desk.press(key)


def test_a_label_that_contradicts_finished_documents_is_said_before_finishing(cities: Desk) -> None:
    finish_the_first(cities)
    wait_for_memory(cities)
    label(cities, "Vienna", "2")
    cities.press("Ctrl+Return")
    [finding] = cities.window.findings.found
    assert finding.kind == "contradiction"
    assert finding.words == "“Vienna” is Organisation here, and Place 3 times in finished documents."
    assert "1 thing to look at" in cities.words_on_screen(cities.window.findings)
    cities.press("Return")
    assert cities.focused_words == "Vienna"
    cities.press("3", "Ctrl+Return")
    assert cities.saved_layer().status == "done"


def test_words_in_small_letters_are_compared_as_well(cities: Desk) -> None:
    finish_the_first(cities)
    wait_for_memory(cities)
    label(cities, "mayor", "1")
    cities.press("Ctrl+Return")
    [finding] = cities.window.findings.found
    assert "Title 3 times in finished documents" in finding.words


def test_a_document_does_not_contradict_itself(cities: Desk) -> None:
    """Opened again, what was read of it while another one was open does not count."""
    finish_the_first(cities)
    wait_for_memory(cities)
    cities.press("Ctrl+PgUp")
    assert cities.session.sweep.labels_elsewhere == {}
    wait_for_memory(cities)
    cities.window.carry_out("document.reopen")
    for nth in range(3):
        cities.click_on("Vienna", nth)
        cities.press("2")
    cities.press("Ctrl+Return")
    assert not cities.window.findings.isVisible()
    assert cities.text == OTHER
