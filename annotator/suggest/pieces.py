"""Cuts a text into the pieces that a model reads one by one: paragraphs, and parts of very long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

PIECE_CHARS = 5_000
"""A longer paragraph is cut at the end of a sentence, or at white space."""

WORD_CHARS = 1_000
"""A longer run without white space is no word of a language; it is left out."""

BATCH_CHARS = 20_000
"""What the model is given at a time; its memory and the time between signs of life grow with it."""

Piece = tuple[int, int]
"""(start, end) in code points, without white space at its edges."""

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\r\n\s*\r\n\s*|[\u2029\f\v]+")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\x85]")
_MONSTER = re.compile(rf"\S{{{WORD_CHARS},}}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")
_SPACE = re.compile(r"\s")


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text, in order, none of them empty or white space alone."""
    for start, end in _between(_BLANK, text, 0, len(text)):
        for line_start, line_end in _lines(text, start, end):
            for part_start, part_end in _between(_MONSTER, text, line_start, line_end):
                yield from _cut(text, part_start, part_end)


def batches(text: str) -> Iterator[list[Piece]]:
    """The pieces in groups of about BATCH_CHARS."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces(text):
        batch.append(piece)
        size += piece[1] - piece[0]
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _between(border: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Piece]:
    for found in border.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _lines(text: str, start: int, end: int) -> Iterator[Piece]:
    """Each line of a block by itself, or the whole block where its lines look wrapped at a margin."""
    lines = list(_between(_LINE_END, text, start, end))
    if len(lines) > 1 and _is_wrapped([line_end - line_start for line_start, line_end in lines]):
        yield start, end
    else:
        yield from lines


def _is_wrapped(lengths: list[int]) -> bool:
    """All lines but the last are nearly as long as the longest, and none is longer than a page is wide."""
    longest = max(lengths)
    return 40 <= longest <= 120 and all(length >= 0.7 * longest for length in lengths[:-1])


def _cut(text: str, start: int, end: int) -> Iterator[Piece]:
    while end - start > PIECE_CHARS:
        border = _border(text, start, start + PIECE_CHARS)
        yield from _stripped(text, start, border)
        start = border
    yield from _stripped(text, start, end)


def _border(text: str, start: int, end: int) -> int:
    """Where to cut text[start:end]: behind its last sentence, else at its last white space, else at its end."""
    half = start + (end - start) // 2
    for pattern in (_SENTENCE_END, _SPACE):
        last = None
        for last in pattern.finditer(text, half, end):  # noqa: B007 - the last one is wanted
            pass
        if last is not None:
            return last.end()
    return end


def _stripped(text: str, start: int, end: int) -> Iterator[Piece]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
