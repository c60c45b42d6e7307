"""Reading the texts of a whole project in short stretches, so that whoever writes meanwhile has not to wait."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from annotator.store import FoundText, Project

_FIRST = 100
"""Texts that are read at once at first. A writer waits while they are, so it is as many as go in `_LONGEST_S`."""
_MOST = 5_000
_LONGEST_S = 0.02


def texts_in_stretches(
    project: Project, wanted: Sequence[str], *, is_case_kept: bool = True, most: int = _MOST
) -> Iterator[tuple[FoundText | None, float]]:
    """The documents that hold one of these pieces of text, or all of them, each with the share that is read by then.

    None in the place of a document stands for the end of a stretch. At most so many texts are in memory at a time.
    """
    total, after, stretch = project.last_text(), 0, min(_FIRST, most)
    while after < total:
        begun = time.monotonic()
        stretch = min(stretch, total - after)
        texts = project.find_texts(wanted, is_case_kept=is_case_kept, after=after, until=after + stretch)
        took_s = time.monotonic() - begun
        for number, text in enumerate(texts):
            yield text, (after + stretch * number / len(texts)) / total
        after += stretch
        yield None, after / total
        stretch = _next(stretch, took_s, most)


def _next(stretch: int, took_s: float, most: int) -> int:
    if took_s > _LONGEST_S:
        return max(1, stretch // 2)
    return min(most, stretch * 2) if took_s < _LONGEST_S / 2 else stretch
