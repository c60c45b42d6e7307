"""What a project answers: lists, layers, authors, suggestions, history, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import Author, Broken, Change, Decision, Edit, Item, Label, Note, Relation, Schema, Span, new_id
from annotator.store import Act, ImportRecord, Project, codec, examine, stats

Make = Callable[..., ImportRecord]


def edit(*items: Item) -> Edit:
    return Edit("Add", tuple(Change(None, item) for item in items))


def test_documents_come_in_pages_and_in_order(project: Project, make_record: Make) -> None:
    project.import_documents([make_record(f"Text {number}", f"{number}.txt") for number in range(10)])
    names = [row.document.name for row in project.documents()]
    assert names == ["a.txt", *(f"{number}.txt" for number in range(10))]
    assert [row.document.name for row in project.documents(offset=3, limit=2)] == names[3:5]
    assert project.documents(offset=99) == []


def test_a_document_is_found_by_name_by_id_and_by_the_beginning_of_its_id(project: Project, make_record: Make) -> None:
    document = project.documents()[0].document
    for wanted in ("a.txt", document.id, document.id[:8]):
        assert project.find_document(wanted) == document
    project.import_documents([make_record("Other text", "a.txt")])
    with pytest.raises(Broken) as refusal:
        project.find_document("a.txt")
    assert refusal.value.code == "document-ambiguous"
    for wanted in ("b.txt", "", document.id[:3], "%"):
        with pytest.raises(Broken) as refusal:
            project.find_document(wanted)
        assert refusal.value.code == "document-missing"


def test_the_same_kind_and_name_are_the_same_author(project: Project) -> None:
    anna = project.ensure_author("person", "anna")
    before = project.path.read_bytes()
    assert project.ensure_author("person", "anna") == anna
    assert project.path.read_bytes() == before
    assert project.ensure_author("gold", "").id == "gold"
    assert project.ensure_author("gold", "whatever").id == "gold"
    carried = project.ensure_author("person", "bo", author_id="bo-1")
    assert project.ensure_author("person", "bo") == carried == project.author("bo-1")
    with pytest.raises(Broken):
        project.ensure_author("model", "bo", author_id="bo-1")
    model = project.ensure_author("model", "sm", info={"version": 1})
    assert project.ensure_author("model", "sm", info={"version": 2}).id == model.id
    assert project.author(model.id).info == {"version": 2}
    assert project.ensure_author("model", "sm").info == {"version": 2}
    assert len(project.authors()) == 4
    assert examine(project.path) == []


def test_the_newest_machine_layer_is_what_is_suggested(project: Project, anna: Author) -> None:
    document = project.documents()[0].document.id
    assert project.suggestions(document) is None
    old, new = project.ensure_author("model", "old"), project.ensure_author("rules", "new")
    span = Span("s", "PER", ((0, 4),), score=0.5, confirmed="none")
    project.save_suggestions(document, new, [span])
    project.save_suggestions(document, old, [])
    assert project.suggestions(document) == (old, project.layer(document, old.id))
    assert project.documents()[0].suggestions == 0
    project.save_suggestions(document, new, [span])
    assert project.suggestions(document) == (new, project.layer(document, new.id))
    assert project.documents()[0].suggestions == 1
    before = project.path.read_bytes()
    project.save_suggestions(document, new, [span])
    assert project.path.read_bytes() == before, "what is shown already needs no writing"
    assert examine(project.path) == []


def test_a_replaced_machine_layer_leaves_nothing_behind(project: Project) -> None:
    document, model = project.documents()[0].document.id, project.ensure_author("model", "sm")
    for number in range(5):
        project.save_suggestions(document, model, [Span(f"s{number}", "PER", ((0, 4),))])
    assert project.connection.execute("SELECT count(*) FROM blobs").fetchone() == (1,)
    assert list(project.layer(document, model.id).spans) == ["s4"]
    assert examine(project.path) == []


def test_layers_are_listed_with_their_counts(project: Project, anna: Author) -> None:
    document, model = project.documents()[0].document.id, project.ensure_author("model", "sm")
    project.save_suggestions(document, model, [Span("s", "PER", ((0, 4),))])
    head, tail = (Span(new_id(), "PER", ((place, place + 1),)) for place in (0, 5))
    project.commit(
        Act.now(document, anna.id, edit(head, tail, Relation("r", "near", head.id, tail.id), Note("n", "comment", "x")))
    )
    rows = [
        (row.author.title, row.spans, row.relations, row.status, row.is_machine) for row in project.layers(document)
    ]
    assert rows == [("model:sm", 1, 0, "open", True), ("person:anna", 2, 1, "open", False)]


def test_the_status_follows_its_note_through_undo(project: Project, anna: Author) -> None:
    document = project.documents()[0].document.id
    project.commit(Act.now(document, anna.id, edit(Note("status", "status", "done"))))
    assert project.documents(author=anna.id)[0].status == "done"
    assert project.documents(author="gold")[0].status == "open"
    project.commit(project.history(document, anna.id).undo[-1].reverted())
    assert project.documents(author=anna.id)[0].status == "open"


def test_history_gives_back_the_very_acts_and_a_new_one_ends_redoing(project: Project, anna: Author) -> None:
    document = project.documents()[0].document.id
    acts = [Act.now(document, anna.id, edit(Span(new_id(), "PER", ((n, n + 1),)))) for n in range(4)]
    for act in acts:
        project.commit(act)
    undone = []
    for act in reversed(acts[2:]):
        undone.append(act.reverted())
        project.commit(undone[-1])
    history = project.history(document, anna.id)
    assert (history.undo, history.redo) == (acts[:2], undone)
    redone = undone[-1].reverted()
    project.commit(redone)
    history = project.history(document, anna.id)
    assert (history.undo, history.redo) == ([*acts[:2], redone], undone[:1])
    last = Act.now(document, anna.id, edit(Span(new_id(), "PER", ((9, 10),))), actor="gold")
    project.commit(last)
    history = project.history(document, anna.id)
    assert (history.undo, history.redo) == ([*acts[:2], redone, last], [])


def test_every_schema_that_was_in_force_is_kept(project: Project, schema: Schema) -> None:
    assert project.schema() == schema
    other = Schema("other", (Label("X", "Ex"),))
    project.set_schema(other)
    before = project.path.read_bytes()
    project.set_schema(other)
    assert project.path.read_bytes() == before
    assert project.schema() == other
    project.set_schema(schema)
    assert project.schema() == schema
    assert project.connection.execute("SELECT count(*) FROM schemas").fetchone() == (2,)
    assert examine(project.path) == []


def test_stats_count_by_author_label_and_answer(healthy: object) -> None:
    with Project.open(healthy, for_writing=False) as project:
        counted = stats(project).to_dict()
    assert counted["documents"] == 2
    assert counted["done"] == {"person:anna": 1}
    assert counted["spans"] == {"gold": {"ORG": 1, "PER": 1}, "person:anna": {"LOC": 1, "ORG": 1, "PER": 1}}
    assert counted["relations"] == {"person:anna": {"works": 1}}
    assert counted["suggested"] == {"model:sm-1.0": {"spans": 1, "relations": 0}}
    assert counted["decisions"] == {"unknown": {"accepted": 1}}
    assert counted["edits"] == 6


# ---- items, to JSON and rows and back

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
attrs = st.dictionaries(words, values, max_size=3)
places = st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(
    lambda offsets: tuple(zip(*[iter(sorted(offsets))] * 2, strict=False))
)
confirmed = st.sampled_from(["single", "bulk", "none", None])
scores = st.none() | st.floats(0, 1)
maybe = st.none() | words
items = st.one_of(
    st.builds(Span, words, words, places, attrs, maybe, confirmed, scores),
    st.builds(Relation, words, words, words, words, attrs, maybe, confirmed, scores),
    st.builds(
        Decision,
        words,
        words,
        st.sampled_from(["accepted", "corrected", "rejected"]),
        st.sampled_from(["single", "bulk"]),
        words,
        maybe,
        maybe,
        st.none() | st.floats(0, 1e6),
    ),
    st.builds(Note, words, words, words, maybe),
)


@given(items)
def test_an_item_survives_json(item: Item) -> None:
    text = codec.item_to_json(item)
    assert codec.item_from_json(text) == item
    assert codec.item_to_json(codec.item_from_json(text)) == text


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(items, max_size=8, unique_by=lambda item: item.id))
def test_items_survive_the_file(project: Project, anna: Author, found: list[Item]) -> None:
    document = project.documents()[0].document.id
    spans = {item.id for item in found if isinstance(item, Span)}
    kept = [item for item in found if not isinstance(item, Relation) or {item.head, item.tail} <= spans]
    act = Act.now(document, anna.id, edit(*kept))
    project.commit(act)
    assert project.layer(document, anna.id).as_dict() == {item.id: item for item in kept}
    assert project.history(document, anna.id).undo[-1:] == ([act] if kept else [])
    assert examine(project.path) == []
    if kept:
        project.commit(act.reverted())


def test_documents_are_found_by_the_beginning_of_their_names_whatever_the_capitals(
    project: Project, make_record: Make
) -> None:
    names = ["Report 1", "report 2", "REPORT 3", "a%b", "Über uns", "other"]
    project.import_documents([make_record(f"Text of {name}", name) for name in names])

    def found(words: str, limit: int = 9) -> list[str]:
        return [document.name for document in project.find_documents(words, limit=limit)]

    assert found("report") == ["REPORT 3", "Report 1", "report 2"]
    assert found("report", limit=2) == ["REPORT 3", "Report 1"]
    assert found("a%") == ["a%b"]
    assert found("über") == ["Über uns"]
    assert found("eport") == []


def test_documents_are_found_by_their_titles_beginnings_before_words_within(
    project: Project, make_record: Make
) -> None:
    called = ["The summit of all", "Summit in Vienna", "Trade", "100% _sure_", "Zürich über alles", ""]
    records = [make_record(f"Text of {title}", f"name-{number}") for number, title in enumerate(called)]
    project.import_documents(
        [
            replace(record, document=replace(record.document, meta={"title": title}))
            for record, title in zip(records, called, strict=True)
        ]
    )

    def found(words: str, limit: int = 9) -> list[str]:
        return [document.title for document in project.find_titled(words, limit=limit)]

    assert found("SUMMIT") == ["Summit in Vienna", "The summit of all"]
    assert found("summit", limit=1) == ["Summit in Vienna"]
    assert found("ummit") == []
    assert found("100%") == found("_s") == ["100% _sure_"]
    assert found("%") == []
    assert found("Über") == ["Zürich über alles"]
    assert found("name-5") == ["name-5"], "without a title it is called by its name"
    assert found("name-0") == []
    assert found("x" * 100_000) == []
