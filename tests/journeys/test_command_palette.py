"""The command palette: everything by a few letters and Enter, what was used last on top."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.commands import COMMANDS
from annotator.app.placement import BY_LABEL
from annotator.model import Document
from annotator.model.document import text_id
from annotator.store import ImportRecord, Project
from annotator.ui.popups.command_palette import CommandPalette
from annotator.ui.popups.offers_list import FoundRole
from driving import Desk, make_project, sit_down


def palette(desk: Desk) -> CommandPalette:
    found = desk.window.findChild(CommandPalette)
    assert isinstance(found, CommandPalette)
    return found


def titles(desk: Desk) -> list[str]:
    model = palette(desk).model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def reason(desk: Desk, title: str) -> str:
    model = palette(desk).model
    return str(model.index(titles(desk).index(title)).data(FoundRole).offer.reason)


def test_a_few_letters_and_enter_run_a_command(desk: Desk) -> None:
    desk.press("Tab", "Ctrl+K")
    desk.type("accept sugg")
    assert titles(desk)[0] == "Accept the suggestion"
    left = len(desk.session.pending)
    desk.press("Return")
    assert not palette(desk).isVisible()
    assert len(desk.session.pending) < left
    assert desk.canvas.hasFocus()


def test_every_command_is_offered_but_the_palette_itself_and_labels_go_by_their_names(desk: Desk) -> None:
    desk.press("Ctrl+K")
    offered = {titles(desk)[row] for row in range(palette(desk).model.rowCount())}
    wanted = {entry.title for name, entry in COMMANDS.items() if entry.group not in BY_LABEL}
    assert offered == wanted - {COMMANDS["help.commands"].title}
    desk.type("label person")
    assert titles(desk)[0] == "Label Person"


def test_a_label_is_given_to_the_selection(desk: Desk) -> None:
    desk.press("Ctrl+PgDown", "Shift+Right")
    selected = desk.session.selection
    assert selected is not None
    desk.press("Ctrl+K")
    desk.type("lab org")
    desk.press("Return")
    assert [(span.start, span.end, span.label) for span in desk.session.layer.spans.values()] == [(*selected, "ORG")]


def test_a_relation_gets_another_label(desk: Desk) -> None:
    relation = next(iter(desk.session.pending.relations.values()))
    desk.session.set_focus(relation.id)
    desk.press("Ctrl+K")
    desk.type("relation label")
    title = desk.session.schema.relation_names[relation.label].title
    assert reason(desk, f"Relation label {title}") == ""
    desk.type(f" {title}")
    desk.press("Return")
    assert [one.label for one in desk.session.layer.relations.values()] == [relation.label]


def test_a_document_is_found_by_its_title_too(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("meet in vie")
    desk.until(lambda: titles(desk)[:1] == ["Leaders meet in Vienna"])


def test_any_document_is_found_by_its_title_whatever_the_list_beside_the_text_has_read(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    file = make_project(tmp_path / "news.annot", suggestions=False)
    text = "Nothing is said of it here."
    title = Document(text_id(text), "z-1", len(text), 900, {"title": "A quiet Monday"})
    with Project.open(file) as project:
        project.import_documents([ImportRecord(title, text)])
    with sit_down(qtbot, file) as desk:
        desk.window.documents.model.stop()
        desk.window.documents.model.reload()
        desk.press("Ctrl+K")
        desk.type("quiet mon")
        assert palette(desk).isVisible()
        desk.until(lambda: titles(desk)[:1] == ["A quiet Monday"])
        desk.press("Return")
        assert desk.session.document is not None
        assert desk.session.document.id == title.id


def test_what_was_about_to_be_chosen_stays_so_when_documents_are_found(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("trade")
    desk.until(lambda: "Trade grows" in titles(desk) or "trade" in titles(desk))
    desk.press("Down")
    chosen = palette(desk).view.currentIndex().data(FoundRole).offer
    palette(desk)._take_titled("trade", [])
    assert palette(desk).view.currentIndex().data(FoundRole).offer == chosen


def test_words_that_nothing_is_called_by_say_so_when_the_documents_have_been_looked_through(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("qqzzx")
    assert titles(desk) == []
    desk.until(lambda: "Nothing is called so." in desk.words_on_screen(palette(desk)))


def test_a_document_is_opened_by_the_beginning_of_its_name(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("Trade")
    assert titles(desk)[0] == "trade"
    desk.press("Return")
    assert desk.session.document is not None
    assert desk.session.document.name == "trade"


def test_what_is_not_possible_says_why_and_does_nothing(desk: Desk) -> None:
    desk.press("Escape", "Ctrl+K")
    desk.type("reverse the relation")
    assert reason(desk, "Reverse the relation").startswith("First focus a relation")
    desk.press("Return")
    assert palette(desk).isVisible()
    assert "First focus a relation" in desk.window.status._said.text()


def test_what_was_used_last_comes_first_also_after_a_restart(desk: Desk) -> None:
    for words in ("high contrast", "label place"):
        desk.press("Ctrl+K")
        desk.type(words)
        desk.press("Return")
    desk.press("Ctrl+K")
    assert titles(desk)[:2] == ["Label Place", "High contrast"]
    desk.press("Escape")
    desk.restart()
    desk.press("Ctrl+K")
    assert titles(desk)[:2] == ["Label Place", "High contrast"]


def test_arrows_go_round_and_escape_gives_the_keyboard_back(desk: Desk) -> None:
    desk.press("Ctrl+F", "Ctrl+K")
    shown = palette(desk)
    desk.press("Up")
    assert shown.view.currentIndex().row() == shown.model.rowCount() - 1
    desk.press("Down", "Down")
    assert shown.view.currentIndex().row() == 1
    desk.press("PgDown", "PgDown", "PgUp")
    assert 0 < shown.view.currentIndex().row() < shown.model.rowCount()
    desk.press("Escape")
    assert not shown.isVisible()
    assert desk.window.documents.search.hasFocus()
    desk.press("Ctrl+K", "Ctrl+K")
    assert not shown.isVisible()


def test_a_click_runs_and_a_click_elsewhere_closes(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("zzzz")
    desk.until(lambda: "Nothing is called so." in desk.words_on_screen())
    desk.canvas.setFocus()
    desk.settle()
    assert not palette(desk).isVisible()


def test_the_keys_shown_are_those_that_hold(desk: Desk) -> None:
    desk.window.keymap.give("help.commands", ["F8"])
    desk.window.keymap.give("edit.undo", ["Ctrl+U"])
    desk.window.keys_changed()
    desk.press("F8")
    desk.type("undo")
    assert palette(desk).model.index(0).data(FoundRole).offer.keys == "Ctrl+U"
    desk.press("F8")
    assert not palette(desk).isVisible()


def test_it_opens_at_once_among_very_many_documents(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    """No time is measured against a clock here; it must not read more documents than it shows."""
    file = make_project(tmp_path / "news.annot", suggestions=False)
    with Project.open(file) as project:
        texts = {f"report-{number:05}": f"Report number {number}." for number in range(3000)}
        project.import_documents(
            [ImportRecord(Document(text_id(text), name, len(text), 0), text) for name, text in texts.items()]
        )
    with sit_down(qtbot, file) as desk:
        began = perf_counter()
        desk.press("Ctrl+K")
        print(f"opened in {(perf_counter() - began) * 1000:.1f} ms")
        desk.type("REPORT-02")
        assert titles(desk) == [f"report-0200{number}" for number in range(8)]
