"""The things that an author says about a document: spans, relations, decisions and notes. Pure values.

Offsets are Unicode code points, half-open, counted on the unchanged text.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Fragment = tuple[int, int]
"""A piece of text: (start, end)."""

Attrs = Mapping[str, Any]
"""Attribute name to JSON value."""

NO_ATTRS: Attrs = MappingProxyType({})

Confirmed = Literal["single", "bulk", "none"]
"""How a person confirmed an item: looked at by itself, together with others, or not at all."""

Answer = Literal["accepted", "corrected", "rejected"]
How = Literal["single", "bulk"]


def _no_attrs() -> Attrs:
    return NO_ATTRS


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another label that a suggested span may have; `score` ranks from 0 to 1, like the span's own."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled piece of text; with more than one fragment it is discontinuous.

    `origin` says where a span came from (`model:NAME-VERSION`, `rules:NAME@HASH`, with `#ID` the suggestion that a
    person accepted); None means made by hand. `score` ranks suggestions from 0 to 1; it is not a probability.
    `alternatives` are the next best labels of a machine's span, the likeliest first; they are no part of its id, and no
    span of a person has any.

    Raises ValueError unless the fragments are ordered, apart and not empty.
    """

    id: str
    label: str
    fragments: tuple[Fragment, ...]
    attrs: Attrs = field(default_factory=_no_attrs, hash=False)
    origin: str | None = None
    confirmed: Confirmed | None = None
    score: float | None = None
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.fragments:
            if not last <= start < end:
                raise ValueError(f"fragments of span {self.id} are empty or out of order: {self.fragments}")
            last = end
        if not self.fragments:
            raise ValueError(f"span {self.id} has no fragment")

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        return self.fragments[-1][1]

    @property
    def is_discontinuous(self) -> bool:
        return len(self.fragments) > 1

    def covered(self, text: str) -> str:
        """The text under the span; fragments are joined by one space."""
        return " ".join(text[start:end] for start, end in self.fragments)


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled arc from a head span to a tail span of the same layer."""

    id: str
    label: str
    head: str
    tail: str
    attrs: Attrs = field(default_factory=_no_attrs, hash=False)
    origin: str | None = None
    confirmed: Confirmed | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's answer to one suggestion.

    `target` is the suggestion's id, which depends on its content alone, so the answer holds when the model runs again.
    `result` is the id of the item that came of it (None when rejected). `seconds` is how long it was focused.
    """

    id: str
    target: str
    answer: Answer
    how: How
    label: str
    source: str | None = None
    result: str | None = None
    seconds: float | None = None

    @staticmethod
    def id_for(target: str) -> str:
        return f"decision:{target}"


@dataclass(frozen=True, slots=True)
class Note:
    """A fact about the document, or about one item of it: `kind` is "status", "comment", "flag" or "label".

    `target` is the id of an item, None for the document itself.
    """

    id: str
    kind: str
    value: str
    target: str | None = None


STATUS_ID = "status"
"""The id of the one note that holds a layer's status; a layer without it is "open"."""

Status = Literal["open", "done"]

Item = Span | Relation | Decision | Note


def new_id() -> str:
    """A UUID of version 7 (RFC 9562): unique everywhere, and roughly in the order of making."""
    raw = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def span_suggestion_id(label: str, fragments: tuple[Fragment, ...]) -> str:
    """The id of a suggested span: the same proposal has the same id whoever makes it, and however often."""
    where = ",".join(f"{start}-{end}" for start, end in fragments)
    return "s" + hashlib.sha256(f"{where}|{label}".encode()).hexdigest()[:20]


def relation_suggestion_id(label: str, head: str, tail: str) -> str:
    """The id of a suggested relation between two suggested spans."""
    return "r" + hashlib.sha256(f"{head}|{tail}|{label}".encode()).hexdigest()[:20]
