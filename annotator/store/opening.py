"""How a project file is opened: header, lock, connection, recovery, comparison of the tables, in this order."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from annotator.model import Broken, Schema
from annotator.store.connection import (
    Place,
    connect,
    connect_to_read,
    damaged,
    sync_folder,
    transaction,
)
from annotator.store.errors import NotSaved, cause_of
from annotator.store.header import VERSION, check_header
from annotator.store.lock import WriterLock
from annotator.store.meta import write_first_facts
from annotator.store.tables import check_tables, migrate


def create_file(path: Path, schema: Schema, *, name: str) -> None:
    """Make a project file that is whole from the moment when it has its name.

    Raises Broken when there is such a file, or no such folder; NotSaved when the disk will not have it.
    """
    path = _resolved(path)
    lock = WriterLock.take(path)
    draft = path.with_name(f".{path.name}.new")
    try:
        if path.exists():
            raise Broken("project-exists", where=str(path))
        draft.unlink(missing_ok=True)  # of somebody who was killed here; the lock is ours now
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        _fill(draft, path, schema, name=name)
        _give_name(draft, path)
    except (OSError, sqlite3.Error) as error:
        raise NotSaved(cause_of(error), path) from error
    finally:
        draft.unlink(missing_ok=True)
        lock.release()


def _fill(draft: Path, path: Path, schema: Schema, *, name: str) -> None:
    place = Place.of(draft)
    with closing(connect(draft, for_writing=True)) as connection, transaction(connection, place):
        migrate(connection)
        write_first_facts(connection, Place(path, place.device, place.inode), schema, name=name)


def _give_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename it never replaces a file that has just come there
    except FileExistsError as error:
        raise Broken("project-exists", where=str(path)) from error
    except OSError:
        draft.rename(path)  # a file system without hard links
    sync_folder(path.parent)


def open_file(path: Path, *, for_writing: bool, ending: ExitStack) -> tuple[sqlite3.Connection, Place]:
    """Open an existing project file; whatever has to be closed again is put on `ending`."""
    path = _resolved(path)
    version = check_header(path)
    try:
        place = Place.of(path)
        connect_so = _connect_to_write if for_writing else connect_to_read
        connection, was_interrupted = connect_so(path, ending)
        _check_tables(connection, path, version=version, for_writing=for_writing, place=place)
        if was_interrupted:
            _check_quickly(connection, path)
    except sqlite3.Error as error:
        raise damaged(error, path) from error
    except OSError as error:
        raise Broken("project-unreadable", where=str(path), reason=error.strerror or str(error)) from error
    return connection, place


def _check_tables(connection: sqlite3.Connection, path: Path, *, version: int, for_writing: bool, place: Place) -> None:
    """Upgrade an older file when it is open for writing, then compare its tables."""
    if version < VERSION:
        if not for_writing:
            raise Broken("project-older", where=str(path), version=version)
        with transaction(connection, place):
            migrate(connection)
    check_tables(connection, str(path))


def _connect_to_write(path: Path, ending: ExitStack) -> tuple[sqlite3.Connection, bool]:
    if not os.access(path, os.W_OK):
        raise Broken("project-read-only", where=str(path), reason="the file is write-protected")
    lock = WriterLock.take(path)
    ending.callback(lock.release)
    connection = ending.enter_context(closing(connect(path, for_writing=True)))
    return connection, lock.was_left_behind


def _check_quickly(connection: sqlite3.Connection, path: Path) -> None:
    """After a crash, look at the structure before anybody works with it."""
    said = connection.execute("PRAGMA quick_check(3)").fetchall()
    if said != [("ok",)]:
        raise Broken("project-damaged", where=str(path), reason="; ".join(str(row[0]) for row in said))


def _resolved(path: Path) -> Path:
    """The file itself, so that two links to one project meet in one lock."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise Broken("project-unreadable", where=str(path), reason="its links lead in a circle") from error
