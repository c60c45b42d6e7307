"""Looking for the same mentions in a whole project, on a thread and a connection of its own, a stretch at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.analysis.matching import Matching, forms
from annotator.analysis.mentions import Mention, Wish, make_plan
from annotator.app.bulk import read_sheet
from annotator.model import Schema
from annotator.store import FoundText, Project

_STRETCH = 2_000
"""Texts that are read at once; a writer waits while they are."""
_TOLD_EVERY_S = 0.05
_CONTEXT_CHARS = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One mention in a document, with the text of its paragraph on both sides, in one line."""

    document: str
    title: str
    mention: Mention
    left: str
    words: str
    right: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Lines found since the last report, in the order of documents and text; `share` of the project is searched."""

    lines: tuple[Line, ...]
    share: float


def search(
    path: Path,
    author: str,
    schema: Schema,
    wish: Wish,
    matching: Matching,
    *,
    report: Callable[[Progress], None],
    is_cancelled: Callable[[], bool],
) -> None:
    """Report every mention that the wish concerns as this author's layers stand in the file; `report` comes often.

    Ends early when it is cancelled. Raises Broken when the project cannot be read.
    """
    found: list[Line] = []
    told_at = time.monotonic()
    with Project.open(path, for_writing=False) as project:
        total = project.last_text()
        for after in range(0, total, _STRETCH):
            for text in _texts(project, wish, matching, after):
                if is_cancelled():
                    return
                found += _lines(project, text, author, schema, wish, matching)
                if found and time.monotonic() - told_at > _TOLD_EVERY_S:
                    report(Progress(tuple(found), after / total))
                    found, told_at = [], time.monotonic()
            if is_cancelled():
                return
            report(Progress(tuple(found), min(1.0, (after + _STRETCH) / total)))
            found, told_at = [], time.monotonic()


def _texts(project: Project, wish: Wish, matching: Matching, after: int) -> Iterator[FoundText]:
    wanted = forms(wish.words, matching)
    yield from project.find_texts(wanted, is_case_kept=matching.is_case_kept, after=after, until=after + _STRETCH)


def _lines(
    project: Project, found: FoundText, author: str, schema: Schema, wish: Wish, matching: Matching
) -> list[Line]:
    text = found.text
    sheet = read_sheet(project, found.document.id, author, schema, text)
    plan = make_plan(sheet.layer, schema, text, sheet.pending, wish, matching)
    return [
        Line(
            found.document.id,
            found.document.title,
            mention,
            _flat(text[max(0, mention.start - _CONTEXT_CHARS) : mention.start].rpartition("\n")[2]),
            _flat(text[mention.start : mention.end]),
            _flat(text[mention.end : mention.end + _CONTEXT_CHARS].partition("\n")[0]),
        )
        for mention in plan.mentions
    ]


def _flat(text: str) -> str:
    """In one line, as long as it was: a blank for each character that is white space."""
    return "".join(" " if char.isspace() else char for char in text)
