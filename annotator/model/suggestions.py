"""What is still to be decided: a machine's layer minus what a person has answered or already said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from annotator.model.items import Decision, Fragment, Relation, Span
from annotator.model.layer import Edit, Layer

Fits = Callable[[str, str, str], bool]
"""Whether a relation with this label may go from a span with one label to a span with another; a schema's `fits`."""


def anything_fits(_label: str, _head: str, _tail: str) -> bool:
    """What is so without a schema."""
    return True


@dataclass(slots=True)
class Pending:
    """The open suggestions of one document.

    The ends of a relation are written as what stands for them on screen: the open suggestion itself, or the person's
    span that came of it. `touched` names the suggestions that the latest edit may have opened, settled or led to
    another end; None when nobody has kept count.
    """

    spans: dict[str, Span] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    touched: frozenset[str] | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.spans) + len(self.relations)

    def __iter__(self) -> Iterator[Span | Relation]:
        yield from self.spans.values()
        yield from self.relations.values()

    def get(self, item_id: str) -> Span | Relation | None:
        return self.spans.get(item_id) or self.relations.get(item_id)

    def concerned(self, edit: Edit) -> set[str] | None:
        """What the latest edit may have made, changed or taken away, of the person's items and of the suggestions.

        None when nobody has kept count: then it may be anything.
        """
        return None if self.touched is None else {*self.touched, *(change.key for change in edit.changes)}


def pending(person: Layer, machine: Layer, fits: Fits = anything_fits) -> Pending:
    """The machine's items that the person has neither decided nor made already.

    A suggested span is settled when it has a Decision, or when the person has a span on exactly the same fragments,
    whatever its label. A suggested relation is settled when it has a Decision, when the person has that relation, or
    when one of its ends was rejected. It is not offered as long as it does not fit the labels that its ends have now.
    """
    found = Pending()
    by_place: dict[tuple[Fragment, ...], Span] = {span.fragments: span for span in person.spans.values()}
    stands_for: dict[str, str] = {}
    for span in machine.spans.values():
        decision = person.decisions.get(Decision.id_for(span.id))
        mine = by_place.get(span.fragments)
        if decision is not None:
            if decision.result in person.spans:
                stands_for[span.id] = str(decision.result)
        elif mine is not None:
            stands_for[span.id] = mine.id
        else:
            found.spans[span.id] = span
            stands_for[span.id] = span.id
    said = {(relation.label, relation.head, relation.tail) for relation in person.relations.values()}
    for relation in machine.relations.values():
        head, tail = stands_for.get(relation.head), stands_for.get(relation.tail)
        if head is None or tail is None or head == tail:
            continue
        if Decision.id_for(relation.id) in person.decisions or (relation.label, head, tail) in said:
            continue
        ends = (person.spans.get(head) or found.spans[head], person.spans.get(tail) or found.spans[tail])
        if not fits(relation.label, ends[0].label, ends[1].label):
            continue
        found.relations[relation.id] = replace(relation, head=head, tail=tail)
    return found
