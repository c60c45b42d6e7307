"""Project: one NAME.annot, open for reading or for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, Literal, ParamSpec, Self, TypeVar

from annotator.model import Author, Document, Item, Layer, Refused, Schema
from annotator.model.layer import AuthorKind
from annotator.model.lookup import Entry
from annotator.model.phrases import NO_PHRASES, Phrases
from annotator.model.weak import WeakHits
from annotator.store import authors as people
from annotator.store import documents as listing
from annotator.store import layers as drawers
from annotator.store import lookup, queue, searching
from annotator.store.acts import Act, History
from annotator.store.connection import Place, damaged, transaction
from annotator.store.copying import copy_open_file
from annotator.store.errors import NotSaved
from annotator.store.imports import import_records
from annotator.store.journal import Chain, newest_act, read_group, read_history
from annotator.store.meta import chain_for, read_meta, read_schema, write_schema
from annotator.store.opening import create_file, open_file
from annotator.store.queue import NextBy
from annotator.store.records import DocumentRow, FoundText, ImportCounts, ImportRecord, LayerRow

P = ParamSpec("P")
R = TypeVar("R")


def _reads(method: Callable[Concatenate[Project, P], R]) -> Callable[Concatenate[Project, P], R]:
    """A method that tells of a file that cannot be read in the user's terms."""

    @wraps(method)
    def wrapped(self: Project, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except (sqlite3.DatabaseError, ValueError, KeyError) as error:
            raise damaged(error, self.path) from error

    return wrapped


class Project:
    """One connection to one project file.

    It may be made on one thread and handed to another, but is never used by two at once. Any number of projects can be
    open for reading while one is open for writing. Opening, reading and closing change no byte of the file.
    """

    def __init__(self, connection: sqlite3.Connection, place: Place, *, is_writable: bool, ending: ExitStack) -> None:
        """For `create` and `open` only; `ending` closes what they opened."""
        self.connection = connection
        """For the rest of this package."""
        self.path = place.path
        self.is_writable = is_writable
        self.name = read_meta(connection, "name")
        self._place = place
        self._ending = ending

    @classmethod
    def create(cls, path: Path, schema: Schema, *, name: str) -> Self:
        """Make a new project file and open it for writing. Raises Broken when there is a file already."""
        create_file(path, schema, name=name)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, for_writing: bool = True) -> Self:
        """Open a project file.

        For reading it needs no lock and no right to write, and shows each act of a writer as soon as it is saved.

        Raises Locked when another process has it open for writing, and Broken when it is no project, a newer one, an
        altered or a damaged one, or when it cannot be written here.
        """
        with ExitStack() as ending:
            connection, place = open_file(path, for_writing=for_writing, ending=ending)
            project = cls(connection, place, is_writable=for_writing, ending=ending)
            project._ending = ending.pop_all()  # only now: had the line before failed, all would have been closed here
        return project

    def close(self) -> None:
        """Close the file and give up the right to write it; a second call does nothing."""
        self._ending.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- reading

    @_reads
    def schema(self) -> Schema:
        return read_schema(self.connection)

    @_reads
    def documents(self, *, author: str | None = None, offset: int = 0, limit: int | None = None) -> list[DocumentRow]:
        """A stretch of the list of documents, in order; what it counts is of this author's layers."""
        return listing.list_documents(self.connection, author, offset=offset, limit=limit)

    @_reads
    def document(self, document_id: str) -> Document:
        return listing.read_document(self.connection, document_id)

    @_reads
    def find_document(self, name_or_id: str) -> Document:
        """By id, by name, or by the beginning of the id (4 digits or more). Raises Broken for none, or several."""
        return listing.find_document(self.connection, name_or_id)

    @_reads
    def next_open(self, *, author: str, here: str, by: NextBy) -> str | None:
        """The id of the document to work on after this one, among those that the author has not finished."""
        return queue.next_open(self.connection, author=author, here=here, by=by)

    @_reads
    def neighbour(self, here: str, step: Literal[-1, 1]) -> str | None:
        """The id of the document before or after this one in the list; None at its ends."""
        return queue.neighbour(self.connection, here=here, step=step)

    @_reads
    def find_documents(self, words: str, *, limit: int) -> list[Document]:
        """Some documents whose name begins so, by name."""
        return listing.find_by_name(self.connection, words, limit=limit)

    @_reads
    def find_titled(self, words: str, *, limit: int) -> list[Document]:
        """Some documents whose title begins so, then some in whose title a word does; all titles are read."""
        return listing.find_by_title(self.connection, words, limit=limit)

    @_reads
    def text(self, document_id: str) -> str:
        return listing.read_text(self.connection, document_id)

    @_reads
    def last_text(self) -> int:
        """The number of the last text, for `find_texts`."""
        return searching.last_row(self.connection)

    @_reads
    def find_texts(self, words: Sequence[str], *, is_case_kept: bool, after: int, until: int) -> list[FoundText]:
        """The documents among the texts numbered `after` + 1 to `until` that hold one of these pieces of text.

        A writer waits while this reads: ask for a few thousand texts at a time.
        """
        return searching.find_texts(self.connection, words, is_case_kept=is_case_kept, after=after, until=until)

    @_reads
    def authors(self) -> list[Author]:
        return people.read_authors(self.connection)

    @_reads
    def author(self, author_id: str) -> Author:
        return people.read_author(self.connection, author_id)

    @_reads
    def layer(self, document_id: str, author_id: str) -> Layer:
        """All that the author says about the document; an empty layer when that is nothing."""
        return drawers.read_layer(self.connection, document_id, author_id)

    @_reads
    def layers(self, document_id: str) -> list[LayerRow]:
        """The layers of the document, counted, by kind and name of their authors."""
        return drawers.list_layers(self.connection, document_id)

    @_reads
    def suggestions(self, document_id: str) -> tuple[Author, Layer] | None:
        """What a machine said last about the document."""
        newest = drawers.read_newest_machine(self.connection, document_id)
        return None if newest is None else (self.author(newest[0]), newest[1])

    @_reads
    def history(self, document_id: str, author_id: str) -> History:
        """What can be undone and redone in this layer, from the journal; an import into it is where that begins."""
        since = drawers.written_at(self.connection, document_id, author_id)
        return read_history(self.connection, document_id, author_id, since=since)

    @_reads
    def newest_act(self, author_id: str) -> tuple[str, str] | None:
        """The id and the document of what the author did last in any document."""
        return newest_act(self.connection, author_id)

    @_reads
    def group(self, group: str) -> tuple[str, list[str]]:
        """The title of a group of acts, and the documents in which they were done."""
        return read_group(self.connection, group)

    @_reads
    def tables(self) -> list[str]:
        """The names of the local tables that links lead to."""
        return lookup.table_names(self.connection)

    @_reads
    def entry(self, table: str, entry_id: str) -> Entry | None:
        """An entry of a local table by its id; None when the table has none such."""
        return lookup.read_entry(self.connection, table, entry_id)

    @_reads
    def find_entries(self, table: str, words: str, *, limit: int) -> list[Entry]:
        """The entries that fit some words best: id, name or alias is, begins with, or holds them."""
        return lookup.find_entries(self.connection, table, words, limit=limit)

    def copy_to(self, path: Path) -> None:
        """Copy the whole project to another file, replacing what is there. Raises Locked or NotSaved."""
        copy_open_file(self.connection, path)

    # ---- writing: each is one transaction, on disk when it returns; NotSaved and Refused leave the file as it was

    def commit(self, act: Act) -> None:
        """Save an act. To commit the same act again, after a doubt, does no harm."""
        with self._writing() as chain:
            drawers.commit_act(self.connection, chain, act)

    def commit_all(self, acts: Sequence[Act]) -> None:
        """Save several acts, all or none; quicker than one by one."""
        with self._writing() as chain:
            for act in acts:
                drawers.commit_act(self.connection, chain, act)

    def set_schema(self, schema: Schema) -> None:
        with self._writing() as chain:
            write_schema(self.connection, chain, schema)

    def save_table(self, name: str, entries: Sequence[Entry]) -> None:
        """Put a local table into the project, in place of the one that had this name."""
        with self._writing() as chain:
            lookup.write_table(self.connection, chain, name, entries)

    def ensure_author(
        self, kind: AuthorKind, name: str, *, author_id: str | None = None, info: Mapping[str, Any] | None = None
    ) -> Author:
        """The author of this kind and name, made if need be; `info`, when given, replaces what was known of him.

        `author_id` carries a person's id over from another project. Only what is new is written.
        """
        there = people.find(self.connection, kind, name, author_id)
        if there is not None and (info is None or there.info == info):
            return there
        identity = there.id if there else author_id or people.author_id(kind, name)
        author = Author(identity, kind, name, dict(info or {}))
        with self._writing() as chain:
            people.write_author(self.connection, chain, author)
        return author

    def save_suggestions(
        self,
        document_id: str,
        author: Author,
        items: Sequence[Item],
        phrases: Phrases = NO_PHRASES,
        weak: WeakHits = (),
    ) -> None:
        """Replace what this machine says about the document."""
        if author.kind not in drawers.MACHINES:
            raise Refused("not-a-machine", author=author.title)
        with self._writing() as chain:
            drawers.save_machine(self.connection, chain, document_id, author.id, items, phrases, weak)

    def import_documents(self, records: Sequence[ImportRecord]) -> ImportCounts:
        """Add documents and layers, all or none.

        A document whose text is here already is kept as it is, and the layer is added to it. Raises Broken when a
        record cannot be, or when its author has a layer on that document that is not empty.
        """
        with self._writing() as chain:
            return import_records(self.connection, chain, records)

    @contextmanager
    def _writing(self) -> Iterator[Chain]:
        if not self.is_writable:
            raise NotSaved("read-only", self.path)
        with transaction(self.connection, self._place):
            yield chain_for(self.connection, self._place)
