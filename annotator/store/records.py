"""What goes into a project file in bulk, and the rows that a list of its contents is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model import Author, Document, Item
from annotator.model.items import Status
from annotator.model.layer import AuthorKind


@dataclass(frozen=True, slots=True)
class AuthorRef:
    """An author as a file names him: by kind and name, before he has an id here."""

    kind: AuthorKind
    name: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One document to import, with the layer of one author, or with none.

    `document.id` is the hash of `text`; `document.position` is ignored, documents are added at the end in the order of
    the records. `source` says where the text came from (file name, format, `raw_sha` of the bytes) as plain JSON.
    """

    document: Document
    text: str
    source: Mapping[str, Any] = field(default_factory=dict, hash=False)
    author: AuthorRef | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import added; `merged` documents were there already and only got a layer, if anything."""

    documents: int = 0
    merged: int = 0
    layers: int = 0
    spans: int = 0
    relations: int = 0


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A line of the list of documents: one author's status, spans and relations, and the newest machine's items."""

    document: Document
    status: Status
    spans: int
    relations: int
    suggestions: int
    labels: tuple[str, ...] = ()
    """Of the document itself."""
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One author's layer on a document, counted but not read."""

    author: Author
    spans: int
    relations: int
    status: Status
    is_machine: bool


@dataclass(frozen=True, slots=True)
class FoundText:
    """A document that a search has found, with its text."""

    document: Document
    text: str
