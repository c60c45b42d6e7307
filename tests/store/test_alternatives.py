"""What comes with suggestions (next best labels, phrases of the parse, weak hits) is kept; older files have none."""

import pytest

from annotator.model import Alternative, Author, Span
from annotator.model.phrases import Phrases
from annotator.model.weak import WeakHit
from annotator.store import Project, examine
from annotator.store.codec import bundle, item_from_json, item_to_json, unbundle

OTHERS = (Alternative("ORG", 0.25), Alternative("LOC", 0.0))
SPAN = Span("s", "PER", ((0, 4),), score=0.5, confirmed="none", alternatives=OTHERS)


def test_they_are_read_back_as_they_were_written(project: Project) -> None:
    document, model = project.documents()[0].document.id, project.ensure_author("model", "sm")
    project.save_suggestions(document, model, [SPAN])
    found = project.suggestions(document)
    assert found is not None
    assert found[1].spans["s"].alternatives == OTHERS
    assert examine(project.path) == []


def test_an_item_of_an_older_file_has_none(anna: Author) -> None:
    older = '{"kind":"span","id":"s","label":"PER","fragments":[[0,4]],"confirmed":"none","score":0.5}'
    assert item_from_json(older) == Span("s", "PER", ((0, 4),), score=0.5, confirmed="none")
    assert item_to_json(item_from_json(older)) == older, "and its hash stays the same"


def test_phrases_are_read_back_with_the_suggestions_and_with_the_layer(project: Project) -> None:
    document, model = project.documents()[0].document.id, project.ensure_author("model", "sm")
    phrases = Phrases.of([((0, 4), (0, 9)), ((5, 9),)])
    project.save_suggestions(document, model, [SPAN], phrases)
    found = project.suggestions(document)
    assert found is not None
    for layer in (found[1], project.layer(document, model.id)):
        assert list(layer.phrases.near(0, 9)) == [((0, 4), (0, 9)), ((5, 9),)]
    assert examine(project.path) == []
    project.save_suggestions(document, model, [SPAN])
    assert not project.layer(document, model.id).phrases


def test_a_bundle_of_an_older_file_has_no_phrases_and_keeps_its_hash() -> None:
    older = '{"author":"a","document":"d","items":[]}'
    assert not unbundle(older)[3]
    assert bundle("d", "a", []) == older


@pytest.mark.parametrize("rows", ["{}", "[1]", "[[1]]", '[["1",2]]', "[[1.5,2]]", "[[true,2]]", "null"])
def test_phrases_that_are_none_are_damage_that_the_doctor_sees(rows: str) -> None:
    with pytest.raises(ValueError, match="phrases"):
        unbundle(f'{{"author":"a","document":"d","items":[],"phrases":{rows}}}')


def test_weak_hits_are_read_back_with_the_suggestions_and_go_with_them(project: Project) -> None:
    document, model = project.documents()[0].document.id, project.ensure_author("model", "sm")
    weak = (WeakHit(5, 9, "PER", 0.25), WeakHit(10, 12, "ORG", 0.1))
    project.save_suggestions(document, model, [SPAN], weak=weak)
    found = project.suggestions(document)
    assert found is not None
    assert found[1].weak == project.layer(document, model.id).weak == weak
    assert list(found[1]) == [SPAN], "they are no items"
    assert examine(project.path) == []
    project.save_suggestions(document, model, [SPAN])
    assert project.layer(document, model.id).weak == ()


@pytest.mark.parametrize(
    "rows", ["{}1", "[1]", "[[5,2,'a',0.1]]", '[[1,2,"a",7]]', '[[1,2,"a"]]', "[[1,2,3,0.5]]", "null"]
)
def test_weak_hits_that_are_none_are_damage_too(rows: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        unbundle(f'{{"author":"a","document":"d","items":[],"weak":{rows}}}')
