"""The open suggestions of a document by type: one row for each distinct text and label, to be settled together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from annotator.analysis.certainty import Reason, held_back
from annotator.model import Layer, Overlap, Pending, Relation, Span
from annotator.model.places import SpanPlaces

FAR = 0.25
"""A score so far below the mean of its row is an outlier."""

CLEAR = 0.75
"""The share of its labels with which a text has one of them clearly; below it each mention wants to be looked at."""

Key = tuple[str, ...]
"""What the suggestions of a row have in common: label and text, or label and the texts of head and tail."""

Rank = tuple[int, float, int, Key]


@dataclass(frozen=True, slots=True)
class Row:
    """Suggestions that say the same, in reading order.

    `mean` is that of the scores (None when there is none), `least` the id of the least certain one. `held` says which
    of them one key for all must not settle, and why.
    """

    key: Key
    ids: tuple[str, ...]
    mean: float | None
    least: str
    held: Mapping[str, Reason]

    @property
    def label(self) -> str:
        return self.key[0]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of the span; of a relation those of its head and its tail."""
        return self.key[1:]

    @property
    def is_relation(self) -> bool:
        return len(self.key) == 3

    @property
    def free(self) -> tuple[str, ...]:
        """Those that one key settles."""
        return tuple(item_id for item_id in self.ids if item_id not in self.held)


