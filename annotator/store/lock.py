"""One writer at a time: an operating system lock on a file beside the project.

The lock belongs to the open file, so the system takes it back when the process ends, however it ends. What the file
says only tells people who holds it; a leftover file locks nobody out.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from annotator.model import Broken
from annotator.store.errors import Locked

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # locked bytes cannot be read by others there, so the words stay before them

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        # flock, not lockf: a POSIX lock would be lost as soon as this process closed any other descriptor of the file
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write one project, from `take` to `release`."""

    def __init__(self, path: Path, descriptor: int, *, was_left_behind: bool) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        self.was_left_behind = was_left_behind
        """Whether the last holder ended without releasing it: killed, or the machine stopped."""

    @classmethod
    def take(cls, project: Path) -> Self:
        """Lock `PROJECT.lock`. Raises Locked when another window or process has it, Broken where none can be made."""
        path = project.with_name(project.name + ".lock")
        while True:
            descriptor = _open(path, project)
            try:
                _try_lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                    raise Locked(project, _holder(path)) from error
                raise Broken("project-unlockable", where=str(project), reason=error.strerror or str(error)) from error
            if _is_still(path, descriptor):
                break
            os.close(descriptor)  # its holder removed the file between our two steps: this lock protects nothing
        was_left_behind = os.fstat(descriptor).st_size > 0
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"pid {os.getpid()} on {socket.gethostname()} since {time.strftime('%H:%M')}\n".encode())
        return cls(path, descriptor, was_left_behind=was_left_behind)

    def release(self) -> None:
        """Give the lock back and remove its file; a second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        os.ftruncate(descriptor, 0)  # an empty lock file means a clean end, should it not go away
        with suppress(OSError):  # a folder that has become read-only, or Windows, where an open file stays
            if _is_still(self.path, descriptor):
                self.path.unlink()  # still locked here, so nobody can be relying on it
        os.close(descriptor)


def _open(path: Path, project: Path) -> int:
    # never through a link: in a shared folder it could point to any file of ours
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError as error:
        raise Broken("project-folder-missing", where=str(project)) from error
    except OSError as error:
        raise Broken("project-read-only", where=str(project), reason=error.strerror or str(error)) from error


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        there = path.lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(descriptor))


def _holder(path: Path) -> str:
    try:
        words = path.read_bytes()[:200].decode(errors="replace")
    except OSError:
        words = ""
    return "".join(char for char in words if char.isprintable()).strip() or "another program"
