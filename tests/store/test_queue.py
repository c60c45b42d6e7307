"""Which document follows a finished one."""

from collections.abc import Callable

import pytest

from annotator.model import Author, Edit, Layer, Span, edits
from annotator.store import Act, Project

TEXTS = ("First text here.", "Second text here.", "Third text here.", "Fourth text here.")


@pytest.fixture
def ids(project: Project, make_record: Callable) -> list[str]:
    """Four more documents behind the first one, which has no scores."""
    project.import_documents([make_record(text, f"{number}.txt") for number, text in enumerate(TEXTS)])
    return [row.document.id for row in project.documents()]


def suggest(project: Project, document: str, *scores: float | None) -> None:
    model = project.ensure_author("model", "m-1")
    spans = [Span(f"s{at}", "PER", ((at, at + 1),), score=score) for at, score in enumerate(scores)]
    project.save_suggestions(document, model, spans)


def do(project: Project, document: str, who: Author, act: Callable[[Layer], Edit]) -> None:
    project.commit(Act.now(document, who.id, act(project.layer(document, who.id))))


def finish(project: Project, document: str, who: Author) -> None:
    do(project, document, who, lambda layer: edits.set_status(layer, "done"))


def follow(project: Project, who: Author, by: str, here: str = "") -> list[str]:
    """Finish documents one after the other; the order in which they come."""
    found = []
    while (following := project.next_open(author=who.id, here=here, by=by)) is not None:
        found.append(following)
        finish(project, following, who)
        here = following
    return found


def test_along_the_list_it_goes_on_behind_the_open_one_and_then_from_the_top(project, ids, anna) -> None:
    finish(project, ids[2], anna)
    finish(project, ids[1], anna)
    assert follow(project, anna, "list", here=ids[2]) == [ids[3], ids[4], ids[0]]


def test_the_least_certain_comes_first_and_what_has_no_score_last(project, ids, anna) -> None:
    suggest(project, ids[1], 0.9, 0.9)
    suggest(project, ids[2], 0.2, 0.9)
    suggest(project, ids[3], 0.1)
    suggest(project, ids[4], None)
    assert follow(project, anna, "certainty") == [ids[3], ids[2], ids[1], ids[0], ids[4]]


def test_the_most_to_learn_is_where_most_is_wrong_in_all(project, ids, anna) -> None:
    suggest(project, ids[1], 0.1)
    suggest(project, ids[2], *([0.6] * 9))
    suggest(project, ids[3], 0.9, 0.9)
    assert follow(project, anna, "learning")[:3] == [ids[2], ids[1], ids[3]]


def test_a_new_run_of_the_machine_changes_the_order(project, ids, anna) -> None:
    suggest(project, ids[1], 0.1)
    suggest(project, ids[2], 0.5)
    suggest(project, ids[1], 0.9)
    assert follow(project, anna, "certainty")[:2] == [ids[2], ids[1]]


def test_the_one_that_was_touched_last_waits_shortest(project, ids, anna) -> None:
    for document in (ids[0], ids[3]):
        do(project, document, anna, lambda layer: edits.set_note(layer, "comment", "seen"))
    assert follow(project, anna, "waiting") == [ids[1], ids[2], ids[4], ids[0], ids[3]]


def test_what_another_person_has_finished_is_still_to_do(project, ids, anna) -> None:
    bert = project.ensure_author("person", "bert")
    for document in ids:
        finish(project, document, bert)
    assert project.next_open(author=anna.id, here="", by="list") == ids[0]
    assert project.next_open(author=bert.id, here="", by="list") is None


def test_neighbours_end_at_both_ends_of_the_list(project, ids) -> None:
    assert project.neighbour(ids[1], 1) == ids[2]
    assert project.neighbour(ids[1], -1) == ids[0]
    assert project.neighbour(ids[0], -1) is None
    assert project.neighbour(ids[-1], 1) is None
    assert project.neighbour("", 1) == ids[0]


def test_the_doctor_recounts_the_scores(project, ids, anna, path, tamper) -> None:
    from annotator.store import examine

    suggest(project, ids[1], 0.25, 0.1, 0.3, None)
    project.close()
    assert list(examine(path)) == []
    tamper(path, "UPDATE layers SET doubt = 0 WHERE scored > 0")
    assert [finding.code for finding in examine(path)] == ["doctor-layer-count"]
