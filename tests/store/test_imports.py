"""Documents come in all together or not at all, and what was there stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.model import Author, Broken, Change, Edit, Note, Relation, Span, new_id
from annotator.store import Act, AuthorRef, ImportCounts, ImportRecord, Project, examine

Make = Callable[..., ImportRecord]
ANNA = AuthorRef("person", "anna")
ITEMS = (
    Span("T1", "PER", ((0, 9),), {"certain": False, "more": [1, 2.5, None, {"ü": "😀"}]}, score=1),
    Span("T2", "ORG", ((19, 23),), origin="file:x#2", confirmed="bulk"),
    Relation("R1", "works", "T1", "T2", {"since": 1999}, score=0.0),
    Note("status", "status", "done"),
    Note("N1", "comment", "look", "T1"),
)


def test_an_import_says_what_it_added_and_a_second_one_what_it_merged(project: Project, make_record: Make) -> None:
    counts = project.import_documents([make_record(author=ANNA, items=ITEMS), make_record("New.", "b.txt")])
    assert counts == ImportCounts(documents=1, merged=1, layers=1, spans=2, relations=1)
    assert [row.document.name for row in project.documents()] == ["a.txt", "b.txt"]
    row = project.documents(author=project.ensure_author("person", "anna").id)[0]
    assert (row.status, row.spans, row.relations) == ("done", 2, 1)
    assert examine(project.path) == []


def test_an_imported_layer_comes_back_as_it_was(project: Project, make_record: Make) -> None:
    project.import_documents([make_record(author=ANNA, items=ITEMS)])
    author = project.ensure_author("person", "anna")
    layer = project.layer(project.documents()[0].document.id, author.id)
    assert layer.as_dict() == {item.id: item for item in ITEMS}


def test_the_same_ids_may_stand_in_every_layer(project: Project, make_record: Make) -> None:
    project.import_documents(
        [
            make_record(author=ANNA, items=ITEMS),
            make_record(author=AuthorRef("gold", ""), items=ITEMS),
            make_record("x" * 40, "b.txt", ANNA, ITEMS),
        ]
    )
    assert examine(project.path) == []


def test_an_imported_layer_is_edited_and_undone_back_to_the_import(project: Project, make_record: Make) -> None:
    project.import_documents([make_record(author=ANNA, items=ITEMS)])
    author, document = project.ensure_author("person", "anna"), project.documents()[0].document.id
    imported = project.layer(document, author.id)
    changed = replace(ITEMS[0], label="ORG")
    project.commit(Act.now(document, author.id, Edit("Relabel", (Change(ITEMS[0], changed),))))
    history = project.history(document, author.id)
    assert len(history.undo) == 1
    project.commit(history.undo[0].reverted())
    assert project.layer(document, author.id) == imported
    assert examine(project.path) == []


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ((Span("T1", "PER", ((0, 999),)),), "items-outside"),
        ((Span("T1", "PER", ((0, 1),)), Span("T1", "PER", ((1, 2),))), "items-id-twice"),
        ((Span("T1", "PER", ((0, 1),)), Relation("R", "works", "T1", "T2")), "items-dangling"),
        ((Span("T1", "PER", ((0, 1),), {"x": float("inf")}),), "value-unstorable"),
        ((Span("T1", "PER\ud800", ((0, 1),)),), "value-unstorable"),
    ],
)
def test_one_bad_record_keeps_all_of_them_out(
    project: Project, make_record: Make, items: tuple[Span, ...], code: str
) -> None:
    before = project.path.read_bytes()
    good = [make_record(f"Text {number}", f"{number}.txt", ANNA, ()) for number in range(20)]
    with pytest.raises(Broken) as refusal:
        project.import_documents([*good, make_record("Bad text.", "bad.txt", ANNA, items), make_record("After.", "c")])
    assert refusal.value.code == code
    assert project.path.read_bytes() == before
    assert project.import_documents(good).documents == 20
    assert examine(project.path) == []


def test_a_layer_with_something_in_it_is_never_imported_over(project: Project, anna: Author, make_record: Make) -> None:
    document = project.documents()[0].document.id
    span = Span(new_id(), "PER", ((0, 4),))
    project.commit(Act.now(document, anna.id, Edit("Add", (Change(None, span),))))
    before = project.path.read_bytes()
    with pytest.raises(Broken) as refusal:
        project.import_documents([make_record("New.", "b.txt"), make_record(author=ANNA, items=ITEMS)])
    assert refusal.value.code == "import-layer-exists"
    assert "person:anna" in str(refusal.value)
    assert project.path.read_bytes() == before
    project.commit(project.history(document, anna.id).undo[0].reverted())
    assert project.import_documents([make_record(author=ANNA, items=ITEMS)]).layers == 1
    assert project.history(document, anna.id).undo == []
    assert examine(project.path) == []


def test_a_text_and_the_hash_that_names_it_must_agree(project: Project, make_record: Make) -> None:
    record = make_record("One.")
    with pytest.raises(Broken) as refusal:
        project.import_documents([replace(record, text="Two.")])
    assert refusal.value.code == "import-text-differs"
    with pytest.raises(Broken) as refusal:
        project.import_documents([replace(record, text="\ud83d")])
    assert refusal.value.code == "import-surrogate"
    with pytest.raises(ValueError, match="no author"):
        project.import_documents([make_record("Three.", "c", None, ITEMS)])


def test_a_name_that_is_no_text_is_refused(project: Project, make_record: Make) -> None:
    before = project.path.read_bytes()
    with pytest.raises(Broken) as refusal:
        project.import_documents([make_record("Text.", "caf\udce9.txt")])
    assert refusal.value.code == "value-unstorable"
    assert project.path.read_bytes() == before


@pytest.mark.parametrize("text", ["\r\n\r\x85\u2028 \ufeff", "a\x00b", "e\u0301 \u202eabc", "😀" * 1000, " "])
def test_texts_are_kept_to_the_byte(project: Project, make_record: Make, text: str) -> None:
    project.import_documents([make_record(text, "nasty")])
    document = project.find_document("nasty")
    assert project.text(document.id) == text
    assert document.length == len(text)
    assert examine(project.path) == []
