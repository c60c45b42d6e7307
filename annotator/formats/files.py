"""Open files that come from anywhere, without ever waiting for one, and turn their bytes into text."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from typing import BinaryIO

from annotator.formats.report import FileReport, shown_path, visible
from annotator.model import Broken

MIB = 2**20

TEXT_LIMIT = 64 * MIB
"""The largest text, in bytes, that is taken as one document."""

_KINDS = {
    stat.S_IFDIR: "folder",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
}

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading; the caller closes it. Raises Broken for anything else, and never blocks."""
    where = shown_path(path)
    try:
        _check_regular(os.stat(path).st_mode, where)  # noqa: PTH116 - a descriptor follows
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        # Asked again, because the name may stand for something else by now.
        try:
            _check_regular(os.fstat(handle).st_mode, where)
            return os.fdopen(handle, "rb")
        except BaseException:
            os.close(handle)
            raise
    except FileNotFoundError as error:
        raise Broken("file-missing", where=where) from error
    except (OSError, ValueError) as error:
        raise Broken("file-unreadable", where=where, reason=_reason(error)) from error


def read_regular(path: Path, *, limit: int) -> bytes:
    """All bytes of a regular file of at most `limit` bytes; raises Broken."""
    with open_regular(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Broken("file-large", where=shown_path(path), limit=limit // MIB)
    return data


def read_head(path: Path, size: int = 65_536) -> bytes:
    """The first bytes of a regular file; raises Broken."""
    with open_regular(path) as stream:
        return stream.read(size)


def byte_order_mark(head: bytes) -> tuple[bytes, str] | None:
    """The mark at the start of the bytes and the encoding that it stands for."""
    return next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None)


def text_codec(encoding: str) -> str:
    """The canonical name of a text encoding; raises Broken when there is none of that name."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise Broken("encoding-unknown", encoding=visible(encoding)) from error
    return name


def chosen_encoding(head: bytes, report: FileReport, encoding: str | None) -> str:
    """The encoding to read a file with: the one asked for, or UTF-8, or what its byte order mark says.

    Raises Broken for UTF-32, which nobody writes on purpose.
    """
    found = byte_order_mark(head)
    if encoding is not None:
        return text_codec(encoding)
    if found is None or found[1] == "utf-8":
        return "utf-8"
    if found[1] == "utf-32":
        raise Broken("text-utf32", where=report.where())
    report.warning("text-utf16")
    return found[1]


def decode(data: bytes, report: FileReport, *, encoding: str | None) -> str | None:
    """The text of the bytes exactly as they stand, without a byte order mark; None when they are no text.

    What was found goes into the report: a mark that was cut, an encoding that was recognised, the place of a bad byte.
    """
    name = chosen_encoding(data[:4], report, encoding)
    try:
        text = data.decode(name)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        code = "text-not-utf8" if name == "utf-8" else "text-not-encoded"
        line = data.count(b"\n", 0, start) + 1
        report.problem(code, line=line, byte=f"0x{data[start]:02X}", offset=start, encoding=name)
        return None
    if text.startswith("\ufeff"):
        report.notice("text-bom")
        text = text[1:]
    return text


def _check_regular(mode: int, where: str) -> None:
    if not stat.S_ISREG(mode):
        raise Broken("file-special", where=where, kind=_KINDS.get(stat.S_IFMT(mode), "special file"))


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
