"""Review by type: one key settles all suggestions that say the same."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, span_suggestion_id
from annotator.store import Project
from driving import LEFT, Desk, sit_down

TEXT = (
    "Xi meets Putin\n\nXi met Putin in Beijing. Putin thanked Xi.\n\n"
    "Later Xi left Beijing, and Moscow was glad. Xi slept.\n"
)


def rows(desk: Desk) -> list[str]:
    """The texts of the lines, in order."""
    model = desk.window.ledger.model
    return [str(model.index(number).data(Qt.ItemDataRole.DisplayRole)) for number in range(model.rowCount())]


def current(desk: Desk) -> str:
    return str(desk.window.ledger.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def suggestion(words: str, nth: int, label: str, score: float) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m-1", score=score)


@pytest.fixture
def small(qtbot: QtBot, tmp_path, qapp: QApplication) -> Iterator[Desk]:
    """Five times Xi, one of them unsure; three times Putin, one of them as a place; Beijing twice; Moscow, unsure."""
    file, text = tmp_path / "small.annot", tmp_path / "small.txt"
    text.write_text(TEXT, encoding="utf-8")
    create_project(file, load_schema("news"), [text], current_identity(), name="Small")
    found = [suggestion("Xi", nth, "PERSON", 0.3 if nth == 3 else 0.9) for nth in range(5)]
    found += [suggestion("Putin", nth, "GPE" if nth == 2 else "PERSON", 0.8) for nth in range(3)]
    found += [suggestion("Beijing", nth, "GPE", 0.95) for nth in range(2)]
    found += [suggestion("Moscow", 0, "GPE", 0.2)]
    with Project.open(file) as project:
        project.save_suggestions(project.documents()[0].document.id, project.ensure_author("model", "m-1"), found)
    with sit_down(qtbot, file) as desk:
        yield desk


def test_the_sample_article_has_fewer_than_half_as_many_rows_as_suggestions(desk: Desk) -> None:
    desk.press("Ctrl+4")
    model = desk.window.ledger.model
    spans = [number for number in range(model.rowCount()) if not model.line(number).row.is_relation]
    assert len(spans) < 0.5 * len(desk.session.pending.spans)
    assert "kinds" in desk.words_on_screen(desk.window.ledger)


def test_the_rows_take_the_place_of_the_documents_and_give_it_back(desk: Desk) -> None:
    assert desk.window.documents.isVisible()
    desk.press("L")
    assert desk.window.ledger.view.hasFocus()
    assert not desk.window.documents.isVisible()
    assert desk.canvas.isVisible()
    desk.press("Escape")
    assert desk.canvas.hasFocus()
    desk.press("L", "Ctrl+4")
    assert desk.window.documents.isVisible()
    assert not desk.window.ledger.isVisible()
    assert desk.canvas.hasFocus()


def test_documents_that_stand_aside_are_there_again_the_next_day(desk: Desk) -> None:
    desk.press("Ctrl+4")
    desk.restart()
    assert desk.window.documents.isVisible()
    assert not desk.window.ledger.isVisible()


def test_one_key_accepts_a_row_but_for_what_is_held_back(small: Desk) -> None:
    small.press("Ctrl+4")
    assert rows(small)[:2] == ["Xi", "Beijing"]
    assert "1 held back: unsure" in current(small)
    small.press("Space")
    layer = small.saved_layer()
    assert [span.covered(TEXT) for span in layer.spans.values()] == ["Xi"] * 4
    assert {span.confirmed for span in layer.spans.values()} == {"bulk"}
    assert {one.how for one in layer.decisions.values()} == {"bulk"}
    assert "1 held back" in small.words_on_screen(small.window.status)
    assert rows(small)[:2] == ["Xi", "Beijing"]
    assert current(small).startswith("Beijing"), "the next row is at hand"


def test_one_undo_takes_a_row_back_and_points_at_it(small: Desk) -> None:
    small.press("Ctrl+4", "Space")
    assert len(small.session.layer.spans) == 4
    small.press("Ctrl+Z")
    assert not small.saved_layer().spans
    assert current(small).startswith("Xi")
    small.press("Ctrl+Shift+Z")
    assert len(small.saved_layer().spans) == 4


def test_a_row_is_settled_for_good(small: Desk) -> None:
    small.press("Ctrl+4", "X", "Space")
    small.restart()
    assert {span.covered(TEXT) for span in small.session.layer.spans.values()} == {"Beijing"}
    small.press("Ctrl+4")
    assert "Xi" not in rows(small)
    assert "Beijing" not in rows(small)


def test_x_rejects_all_of_a_row_also_what_is_unsure(small: Desk) -> None:
    small.press("Ctrl+4", "X")
    answers = [(one.answer, one.how) for one in small.saved_layer().decisions.values()]
    assert answers == [("rejected", "bulk")] * 5


def test_a_digit_corrects_all_of_a_row(small: Desk) -> None:
    small.press("Ctrl+4", "Down", "2")
    layer = small.saved_layer()
    assert {(span.covered(TEXT), span.label) for span in layer.spans.values()} == {("Beijing", "ORG")}
    assert {(one.answer, one.label) for one in layer.decisions.values()} == {("corrected", "GPE")}


def test_a_text_with_two_labels_is_held_back_whole_and_opens_instead(small: Desk) -> None:
    small.press("Ctrl+4", "Down", "Down")
    assert current(small).startswith("Putin")
    assert "2 held back: has another label elsewhere" in current(small)
    small.press("Space")
    assert not small.session.layer.spans
    assert "one by one" in small.words_on_screen(small.window.status)
    assert small.focused_words == "Putin"
    small.press("Space", "Space")
    assert {(span.covered(TEXT), span.label, span.confirmed) for span in small.saved_layer().spans.values()} == {
        ("Putin", "PERSON", "single")
    }


def test_right_opens_a_row_to_single_mentions_and_left_closes_it(small: Desk) -> None:
    small.press("Ctrl+4", "Right", "Right")
    assert small.focused_words == "Xi"
    assert small.session.focused.score == 0.3, "the least certain one stands first"
    small.press("Space")
    [span] = small.saved_layer().spans.values()
    assert span.confirmed == "single"
    small.press("Left")
    assert rows(small)[0] == "Xi"
    assert len(rows(small)) == len(set(rows(small))) + 1, "Putin stands twice, nothing else does"


def test_a_row_of_one_is_looked_at_and_counts_as_single(small: Desk) -> None:
    small.press("Ctrl+4", "End")
    assert small.focused_words == "Moscow"
    small.press("Space")
    [span] = small.saved_layer().spans.values()
    assert (span.covered(TEXT), span.confirmed) == ("Moscow", "single")


def test_a_row_of_one_gets_its_boundaries_where_it_is_and_the_next_key_goes_on(small: Desk) -> None:
    small.press("Ctrl+4", "End")
    small.press("Shift+Right", "Shift+Right")
    assert small.label_of("Moscow was glad") == "GPE"
    assert small.focused_words == "Moscow was glad"
    assert small.window.ledger.view.hasFocus()
    small.press("2")
    assert small.label_of("Moscow was glad") == "ORG", "keys mean what is focused"
    small.press("Space")
    assert small.focused_words != "Moscow was glad"
    assert len(small.session.layer.spans) == 1, "nothing else was decided"


@pytest.mark.parametrize("key", ["Tab", "Down"])
def test_after_the_boundaries_of_a_row_no_row_is_stepped_over(desk: Desk, key: str) -> None:
    desk.press("Ctrl+4", "End", *["Up"] * 12)
    model, number = desk.window.ledger.model, desk.window.ledger.view.currentIndex().row()
    while len(model.line(number).row.ids) > 1 or model.line(number).row.is_relation:
        desk.press("Up")
        number -= 1
    following = model.line(number + 1).name
    desk.press("Shift+Right")
    desk.until(lambda: model.line(number).name == following)
    desk.press(key)
    assert desk.window.ledger.line.name == following


def test_finding_a_document_takes_the_place_of_the_rows(small: Desk) -> None:
    small.press("Ctrl+4", "Escape", "/")
    assert small.window.documents.search.hasFocus()
    assert small.window.ledger.isHidden(), "three panels would leave no room for the text"


def test_what_is_done_to_one_mention_is_refused_in_words_on_a_row_of_several(small: Desk) -> None:
    small.press("Ctrl+4", "Shift+Right")
    assert "opens the row" in small.words_on_screen(small.window.status)
    small.press("R")
    assert "opens the row" in small.words_on_screen(small.window.status)
    assert not small.session.layer.spans
    assert small.session.relating is None


def test_after_the_boundaries_of_the_last_row_the_keyboard_is_back_at_the_text(small: Desk) -> None:
    small.press("Ctrl+4", "X", "X", "X", "X")
    assert rows(small) == ["Moscow"]
    small.press("Shift+Right", "Shift+Right")
    assert small.label_of("Moscow was glad") == "GPE"
    assert small.canvas.hasFocus()


def test_a_relation_is_drawn_from_a_row_of_one_and_the_rows_go_on(desk: Desk) -> None:
    desk.press("Ctrl+4")
    while desk.focused_words != "Boris Titov":
        desk.press("Down")
    desk.press("R")
    hints = {desk.session.find(key).covered(desk.text): hint for key, hint in desk.session.relating.hints.items()}
    desk.press(hints["Russian Presidential Commissioner for Entrepreneurs' Rights"])
    assert [head for head, label, _ in desk.relations() if label == "holds_title"] == ["Boris Titov"]
    assert desk.window.ledger.view.hasFocus()
    assert desk.session.pending.get(desk.session.focus or "") is not None


def test_the_mentions_of_the_row_glow_in_the_text(small: Desk) -> None:
    small.press("Ctrl+4")
    assert len(small.canvas._overlay.group) == 5
    small.press("Escape")
    assert not small.canvas._overlay.group


def test_when_the_last_row_is_settled_the_keyboard_is_back_at_the_text(small: Desk) -> None:
    small.press("Ctrl+4")
    for _ in range(12):
        if small.session.pending:
            small.press("X")
    assert not small.session.pending
    assert small.canvas.hasFocus()
    assert "No suggestion is open" in small.words_on_screen(small.window.ledger)


def test_the_sample_article_is_reviewed_by_type_in_at_most_eighty_keys(desk: Desk) -> None:
    everything = len(desk.session.pending)
    desk.press("Ctrl+4")
    keys = 1
    while desk.session.pending and keys < 100:
        desk.press("Space")
        keys += 1
    assert keys <= 80
    saved = desk.saved_layer()
    assert len(saved.spans) + len(saved.relations) == everything
    assert "All suggestions" in desk.words_on_screen(desk.window.status)


def test_relations_are_settled_by_type_too(desk: Desk) -> None:
    desk.press("Ctrl+4")
    model = desk.window.ledger.model
    number = next(n for n in range(model.rowCount()) if model.line(n).row.is_relation)
    for _ in range(number):
        desk.press("Tab")
    row = model.line(number).row
    desk.press("Space")
    layer = desk.saved_layer()
    assert {relation.label for relation in layer.relations.values()} == {row.label}
    assert len(layer.relations) == len(row.ids)


def test_a_click_points_at_a_row_and_a_double_click_opens_it(small: Desk) -> None:
    small.press("Ctrl+4")
    view = small.window.ledger.view
    place = view.visualRect(small.window.ledger.model.index(1)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    small.settle()
    assert current(small).startswith("Beijing")
    assert len(small.canvas._overlay.group) == 2
    QTest.mouseDClick(view.viewport(), LEFT, pos=place)
    small.settle()
    assert rows(small)[2].endswith("Beijing. Putin thanked Xi.")


def test_read_only_refuses_in_words_and_keeps_the_row(small: Desk, qtbot: QtBot) -> None:
    with sit_down(qtbot, small.file) as second:
        assert second.session.is_read_only
        second.press("Ctrl+4", "Space")
        assert "read-only" in second.words_on_screen(second.window.status)
        assert rows(second)[0] == "Xi"
        assert not second.session.layer.spans


def test_in_a_narrow_window_the_rows_leave_room_for_the_text(desk: Desk) -> None:
    desk.window.resize(1000, 700)
    desk.settle()
    desk.press("Ctrl+4")
    assert desk.window.ledger.width() <= 0.32 * desk.window.width()
    assert desk.canvas.width() > desk.window.ledger.width()
