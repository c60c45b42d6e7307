"""All that can be said of a label, a relation and a document: undone, redone, marked, exported, and imported again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.exporting import export
from annotator.app.identity import current_identity
from annotator.app.importing import import_files
from annotator.app.projects import create_project
from annotator.model import Layer, Schema
from annotator.model.lookup import Entry
from annotator.store import Project
from annotator.ui.canvas.content import MARK
from driving import Desk, sit_down

TEXT = "Xi Jinping met Vladimir Putin in Beijing on Friday.\n"
EVERYWHERE = ["PERSON", "meets"]
SCHEMA = Schema.from_dict(
    {
        "labels": [{"name": "PERSON"}, {"name": "GPE"}],
        "relations": [{"name": "meets", "heads": ["PERSON"], "tails": ["PERSON"]}],
        "attributes": [
            {"name": "certainty", "kind": "choice", "values": ["sure", "doubtful"], "on": EVERYWHERE},
            {"name": "public", "kind": "yes-no", "on": EVERYWHERE},
            {"name": "role", "on": EVERYWHERE},
            {"name": "entry", "kind": "link", "table": "people", "on": EVERYWHERE},
        ],
        "document_labels": [{"name": "politics"}, {"name": "sports"}],
    }
)
PEOPLE = [Entry("Q15031", "Xi Jinping", ("Xi",), "President of China"), Entry("Q7747", "Vladimir Putin")]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    (text := tmp_path / "visit.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "visits.annot"
    create_project(file, SCHEMA, [text], current_identity(), tables={"people": PEOPLE})
    with sit_down(qtbot, file) as desk:
        for words in ("Xi Jinping", "Vladimir Putin"):
            desk.drag_over(words)
            desk.press("1")
        desk.drag(desk.rect("Xi Jinping").center(), desk.rect("Vladimir Putin").center())
        desk.press("Return")
        assert len(desk.session.layer.relations) == 1
        desk.press("Escape")
        yield desk


def said(layer: Layer) -> tuple[object, ...]:
    """Everything beyond the labels themselves."""
    items = [*layer.spans.values(), *layer.relations.values()]
    notes = sorted((note.kind, note.target or "", note.value) for note in layer.notes.values())
    return {item.id: dict(item.attrs) for item in items}, notes


def choose_second(desk: Desk) -> None:
    desk.press("A", "2", "Escape")


def say_yes(desk: Desk) -> None:
    desk.press("A", "Tab", "Y", "Escape")


def type_role(desk: Desk) -> None:
    desk.press("A", "Tab", "Tab")
    desk.type("host & <b>guest</b>")
    desk.press("Return")


def link(desk: Desk) -> None:
    desk.press("A", "Tab", "Tab", "Tab")
    desk.type("xi")
    desk.press("Return")


def write_note(desk: Desk) -> None:
    desk.press("N")
    desk.type('look again \\ "now" & <i>')
    desk.press("Return")


def label_document(desk: Desk) -> None:
    desk.press("Escape", "Alt+1")


def note_on_document(desk: Desk) -> None:
    desk.press("Escape", "N")
    desk.type("half of it is missing")
    desk.press("Return")


def flag(desk: Desk) -> None:
    desk.press("Escape", "F")


OF_ITEMS = [choose_second, say_yes, type_role, link, write_note]
OF_DOCUMENT = [label_document, note_on_document, flag]


def focus(desk: Desk, what: str) -> str:
    if what == "span":
        desk.click_on("Xi Jinping")
    else:
        desk.session.set_focus(next(iter(desk.session.layer.relations)))
        desk.settle()
    assert desk.session.focus is not None
    return desk.session.focus


def shown_names(desk: Desk) -> set[str]:
    page = desk.canvas.page
    assert page is not None
    lines = [line for block, _ in page.shown() for line in block.lines]
    chips = {fragment.chip.text for line in lines for fragment in line.fragments if fragment.chip is not None}
    return chips | {arc.label for line in lines for arc in line.arcs}


@pytest.mark.parametrize("what", ["span", "relation"])
@pytest.mark.parametrize("act", OF_ITEMS, ids=lambda act: act.__name__)
def test_each_is_one_step_marked_undone_and_redone(desk: Desk, what: str, act: Callable[[Desk], None]) -> None:
    plain = shown_names(desk)
    before = said(desk.saved_layer())
    focus(desk, what)
    act(desk)
    after = said(desk.saved_layer())
    assert after != before
    assert {name for name in shown_names(desk) - plain if name.endswith(MARK)}
    for _ in range(2):
        desk.press("Ctrl+Z")
        assert said(desk.saved_layer()) == before
        assert shown_names(desk) == plain
        desk.press("Ctrl+Shift+Z")
        assert said(desk.saved_layer()) == after
    assert QApplication.focusWidget() is desk.canvas


@pytest.mark.parametrize("act", OF_DOCUMENT, ids=lambda act: act.__name__)
def test_what_is_said_of_the_document_is_one_step(desk: Desk, act: Callable[[Desk], None]) -> None:
    before = said(desk.saved_layer())
    act(desk)
    after = said(desk.saved_layer())
    assert after != before
    desk.press("Ctrl+Z")
    assert said(desk.saved_layer()) == before
    desk.press("Ctrl+Shift+Z")
    assert said(desk.saved_layer()) == after


def test_everything_comes_back_from_an_export(desk: Desk, tmp_path: Path) -> None:
    for what in ("span", "relation"):
        for act in OF_ITEMS:
            focus(desk, what)
            act(desk)
    for act in OF_DOCUMENT:
        act(desk)
    wanted = said(desk.saved_layer())
    attrs, notes = wanted
    full = {"certainty": "doubtful", "public": True, "role": "host & <b>guest</b>", "entry": "Q15031"}
    assert sorted(map(len, attrs.values())) == [0, 4, 4]
    assert full in attrs.values()
    assert [kind for kind, _, _ in notes] == ["comment"] * 3 + ["flag", "label"]
    (out, again) = (tmp_path / "out.jsonl", tmp_path / "again.jsonl")
    with Project.open(desk.file, for_writing=False) as project:
        export(project, out, layer="person", status="any", identity=current_identity())
    with Project.create(tmp_path / "second.annot", SCHEMA, name="second") as project:
        import_files(project, [out], current_identity())
        document = project.documents()[0].document
        layers = [project.layer(document.id, row.author.id) for row in project.layers(document.id)]
        assert [said(layer) for layer in layers] == [wanted]
        export(project, again, layer="person", status="any", identity=current_identity())
    assert again.read_bytes() == out.read_bytes()


def test_what_is_being_typed_belongs_to_the_label_it_was_typed_for(desk: Desk) -> None:
    first = focus(desk, "span")
    desk.press("N")
    desk.type("first")
    desk.click_on("Vladimir Putin")
    second = desk.session.focus
    desk.press("N")
    desk.type("second")
    desk.press("Escape")
    notes = {note.target: note.value for note in desk.saved_layer().notes.values()}
    assert notes == {first: "first"}
    assert second not in notes


def test_an_emptied_note_is_taken_away_and_so_is_its_mark(desk: Desk) -> None:
    plain = shown_names(desk)
    focus(desk, "span")
    write_note(desk)
    assert shown_names(desk) != plain
    desk.press("N", "Backspace", "Return")
    assert desk.saved_layer().notes == {}
    assert shown_names(desk) == plain
