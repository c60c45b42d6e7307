"""What was done, when and by whom: an edit with its place in a layer's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from annotator.model import Edit, new_id


@dataclass(frozen=True, slots=True)
class Act:
    """One edit of one author's layer on one document.

    `at` is UTC in ISO 8601 with milliseconds. An act that takes another one back, be it an undo or a redo, has an id of
    its own and names the other in `undoes`. `actor` is the author who did it when that is not whose layer it is, as in
    adjudication; None otherwise.

    Acts in several documents that are one to the person form a group: their ids begin alike, up to a slash.
    """

    id: str
    document: str
    author: str
    edit: Edit
    at: str
    undoes: str | None = None
    actor: str | None = None

    @classmethod
    def now(cls, document: str, author: str, edit: Edit, *, actor: str | None = None, group: str | None = None) -> Act:
        """A new act, done at this moment; with a group, the one act of that group in this document."""
        return cls(_act_id(document, group), document, author, edit, timestamp(), None, actor)

    def reverted(self, *, group: str | None = None) -> Act:
        """The act that takes this one back, done at this moment: the undo of an act, or the redo of an undo."""
        name = _act_id(self.document, group)
        return Act(name, self.document, self.author, self.edit.inverse(), timestamp(), self.id, self.actor)

    @property
    def group(self) -> str | None:
        """What the acts of a group have in common; None for an act by itself."""
        return group_of(self.id)


def group_of(act_id: str) -> str | None:
    """The group of the act with this id; None for an act by itself."""
    group, slash, _ = act_id.partition("/")
    return group if slash else None


def _act_id(document: str, group: str | None) -> str:
    return new_id() if group is None else f"{group}/{document[:16]}"


@dataclass(slots=True)
class History:
    """What can be taken back and what can be done again in one layer; the newest, which comes first, stands last.

    Both are reverted in the same way: an undo commits `undo[-1].reverted()` and moves that new act to `redo`; a redo
    commits `redo[-1].reverted()` and moves that new act to `undo`.
    """

    undo: list[Act]
    redo: list[Act]


def timestamp() -> str:
    """This moment, as "2026-03-01T14:02:07.123Z"."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
