"""The next best labels of suggestions are kept with them; files from before have none, and are read as they are."""

from annotator.model import Alternative, Author, Span
from annotator.store import Project, examine
from annotator.store.codec import item_from_json, item_to_json

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
