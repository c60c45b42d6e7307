"""Content: what a canvas shows, found by block. Free of Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.model import Edit, Fragment, Layer, Note, Pending, Relation, RoleRange, Schema, Span
from annotator.model.places import Places, SpanPlaces
from annotator.ui.canvas.geometry.blocks import Blocks

UNKNOWN_HUE = 250
"""For a label that the schema does not have (any more)."""

MARK = " •"
"""Behind the name of an item of which more is said than is seen."""

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
        self._noted = _noted(layer)
        self._suggested = _Suggested.of(layer, pending)
        self._spans = pending.spans | layer.spans
        self._places = SpanPlaces(self._spans.values())
        self._relations: dict[str, Relation] = {}
        self._joins: Places[Relation] = Places()
        for relation in (pending.relations | layer.relations).values():
            self._put_relation(relation)

    def spans_in(self, block: int) -> list[Span]:
        """The spans that touch this block, in reading order, outer before inner."""
        start, end = self.blocks.starts[block], self.blocks.ends[block]
        end = max(end, start + 1)
        found = [span for span in self._places.near(start, end) if _touches(span.fragments, start, end)]
        found.sort(key=_key)
        return found

    def span(self, item_id: str | None) -> Span | None:
        return self._spans.get(item_id) if item_id is not None else None

    def relation(self, item_id: str | None) -> Relation | None:
        return self._relations.get(item_id) if item_id is not None else None

    def spans(self) -> Iterator[Span]:
        """All spans in reading order."""
        return iter(sorted(self._spans.values(), key=_key))

    @property
    def span_count(self) -> int:
        """Suggestions included."""
        return len(self._spans)

    def relations(self) -> Iterator[Relation]:
        return iter(self._relations.values())

    def relations_of(self, span_id: str) -> list[Relation]:
        """The relations that start or end at this span, in the order of their ids."""
        span = self._spans.get(span_id)
        if span is None:
            return []
        near = self._joins.near(span.start, span.start)
        found = {relation.id: relation for relation in near if span_id in (relation.head, relation.tail)}
        return [found[relation_id] for relation_id in sorted(found)]

    def relations_by_end(self, block: int) -> dict[str, list[Relation]]:
        """The relations of every span that starts in this block, in the order of their ids."""
        start, end = self.blocks.starts[block], self.blocks.ends[block]
        near = {relation.id: relation for relation in self._joins.near(start, end)}
        found: dict[str, list[Relation]] = {}
        for relation_id in sorted(near):
            relation = near[relation_id]
            for span_id in (relation.head, relation.tail) if relation.head != relation.tail else (relation.head,):
                if start <= self._spans[span_id].start < end:
                    found.setdefault(span_id, []).append(relation)
        return found

    def has_namesake(self, relation: Relation) -> bool:
        """Whether another relation of the same label leaves its head."""
        head = self._spans[relation.head].start
        return any(
            (one.head, one.label) == (relation.head, relation.label) and one.id != relation.id
            for one in self._joins.near(head, head)
        )

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
        return f"{known.title if known else relation.label}{MARK * self.is_marked(relation)}"

    def is_marked(self, item: Span | Relation) -> bool:
        """Whether more is said of the item than is seen: attributes or a note."""
        return bool(item.attrs) or item.id in self._noted

    def blocks_of(self, item_id: str) -> set[int]:
        """The blocks in which this item is drawn; none for an item that is not shown."""
        if (span := self._spans.get(item_id)) is not None:
            return self._span_blocks(span)
        if (relation := self._relations.get(item_id)) is not None:
            return {self.blocks.at(self._spans[end].start) for end in (relation.head, relation.tail)}
        return set()

    def refresh(self, layer: Layer, pending: Pending, edit: Edit | None = None) -> set[int]:
        """Take over what has changed since; the blocks that must be laid out anew.

        Given the edit that made the difference, and suggestions that somebody keeps count of, layer and content are not
        compared item by item, which takes long in a large document.
        """
        concerned = pending.concerned(edit) if edit is not None else None
        if concerned is None:
            spans, relations = self._compare(layer, pending)
        else:
            spans, relations = set(concerned), set(concerned)
        noted = self._noted
        if edit is None or any(
            isinstance(item, Note) for change in edit.changes for item in (change.before, change.after)
        ):
            self._noted = _noted(layer)
        spans |= (noted ^ self._noted) & layer.spans.keys()
        relations |= (noted ^ self._noted) & layer.relations.keys()
        # Arcs do not tell what a label says, only where it stands.
        moved = {span_id for span_id in spans if self._is_moved(span_id, layer, pending)}
        for span_id in moved:
            relations.update(relation.id for relation in (*self.relations_of(span_id), *layer.relations_of(span_id)))
        touched = self._blocks_around(spans, relations, moved)
        for relation_id in relations:
            self._take_relation_out(relation_id)
        for span_id in spans:
            self._take_span_out(span_id)
            self._put_span(layer.spans.get(span_id) or pending.spans.get(span_id))
        for relation_id in relations:
            self._put_relation(layer.relations.get(relation_id) or pending.relations.get(relation_id))
        self._suggested.update(spans, relations, layer, pending)
        return touched | self._blocks_around(spans, relations, moved)

    def _is_moved(self, span_id: str, layer: Layer, pending: Pending) -> bool:
        """Whether the span came, went, or stands elsewhere now."""
        before, after = self._spans.get(span_id), layer.spans.get(span_id) or pending.spans.get(span_id)
        return before is None or after is None or before.fragments != after.fragments

    def _compare(self, layer: Layer, pending: Pending) -> tuple[set[str], set[str]]:
        """The spans and the relations that are not shown as they are now."""
        suggested = _Suggested.of(layer, pending)
        return (
            suggested.spans ^ self._suggested.spans | _differences(self._spans, layer.spans, pending.spans),
            suggested.relations ^ self._suggested.relations
            | _differences(self._relations, layer.relations, pending.relations),
        )

    def _blocks_around(self, spans: Iterable[str], relations: Iterable[str], moved: Iterable[str]) -> set[int]:
        """The blocks of these items, and of the far ends of the moved spans' relations, whose arcs lead here."""
        items = {*spans, *relations}
        for span_id in moved:
            items.update(relation.id for relation in self.relations_of(span_id))
        return {block for item_id in items for block in self.blocks_of(item_id)}

    def _span_blocks(self, span: Span) -> set[int]:
        if len(span.fragments) == 1:
            return set(self.blocks.between(span.start, span.end))
        return {block for start, end in span.fragments for block in self.blocks.between(start, end)}

    def _put_span(self, span: Span | None) -> None:
        if span is not None:
            self._spans[span.id] = span
            self._places.add(span)

    def _take_span_out(self, span_id: str) -> None:
        span = self._spans.pop(span_id, None)
        if span is not None:
            self._places.remove(span)

    def _put_relation(self, relation: Relation | None) -> None:
        if relation is not None:
            head, tail = self._spans.get(relation.head), self._spans.get(relation.tail)
            if head is not None and tail is not None:
                self._relations[relation.id] = relation
                self._joins.put_at(relation, head.fragments[0][0])
                self._joins.put_at(relation, tail.fragments[0][0])

    def _take_relation_out(self, relation_id: str) -> None:
        relation = self._relations.pop(relation_id, None)
        if relation is not None:
            for end in (relation.head, relation.tail):
                start = self._spans[end].start
                self._joins.take(relation, start, start)


@dataclass(frozen=True, slots=True)
class _Suggested:
    """The ids of the open suggestions."""

    spans: set[str]
    relations: set[str]

    @classmethod
    def of(cls, layer: Layer, pending: Pending) -> _Suggested:
        return cls(
            set(pending.spans).difference(layer.spans),
            set(pending.relations).difference(layer.relations),
        )

    def update(self, spans: Iterable[str], relations: Iterable[str], layer: Layer, pending: Pending) -> None:
        """Follow a change of these spans and relations."""
        for known, ids, mine, suggested in (
            (self.spans, spans, layer.spans, pending.spans),
            (self.relations, relations, layer.relations, pending.relations),
        ):
            known.difference_update(ids)
            known.update(item_id for item_id in ids if item_id in suggested and item_id not in mine)


def _noted(layer: Layer) -> set[str]:
    """The ids of the items that have a note."""
    return {note.target for note in layer.notes.values() if note.target is not None}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _touches(fragments: tuple[Fragment, ...], start: int, end: int) -> bool:
    """Whether a fragment shares a character with the range."""
    if fragments[0][0] >= end or fragments[-1][1] <= start:
        return False
    return len(fragments) == 1 or any(first < end and last > start for first, last in fragments)


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
