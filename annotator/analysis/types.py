"""The open suggestions of many documents by type: one row for each distinct text and label, whatever document it is in.

The rows are counted document by document; no suggestion is kept. What of a row one key must not settle follows from the
same rules as in one document (see `ledger`), with the mean and the labels of all documents.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.analysis.certainty import is_low
from annotator.analysis.concordance import Context, context
from annotator.analysis.ledger import CLEAR, FAR, is_in_the_way
from annotator.model import Fragment, Layer, Overlap, Pending, Span

TypeKey = tuple[str, str]
"""Label and text; white space in the text is one blank."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The least certain mention of a row, and the document in which it stands."""

    document: str
    title: str
    fragments: tuple[Fragment, ...]
    around: Context


@dataclass(frozen=True, slots=True)
class TypeRow:
    """Suggestions of many documents that say the same. `held` of the `count` are not settled with the others.

    `mean` is that of the scores, None when there is none. With `is_contested` the text has other labels elsewhere, so
    that all of them want to be looked at.
    """

    key: TypeKey
    count: int
    documents: int
    mean: float | None
    held: int
    is_contested: bool
    sample: Sample

    @property
    def label(self) -> str:
        return self.key[0]

    @property
    def text(self) -> str:
        return self.key[1]

    @property
    def free(self) -> int:
        """How many one key settles."""
        return self.count - self.held


@dataclass(slots=True)
class _Tally:
    """What is counted of one type. `scores` has those of what is neither unsure nor in the way, in thousandths."""

    sample: Sample
    least: float
    count: int = 0
    barred: int = 0
    scored: int = 0
    total: float = 0.0
    scores: Counter[int] = field(default_factory=Counter)
    documents: array[int] = field(default_factory=lambda: array("L"))

    @property
    def mean(self) -> float | None:
        return self.total / self.scored if self.scored else None


class Types:
    """Counts the types of the documents that are given to it, one after the other."""

    def __init__(self, overlap: Overlap) -> None:
        self._overlap = overlap
        self._ids: list[str] = []
        self._tallies: dict[TypeKey, _Tally] = {}
        self._labels: Counter[TypeKey] = Counter()
        """How often a text is decided to have a label."""
        self._times: Counter[str] = Counter()
        """How often a text has any label, decided or suggested."""

    def __len__(self) -> int:
        return len(self._tallies)

    @property
    def suggestions(self) -> int:
        return sum(tally.count for tally in self._tallies.values())

    def add(self, document: str, title: str, text: str, layer: Layer, pending: Pending) -> None:
        """Count a document. One that is finished says what its texts are called; its open suggestions stay open."""
        for span in layer.spans.values():
            words = words_of(span, text)
            self._labels[span.label, words] += 1
            self._times[words] += 1
        if layer.status == "done" or not pending.spans:
            return
        number = len(self._ids)
        self._ids.append(document)
        for span in pending.spans.values():
            self._count(span, number, title, text, layer)

    def _count(self, span: Span, number: int, title: str, text: str, layer: Layer) -> None:
        key = span.label, words_of(span, text)
        certainty = 1.0 if span.score is None else span.score
        tally = self._tallies.get(key)
        if tally is None or certainty < tally.least:
            sample = Sample(self._ids[number], title, span.fragments, context(text, span.fragments))
            if tally is None:
                tally = self._tallies[key] = _Tally(sample, certainty)
            tally.sample, tally.least = sample, certainty
        tally.count += 1
        self._times[key[1]] += 1
        if not tally.documents or tally.documents[-1] != number:
            tally.documents.append(number)
        if span.score is not None:
            tally.scored += 1
            tally.total += span.score
        if is_low(span) or is_in_the_way(layer, span, self._overlap):
            tally.barred += 1
        elif span.score is not None:
            tally.scores[round(span.score * 1000)] += 1

    def row(self, key: TypeKey) -> TypeRow | None:
        tally = self._tallies.get(key)
        return self._row(key, tally) if tally is not None else None

    def _row(self, key: TypeKey, tally: _Tally) -> TypeRow:
        is_contested = self._is_contested(key, tally)
        held = tally.count if is_contested else tally.barred + self._outliers(tally)
        return TypeRow(key, tally.count, len(tally.documents), tally.mean, held, is_contested, tally.sample)

    def _is_contested(self, key: TypeKey, tally: _Tally) -> bool:
        return self._labels[key] + tally.count < CLEAR * self._times[key[1]]

    def _outliers(self, tally: _Tally) -> int:
        mean = tally.mean
        if mean is None:
            return 0
        return sum(count for score, count in tally.scores.items() if is_outlier(score / 1000, mean))

    def rows(self, most: int) -> list[TypeRow]:
        """The first rows: those first of which one key settles most, then the more certain ones, then by text."""
        best = heapq.nsmallest(most, self._ranked())
        return [self._row(key, self._tallies[key]) for *_, key in best]

    def _ranked(self) -> Iterator[tuple[int, int, float, TypeKey]]:
        for key, tally in self._tallies.items():
            free = 0 if self._is_contested(key, tally) else tally.count - tally.barred - self._outliers(tally)
            mean = tally.mean
            yield -free, -tally.count, -(1.0 if mean is None else mean), key

    def documents(self, key: TypeKey) -> list[str]:
        """The documents in which this type is open, in order."""
        return [self._ids[number] for number in self._tallies[key].documents] if key in self._tallies else []


def words_of(span: Span, text: str) -> str:
    """The text of a span as a row names it."""
    return " ".join(span.covered(text).split())


def is_outlier(score: float, mean: float) -> bool:
    return mean - score > FAR


def settled_by(row: TypeRow, text: str, layer: Layer, pending: Pending, overlap: Overlap) -> list[str]:
    """The suggestions of one document that a key for the row settles: all but those that are held back."""
    found = []
    for span in pending.spans.values():
        if span.label == row.label and words_of(span, text) == row.text and not is_low(span):
            is_out = span.score is not None and row.mean is not None and is_outlier(span.score, row.mean)
            if not is_out and not is_in_the_way(layer, span, overlap):
                found.append(span.id)
    return found
