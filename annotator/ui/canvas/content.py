"""Content: what a canvas shows, found by block. Free of Qt."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping

from annotator.model import Layer, Pending, Relation, RoleRange, Schema, Span
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
        self._suggested: frozenset[str] = frozenset()
        self._order: list[Key] = []
        self._reaching: dict[int, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._fill(layer, pending)

    def _fill(self, layer: Layer, pending: Pending) -> None:
        self._spans = {**pending.spans, **layer.spans}
        self._relations = dict(_shown_relations(layer, pending, self._spans))
        self._suggested = _suggested(layer, pending)
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
        return len(self._spans)

    def relations(self) -> Iterator[Relation]:
        return iter(self._relations.values())

    def relations_of(self, span_id: str) -> list[Relation]:
        """The relations that start or end at this span, in the order of their ids."""
        return [self._relations[relation_id] for relation_id in sorted(self._ends.get(span_id, ()))]

    def is_suggested(self, item_id: str) -> bool:
        return item_id in self._suggested

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

    def refresh(self, layer: Layer, pending: Pending) -> set[int]:
        """Take over what has changed since; the blocks that must be laid out anew."""
        spans = {**pending.spans, **layer.spans}
        relations = dict(_shown_relations(layer, pending, spans))
        suggested = _suggested(layer, pending)
        switched = suggested ^ self._suggested
        changed_spans = _differences(self._spans, spans, switched)
        changed_relations = _differences(self._relations, relations, switched)
        touched = self._blocks_around(changed_spans, changed_relations)
        for span_id in changed_spans & self._spans.keys():
            self._forget_span(self._spans[span_id])
        for relation_id in changed_relations & self._relations.keys():
            self._forget_ends(self._relations[relation_id])
        self._spans, self._relations, self._suggested = spans, relations, suggested
        for span_id in changed_spans & spans.keys():
            insort(self._order, _key(spans[span_id]))
            self._note_reach(spans[span_id])
        for relation_id in changed_relations & relations.keys():
            self._note_ends(relations[relation_id])
        return touched | self._blocks_around(changed_spans, changed_relations)

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

    def _note_reach(self, span: Span) -> None:
        """Remember the blocks that a span reaches beyond the one in which it starts."""
        first = self.blocks.at(span.start)
        if span.end > self.blocks.ends[first]:
            for block in self._span_blocks(span) - {first}:
                self._reaching.setdefault(block, []).append(span.id)

    def _forget_span(self, span: Span) -> None:
        del self._order[bisect_left(self._order, _key(span))]
        first = self.blocks.at(span.start)
        if span.end > self.blocks.ends[first]:
            for block in self._span_blocks(span) - {first}:
                self._reaching[block].remove(span.id)

    def _note_ends(self, relation: Relation) -> None:
        for end in {relation.head, relation.tail}:
            self._ends.setdefault(end, []).append(relation.id)

    def _forget_ends(self, relation: Relation) -> None:
        for end in {relation.head, relation.tail}:
            self._ends[end].remove(relation.id)


def _key(span: Span) -> Key:
    return (span.start, -span.end, span.id)


def _suggested(layer: Layer, pending: Pending) -> frozenset[str]:
    return frozenset(
        item_id
        for drawer, decided in ((pending.spans, layer.spans), (pending.relations, layer.relations))
        for item_id in drawer
        if item_id not in decided
    )


def _shown_relations(layer: Layer, pending: Pending, spans: Mapping[str, Span]) -> Iterator[tuple[str, Relation]]:
    for drawer in (pending.relations, layer.relations):
        for relation_id, relation in drawer.items():
            if relation.head in spans and relation.tail in spans:
                yield relation_id, relation


def _differences(
    old: Mapping[str, Span] | Mapping[str, Relation],
    new: Mapping[str, Span] | Mapping[str, Relation],
    switched: Iterable[str],
) -> set[str]:
    """The ids of items that came, went or changed."""
    changed = {item_id for item_id, item in new.items() if (was := old.get(item_id)) is not item and was != item}
    changed.update(item_id for item_id in old if item_id not in new)
    changed.update(item_id for item_id in switched if item_id in old or item_id in new)
    return changed
