"""The first hundred bytes of a project file, looked at before SQLite is allowed to read anything."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from annotator.model import Broken

APPLICATION_ID = 0x414E4E4F
"""ANNO, at byte 68 of the file."""

VERSION = 1
"""The newest layout that this program knows; the file's own is at byte 60."""

_MAGIC = b"SQLite format 3\x00"
_SIZE = 100


def check_header(path: Path) -> int:
    """The layout version of the project file at this path.

    Raises Broken when there is no file, when it is no regular file, or when it is no project that this program can
    read. The file is only read, and a pipe or a device is not even waited for.
    """
    head = _head(path)
    where = str(path)
    if not head:
        raise Broken("project-empty", where=where)
    if len(head) < _SIZE or not head.startswith(_MAGIC) or _number(head, 68) != APPLICATION_ID:
        raise Broken("project-foreign", where=where)
    version = _number(head, 60)
    if version > VERSION:
        raise Broken("project-newer", where=where, version=version, known=VERSION)
    if version < 1:
        raise Broken("project-damaged", where=where, reason="it names no layout version")
    if head[18] != 1 or head[19] != 1:
        raise Broken("project-wal", where=where)
    return version


def _head(path: Path) -> bytes:
    where = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise Broken("project-missing", where=where) from error
    except IsADirectoryError as error:
        raise Broken("project-not-file", where=where) from error
    except OSError as error:
        raise Broken("project-unreadable", where=where, reason=error.strerror or str(error)) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Broken("project-not-file", where=where)
        return os.read(descriptor, _SIZE)
    except OSError as error:
        raise Broken("project-unreadable", where=where, reason=error.strerror or str(error)) from error
    finally:
        os.close(descriptor)


def _number(head: bytes, offset: int) -> int:
    return int.from_bytes(head[offset : offset + 4], "big")
