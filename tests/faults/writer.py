"""A busy annotator, made to be killed: `python writer.py FILE SEED` works on the project until somebody ends it.

After each act that is on disk it prints `ACK n`; the act's title is n. Started again it goes on with higher numbers.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from annotator.model import (
    Author,
    Broken,
    Change,
    Document,
    Edit,
    Label,
    Layer,
    Relation,
    Schema,
    Span,
    new_id,
    text_id,
)
from annotator.store import Act, ImportRecord, Project

TEXT = "Anna Berg works at Acme in Oslo. Bo met her there.\n" * 40
LABELS = ("PER", "ORG", "LOC")


class Annotator:
    """One person at work on one document, as the window would have it: a layer in memory, acts committed one by one."""

    def __init__(self, project: Project, dice: random.Random) -> None:
        self.project = project
        self.dice = dice
        self.author: Author = project.ensure_author("person", "anna")
        self.model: Author = project.ensure_author("model", "sm")
        if not project.documents():
            project.import_documents([record(TEXT, "first")])
        self.document = project.documents()[0].document.id
        self.layer: Layer = project.layer(self.document, self.author.id)
        self.number = last_number(project)

    def work(self) -> None:
        """One act, chosen at random, and now and then what a worker or an import would write meanwhile."""
        chance = self.dice.random()
        if chance < 0.1:
            self._suggest()
        elif chance < 0.15:
            self.project.import_documents([record(f"Text {new_id()}", "more") for _ in range(20)])
        act = self._revert() if chance > 0.8 else None
        if act is None:
            act = Act.now(self.document, self.author.id, self._edit())
        self.number += 1
        act = replace(act, edit=replace(act.edit, title=str(self.number)))
        self.layer.check(act.edit)
        self.project.commit(act)
        self.layer.apply(act.edit)
        sys.stdout.write(f"ACK {self.number}\n")
        sys.stdout.flush()

    def _suggest(self) -> None:
        start = self.dice.randrange(len(TEXT) - 10)
        spans = [Span(f"s{n}", "PER", ((start + n, start + n + 1),), score=0.5) for n in range(8)]
        self.project.save_suggestions(self.document, self.model, spans)

    def _revert(self) -> Act | None:
        history = self.project.history(self.document, self.author.id)
        stack = self.dice.choice([history.undo, history.redo])
        return stack[-1].reverted() if stack else None

    def _edit(self) -> Edit:
        spans = list(self.layer.spans.values())
        if len(spans) > 1 and self.dice.random() < 0.5:
            head, tail = self.dice.sample(spans, 2)
            return self.dice.choice([self._relabel, self._delete, self._relate])(head, tail)
        start = self.dice.randrange(len(TEXT) - 10)
        return Edit("", tuple(Change(None, self._span(start + n)) for n in range(self.dice.randrange(1, 6))))

    def _span(self, start: int) -> Span:
        return Span(
            new_id(), self.dice.choice(LABELS), ((start, start + 4),), {"padding": "x" * self.dice.randrange(99)}
        )

    def _relabel(self, span: Span, _: Span) -> Edit:
        return Edit("", (Change(span, replace(span, label=self.dice.choice(LABELS), confirmed="single")),))

    def _delete(self, span: Span, _: Span) -> Edit:
        relations = self.layer.relations_of(span.id)
        return Edit("", tuple(Change(item, None) for item in (*relations, span)))

    def _relate(self, head: Span, tail: Span) -> Edit:
        return Edit("", (Change(None, Relation(new_id(), "near", head.id, tail.id)),))


def record(text: str, name: str) -> ImportRecord:
    return ImportRecord(Document(text_id(text), name, len(text), 0), text)


def last_number(project: Project) -> int:
    row = project.connection.execute("SELECT max(CAST(title AS INTEGER)) FROM journal").fetchone()
    return row[0] or 0


def open_or_create(path: Path) -> Project:
    try:
        return Project.open(path)
    except Broken as error:
        if error.code != "project-missing":
            raise
    return Project.create(path, Schema("test", tuple(Label(name, name) for name in LABELS)), name="test")


def main(path: Path, seed: int) -> None:
    with open_or_create(path) as project:
        annotator = Annotator(project, random.Random(seed))
        while True:
            annotator.work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
