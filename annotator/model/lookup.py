"""Entries of a local table: what the links of a project can lead to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with an id, such as a person of a knowledge base. `id` is what a link stores."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""

    def is_called(self, words: str) -> bool:
        """Whether this is its id, its name or one of its aliases, in whatever case."""
        return folded(words) in {folded(name) for name in (self.id, self.name, *self.aliases)}


def folded(words: str) -> str:
    """Words as they are compared: case folded, white space made even."""
    return " ".join(words.casefold().split())
