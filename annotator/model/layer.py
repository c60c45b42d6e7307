"""Layer: all that one author says about one document; Edit: one act upon it, with its inverse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from annotator.model.errors import Refused
from annotator.model.items import STATUS_ID, Decision, Item, Note, Relation, Span
from annotator.model.phrases import NO_PHRASES, Phrases
from annotator.model.places import SpanPlaces
from annotator.model.weak import WeakHits

AuthorKind = Literal["person", "model", "rules", "gold", "import"]


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody or something that labels: a person, a model, a rule set, an import, or the adjudicated gold."""

    id: str
    kind: AuthorKind
    name: str
    info: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """`kind:name`, or `gold`; how an author is written in exports and on the command line."""
        return "gold" if self.kind == "gold" else f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Change:
    """One item before and after; None stands for absence."""

    before: Item | None
    after: Item | None

    @property
    def key(self) -> str:
        item = self.after if self.after is not None else self.before
        assert item is not None, "a change has at least one side"
        return item.id


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did in one act, as the full difference that it made."""

    title: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """The edit that takes this one back; all of undo rests on it."""
        return Edit(self.title, tuple(Change(change.after, change.before) for change in reversed(self.changes)))

    def touched_spans(self) -> Iterator[Span]:
        """Every span, before or after, that this edit concerns; relations are named by their ends, not here."""
        for change in self.changes:
            for item in (change.before, change.after):
                if isinstance(item, Span):
                    yield item


class Layer:
    """The items of one author on one document, by id, in four drawers.

    Only `apply` changes it. `check` tells beforehand whether an edit fits, and touches nothing. A machine's layer has
    the phrases of its parse and its weak hits too, which are no items: nobody decides on them.
    """

    __slots__ = (
        "_places",
        "_relations_of",
        "author",
        "decisions",
        "document",
        "notes",
        "phrases",
        "relations",
        "spans",
        "weak",
    )

    def __init__(
        self,
        document: str,
        author: str,
        items: Iterable[Item] = (),
        *,
        phrases: Phrases = NO_PHRASES,
        weak: WeakHits = (),
    ) -> None:
        self.document = document
        self.author = author
        self.phrases = phrases
        self.weak = weak
        self.spans: dict[str, Span] = {}
        self.relations: dict[str, Relation] = {}
        self.decisions: dict[str, Decision] = {}
        self.notes: dict[str, Note] = {}
        self._relations_of: dict[str, set[str]] = {}
        self._places: SpanPlaces | None = None  # made when it is first needed: most layers are only read
        for item in items:
            self._put(item)

    def copy(self) -> Layer:
        """Another layer with the same items; cheap beside putting them in one by one."""
        made = Layer(self.document, self.author, phrases=self.phrases)
        made.spans, made.relations = self.spans.copy(), self.relations.copy()
        made.decisions, made.notes = self.decisions.copy(), self.notes.copy()
        made._relations_of = {key: found.copy() for key, found in self._relations_of.items()}
        made._places = self._places.copy() if self._places is not None else None
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Layer):
            return NotImplemented
        return (self.document, self.author, self.as_dict()) == (other.document, other.author, other.as_dict())

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.spans) + len(self.relations) + len(self.decisions) + len(self.notes)

    def __iter__(self) -> Iterator[Item]:
        yield from self.spans.values()
        yield from self.relations.values()
        yield from self.decisions.values()
        yield from self.notes.values()

    def __contains__(self, item_id: object) -> bool:
        return isinstance(item_id, str) and self.get(item_id) is not None

    def as_dict(self) -> dict[str, Item]:
        return {item.id: item for item in self}

    def get(self, item_id: str) -> Item | None:
        return (
            self.spans.get(item_id)
            or self.relations.get(item_id)
            or self.decisions.get(item_id)
            or self.notes.get(item_id)
        )

    def relations_of(self, span_id: str) -> list[Relation]:
        """The relations that start or end at this span."""
        return [self.relations[key] for key in sorted(self._relations_of.get(span_id, ()))]

    def spans_near(self, start: int, end: int) -> Collection[Span]:
        """The spans that share a character with this range, and some that stand close by; unordered."""
        if self._places is None:
            self._places = SpanPlaces(self.spans.values())
        return self._places.near(start, end)

    @property
    def status(self) -> str:
        """ "open" or "done"."""
        note = self.notes.get(STATUS_ID)
        return note.value if note else "open"

    def check(self, edit: Edit) -> None:
        """Raise Refused unless the edit fits this layer as it stands; change nothing.

        Every `before` must be what is here, and no relation may lose an end.
        """
        after: dict[str, Item | None] = {}
        for change in edit.changes:
            here = after[change.key] if change.key in after else self.get(change.key)
            if here != change.before:
                raise Refused("edit-stale", item=change.key)
            after[change.key] = change.after
        for key, item in after.items():
            if isinstance(item, Relation):
                self._check_ends(item, after)
            elif item is None:
                for relation in self.relations_of(key):
                    still = after.get(relation.id, relation)
                    if isinstance(still, Relation):
                        self._check_ends(still, after)

    def _check_ends(self, relation: Relation, after: dict[str, Item | None]) -> None:
        for end in (relation.head, relation.tail):
            if not isinstance(after.get(end, self.spans.get(end)), Span):
                raise Refused("relation-dangling", relation=relation.label)

    def apply(self, edit: Edit) -> None:
        """Make the edit's changes. The caller has checked it."""
        for change in edit.changes:
            if change.before is not None:
                self._drop(change.before)
            if change.after is not None:
                self._put(change.after)

    def _put(self, item: Item) -> None:
        match item:
            case Span():
                self.spans[item.id] = item
                if self._places is not None:
                    self._places.add(item)
            case Relation():
                self.relations[item.id] = item
                self._relations_of.setdefault(item.head, set()).add(item.id)
                self._relations_of.setdefault(item.tail, set()).add(item.id)
            case Decision():
                self.decisions[item.id] = item
            case Note():
                self.notes[item.id] = item

    def _drop(self, item: Item) -> None:
        match item:
            case Span():
                del self.spans[item.id]
                if self._places is not None:
                    self._places.remove(item)
            case Relation():
                del self.relations[item.id]
                for end in {item.head, item.tail}:
                    self._relations_of[end].discard(item.id)
            case Decision():
                del self.decisions[item.id]
            case Note():
                del self.notes[item.id]
