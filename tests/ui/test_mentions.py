"""The list of same mentions, and what shows while many documents are changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.analysis.mentions import Kind, Mention, Plan, Wish
from annotator.app.events import Spread
from annotator.app.identity import Identity
from annotator.app.mention_search import Line
from annotator.app.session import Session
from annotator.model import Label, Schema
from annotator.store import Project
from annotator.ui.dialogs.mentions_model import IsFirstRole, MentionsModel, outcome_of
from annotator.ui.dialogs.spreading import SpreadingDialog
from annotator.ui.mentions import Spreading, glow_of


def line(document: str, start: int, kind: Kind = "new", **more: Any) -> Line:
    return Line(document, document, Mention(start, start + 4, kind, **more), "in ", "Oslo", ".")


@pytest.fixture
def model() -> MentionsModel:
    """Three documents, the last mention of the second one a conflict."""
    model = MentionsModel()
    model.append([line("a", 0), line("a", 10), line("b", 0)])
    model.append([line("b", 20, "conflict", reason="Labelled ORG already."), line("c", 5)])
    return model


def counts(model: MentionsModel) -> tuple[int, int, int, int]:
    return len(model), model.documents, model.ticked, model.conflicts


def test_what_is_found_is_ticked_unless_it_is_a_conflict(model: MentionsModel) -> None:
    assert counts(model) == (5, 3, 4, 1)
    assert model.chosen() == {"a": {(0, 4), (10, 14)}, "b": {(0, 4)}, "c": {(5, 9)}}


def test_rows_are_unticked_together_and_ticked_together(model: MentionsModel) -> None:
    model.toggle([0, 1])
    assert counts(model) == (5, 3, 2, 1)
    model.toggle([1, 2])
    assert [model.is_ticked(row) for row in range(5)] == [False, True, True, False, True]


def test_a_document_is_unticked_as_a_whole(model: MentionsModel) -> None:
    model.toggle_document(1)
    assert set(model.chosen()) == {"b", "c"}
    model.toggle_document(3)
    assert set(model.chosen()) == {"c"}


def test_a_conflict_cannot_be_ticked(model: MentionsModel) -> None:
    model.tick_all(is_ticked=False)
    model.toggle([3])
    assert model.chosen() == {}
    model.tick_all(is_ticked=True)
    assert counts(model) == (5, 3, 4, 1)


def test_the_first_mention_of_a_document_says_so(model: MentionsModel) -> None:
    assert [model.index(row).data(IsFirstRole) for row in range(5)] == [True, False, True, False, True]


def test_a_row_says_what_becomes_of_its_mention() -> None:
    assert outcome_of(line("a", 0)) == "new"
    assert outcome_of(line("a", 0, "accept")) == "suggested"
    assert outcome_of(line("a", 0, "accept", score=0.46)) == "suggested 46"
    assert outcome_of(line("a", 0, "correct", was="ORG", score=0.9)) == "now ORG 90"
    assert outcome_of(line("a", 0, "relabel", was="ORG")) == "now ORG"
    assert outcome_of(line("a", 0, "delete", lost=2)) == "with 2 relations"
    assert outcome_of(line("a", 0, "conflict", reason="Labelled ORG already.")) == "Labelled ORG already."


def test_a_screen_reader_hears_the_whole_row(model: MentionsModel) -> None:
    said = model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "not ticked, b, in Oslo., Labelled ORG already."


def test_places_glow_by_what_becomes_of_them() -> None:
    mentions = (Mention(0, 4, "new"), Mention(5, 9, "delete"), Mention(10, 14, "conflict"))
    plan = Plan(Wish("label", "Oslo", "GPE"), mentions, ())
    assert list(glow_of(plan)) == [(0, 4, "change"), (5, 9, "drop"), (10, 14, "skip")]


# ---- while it is written


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    Project.create(tmp_path / "p.annot", Schema("s", (Label("GPE", "Place"),)), name="P").close()
    session = Session(tmp_path / "p.annot", identity=Identity("0190-anna", "anna"))
    yield session
    session.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setProperty("spreading", Spreading(session, window))
    window.show()
    return window


def dialog() -> QWidget | None:
    return QApplication.activeModalWidget()


def test_an_act_that_takes_long_shows_how_far_it_is_until_it_is_over(
    qtbot: QtBot, session: Session, window: QWidget
) -> None:
    assert window.isVisible()
    session.bus.emit(Spread("Label 300 × “<b>Oslo</b>” GPE", 100, 300))
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    assert shown.windowTitle().startswith("Label 300 × “<b>Oslo</b>” GPE")
    session.bus.emit(Spread("Label", 200, 300))
    assert shown.findChildren(QProgressBar)[0].value() == 200
    session.bus.emit(Spread("Label", 300, 300, is_over=True))
    assert dialog() is None


def test_an_act_that_is_soon_over_shows_nothing(qtbot: QtBot, session: Session, window: QWidget) -> None:
    assert window.isVisible()
    session.bus.emit(Spread("Label", 1, 2))
    session.bus.emit(Spread("Label", 2, 2, is_over=True))
    qtbot.wait(350)
    assert dialog() is None


def test_its_button_stops_it_and_the_last_news_find_no_dialog(qtbot: QtBot, session: Session, window: QWidget) -> None:
    session.bus.emit(Spread("Label", 1, 20))
    qtbot.waitUntil(lambda: dialog() is not None)
    press_stop()
    assert dialog() is None
    session.bus.emit(Spread("Label", 2, 20))
    session.bus.emit(Spread("Label", 20, 20, is_over=True))
    assert window.isVisible()


def test_stopping_and_escape_stop_and_the_end_does_not(window: QWidget) -> None:
    stopped: list[str] = []
    for name in ("button", "escape", "end"):
        shown = SpreadingDialog("Label", lambda name=name: stopped.append(name), window)
        shown.open()
        if name == "button":
            press_stop()
        elif name == "escape":
            QTest.keyClick(shown, Qt.Key.Key_Escape)
        else:
            shown.accept()
    assert stopped == ["button", "escape"]


def press_stop() -> None:
    shown = dialog()
    assert shown is not None
    QTest.mouseClick(shown.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
