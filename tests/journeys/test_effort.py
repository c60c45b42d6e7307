"""The whole review of a document: how many keys it takes, and that it takes nothing else."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import Layer, Relation, Span
from annotator.store import Project, examine
from driving import Desk, sit_down
from effort import Counter, Expert
from review_task import Task, make_task, make_task_project


@pytest.fixture(scope="module")
def task() -> Task:
    return make_task()


@pytest.fixture
def article(qtbot: QtBot, tmp_path, qapp: QApplication, task: Task) -> Iterator[Desk]:
    with sit_down(qtbot, make_task_project(tmp_path / "review.annot", task)) as desk:
        desk.until(lambda: desk.session.sweep.is_over)
        yield desk


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    counter = Counter(qapp)
    yield counter
    counter.stop()


def reviewed(desk: Desk, document: str) -> Layer:
    """What the file says of the article, once all is saved."""
    desk.until(lambda: desk.session.save_state == "saved")
    with Project.open(desk.file, for_writing=False) as project:
        return project.layer(document, desk.session.author.id)


def assert_is_gold(layer: Layer, task: Task) -> None:
    places = {span.id: span.fragments[0] for span in layer.spans.values()}
    assert len(places) == len(task.labels)
    assert {span.fragments[0]: span.label for span in layer.spans.values()} == task.labels
    relations = [(places[one.head], one.label, places[one.tail]) for one in layer.relations.values()]
    assert sorted(relations) == sorted(task.relations)


def test_the_task_is_the_one_that_other_tools_are_measured_by(task: Task) -> None:
    spans = [one for one in task.suggestions if isinstance(one, Span)]
    relations = [one for one in task.suggestions if isinstance(one, Relation)]
    there = {one.fragments[0] for one in spans} | set(task.meant.values())
    right = [one for one in spans if task.labels.get(one.fragments[0]) == one.label]
    relabelled = [one for one in spans if task.labels.get(one.fragments[0], one.label) != one.label]
    missing = [task.text[slice(*place)] for place in task.labels if place not in there]
    assert (len(spans), len(right), len(relabelled), len(task.meant)) == (90, 76, 5, 5)
    assert sorted(missing.count(words) for words in set(missing)) == [1, 1, 1, 4, 4]
    assert (len(relations), len(task.relations), len(task.missing_relations)) == (7, 7, 1)


def test_a_document_is_reviewed_with_every_label_confirmed_singly(article: Desk, task: Task, counter: Counter) -> None:
    document = article.session.document.id
    expert = Expert(article, task, counter)
    expert.review_singly()
    layer = reviewed(article, document)
    assert_is_gold(layer, task)
    assert {one.confirmed for one in (*layer.spans.values(), *layer.relations.values())} == {"single"}
    assert layer.status == "done"
    assert article.session.document.id != document, "the next one is open"
    assert counter.keys <= 117, expert.log
    assert (counter.mouse, counter.dialogs) == (0, 0)
    assert not list(examine(article.file))


def test_a_document_is_reviewed_by_type_in_two_thirds_of_the_keys(article: Desk, task: Task, counter: Counter) -> None:
    document = article.session.document.id
    expert = Expert(article, task, counter)
    expert.review_by_type()
    layer = reviewed(article, document)
    assert_is_gold(layer, task)
    assert layer.status == "done"
    assert article.session.document.id != document, "the next one is open"
    assert counter.keys <= 80, expert.log
    assert (counter.mouse, counter.dialogs) == (0, 0)


def test_a_key_counts_once_and_a_click_is_seen(article: Desk, counter: Counter) -> None:
    article.press("Tab", "Shift+Right", "Ctrl+Z", "Q", "J")
    assert (counter.keys, counter.held, counter.mouse) == (5, 2, 0)
    article.click(article.button("Accept"))
    assert counter.mouse > 0
