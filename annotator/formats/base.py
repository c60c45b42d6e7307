"""What a file format is to the rest of the program: records in, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, get_args

from annotator.formats.report import FileReport
from annotator.model import AuthorKind, Broken, Decision, Item, Note, Relation, Span, text_id
from annotator.model.items import STATUS_ID, Status


@dataclass(frozen=True, slots=True)
class Record:
    """One document as a file holds it, with what one author says about it.

    `author` is an author's title (`person:anna`, `gold`, `model:…`), None when the file names nobody. `meta` belongs to
    the document, `source` says where the text came from and takes no part in comparisons. `status` and the status note
    among the items always agree, whichever of the two was given.
    """

    name: str
    text: str
    author: str | None = None
    status: Status = "open"
    items: tuple[Item, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)
    source: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    def __post_init__(self) -> None:
        noted = next((item for item in self.items if isinstance(item, Note) and item.id == STATUS_ID), None)
        if noted is not None:
            object.__setattr__(self, "status", noted.value)
        elif self.status != "open":
            object.__setattr__(self, "items", (*self.items, Note(STATUS_ID, "status", self.status)))

    @property
    def id(self) -> str:
        """The document's id: the hash of its text, worked out anew at each call."""
        return text_id(self.text)

    @property
    def spans(self) -> list[Span]:
        return [item for item in self.items if isinstance(item, Span)]

    @property
    def relations(self) -> list[Relation]:
        return [item for item in self.items if isinstance(item, Relation)]

    @property
    def decisions(self) -> list[Decision]:
        return [item for item in self.items if isinstance(item, Decision)]

    @property
    def notes(self) -> list[Note]:
        """All notes but the one that holds the status."""
        return [item for item in self.items if isinstance(item, Note) and item.id != STATUS_ID]


class Importer(Protocol):
    """Reads one format."""

    @property
    def name(self) -> str:
        """What the format is called in messages."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """How its files end: in lower case, with the dot."""

    def sniff(self, head: bytes, path: Path) -> bool:
        """Whether these first bytes of the file can only be of this format, whatever the file is called."""

    def read(self, path: Path, report: FileReport, *, encoding: str | None = None) -> Iterator[Record]:
        """The records of the file, in its order, one at a time.

        What is wrong goes into the report, and reading goes on, so that one run shows all of it; the records are then
        of no use to the caller. Raises Broken when the file as a whole cannot be read.
        """


class Exporter(Protocol):
    """Writes one format. The same records give the same bytes."""

    @property
    def name(self) -> str:
        """What the format is called."""

    @property
    def extension(self) -> str:
        """How its files end: in lower case, with the dot."""

    def write(self, records: Iterable[Record], stream: BinaryIO) -> None:
        """Write every record to the stream, one at a time. Raises Broken for one that the format cannot hold."""


def split_author(title: str) -> tuple[AuthorKind, str]:
    """The kind and the name in an author's title; raises Broken when it is none."""
    kind, colon, name = title.partition(":")
    if title == "gold":
        return "gold", title
    if kind in get_args(AuthorKind) and kind != "gold" and colon and name.strip():
        return kind, name  # type: ignore[return-value]
    raise Broken("author-title", title=title)
