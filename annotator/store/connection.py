"""Connections to a project file, with every setting that safety rests on, and the one way to write through them."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from annotator.model import AnnotatorError, Broken, Refused
from annotator.store.errors import NotSaved, cause_of, primary_code

WAIT_S = 10.0
"""How long a statement waits while another process has the file; a whole examination may hold it that long."""

_LONGEST = 64 * 1024 * 1024
"""Bytes of the longest text or row that is read or written."""

# All are set, also those that are the default here: builds of SQLite differ.
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which file it was that was opened, so that another one, or none, under its name is noticed."""

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Self:
        there = path.stat()
        return cls(path, there.st_dev, there.st_ino)

    def is_same(self) -> bool:
        try:
            there = self.path.stat()
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (self.device, self.inode)

    @property
    def mark(self) -> str:
        """Tells a copied file from the one it was copied from; a hash, because paths are nobody else's business."""
        return hashlib.sha256(f"{self.path}|{self.inode}".encode(errors="surrogateescape")).hexdigest()[:32]


def connect(path: Path, *, for_writing: bool) -> sqlite3.Connection:
    """Open an existing file; nothing of it is read yet. The driver begins no transactions of its own."""
    mode = "rw" if for_writing else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except UnicodeDecodeError as error:  # SQLite quotes the damaged place in its message, byte for byte
        connection.close()
        raise sqlite3.DatabaseError("the description of its tables is damaged") from error
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, ending: ExitStack) -> tuple[sqlite3.Connection, bool]:
    """A connection that only reads, and whether the last writer was killed in the middle of an act.

    Then it is one to a private copy in which that act is taken back, since a reader cannot do so in the file itself.
    """
    try:
        connection = ending.enter_context(closing(connect(path, for_writing=False)))
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        refused = primary_code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
        if not (refused and _journal(path).exists()):
            raise
    else:
        return connection, False
    copy = ending.enter_context(_recovered_copy(path))
    return ending.enter_context(closing(connect(copy, for_writing=False))), True


def _states(path: Path) -> list[tuple[int, int]]:
    """What any write to the file or its rollback journal changes."""
    return [(there.st_mtime_ns, there.st_size) for there in (path.stat(), _journal(path).stat())]


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


@contextmanager
def _recovered_copy(path: Path) -> Iterator[Path]:
    """A private copy of a file whose last writer was killed, with the unfinished transaction taken back in the copy."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / path.name
        before = _states(path)
        shutil.copyfile(path, copy)
        shutil.copyfile(_journal(path), _journal(copy))
        if _states(path) != before:  # a writer is back: the two copies may not belong together
            raise Broken("project-busy", where=str(path))
        with closing(connect(copy, for_writing=True)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield copy


@contextmanager
def transaction(connection: sqlite3.Connection, place: Place) -> Iterator[None]:
    """All of it or nothing, on disk when the block has ended.

    Raises NotSaved with its cause when the file cannot take it, Refused when the state does not fit the change, Broken
    when a text is none.
    """
    if not place.is_same():
        raise NotSaved("moved", place.path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            # on a failing disk this fails too; then SQLite has taken it back by itself, or will at the next opening
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        if (told := _told(error, place.path)) is not None:
            raise told from error
        raise


def _told(error: BaseException, path: Path) -> AnnotatorError | None:
    """The error in the user's terms; None for what is told already, or is a bug."""
    match error:
        case sqlite3.IntegrityError():
            return Refused("edit-misfit", reason=str(error))
        case UnicodeEncodeError():
            return Broken("value-unstorable", reason=str(error))
        case sqlite3.ProgrammingError():
            return None
        case sqlite3.DatabaseError():
            return NotSaved(cause_of(error), path)
    return None


def sync_folder(folder: Path) -> None:
    """Make a new or changed name in the folder durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damaged(error: Exception, path: Path) -> Broken:
    """What to tell when a file can be opened but not read."""
    if isinstance(error, sqlite3.Error) and primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Broken("project-busy", where=str(path))
    return Broken("project-damaged", where=str(path), reason=str(error))
