"""Local tables for links: a TSV file with a header line, an entry a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.formats.files import MIB, read_regular
from annotator.formats.report import shown_path
from annotator.model import Broken
from annotator.model.lookup import Entry

COLUMNS = ("id", "name", "aliases", "description")
"""In this order; the last two may be missing. Aliases are parted by `|`."""

_LIMIT = 64 * MIB


def read_table(path: Path) -> list[Entry]:
    """The entries of a table in the order of the file. Raises Broken with file and line for the first fault."""
    where = shown_path(path)
    lines = _decoded(read_regular(path, limit=_LIMIT), where).split("\n")
    header = lines[0].rstrip("\r").split("\t")
    if len(header) < 2 or tuple(header) != COLUMNS[: len(header)]:
        raise Broken("table-header", where=f"{where}:1", columns=", ".join(COLUMNS))
    return list(_entries(lines[1:], where, width=len(header)))


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Broken("table-encoding", where=f"{where}:{line}") from error


def _entries(lines: list[str], where: str, *, width: int) -> Iterator[Entry]:
    line_of: dict[str, int] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        here = f"{where}:{number}"
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > width:
            raise Broken("table-cells", where=here, found=len(cells), most=width)
        identity, name, aliases, description = cells + [""] * (len(COLUMNS) - len(cells))
        if not identity or not name or "\0" in line:
            raise Broken("table-cell-empty", where=here)
        if line_of.setdefault(identity, number) != number:
            raise Broken("table-id-twice", where=here, id=identity, first=line_of[identity])
        yield Entry(identity, name, tuple(filter(None, (alias.strip() for alias in aliases.split("|")))), description)
