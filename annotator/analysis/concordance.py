"""A mention in its line: a little text before it, the mention, a little text after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import Fragment

AROUND = 60
"""Code points of text on either side."""

_GAP = 30
"""Code points of text between two marked pieces that are shown; what is longer is cut in its middle."""


@dataclass(frozen=True, slots=True)
class Context:
    """Text on one line. Of `pieces` those are marked that belong to the mention, or to an end of the relation."""

    left: str
    pieces: tuple[tuple[str, bool], ...]
    right: str


def context(text: str, marked: Iterable[Fragment]) -> Context:
    """The surroundings of these pieces of text, no further than their paragraphs reach. There is at least one piece."""
    fragments = _apart(sorted(marked))
    start, end = fragments[0][0], fragments[-1][1]
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    high = text.find("\n", end)
    high = min(len(text) if high == -1 else high, end + AROUND)
    pieces: list[tuple[str, bool]] = []
    last = start
    for first, after in fragments:
        if last < first:
            pieces.append((_between(text[last:first]), False))
        pieces.append((_flat(text[first:after]), True))
        last = after
    return Context(_whole_words_after(_flat(text[low:start])), tuple(pieces), _flat(text[end:high]))


def _apart(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments without overlaps: a relation may join a label with one inside it."""
    apart: list[Fragment] = []
    for start, end in fragments:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _between(text: str) -> str:
    half = _GAP // 2
    return _flat(text) if len(text) <= _GAP else f"{_flat(text[:half])}…{_flat(text[-half:])}"


def _flat(text: str) -> str:
    """White space as single spaces, also at the edges."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() and words else ""
    return f"{before}{words}{' ' if text[-1:].isspace() else ''}"


def _whole_words_after(text: str) -> str:
    """The text from its first whole word on, when it was cut within one."""
    return text if len(text) < AROUND else text[text.find(" ") + 1 :]
