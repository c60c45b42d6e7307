"""A copy of a project that is open: complete, whatever its writer is doing, and in place only when it is whole."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.store.connection import sync_folder
from annotator.store.errors import NotSaved, cause_of
from annotator.store.lock import WriterLock


def copy_open_file(connection: sqlite3.Connection, path: Path) -> None:
    """Write the state of the connection's file to `path`, replacing what is there.

    Raises Locked when somebody has that one open, NotSaved when the disk will not have it.
    """
    lock = WriterLock.take(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with closing(sqlite3.connect(draft)) as target:
            connection.backup(target)
        descriptor = os.open(draft, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.replace(path)
        sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise NotSaved(cause_of(error), path) from error
    finally:
        draft.unlink(missing_ok=True)
        lock.release()
