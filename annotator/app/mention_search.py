"""Looking for the same mentions in a whole project, on a thread and a connection of its own, a stretch at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.analysis.matching import Matching, forms
from annotator.analysis.mentions import Mention, Wish, make_plan
from annotator.app.bulk import read_sheet
from annotator.app.stretches import texts_in_stretches
from annotator.model import Schema
from annotator.store import FoundText, Project

_MOST_TOLD = 4000
"""Mentions that are reported at once: more take too long to be taken into a list."""
_TOLD_EVERY_S = 0.25
_CONTEXT_CHARS = 80
_BLANKS = dict.fromkeys((code for code in range(0x3001) if chr(code).isspace()), " ")
"""Every white space to a blank; U+3000 is the last one there is."""


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
    """Report every mention that the wish concerns as this author's layers stand in the file.

    The first one is reported at once, the others four times a second; while `report` runs nothing is searched. Ends
    early when it is cancelled. Raises Broken when the project cannot be read.
    """
    teller = _Teller(report)
    with Project.open(path, for_writing=False) as project:
        wanted = forms(wish.words, matching)
        share = 0.0
        for text, share in texts_in_stretches(project, wanted, is_case_kept=matching.is_case_kept):
            if is_cancelled():
                return
            if text is not None:
                teller.add(_lines(project, text, author, schema, wish, matching))
            teller.tell_in_time(share)
        if share and not is_cancelled():
            teller.tell(1.0)


class _Teller:
    """Keeps what is found until it is time to report it."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report
        self._found: list[Line] = []
        self._next_at: float | None = None

    def add(self, lines: Iterable[Line]) -> None:
        self._found += lines

    def tell_in_time(self, share: float) -> None:
        is_time = bool(self._found) if self._next_at is None else time.monotonic() >= self._next_at
        if is_time or len(self._found) >= _MOST_TOLD:
            self.tell(share)

    def tell(self, share: float) -> None:
        self._report(Progress(tuple(self._found), share))
        self._found = []
        self._next_at = time.monotonic() + _TOLD_EVERY_S


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
    return text.translate(_BLANKS)
