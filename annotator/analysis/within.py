"""At how many places a text stands inside of a longer label: "Putin" in "Vladimir Putin"."""

from __future__ import annotations

from collections import Counter, defaultdict

from annotator.analysis.clues import tokens_of
from annotator.model import Span

_MOST_TOKENS = 10
"""Longer labels are rare, and their parts are many."""


class Within:
    """Keeps count of the parts of labels, whole tokens each, by the place where they stand."""

    def __init__(self) -> None:
        self._starts: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def clear(self) -> None:
        self._starts.clear()

    def count(self, text: str) -> int:
        return len(self._starts.get(text, ()))

    def note(self, span: Span, text: str, sign: int) -> set[str]:
        """Follow a label of the document that came (1) or went (-1); returns the texts that are its parts."""
        tokens = tokens_of(text, (span.start, span.end)) if not span.is_discontinuous else []
        parts: set[str] = set()
        if not 1 < len(tokens) <= _MOST_TOKENS:
            return parts
        for first, (start, _) in enumerate(tokens):
            for _, end in tokens[first : len(tokens) - (first == 0)]:
                part = text[start:end]
                parts.add(part)
                self._count(part, start, sign)
        return parts

    def _count(self, part: str, start: int, sign: int) -> None:
        starts = self._starts[part]
        starts[start] += sign
        if not starts[start]:
            del starts[start]
        if not starts:
            del self._starts[part]
