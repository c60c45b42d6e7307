"""The relations beside the text: found, focused and decided from their list."""

from PySide6.QtCore import Qt

from driving import Desk


def rows(desk: Desk) -> list[str]:
    model = desk.window.relations.model
    return [model.index(row).data(Qt.ItemDataRole.DisplayRole) for row in range(model.rowCount())]


def test_the_list_shows_the_relations_in_reading_order_suggested_ones_with_their_score(desk: Desk) -> None:
    assert not desk.window.relations.isVisible()
    desk.press("Ctrl+3")
    assert desk.window.relations.isVisible()
    assert len(rows(desk)) == len(desk.session.pending.relations)
    assert rows(desk)[0].endswith("suggested 80")
    desk.press("Ctrl+3")
    assert not desk.window.relations.isVisible()
    assert desk.canvas.hasFocus()


def test_return_focuses_the_relation_of_the_row_in_the_text(desk: Desk) -> None:
    desk.press("Ctrl+3", "Down", "Down", "Return")
    focused = desk.session.focus
    assert focused in desk.session.pending.relations
    assert desk.canvas.focus_id == focused


def test_space_accepts_and_x_rejects_the_relation_of_the_row(desk: Desk) -> None:
    desk.press("Ctrl+3", "Down")
    count = len(rows(desk))
    desk.press("Space")
    assert len(desk.session.layer.relations) == 1
    desk.until(lambda: sum("suggested" in row for row in rows(desk)) == count - 1)
    desk.press("Down", "X")
    desk.until(lambda: len(rows(desk)) == count - 1)
    decisions = desk.saved_layer().decisions.values()
    assert {decision.answer for decision in decisions} == {"accepted", "rejected"}


def test_what_is_typed_in_the_filter_leaves_the_rows_that_contain_it(desk: Desk) -> None:
    desk.press("Ctrl+3")
    desk.window.relations.filter.setFocus()
    desk.type("partner of")
    desk.until(lambda: rows(desk) and all("partner of" in row for row in rows(desk)))


def test_escape_gives_the_keyboard_back_to_the_text(desk: Desk) -> None:
    desk.press("Ctrl+3", "Escape")
    assert desk.canvas.hasFocus()
