"""What can go wrong between the program and the project file."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Literal

from annotator.model import AnnotatorError, Broken

Cause = Literal["full", "read-only", "locked", "moved", "damaged", "size", "disk"]
"""Why an act is not on disk; "disk" stands for every other refusal of the file system."""


class Locked(Broken):
    """Another process writes this project; `holder` says which, as "pid 123 on HOST since 14:02"."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__("project-locked", where=str(path), holder=holder)
        self.holder = holder


class NotSaved(AnnotatorError):  # noqa: N818 - said to the user as it is
    """The act is not in the project file and nothing of it is; the same act can be committed again."""

    def __init__(self, cause: Cause, path: Path) -> None:
        super().__init__(f"not-saved-{cause}", path=path)
        self.cause: Cause = cause
        self.path = path


_CAUSES: dict[int, Cause] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "read-only",  # the rollback journal beside the file could not be made
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_AUTH: "read-only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_TOOBIG: "size",
}

_ERRNO_CAUSES: dict[int, Cause] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.ENOENT: "moved",
}


def cause_of(error: sqlite3.Error | OSError) -> Cause:
    """The cause that a person can act on."""
    if isinstance(error, OSError):
        return _ERRNO_CAUSES.get(error.errno or 0, "disk")
    return _CAUSES.get(primary_code(error), "disk")


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its extension; 0 for errors of Python's driver."""
    code = getattr(error, "sqlite_errorcode", 0)
    return int(code) & 0xFF
