"""What is lit, chosen or pointed at just now: it changes without anything being laid out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.ui.canvas.content import Content


@dataclass(frozen=True, slots=True)
class Rubber:
    """A relation being drawn: from its head to the mouse (pixels of the view), or to the span under it."""

    head: str
    x: float
    y: float
    tail: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that may want a label, and what to say above it, in full and short. Nothing of it is stored."""

    start: int
    end: int
    forms: tuple[str, ...]


FindMarks = Callable[[int, int], Sequence[Mark]]
"""The marks that share a character with a range of text."""


@dataclass(slots=True)
class Overlay:
    """The state of the page that is not content. Ids are of spans or relations; offsets are code points."""

    focus: str | None = None
    hover: str | None = None
    selection: tuple[int, int] | None = None
    caret: tuple[int, int] | None = None
    """The token with the caret ring."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Span id to the letter that picks it."""
    preview: tuple[int, int] | None = None
    """What the focused span would cover if its dragged edge were let go now."""
    rubber: Rubber | None = None
    marks: FindMarks | None = None
    glow: frozenset[str] = frozenset()
    """Spans and relations that one key would settle together."""
    ringed: frozenset[str] = frozenset()
    """Spans that are pointed at: the one under the mouse, or both ends of the relation under it."""
    lit: frozenset[str] = frozenset()
    """Relations in full colour: the one under the mouse, the focused one."""
    near: frozenset[str] = frozenset()
    """Relations of the focused span."""

    def light(self, content: Content) -> None:
        """Work out what focus, hover and glow light up."""
        ringed: set[str] = set()
        lit: set[str] = set()
        for item_id in (self.focus, self.hover, *self.glow):
            if (relation := content.relation(item_id)) is not None:
                lit.add(relation.id)
                ringed.update((relation.head, relation.tail))
        if self.hover is not None and content.span(self.hover) is not None:
            ringed.add(self.hover)
        ringed.update(item_id for item_id in self.glow if content.span(item_id) is not None)
        self.ringed, self.lit = frozenset(ringed), frozenset(lit)
        focused = self.focus if content.span(self.focus) is not None else None
        self.near = frozenset(relation.id for relation in content.relations_of(focused)) if focused else frozenset()
