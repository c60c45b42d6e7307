"""The labels list: counts, what is lit and armed, clicks; and explanations that interpret nothing."""

from collections import Counter

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from annotator.model import Label, RelationType, Schema
from annotator.ui.panels.labels_model import Count, Entry, EntryRole, LabelsModel, counts, explanation
from driving import LEFT, Desk


def entry_of(desk: Desk, title: str) -> tuple[QModelIndex, Entry]:
    model = desk.window.labels.model
    for number in range(model.rowCount()):
        entry = model.data(model.index(number), EntryRole)
        if not isinstance(entry.kind, str) and entry.kind.title == title:
            return model.index(number), entry
    raise AssertionError(f"no label is called {title}")


def click(desk: Desk, title: str) -> None:
    view = desk.window.labels.view
    index, _ = entry_of(desk, title)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    desk.settle()


def test_counts_tell_decided_from_suggested(desk: Desk) -> None:
    before = entry_of(desk, "Place")[1].count
    assert before.decided == 0
    desk.press("Tab", "Space")
    after = entry_of(desk, "Place")[1].count
    assert after == Count(1, before.pending - 1)


def test_the_label_of_what_is_focused_is_lit(desk: Desk) -> None:
    desk.press("Tab")
    assert entry_of(desk, "Place")[1].is_lit
    assert not entry_of(desk, "Person")[1].is_lit


def test_a_click_corrects_the_focused_suggestion(desk: Desk) -> None:
    desk.press("Tab")
    click(desk, "Organisation")
    assert desk.label_of("China") == "ORG"
    assert desk.canvas.hasFocus()


def test_a_click_arms_a_label_when_nothing_is_focused_and_a_second_one_disarms_it(desk: Desk) -> None:
    click(desk, "Event")
    assert entry_of(desk, "Event")[1].is_armed
    desk.drag_over("closer partnership")
    assert desk.label_of("closer partnership") == "EVENT"
    desk.press("Escape")
    click(desk, "Event")
    assert not entry_of(desk, "Event")[1].is_armed


def test_a_click_on_a_relation_without_one_in_focus_says_how_it_is_drawn(desk: Desk) -> None:
    desk.press("Tab")
    click(desk, "meets")
    assert "press R" in desk.words_on_screen()


def test_headings_cannot_be_clicked() -> None:
    model = LabelsModel(Schema("s", (Label("A", "A"),), (RelationType("r", "r"),)))
    assert [model.flags(model.index(number)) for number in (0, 2, 3)] == [Qt.ItemFlag.NoItemFlags] * 3


def test_counts_join_both_sides() -> None:
    assert counts(Counter("AA"), Counter({"A": 1, "B": 1, "C": 0})) == {"A": Count(2, 1), "B": Count(0, 1)}


def test_a_definition_with_markup_is_escaped_in_the_tip() -> None:
    hostile = "<img src='file:///etc/passwd'>"
    label = Label("A", hostile, definition=hostile, examples=(hostile,))
    kind = RelationType("r", hostile, heads=("A",))
    schema = Schema("s", (label,), (kind,))
    for words in (explanation(label, schema), explanation(kind, schema)):
        assert "<img" not in words
        assert "&lt;img" in words


def test_many_labels_can_be_searched() -> None:
    schema = Schema("s", tuple(Label(f"L{number}", f"Label {number}") for number in range(10_000)))
    model = LabelsModel(schema)
    model.set_filter("label 9999")
    assert model.rowCount() == 2


def test_only_the_rows_that_look_different_are_painted_anew(desk: Desk) -> None:
    model = desk.window.labels.model
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    desk.press("Tab", "Space")
    assert 0 < len(changed) < model.rowCount()
    assert entry_of(desk, "Place")[0].row() in changed
