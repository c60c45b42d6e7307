"""The open suggestions of a page, kept up to date edit by edit: the same answer as `pending`, without starting over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.model.items import Decision, Fragment, Item, Relation, Span
from annotator.model.layer import Edit, Layer
from annotator.model.suggestions import Fits, Pending, anything_fits


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each label stands, of spans and of relations."""

    spans: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)


class Answering:
    """A machine's layer beside a person's.

    `pending` equals `pending(person, machine, fits)` at all times, provided that `update` is called after every edit of
    the person's layer, and that the machine's changes by `amend` alone; so do the tallies of what is `mine` and what is
    `open`. An edit costs as much as the suggestions that it touches, whatever the size of the document.
    """

    def __init__(self, person: Layer, machine: Layer, fits: Fits = anything_fits) -> None:
        self.pending = Pending()
        self._fits = fits
        self._person = person
        self.machine = machine
        self._suggested_at: dict[tuple[Fragment, ...], list[str]] = defaultdict(list)
        self._relations_at: dict[str, list[str]] = defaultdict(list)
        self._mine_at: dict[tuple[Fragment, ...], dict[str, None]] = defaultdict(dict)
        self._targets_of: dict[str, set[str]] = defaultdict(set)
        self._said: Counter[tuple[str, str, str]] = Counter()
        self.mine = Tally()
        self.open = Tally()
        self._stands_for: dict[str, str] = {}
        self._stood_for_by: dict[str, set[str]] = defaultdict(set)
        for suggested in machine:
            self._list(suggested)
        for item in person:
            self._note(item)
        self._settle_spans(machine.spans)
        self._settle_relations(machine.relations)

    def update(self, edit: Edit) -> None:
        """Follow an edit that has just been applied to the person's layer."""
        for change in edit.changes:
            if change.before is not None:
                self._forget(change.before)
            if change.after is not None:
                self._note(change.after)
        spans, relations = self._touched(edit)
        relations.update(key for span in spans for key in self._relations_at.get(span, ()))
        self._settle_spans(spans)
        self._settle_relations(relations)
        self.pending.touched = frozenset(spans | relations)

    def amend(self, edit: Edit) -> None:
        """Make an edit of the machine's layer: suggestions come, go or change. One end of a relation may still be on
        its way; the relation is open once both are there."""
        for change in edit.changes:
            self._list_out(change.before)
            self._list(change.after)
        self.machine.apply(edit)
        items = [item for change in edit.changes for item in (change.before, change.after)]
        spans = dict.fromkeys(item.id for item in items if isinstance(item, Span))
        relations = dict.fromkeys(item.id for item in items if isinstance(item, Relation))
        relations.update(dict.fromkeys(key for span in spans for key in self._relations_at.get(span, ())))
        self._settle_spans(spans)
        self._settle_relations(relations)
        self.pending.touched = frozenset({**spans, **relations})

    def _list(self, item: Item | None) -> None:
        match item:
            case Span():
                self._suggested_at[item.fragments].append(item.id)
            case Relation():
                self._relations_at[item.head].append(item.id)
                self._relations_at[item.tail].append(item.id)

    def _list_out(self, item: Item | None) -> None:
        match item:
            case Span():
                self._suggested_at[item.fragments].remove(item.id)
            case Relation():
                self._relations_at[item.head].remove(item.id)
                self._relations_at[item.tail].remove(item.id)

    def _touched(self, edit: Edit) -> tuple[set[str], set[str]]:
        """The suggested spans and relations whose answer may differ after the edit."""
        spans: set[str] = set()
        relations: set[str] = set()
        for change in edit.changes:
            for item in (change.before, change.after):
                match item:
                    case Span():
                        spans.update(self._suggested_at.get(item.fragments, ()))
                        spans.update(self._stood_for_by.get(item.id, ()))
                        spans.update(self._targets_of.get(item.id, ()))
                    case Decision():
                        spans.add(item.target)
                        relations.add(item.target)
                    case Relation():
                        for end in (item.head, item.tail):
                            for suggested in self._stood_for_by.get(end, ()):
                                relations.update(self._relations_at.get(suggested, ()))
        return spans & self.machine.spans.keys(), relations & self.machine.relations.keys()

    def _note(self, item: Item) -> None:
        match item:
            case Span():
                self._mine_at[item.fragments][item.id] = None
                self.mine.spans[item.label] += 1
            case Relation():
                self._said[item.label, item.head, item.tail] += 1
                self.mine.relations[item.label] += 1
            case Decision() if item.result is not None:
                self._targets_of[item.result].add(item.target)

    def _forget(self, item: Item) -> None:
        match item:
            case Span():
                self._mine_at[item.fragments].pop(item.id, None)
                self.mine.spans[item.label] -= 1
            case Relation():
                self._said[item.label, item.head, item.tail] -= 1
                self.mine.relations[item.label] -= 1
            case Decision() if item.result is not None:
                self._targets_of[item.result].discard(item.target)

    def _settle_spans(self, span_ids: Iterable[str]) -> None:
        for key in span_ids:
            span = self.machine.spans.get(key)
            stand_in = self._stand_in(span) if span is not None else None
            former = self._stands_for.pop(key, None)
            if former is not None:
                self._stood_for_by[former].discard(key)
            was = self.pending.spans.pop(key, None)
            if was is not None:
                self.open.spans[was.label] -= 1
            if span is not None and stand_in is not None:
                self._stands_for[key] = stand_in
                self._stood_for_by[stand_in].add(key)
                if stand_in == key:
                    self.pending.spans[key] = span
                    self.open.spans[span.label] += 1

    def _stand_in(self, span: Span) -> str | None:
        """The item on screen that stands for a suggested span: itself while it is open, None when it is turned down."""
        decision = self._person.decisions.get(Decision.id_for(span.id))
        if decision is not None:
            return decision.result if decision.result in self._person.spans else None
        mine = self._mine_at.get(span.fragments)
        return next(reversed(mine)) if mine else span.id

    def _settle_relations(self, relation_ids: Iterable[str]) -> None:
        for key in relation_ids:
            was = self.pending.relations.pop(key, None)
            if was is not None:
                self.open.relations[was.label] -= 1
            relation = self.machine.relations.get(key)
            if relation is None:
                continue
            head, tail = self._stands_for.get(relation.head), self._stands_for.get(relation.tail)
            if head is None or tail is None or head == tail:
                continue
            is_answered = Decision.id_for(key) in self._person.decisions or self._said[relation.label, head, tail]
            if not is_answered and self._fits(relation.label, self._label_of(head), self._label_of(tail)):
                self.pending.relations[key] = replace(relation, head=head, tail=tail)
                self.open.relations[relation.label] += 1

    def _label_of(self, stand_in: str) -> str:
        return (self._person.spans.get(stand_in) or self.machine.spans[stand_in]).label
