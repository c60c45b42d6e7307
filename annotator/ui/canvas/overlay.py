"""What is lit, chosen or pointed at just now: it changes without anything being laid out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from annotator.ui.canvas.content import Content


@dataclass(frozen=True, slots=True)
class Rubber:
    """A relation being drawn, or one end of it being moved: to the mouse (pixels of the view) or the span under it."""

    fixed: str
    """The span from which the line comes."""
    x: float
    y: float
    target: str | None
    """The span under the mouse, if the relation may go there."""
    is_tail: bool = True
    """Whether the mouse holds the tail, which has the arrowhead."""
    targets: frozenset[str] = frozenset()
    """The spans in view at which the moved end may be put."""


Glow = Literal["change", "drop", "skip"]
"""How a place glows: it would get a label, lose one, or be left alone."""


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
    glow: tuple[tuple[int, int, Glow], ...] = ()
    """Places that an act shown beforehand would change, in text order and apart: start, end, how."""
    rubber: Rubber | None = None
    marks: FindMarks | None = None
    group: frozenset[str] = frozenset()
    """Spans and relations that one key would settle together."""
    ringed: frozenset[str] = frozenset()
    """Spans that are pointed at: the one under the mouse, or both ends of the relation under it."""
    lit: frozenset[str] = frozenset()
    """Relations in full colour: the one under the mouse, the focused one."""
    near: frozenset[str] = frozenset()
    """Relations of the focused span."""

    def light(self, content: Content) -> None:
        """Work out what focus, hover and group light up."""
        ringed: set[str] = set()
        lit: set[str] = set()
        for item_id in (self.focus, self.hover, *self.group):
            if (relation := content.relation(item_id)) is not None:
                lit.add(relation.id)
                ringed.update((relation.head, relation.tail))
        if self.hover is not None and content.span(self.hover) is not None:
            ringed.add(self.hover)
        ringed.update(item_id for item_id in self.group if content.span(item_id) is not None)
        self.ringed, self.lit = frozenset(ringed), frozenset(lit)
        focused = self.focus if content.span(self.focus) is not None else None
        self.near = frozenset(relation.id for relation in content.relations_of(focused)) if focused else frozenset()
