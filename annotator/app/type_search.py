"""Counting the open suggestions of a whole project by type, on a thread and a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.analysis.types import TypeRow, Types
from annotator.app.bulk import read_sheet
from annotator.app.stretches import texts_in_stretches
from annotator.model import Schema
from annotator.store import Project

MOST_ROWS = 1_000
"""So many rows are shown, the first ones: nobody walks more before some are settled."""
_TOLD_EVERY_S = 0.25
_TEXTS_AT_ONCE = 500
_WORK_PER_TELLING = 10
"""Putting the rows in order takes at most about one in so many parts of the time."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The first rows as they are known by now; `share` of the project is counted."""

    rows: list[TypeRow]
    types: int
    suggestions: int
    share: float


def count_types(
    path: Path,
    author: str,
    schema: Schema,
    *,
    report: Callable[[Counted], None],
    is_cancelled: Callable[[], bool],
) -> Types:
    """Count every open suggestion as this author's layers stand in the file, and report now and then, also at the end.

    Ends early when it is cancelled, with what was counted until then. Raises Broken when the project cannot be read.
    """
    types = Types(schema.overlap)
    share, next_at = 0.0, time.monotonic()
    with Project.open(path, for_writing=False) as project:
        for found, so_far in texts_in_stretches(project, (), most=_TEXTS_AT_ONCE):
            if is_cancelled():
                return types
            share = so_far
            if found is not None:
                sheet = read_sheet(project, found.document.id, author, schema, found.text)
                types.add(found.document.id, found.document.title, found.text, sheet.layer, sheet.pending)
                time.sleep(0)  # the window's thread may have something to do
            if time.monotonic() >= next_at and len(types):
                begun = time.monotonic()
                report(counted(types, share))
                took_s = time.monotonic() - begun
                next_at = time.monotonic() + max(_TOLD_EVERY_S, _WORK_PER_TELLING * took_s)
    report(counted(types, 1.0))
    return types


def counted(types: Types, share: float) -> Counted:
    return Counted(types.rows(MOST_ROWS), len(types), types.suggestions, share)
