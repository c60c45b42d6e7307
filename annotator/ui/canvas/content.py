"""Content: what a canvas shows, found by block. Free of Qt."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.model import Edit, Layer, Pending, Relation, RoleRange, Schema, Span
from annotator.ui.canvas.geometry.blocks import Blocks

UNKNOWN_HUE = 250
"""For a label that the schema does not have (any more)."""

Key = tuple[int, int, str]
"""Reading order: start, minus end (outer before inner), id."""


class Content:
    """A text with the spans and relations of one author and the open suggestions.

    A relation with an end that is not shown is left out. `refresh` keeps it in step with the layer.
    """

    def __init__(
        self, text: str, schema: Schema, layer: Layer, pending: Pending, roles: Iterable[RoleRange] = ()
    ) -> None:
        self.text = text
        self.schema = schema
        self.blocks = Blocks(text, roles)
        self._spans: dict[str, Span] = {}
        self._relations: dict[str, Relation] = {}
        self._suggested = _Suggested.of(layer, pending)
        self._order: list[Key] = []
        self._reaching: dict[int, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._fill(layer, pending)

    def _fill(self, layer: Layer, pending: Pending) -> None:
        self._spans = {**pending.spans, **layer.spans}
        self._relations = {
            relation_id: relation
            for relation_id, relation in (*pending.relations.items(), *layer.relations.items())
            if relation.head in self._spans and relation.tail in self._spans
        }
        self._order = sorted(map(_key, self._spans.values()))
        for span in self._spans.values():
            self._note_reach(span)
        for relation in self._relations.values():
            self._note_ends(relation)

    def spans_in(self, block: int) -> list[Span]:
        """The spans that touch this block, in reading order, outer before inner."""
        start, end = self.blocks.starts[block], self.blocks.ends[block]
        first = bisect_left(self._order, (start,))
        last = bisect_left(self._order, (max(end, start + 1),))
        found = [self._spans[key[2]] for key in self._order[first:last]]
        reaching = self._reaching.get(block)
        if reaching:
            found += (self._spans[span_id] for span_id in reaching)
            found.sort(key=_key)
        return found

    def span(self, item_id: str | None) -> Span | None:
        return self._spans.get(item_id) if item_id is not None else None

    def relation(self, item_id: str | None) -> Relation | None:
        return self._relations.get(item_id) if item_id is not None else None

    def spans(self) -> Iterator[Span]:
        """All spans in reading order."""
        return (self._spans[key[2]] for key in self._order)

    @property
    def span_count(self) -> int:
        """Suggestions included."""
        return len(self._spans)

    def relations(self) -> Iterator[Relation]:
        return iter(self._relations.values())

    def relations_of(self, span_id: str) -> list[Relation]:
        """The relations that start or end at this span, in the order of their ids."""
        return [self._relations[relation_id] for relation_id in sorted(self._ends.get(span_id, ()))]

    def extent(self, item_id: str) -> tuple[int, int] | None:
        """Where a span begins and ends; of a relation, from its first end to its last. None when it is not shown."""
        relation = self._relations.get(item_id)
        ids = (relation.head, relation.tail) if relation is not None else (item_id,)
        spans = [self._spans[span_id] for span_id in ids if span_id in self._spans]
        return (min(span.start for span in spans), max(span.end for span in spans)) if spans else None

    @property
    def suggested_count(self) -> int:
        """How many of the spans are open suggestions."""
        return len(self._suggested.spans)

    @property
    def summary(self) -> str:
        """What a screen reader says of the whole."""
        decided = self.span_count - self.suggested_count
        return f"{_counted(decided, 'label')} and {_counted(self.suggested_count, 'suggestion')}."

    def is_suggested(self, item_id: str) -> bool:
        return item_id in self._suggested.spans or item_id in self._suggested.relations

    def hue(self, label: str) -> int:
        known = self.schema.label_names.get(label)
        return known.hue if known else UNKNOWN_HUE

    def is_symmetric(self, relation: Relation) -> bool:
        known = self.schema.relation_names.get(relation.label)
        return known.is_symmetric if known else False

    def relation_title(self, relation: Relation) -> str:
        """The relation type's title, as it stands on an arc."""
        known = self.schema.relation_names.get(relation.label)
        return known.title if known else relation.label

    def blocks_of(self, item_id: str) -> set[int]:
        """The blocks in which this item is drawn; none for an item that is not shown."""
        if (span := self._spans.get(item_id)) is not None:
            return self._span_blocks(span)
        if (relation := self._relations.get(item_id)) is not None:
            return {self.blocks.at(self._spans[end].start) for end in (relation.head, relation.tail)}
        return set()

    def refresh(self, layer: Layer, pending: Pending, edit: Edit | None = None) -> set[int]:
        """Take over what has changed since; the blocks that must be laid out anew.

        Given the edit that made the difference, layer and content are not compared item by item, which takes long in
        a large document.
        """
        suggested = _Suggested.of(layer, pending)
        spans = suggested.spans ^ self._suggested.spans
        relations = suggested.relations ^ self._suggested.relations
        if edit is None:
            spans |= _differences(self._spans, layer.spans, pending.spans)
            relations |= _differences(self._relations, layer.relations, pending.relations)
        else:
            items = [item for change in edit.changes for item in (change.before, change.after)]
            spans.update(item.id for item in items if isinstance(item, Span))
            relations.update(item.id for item in items if isinstance(item, Relation))
            relations.update(self._reconnected(pending))
        for span_id in spans:
            relations.update(self._ends.get(span_id, ()))
            relations.update(relation.id for relation in layer.relations_of(span_id))
        touched = self._blocks_around(spans, relations)
        self._suggested = suggested
        for relation_id in relations:
            self._take_relation_out(relation_id)
        for span_id in spans:
            self._take_span_out(span_id)
            self._put_span(layer.spans.get(span_id) or pending.spans.get(span_id))
        for relation_id in relations:
            self._put_relation(layer.relations.get(relation_id) or pending.relations.get(relation_id))
        return touched | self._blocks_around(spans, relations)

    def _reconnected(self, pending: Pending) -> Iterator[str]:
        """Suggested relations of which another span is now an end: it stands for the suggestion that was accepted."""
        for relation_id, relation in pending.relations.items():
            was = self._relations.get(relation_id)
            if was is not None and (was.head != relation.head or was.tail != relation.tail):
                yield relation_id

    def _blocks_around(self, spans: Iterable[str], relations: Iterable[str]) -> set[int]:
        """The blocks of these items, and of the far ends of the spans' relations, whose arcs lead here."""
        items = {*spans, *relations}
        for span_id in spans:
            items.update(self._ends.get(span_id, ()))
        return {block for item_id in items for block in self.blocks_of(item_id)}

    def _span_blocks(self, span: Span) -> set[int]:
        if len(span.fragments) == 1:
            return set(self.blocks.between(span.start, span.end))
        return {block for start, end in span.fragments for block in self.blocks.between(start, end)}

    def _put_span(self, span: Span | None) -> None:
        if span is not None:
            self._spans[span.id] = span
            insort(self._order, _key(span))
            self._note_reach(span)

    def _take_span_out(self, span_id: str) -> None:
        span = self._spans.pop(span_id, None)
        if span is not None:
            del self._order[bisect_left(self._order, _key(span))]
            for block in self._reached(span):
                self._reaching[block].remove(span.id)

    def _put_relation(self, relation: Relation | None) -> None:
        if relation is not None and relation.head in self._spans and relation.tail in self._spans:
            self._relations[relation.id] = relation
            self._note_ends(relation)

    def _take_relation_out(self, relation_id: str) -> None:
        relation = self._relations.pop(relation_id, None)
        if relation is not None:
            for end in (relation.head, relation.tail):
                self._ends[end].remove(relation.id)

    def _note_reach(self, span: Span) -> None:
        """Remember the blocks that a span reaches beyond the one in which it starts."""
        for block in self._reached(span):
            self._reaching.setdefault(block, []).append(span.id)

    def _reached(self, span: Span) -> set[int]:
        first = self.blocks.at(span.start)
        return self._span_blocks(span) - {first} if span.end > self.blocks.ends[first] else set()

    def _note_ends(self, relation: Relation) -> None:
        for end in (relation.head, relation.tail):
            self._ends.setdefault(end, []).append(relation.id)


@dataclass(frozen=True, slots=True)
class _Suggested:
    """The ids of the open suggestions."""

    spans: set[str]
    relations: set[str]

    @classmethod
    def of(cls, layer: Layer, pending: Pending) -> _Suggested:
        return cls(pending.spans.keys() - layer.spans.keys(), pending.relations.keys() - layer.relations.keys())


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _key(span: Span) -> Key:
    return (span.start, -span.end, span.id)


def _differences(
    shown: Mapping[str, Span] | Mapping[str, Relation],
    decided: Mapping[str, Span] | Mapping[str, Relation],
    suggested: Mapping[str, Span] | Mapping[str, Relation],
) -> set[str]:
    """The ids of items that came, went or changed; what is decided hides a suggestion of the same id."""
    changed = {item_id for item_id in shown if item_id not in decided and item_id not in suggested}
    for drawer in (suggested, decided):
        changed.update(
            item_id for item_id, item in drawer.items() if (was := shown.get(item_id)) is not item and was != item
        )
    return changed
