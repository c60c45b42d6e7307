"""What the tests of the store share: a small project, and ways to treat its file badly."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import annotator
from annotator.model import Author, Document, Edit, Item, Label, RelationType, Schema, Span, edits, pending, text_id
from annotator.store import Act, AuthorRef, ImportRecord, Project

TEXT = "Anna Berg works at Acme in Oslo. Bo met her there — 北京, naïve 😀 café.\n" * 4


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema(
        "news",
        (Label("PER", "Person"), Label("ORG", "Organisation"), Label("LOC", "Place")),
        (RelationType("works", "works for", heads=("PER",), tails=("ORG",)), RelationType("near", "is near")),
    )


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: these tests sync thousands of times."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


def make_record(
    text: str = TEXT, name: str = "a.txt", author: AuthorRef | None = None, items: tuple[Item, ...] = ()
) -> ImportRecord:
    return ImportRecord(Document(text_id(text), name, len(text), 0, {"roles": []}), text, {"path": name}, author, items)


@pytest.fixture(name="make_record")
def _make_record() -> Callable[..., ImportRecord]:
    return make_record


@pytest.fixture
def path(quick_folder: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=quick_folder))
    yield folder / "news.annot"
    shutil.rmtree(folder)


@pytest.fixture
def project(path: Path, schema: Schema) -> Iterator[Project]:
    """A project with one document, open for writing."""
    with Project.create(path, schema, name="News") as project:
        project.import_documents([make_record()])
        yield project


@pytest.fixture
def anna(project: Project) -> Author:
    return project.ensure_author("person", "anna")


@pytest.fixture
def healthy(path: Path, schema: Schema, lived_in: Callable[[Project], None]) -> Path:
    """A closed project file with something in every table."""
    with Project.create(path, schema, name="News") as project:
        lived_in(project)
    return path


@pytest.fixture
def lived_in() -> Callable[[Project], None]:
    def live(project: Project) -> None:
        schema = project.schema()
        gold = (Span("g1", "PER", ((0, 4), (5, 9)), {"sure": True}), Span("g2", "ORG", ((19, 23),)))
        project.import_documents(
            [make_record(), make_record("Second text.", "b.txt"), make_record(author=AuthorRef("gold", ""), items=gold)]
        )
        document = project.documents()[0].document
        text = project.text(document.id)
        anna = project.ensure_author("person", "anna")
        model = project.ensure_author("model", "sm-1.0", info={"version": "1.0"})
        project.save_suggestions(document.id, model, [Span("s1", "LOC", ((27, 31),), score=0.5, confirmed="none")])
        layer = project.layer(document.id, anna.id)

        def do(edit: Edit) -> None:
            layer.check(edit)
            layer.apply(edit)
            project.commit(Act.now(document.id, anna.id, edit))

        do(edits.add_span(layer, schema, text, ((0, 9),), "PER"))
        do(edits.add_span(layer, schema, text, ((19, 23),), "ORG"))
        head, tail = layer.spans
        do(edits.add_relation(layer, schema, head, tail, "works"))
        found = project.suggestions(document.id)
        assert found is not None
        do(edits.accept(layer, schema, text, pending(layer, found[1]), ["s1"], seconds=1.5))
        do(edits.set_note(layer, "comment", "who?", head))
        do(edits.set_status(layer, "done"))

    return live


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Run statements on a file as another program would, with triggers and foreign keys out of the way."""

    def run(path: Path, *statements: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            changes = connection.total_changes
            for statement in statements:
                connection.execute(statement)
            assert connection.total_changes > changes, "the test damaged nothing"
            for _, sql in triggers:
                connection.execute(sql)

    return run


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python with a script and arguments in a process of its own; it is ended after the test if need be."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*before, sys.executable, "-c", script, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1])},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