class Ledger:
    """The rows of one document, kept in step with its edits: an edit costs as much as the rows that it touches.

    `looked_at` is the set of the suggestions that have been in focus; whoever adds to it calls `look`.
    """

    def __init__(
        self, text: str, layer: Layer, pending: Pending, looked_at: Collection[str], *, overlap: Overlap = "any"
    ) -> None:
        self._text, self._layer, self._pending, self._looked_at = text, layer, pending, looked_at
        self._overlap = overlap
        self._members: dict[Key, dict[str, None]] = {}
        self._key_of: dict[str, Key] = {}
        self._labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """How often a text has each label."""
        self._keys_with: defaultdict[str, set[Key]] = defaultdict(set)
        self._spans: dict[str, Span] = {}
        """Every span, decided or open."""
        self._open_at = SpanPlaces()
        self._relations_at: defaultdict[str, set[str]] = defaultdict(set)
        self._rows: dict[Key, Row] = {}
        self._ranks: dict[Key, Rank] = {}
        self._in_the_way: dict[str, bool] = {}
        """Whether a decided label is in the way of an open span, as far as it was asked."""
        for span_id in (*layer.spans, *pending.spans):
            self._put_span(span_id)
        for relation_id in pending.relations:
            self._put_relation(relation_id)

    def rows(self) -> list[Row]:
        """All rows: first those with most suggestions, then the more certain ones, then in reading order.

        A row keeps the rank that it was first given, so that none moves while others are settled.
        """
        for key in self._members.keys() - self._rows.keys():
            row = self._rows[key] = self._make_row(key)
            if key not in self._ranks:
                self._ranks[key] = self._rank(row)
        return sorted(self._rows.values(), key=lambda row: self._ranks[row.key])

    def row(self, key: Key) -> Row | None:
        """The row as it stands now; None when nothing is left of it."""
        if key not in self._members:
            return None
        return self._rows.get(key) or self._make_row(key)

    def key_of(self, item_id: str) -> Key | None:
        """The row of an open suggestion."""
        return self._key_of.get(item_id)

    def __len__(self) -> int:
        return len(self._members)

    def look(self, item_id: str) -> None:
        """Somebody has looked at this suggestion: it need not be held back any more."""
        self._stale(item_id)
        for relation_id in self._relations_at.get(item_id, ()):
            self._stale(relation_id)

    def update(self, concerned: Iterable[str]) -> None:
        """Follow a change of these items, of the person's layer or of the suggestions."""
        ids = list(concerned)
        for item_id in ids:
            self._take_relation(item_id)
            self._take_span(item_id)
        for item_id in ids:
            self._put_span(item_id)
        for item_id in ids:
            self._put_relation(item_id)

    # ---- keeping

    def _put_span(self, span_id: str) -> None:
        is_open = span_id not in self._layer.spans
        span = self._pending.spans.get(span_id) if is_open else self._layer.spans[span_id]
        if span is None:
            return
        self._spans[span_id] = span
        text = self._words(span)
        self._labels[text][span.label] += 1
        self._stale_text(text)
        if is_open:
            self._open_at.add(span)
            self._put(span_id, (span.label, text))
        else:
            self._stale_around(span)

    def _take_span(self, span_id: str) -> None:
        span = self._spans.pop(span_id, None)
        if span is None:
            return
        text = self._words(span)
        self._labels[text][span.label] -= 1
        self._stale_text(text)
        if span_id in self._key_of:
            self._in_the_way.pop(span_id, None)
            self._open_at.remove(span)
            self._take(span_id)
        else:
            self._stale_around(span)

    def _put_relation(self, relation_id: str) -> None:
        relation = self._pending.relations.get(relation_id)
        if relation is None:
            return
        ends = (relation.head, relation.tail)
        head, tail = (self._words(self._spans[end]) if end in self._spans else "…" for end in ends)
        for end in ends:
            self._relations_at[end].add(relation_id)
        self._put(relation_id, (relation.label, head, tail))

    def _take_relation(self, relation_id: str) -> None:
        if len(self._key_of.get(relation_id, ())) == 3:
            self._take(relation_id)

    def _put(self, item_id: str, key: Key) -> None:
        self._key_of[item_id] = key
        self._members.setdefault(key, {})[item_id] = None
        if len(key) == 2:
            self._keys_with[key[1]].add(key)
        self._rows.pop(key, None)

    def _take(self, item_id: str) -> None:
        key = self._key_of.pop(item_id)
        self._rows.pop(key, None)
        del self._members[key][item_id]
        if not self._members[key]:
            del self._members[key]
            if len(key) == 2:
                self._keys_with[key[1]].discard(key)

    def _stale(self, item_id: str) -> None:
        if (key := self._key_of.get(item_id)) is not None:
            self._rows.pop(key, None)

    def _stale_text(self, text: str) -> None:
        for key in self._keys_with.get(text, ()):
            self._rows.pop(key, None)

    def _stale_around(self, span: Span) -> None:
        """What overlaps a label that came or went may be held back for another reason now."""
        for other in self._open_at.near(span.start, span.end):
            self._in_the_way.pop(other.id, None)
            self._stale(other.id)

    # ---- rows

    def _make_row(self, key: Key) -> Row:
        found = [item for item_id in self._members[key] if (item := self._pending.get(item_id)) is not None]
        items = sorted(found, key=lambda item: (self._start(item), item.id))
        scores = [item.score for item in items if item.score is not None]
        mean = sum(scores) / len(scores) if scores else None
        least = min(items, key=lambda item: 1.0 if item.score is None else item.score)
        return Row(key, tuple(item.id for item in items), mean, least.id, self._held(items, mean))

    def _held(self, items: list[Span | Relation], mean: float | None) -> dict[str, Reason]:
        held: dict[str, Reason] = {**held_back(items, self._pending, self._looked_at)}
        is_contested = isinstance(items[0], Span) and self._is_contested(items[0])
        for item in items:
            if item.id in held or item.id in self._looked_at:
                continue
            if isinstance(item, Span) and self._overlaps_decided(item):
                held[item.id] = "overlap"
            elif is_contested:
                held[item.id] = "other-label"
            elif item.score is not None and mean is not None and mean - item.score > FAR:
                held[item.id] = "outlier"
        return held

    def _is_contested(self, span: Span) -> bool:
        """Whether the text has other labels elsewhere, so that this one is not clearly its own."""
        labels = self._labels[self._words(span)]
        return labels[span.label] < CLEAR * labels.total()

    def _overlaps_decided(self, span: Span) -> bool:
        known = self._in_the_way.get(span.id)
        if known is None:
            known = self._in_the_way[span.id] = is_in_the_way(self._layer, span, self._overlap)
        return known

    def _rank(self, row: Row) -> Rank:
        first = self._pending.get(row.ids[0])
        return (
            -len(row.ids),
            -(1.0 if row.mean is None else row.mean),
            self._start(first) if first is not None else 0,
            row.key,
        )

    def _start(self, item: Span | Relation) -> int:
        if isinstance(item, Span):
            return item.start
        return min((self._spans[end].start for end in (item.head, item.tail) if end in self._spans), default=0)

    def _words(self, span: Span) -> str:
        return " ".join(span.covered(self._text).split())


def is_in_the_way(layer: Layer, span: Span, overlap: Overlap) -> bool:
    """Whether a decided label is in the way of a suggested one. Another label may lie inside or around, if the schema
    allows that."""
    for other in layer.spans_near(span.start, span.end):
        if other.start < span.end and span.start < other.end:
            inside = other.start <= span.start and span.end <= other.end
            around = span.start <= other.start and other.end <= span.end
            is_nested = inside != around
            if not is_nested or other.label == span.label or overlap == "none":
                return True
    return False
