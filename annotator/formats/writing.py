"""Write an export so that it is there whole or not at all, and is what was meant."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from annotator.formats.base import Exporter, Importer, Record
from annotator.formats.files import open_regular, read_head
from annotator.formats.jsonl import JsonlExporter, JsonlImporter
from annotator.formats.reading import PROJECT_HEAD, PROJECT_SUFFIX
from annotator.formats.report import FileReport, shown_path, visible
from annotator.model import Broken, Item

_CHUNK = 1 << 20


class NotWritten(Broken):
    """An export did not happen; what stood at its place before is still there."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote; `sha` is the hash of the file."""

    path: Path
    records: int
    spans: int
    relations: int
    sha: str


def write_jsonl(records: Iterable[Record], path: Path) -> Written:
    """Write our own format and read it back before it takes its place; raises NotWritten."""
    return write_records(records, path, exporter=JsonlExporter(), importer=JsonlImporter())


def write_records(records: Iterable[Record], path: Path, *, exporter: Exporter, importer: Importer | None) -> Written:
    """Write the records to a file beside `path`, make sure of it, and rename it to `path`.

    With an importer the file is read back, and each record compared with the one that was meant. A link is followed:
    the file that it leads to is replaced. Raises NotWritten, and leaves the older file as it was.
    """
    where = shown_path(path)
    try:
        target = _target(path, where)
        draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
        meant = _Meant()
        try:
            with _create(draft) as stream:
                sha = _write(exporter, meant.watch(records), stream)
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o777)
            _check_bytes(draft, sha, where)
            if importer is not None:
                _check_records(draft, meant, importer, where)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise NotWritten("export-failed", where=where, reason=_reason(error)) from error
    return Written(target, len(meant.prints), meant.spans, meant.relations, sha)


# ---- what was meant


class _Meant:
    """Takes a fingerprint of each record on its way to the file, so that no record need stay in memory."""

    def __init__(self) -> None:
        self.prints: list[int] = []
        self.spans = 0
        self.relations = 0

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            # The exporter sees the record first: what it cannot write is its to refuse.
            yield record
            self.prints.append(_fingerprint(record))
            self.spans += len(record.spans)
            self.relations += len(record.relations)


def _fingerprint(record: Record) -> int:
    """A hash, good within this process, of all that a record says, whatever the order of its items."""
    attrs = sorted((item.id, _canonical(found)) for item in record.items if (found := _attrs(item)))
    content = frozenset(record.items), tuple(attrs), _canonical(dict(record.meta))
    return hash((record.name, record.text, record.author, record.status, len(record.items), *content))


def _attrs(item: Item) -> dict[str, object]:
    return dict(getattr(item, "attrs", ()))


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=dict)


# ---- the file


def _target(path: Path, where: str) -> Path:
    """Where the file really goes; raises NotWritten for a place where an export must not go."""
    target = Path(os.path.realpath(path))
    if PROJECT_SUFFIX in (path.suffix.lower(), target.suffix.lower()):
        raise NotWritten("export-over-project", where=where)
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.is_dir():
        raise NotWritten("export-over-folder", where=where)
    if target.exists():
        try:
            is_project = read_head(target, len(PROJECT_HEAD)) == PROJECT_HEAD
        except Broken as error:
            raise NotWritten("export-failed", where=where, reason=error.message) from error
        if is_project:
            raise NotWritten("export-over-project", where=where)
    return target


def _create(draft: Path) -> BinaryIO:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(handle, "wb")


class _Hashing:
    """A stream that hashes what is written through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha.update(data)
        return self._stream.write(data)


def _write(exporter: Exporter, records: Iterable[Record], stream: BinaryIO) -> str:
    hashing = _Hashing(stream)
    exporter.write(records, cast(BinaryIO, hashing))
    stream.flush()
    os.fsync(stream.fileno())
    return hashing.sha.hexdigest()


def _check_bytes(draft: Path, sha: str, where: str) -> None:
    """Raise NotWritten unless the file holds the bytes that were written."""
    found = hashlib.sha256()
    with open_regular(draft) as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != sha:
        raise NotWritten("export-differs", where=where)


def _check_records(draft: Path, meant: _Meant, importer: Importer, where: str) -> None:
    """Raise NotWritten unless the file says what was meant, when it is read as any file is."""
    report = FileReport(where)
    count = 0
    for count, record in enumerate(importer.read(draft, report), 1):
        if report.is_bad:
            break
        if count > len(meant.prints) or _fingerprint(record) != meant.prints[count - 1]:
            raise NotWritten("export-not-meant", where=where, name=visible(record.name))
    if report.is_bad:
        first = report.findings["problem"][0]
        raise NotWritten("export-unreadable", where=first.where, reason=first.message)
    if count != len(meant.prints):
        raise NotWritten("export-short", where=where, found=count, wanted=len(meant.prints))


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; some systems cannot open folders, and need no such call."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
