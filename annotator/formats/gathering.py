"""One record for each document and author, however often the files hold it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from annotator.formats.base import Record
from annotator.formats.jsonl_items import free_ids
from annotator.formats.report import FileReport
from annotator.model import Item, text_id

Key = tuple[str, str | None]


@dataclass(slots=True)
class Gathered:
    """The records of all files read so far, and those of the file being read, which may still come to nothing."""

    _kept: dict[Key, Record] = field(default_factory=dict)
    _fresh: dict[Key, Record] = field(default_factory=dict)

    def add(self, record: Record, report: FileReport) -> None:
        """Take a record of the file being read; one with the same text and author is joined with it, or reported."""
        key = (text_id(record.text), record.author)
        first = self._fresh.get(key) or self._kept.get(key)
        if first is None:
            self._fresh[key] = record
            return
        line = record.source.get("line", 0)
        names: dict[str, Any] = {"name": record.name, "first": _place(first)}
        if _says_the_same(first, record):
            report.warning("record-twice", line=line, **names)
        elif record.author is None:
            report.warning("record-merged", line=line, **names)
            self._fresh[key] = _merged(first, record)
        else:
            report.problem("record-conflict", line=line, author=record.author, **names)

    def keep(self) -> int:
        """The file was good: its records count. Returns how many it gave, without those that were there already."""
        count = len(self._fresh)
        self._kept.update(self._fresh)
        self._fresh.clear()
        return count

    def drop(self) -> None:
        """The file was bad: forget its records."""
        self._fresh.clear()

    def records(self) -> list[Record]:
        return list(self._kept.values())


def _place(record: Record) -> str:
    file, line = record.source.get("file", record.name), record.source.get("line")
    return f"{file}:{line}" if line else str(file)


def _says_the_same(one: Record, other: Record) -> bool:
    return {item.id: item for item in one.items} == {item.id: item for item in other.items}


def _merged(first: Record, second: Record) -> Record:
    """The first record with what only the second one says. Ids of the second that are taken are changed."""
    spans = {(span.label, span.fragments): span.id for span in first.spans}
    taken = {item.id for item in first.items}
    renamed: dict[str, str] = {}
    added: list[Item] = []
    fresh = {letter: free_ids(letter, taken | {item.id for item in second.items}) for letter in "TRN"}
    for span in second.spans:
        twin = spans.get((span.label, span.fragments))
        renamed[span.id] = twin or (next(fresh["T"]) if span.id in taken else span.id)
        if twin is None:
            added.append(replace(span, id=renamed[span.id]))
    said = {(relation.label, relation.head, relation.tail) for relation in first.relations}
    for relation in second.relations:
        moved = replace(relation, head=renamed[relation.head], tail=renamed[relation.tail])
        if (moved.label, moved.head, moved.tail) not in said:
            added.append(replace(moved, id=next(fresh["R"])) if moved.id in taken else moved)
    for note in second.notes:
        if note not in first.items:
            target = renamed.get(note.target, note.target) if note.target else None
            identity = next(fresh["N"]) if note.id in taken else note.id
            added.append(replace(note, id=identity, target=target))
    added += [decision for decision in second.decisions if decision.id not in taken]
    return replace(first, items=(*first.items, *added))
