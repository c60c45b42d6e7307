"""Review by type over the whole project: one key settles all mentions in all documents, and one undo takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Layer, Span, edits, span_suggestion_id
from annotator.store import Act, Project
from driving import Desk, sit_down

TEXTS = [
    "Oslo is cold. In Oslo they sang.\n",
    "Ana came to Oslo. Paris waited.\n",
    "Oslo slept, and Ana slept. Paris slept.\n",
    "At last Oslo woke up.\n",
]


def suggestion(text: str, words: str, nth: int, label: str, score: float) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m-1", score=score)


SUGGESTED = [
    [("Oslo", 0, "GPE", 0.9), ("Oslo", 1, "GPE", 0.9)],
    [("Ana", 0, "PERSON", 0.8), ("Oslo", 0, "GPE", 0.3), ("Paris", 0, "GPE", 0.9)],
    [("Oslo", 0, "GPE", 0.9), ("Ana", 0, "PERSON", 0.8), ("Paris", 0, "PERSON", 0.9)],
    [("Oslo", 0, "GPE", 0.9)],
]


def make(folder: Path) -> Path:
    """Oslo five times in four documents, once unsure; Ana twice; Paris with two labels. The last document is done."""
    file = folder / "towns.annot"
    sources = [folder / f"{number}.txt" for number in range(len(TEXTS))]
    for path, text in zip(sources, TEXTS, strict=True):
        path.write_text(text, encoding="utf-8")
    create_project(file, load_schema("news"), sources, current_identity(), name="Towns")
    with Project.open(file) as project:
        model, ids = project.ensure_author("model", "m-1"), [row.document.id for row in project.documents()]
        for document, text, wanted in zip(ids, TEXTS, SUGGESTED, strict=True):
            project.save_suggestions(document, model, [suggestion(text, *one) for one in wanted])
        me = project.ensure_author("person", current_identity().name, author_id=current_identity().id)
        project.commit(Act.now(ids[-1], me.id, edits.set_status(Layer(ids[-1], me.id), "done")))
    return file


@pytest.fixture
def towns(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with sit_down(qtbot, make(tmp_path)) as desk:
        desk.press("Shift+L")
        counted(desk)
        yield desk


def counted(desk: Desk) -> None:
    desk.until(lambda: desk.window.ledger.types._types is not None)


def rows(desk: Desk) -> list[str]:
    model = desk.window.ledger.types.model
    found = [model.index(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(model.rowCount())]
    return [str(words).partition(", least")[0] for words in found]


def current(desk: Desk) -> str:
    return str(desk.window.ledger.types.view.currentIndex().data())


def layers(desk: Desk) -> list[Layer]:
    """What the file holds of this person, document by document."""
    desk.until(lambda: desk.session.save_state == "saved" and not desk.session.bulk.is_running)
    with Project.open(desk.file, for_writing=False) as project:
        return [project.layer(row.document.id, desk.session.author.id) for row in project.documents()]


def labelled(desk: Desk) -> list[list[tuple[str, str]]]:
    return [
        sorted((span.covered(text), span.label) for span in layer.spans.values())
        for layer, text in zip(layers(desk), TEXTS, strict=True)
    ]


def test_rows_count_the_project_and_stand_by_what_one_key_saves(towns: Desk) -> None:
    assert rows(towns) == [
        "Oslo, Place, 4 times in 3 documents, 1 held back",
        "Ana, Person, 2 times in 2 documents",
        "Paris, Place, 1 time in 1 document, 1 held back: has another label elsewhere",
        "Paris, Person, 1 time in 1 document, 1 held back: has another label elsewhere",
    ]
    assert "8 suggestions of 4 kinds" in towns.words_on_screen(towns.window.ledger)
    assert towns.window.ledger.types.view.hasFocus()


def test_one_key_settles_all_documents_but_what_is_held_back_and_what_is_finished(towns: Desk) -> None:
    towns.press("Space")
    assert labelled(towns) == [[("Oslo", "GPE")] * 2, [], [("Oslo", "GPE")], []]
    towns.until(
        lambda: "Accepted: 3 × “Oslo” in 2 documents, 1 held back" in towns.words_on_screen(towns.window.status)
    )
    assert {one.how for layer in layers(towns) for one in layer.decisions.values()} == {"bulk"}
    assert rows(towns)[0] == "Oslo, Place, 1 time in 1 document, 1 held back"
    assert current(towns) == "Ana", "the next row is at hand"
    assert "5 suggestions of 4 kinds" in towns.words_on_screen(towns.window.ledger)


def test_one_undo_takes_all_of_it_back_and_redo_makes_it_again(towns: Desk) -> None:
    towns.press("Space")
    assert labelled(towns)[0]
    towns.press("Ctrl+Z")
    assert labelled(towns) == [[], [], [], []]
    counted(towns)
    assert rows(towns)[0] == "Oslo, Place, 4 times in 3 documents, 1 held back"
    towns.press("Ctrl+Shift+Z")
    assert labelled(towns) == [[("Oslo", "GPE")] * 2, [], [("Oslo", "GPE")], []]


def test_undo_works_the_day_after_from_another_document(towns: Desk) -> None:
    towns.press("Space")
    assert labelled(towns)[2]
    towns.restart()
    towns.press("Ctrl+PgDown", "Ctrl+Z")
    assert labelled(towns) == [[], [], [], []]
    towns.press("Shift+L")
    counted(towns)
    assert rows(towns)[0].startswith("Oslo, Place, 4 times")


def test_x_rejects_all_and_a_digit_corrects_all_in_every_document(towns: Desk) -> None:
    towns.press("X")
    towns.until(lambda: current(towns) == "Ana")
    assert not any(row.startswith("Oslo") for row in rows(towns)), "also what is unsure"
    towns.press("2")
    assert labelled(towns) == [[], [("Ana", "ORG")], [("Ana", "ORG")], []]
    answers = [sorted(one.answer for one in layer.decisions.values()) for layer in layers(towns)]
    assert answers == [["rejected"] * 2, ["corrected", "rejected"], ["corrected", "rejected"], []]


def test_what_has_two_labels_is_looked_at_one_by_one_but_a_digit_says_which(towns: Desk) -> None:
    towns.press("Tab", "Tab", "Space")
    assert current(towns) == "Paris"
    assert "look" in towns.words_on_screen(towns.window.status)
    assert labelled(towns) == [[], [], [], []]
    towns.press("3")
    towns.until(lambda: labelled(towns)[1] == [("Paris", "GPE")])


def test_right_goes_to_the_least_certain_mention_in_its_own_document(towns: Desk) -> None:
    towns.press("Right")
    assert towns.text == TEXTS[1]
    assert towns.focused_words == "Oslo"
    assert towns.canvas.hasFocus()
    towns.press("Space")
    assert towns.label_of("Oslo") == "GPE"
    towns.press("Shift+L")
    counted(towns)
    assert rows(towns)[0] == "Oslo, Place, 3 times in 2 documents", "it is counted anew"


def test_keys_go_between_document_project_and_text(towns: Desk) -> None:
    ledger = towns.window.ledger
    towns.press("L")
    assert not ledger.is_of_project
    assert ledger.view.hasFocus()
    towns.press("Shift+L")
    assert ledger.is_of_project
    towns.press("Escape")
    assert towns.canvas.hasFocus()
    towns.press("Shift+L", "Shift+L")
    assert not ledger.isVisible()
    assert towns.window.documents.isVisible()


def test_what_is_for_one_mention_is_refused_in_words(towns: Desk) -> None:
    for key in ("R", ";", "Shift+Right"):
        towns.press(key)
        assert "one mention at a time" in towns.words_on_screen(towns.window.status)
    assert labelled(towns) == [[], [], [], []]


def test_a_read_only_project_shows_the_rows_and_refuses_the_keys(qtbot: QtBot, tmp_path: Path) -> None:
    file = make(tmp_path)
    with Project.open(file), sit_down(qtbot, file) as desk:
        desk.press("Shift+L")
        counted(desk)
        desk.press("Space")
        assert "read-only" in desk.words_on_screen(desk.window.status)
        assert len(rows(desk)) == 4


def test_the_foot_names_the_keys_in_force(towns: Desk) -> None:
    words = towns.words_on_screen(towns.window.ledger._foot)
    assert "Space\naccept all" in words
    assert "→\ngo to it" in words
    towns.window.keymap.give("decide.accept", ["Q"])
    towns.window.keys_changed()
    towns.settle()
    words = towns.words_on_screen(towns.window.ledger._foot)
    assert "Q\naccept all" in words
    assert "Space" not in words
    towns.press("L")
    assert "open" in towns.words_on_screen(towns.window.ledger._foot)


def test_the_window_closes_while_it_counts(qtbot: QtBot, tmp_path: Path) -> None:
    with sit_down(qtbot, make(tmp_path)) as desk:
        desk.press("Shift+L")
        desk.window.ledger.types._count()
        reporter = desk.window.ledger.types._reporter
        desk.restart()
        assert reporter.is_ended()
        assert not desk.window.ledger.isVisible()
