"""A document: its text never changes, and its name is the hash of that text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["headline", "subheadline", "caption", "quote", "link", "body"]
"""What a paragraph is in an article; "quote" is a pull quote, "link" a "read also" line."""


@dataclass(frozen=True, slots=True)
class RoleRange:
    """A paragraph's place (code points, half-open, without its line end) and its role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document apart from its text. `id` is `text_id(text)`; `length` counts code points."""

    id: str
    name: str
    length: int
    position: int
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """What the document is called on screen: its headline if one was found at import, else its name."""
        return str(self.meta.get("title") or self.name)

    @property
    def roles(self) -> tuple[RoleRange, ...]:
        """The paragraph roles found at import, in text order."""
        return tuple(RoleRange(r["start"], r["end"], r["role"]) for r in self.meta.get("roles", ()))


def text_id(text: str) -> str:
    """SHA-256 of the UTF-8 text in lower-case hex: a document's id, the same on every machine."""
    return hashlib.sha256(text.encode()).hexdigest()
