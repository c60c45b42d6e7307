"""Drawing a relation by keys: a hint letter on every end that the schema allows, then a key for the label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from annotator.model import Relation, RelationType, Schema, Span

End = Literal["head", "tail"]

HINT_KEYS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first; letters only, so that every keyboard has them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One relation that may be drawn; `is_reversed` when it runs from the picked end to the focused span."""

    kind: RelationType
    is_reversed: bool
    key: str


def _none(_span: Span) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Relating:
    """A relation in the making: its first end, the letters typed so far, the ends still possible, the label choices."""

    head: Span
    hints: dict[str, str]
    typed: str = ""
    tail: Span | None = None
    choices: tuple[Choice, ...] = ()
    moves: str | None = None
    """The relation of which the picked span becomes an end, instead of a new relation from `head`."""
    end: End = "tail"
    """Which end that is."""
    allows: Callable[[Span], bool] = field(default=_none, compare=False, repr=False)
    """Whether a span of the document, on screen or not, can be the other end."""

    @property
    def open_hints(self) -> dict[str, str]:
        """Span id to the letters still to be typed, for the ends that the typed letters leave."""
        return {
            span_id: hint[len(self.typed) :]
            for span_id, hint in self.hints.items()
            if self.tail is None and hint.startswith(self.typed)
        }


def choices_between(schema: Schema, head: Span, tail: Span) -> tuple[Choice, ...]:
    """Every relation between the two spans that the schema allows, forward ones first, each with its own key."""
    forward = [(kind, False) for kind in schema.relations_between(head.label, tail.label)]
    known = {kind.name for kind, _ in forward}
    backward = [(kind, True) for kind in schema.relations_between(tail.label, head.label) if kind.name not in known]
    keys = _distinct_keys([kind.key for kind, _ in forward + backward])
    return tuple(
        Choice(kind, is_reversed, key) for (kind, is_reversed), key in zip(forward + backward, keys, strict=True)
    )


def hint_letters(count: int) -> list[str]:
    """So many hints, none the beginning of another: as many of one letter as possible come first, then pairs."""
    size = len(HINT_KEYS)
    singles = count if count <= size else (size * size - count) // (size - 1)
    pairs = [first + second for first in HINT_KEYS[singles:] for second in HINT_KEYS]
    return [*HINT_KEYS[:singles], *pairs][:count]


def begin(schema: Schema, head: Span, candidates: Sequence[Span]) -> Relating:
    """Start a relation at `head`; `candidates` are the spans on screen, in reading order. Hints may be empty."""

    def is_possible(span: Span) -> bool:
        return span.id != head.id and bool(choices_between(schema, head, span))

    return Relating(head, _hints(head, [span for span in candidates if is_possible(span)]), allows=is_possible)


def begin_moving(
    kind: RelationType, relation: Relation, ends: tuple[Span, Span], *, end: End, on_screen: Sequence[Span]
) -> Relating:
    """Start to move one end of a relation that goes from `ends[0]` to `ends[1]`. Hints may be empty."""
    stays = ends[1] if end == "head" else ends[0]

    def is_possible(span: Span) -> bool:
        return can_end_at(kind, ends, end, span)

    hints = _hints(stays, [span for span in on_screen if is_possible(span)])
    return Relating(stays, hints, moves=relation.id, end=end, allows=is_possible)


def can_end_at(kind: RelationType, ends: tuple[Span, Span], end: End, span: Span) -> bool:
    """Whether a relation of this kind, which goes from `ends[0]` to `ends[1]`, may have that end at another span."""
    head, tail = ends
    if span.id in (head.id, tail.id):
        return False
    return kind.allows(span.label, tail.label) if end == "head" else kind.allows(head.label, span.label)


def _hints(near: Span, ends: Sequence[Span]) -> dict[str, str]:
    """Letters for these spans, the shortest for those nearest to `near`."""
    nearest = sorted(ends, key=lambda span: abs(span.start - near.start))[: len(HINT_KEYS) ** 2]
    return dict(zip((span.id for span in nearest), hint_letters(len(nearest)), strict=True))


def _distinct_keys(wanted: Sequence[str]) -> list[str]:
    """The schema's own keys where they are free, the first free letter otherwise."""
    taken: set[str] = set()
    keys = []
    for key in wanted:
        free = key if key and key not in taken else next(letter for letter in HINT_KEYS if letter not in taken)
        taken.add(free)
        keys.append(free)
    return keys
