"""Is this project file what it should be? Reads everything, believes nothing, writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from annotator.model import Broken
from annotator.model.messages import MESSAGES
from annotator.store import checks, replay
from annotator.store.connection import connect_to_read
from annotator.store.header import check_header
from annotator.store.lookup import check_tables_of_entries
from annotator.store.tables import check_tables


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: `code` names the kind, `where` the table and row, `message` says it."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


CHECKS = (
    checks.structure,
    checks.references,
    checks.documents,
    checks.facts,
    checks.schemas,
    checks.authors,
    checks.bundles,
    check_tables_of_entries,
    checks.chain,
    checks.relation_ends,
    replay.layers,
)
"""Each yields (code, where, values of the message). None relies on another one having found nothing."""


def examine(path: Path) -> list[Finding]:
    """Everything that is wrong with the file; an empty list for a healthy one.

    One damaged thing does not end the examination. Where the last writer was killed in the middle of an act, a private
    copy is examined in which that act is taken back.
    """
    path = path.resolve()
    try:
        check_header(path)
    except Broken as error:
        return [_finding("doctor-unopened", str(path), {"reason": error.message})]
    findings: list[Finding] = []
    with ExitStack() as ending:
        try:
            connection, was_interrupted = connect_to_read(path, ending)
            if was_interrupted:
                findings.append(_finding("doctor-unfinished", "", {}))
            findings += _examine(connection, path)
        except Broken as error:
            findings.append(_finding("doctor-unopened", str(path), {"reason": error.message}))
        except (sqlite3.Error, OSError) as error:
            findings.append(_finding("doctor-unopened", str(path), {"reason": error}))
    return findings


def _examine(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    # damaged text must be read before it can be found to be damaged
    connection.text_factory = lambda raw: raw.decode(errors="replace")
    connection.execute("BEGIN")  # one view of the file, whatever a writer does meanwhile
    try:
        check_tables(connection, str(path))
    except Broken as error:
        # a file that somebody else has built over is looked at no further: it may be made to hang its reader
        yield _finding("doctor-unopened", str(path), {"reason": error.message})
        yield from _run(checks.structure, connection)
        return
    for check in CHECKS:
        yield from _run(check, connection)


def _run(check: checks.Check, connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        for code, where, values in check(connection):
            yield _finding(code, where, values)
    except (sqlite3.Error, *checks.UNREADABLE) as error:
        yield _finding("doctor-check-failed", check.__name__.replace("_", " "), {"reason": error})


def _finding(code: str, where: str, values: dict[str, object]) -> Finding:
    return Finding(code, where, MESSAGES[code].format_map(values))
