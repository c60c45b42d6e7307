"""Saying more about a label: attributes by keyboard alone and by mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.model import Schema, Span, span_suggestion_id
from annotator.model.lookup import Entry
from annotator.store import Project
from annotator.ui.widgets.choices import ChoiceList
from annotator.ui.widgets.link_field import LinkField
from annotator.ui.widgets.options import OptionRow
from annotator.ui.widgets.value_field import ValueField
from driving import LEFT, Desk, sit_down

TEXT = "Xi Jinping met Vladimir Putin in Beijing on Friday, not on Thursday.\n"
SCHEMA = Schema.from_dict(
    {
        "labels": [{"name": "PERSON"}, {"name": "GPE"}, {"name": "DATE"}],
        "relations": [{"name": "meets", "symmetric": True, "heads": ["PERSON"], "tails": ["PERSON"]}],
        "attributes": [
            {"name": "certainty", "title": "Certainty", "kind": "choice", "values": ["sure", "doubtful"]},
            {"name": "alive", "title": "Alive", "kind": "yes-no", "on": ["PERSON"]},
            {"name": "role", "title": "Role", "on": ["PERSON", "meets"]},
            {"name": "place", "title": "Place", "kind": "link", "table": "places", "on": ["GPE"]},
        ],
    }
)


PLACES = [
    Entry("Q956", "Beijing", ("Peking",), "capital of China"),
    Entry("Q1", "Beijing Road"),
    Entry("Q90", "Paris"),
]


def suggested(words: str, label: str, **attrs: object) -> Span:
    fragments = ((TEXT.index(words), TEXT.index(words) + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, attrs=attrs, origin="model:m-1", score=0.9)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    (text := tmp_path / "visit.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "visits.annot"
    create_project(file, SCHEMA, [text], current_identity(), tables={"places": PLACES})
    spans = [suggested("Xi Jinping", "PERSON"), suggested("Vladimir Putin", "PERSON"), suggested("Beijing", "GPE")]
    spans.append(suggested("Friday", "DATE", source="calendar"))
    spans.append(suggested("Thursday", "DATE", certainty="perhaps"))
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        project.save_suggestions(document, project.ensure_author("model", "m-1"), spans)
    with sit_down(qtbot, file) as desk:
        desk.press("Tab", "Space", "Space", "Space")
        yield desk


def attrs_of(desk: Desk, words: str) -> dict[str, object]:
    start = TEXT.index(words)
    [found] = [span for span in desk.saved_layer().spans.values() if span.start == start]
    return dict(found.attrs)


def keyboard_is_on_the_text(desk: Desk) -> bool:
    return QApplication.focusWidget() is desk.canvas


def test_a_choice_is_made_changed_and_taken_back_by_keys(desk: Desk) -> None:
    desk.click_on("Beijing")
    desk.press("A", "2", "Escape")
    assert attrs_of(desk, "Beijing") == {"certainty": "doubtful"}
    assert keyboard_is_on_the_text(desk)
    desk.press("A", "Left", "Return")
    assert attrs_of(desk, "Beijing") == {"certainty": "sure"}
    assert keyboard_is_on_the_text(desk)
    desk.press("A", "Backspace", "Escape")
    assert attrs_of(desk, "Beijing") == {}
    desk.press("Ctrl+Z", "Ctrl+Z")
    assert attrs_of(desk, "Beijing") == {"certainty": "doubtful"}


def test_yes_no_has_a_third_state(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("A", "Tab", "Y")
    assert attrs_of(desk, "Xi Jinping") == {"alive": True}
    desk.press("N")
    assert attrs_of(desk, "Xi Jinping") == {"alive": False}
    desk.press("N")
    assert attrs_of(desk, "Xi Jinping") == {}


def test_what_is_typed_is_one_edit_and_escape_drops_it(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("A", "Tab", "Tab")
    desk.type("guest of honour")
    desk.press("Return")
    assert attrs_of(desk, "Xi Jinping") == {"role": "guest of honour"}
    assert keyboard_is_on_the_text(desk)
    desk.press("A", "Tab", "Tab")
    desk.type(" and more")
    desk.press("Escape")
    assert attrs_of(desk, "Xi Jinping") == {"role": "guest of honour"}
    desk.press("Ctrl+Z")
    assert attrs_of(desk, "Xi Jinping") == {}


def test_what_is_typed_is_kept_when_one_goes_elsewhere(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    desk.press("A", "Tab", "Tab")
    desk.type("host")
    desk.click_on("Vladimir Putin")
    assert attrs_of(desk, "Xi Jinping") == {"role": "host"}
    assert attrs_of(desk, "Vladimir Putin") == {}
    desk.press("A", "Tab", "Tab")
    desk.type("guest")
    desk.press("Ctrl+Return")
    assert attrs_of(desk, "Vladimir Putin") == {"role": "guest"}


def test_the_mouse_sets_and_unsets(desk: Desk) -> None:
    desk.click_on("Beijing")
    [row] = [row for row in desk.window.inspector.attributes.editors if isinstance(row, OptionRow)]
    for expected in ({"certainty": "sure"}, {}):
        QTest.mouseClick(row, LEFT, pos=row.rects()[0].center().toPoint())
        desk.settle()
        assert attrs_of(desk, "Beijing") == expected


def test_a_relation_has_attributes_of_its_own(desk: Desk) -> None:
    desk.drag(desk.rect("Xi Jinping").center(), desk.rect("Vladimir Putin").center())
    desk.press("Return")
    [relation] = desk.session.layer.relations
    desk.session.set_focus(relation)
    desk.press("A")
    assert [type(editor) for editor in desk.window.inspector.attributes.editors] == [ValueField]
    desk.type("at the palace")
    desk.press("Return")
    assert desk.saved_layer().relations[relation].attrs == {"role": "at the palace"}


def test_a_suggestion_shows_what_it_says_and_cannot_be_edited(desk: Desk) -> None:
    desk.click_on("Friday")
    assert "calendar" in desk.words_on_screen(desk.window.inspector)
    desk.press("A")
    assert keyboard_is_on_the_text(desk)
    assert "Accept the suggestion first" in desk.words_on_screen()


def test_what_the_schema_does_not_know_is_shown_and_kept(desk: Desk) -> None:
    desk.click_on("Friday")
    desk.press("Space", "K")
    assert desk.focused_words == "Friday"
    desk.press("A", "1")
    assert attrs_of(desk, "Friday") == {"source": "calendar", "certainty": "sure"}
    assert "calendar" in desk.words_on_screen(desk.window.inspector)


def test_a_value_that_the_schema_does_not_know_is_seen_until_another_is_chosen(desk: Desk) -> None:
    desk.click_on("Thursday")
    desk.press("Space")
    desk.click_on("Thursday")
    assert desk.focused_words == "Thursday"
    assert "perhaps" in desk.words_on_screen(desk.window.inspector)
    desk.press("A", "1")
    assert attrs_of(desk, "Thursday") == {"certainty": "sure"}
    assert "perhaps" not in desk.words_on_screen(desk.window.inspector)


def test_the_next_panel_key_passes_through_the_attributes(desk: Desk) -> None:
    desk.click_on("Xi Jinping")
    inspector = desk.window.inspector
    seen = []
    for _ in range(5):
        seen.append(QApplication.focusWidget())
        desk.press("F6")
    assert seen == [
        desk.canvas,
        desk.window.documents.view,
        desk.window.labels.view,
        inspector.attributes.editors[0],
        inspector.note,
    ]
    assert keyboard_is_on_the_text(desk)


def open_link(desk: Desk) -> LinkField:
    desk.click_on("Beijing")
    desk.press("A", "Tab")
    field = QApplication.focusWidget()
    assert isinstance(field, LinkField)
    return field


def test_a_link_is_found_by_a_few_letters_and_its_name_is_shown(desk: Desk) -> None:
    field = open_link(desk)
    desk.type("bei")
    assert field.offered == ["Q956", "Q1"]
    desk.press("Down", "Up", "Return")
    assert attrs_of(desk, "Beijing") == {"place": "Q956"}
    assert keyboard_is_on_the_text(desk)
    assert "Beijing, capital of China" in desk.words_on_screen(desk.window.inspector)


def test_an_id_that_no_entry_has_is_taken_with_a_mark(desk: Desk) -> None:
    open_link(desk)
    desk.type("Q7")
    desk.press("Return")
    assert attrs_of(desk, "Beijing") == {"place": "Q7"}
    assert "not in places" in desk.words_on_screen(desk.window.inspector)
    field = open_link(desk)
    field.selectAll()
    desk.press("Backspace", "Return")
    assert attrs_of(desk, "Beijing") == {}


def test_escape_closes_the_list_first_and_an_exact_name_needs_no_choice(desk: Desk) -> None:
    field = open_link(desk)
    desk.type("peking")
    desk.press("Escape")
    assert field.offered == []
    assert QApplication.focusWidget() is field
    desk.press("Return")
    assert attrs_of(desk, "Beijing") == {"place": "Q956"}


def test_a_click_in_the_list_chooses(desk: Desk) -> None:
    field = open_link(desk)
    desk.type("b")
    [choices] = [one for one in desk.window.findChildren(ChoiceList) if one.isVisible()]
    QTest.mouseClick(choices, LEFT, pos=QPoint(40, 45))
    desk.settle()
    assert attrs_of(desk, "Beijing") == {"place": "Q1"}
    assert field.offered == []


def test_what_is_typed_is_kept_when_the_window_closes(desk: Desk) -> None:
    open_link(desk)
    desk.type("peking")
    desk.window.close()
    desk.restart()
    assert attrs_of(desk, "Beijing") == {"place": "Q956"}
