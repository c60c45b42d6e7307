"""Read files of any format we know: all of a file or nothing, with a report of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from annotator.formats import registry
from annotator.formats.base import Importer, Record
from annotator.formats.files import read_head
from annotator.formats.gathering import Gathered
from annotator.formats.report import FileReport, Report
from annotator.formats.text import TextImporter
from annotator.model import Broken

PROJECT_SUFFIX = ".annot"
PROJECT_HEAD = b"SQLite format 3\0"

_EXTENSION = re.compile(r"\.[a-z0-9]{1,12}\Z")


def read_files(paths: Iterable[Path], *, encoding: str | None = None) -> tuple[list[Record], Report]:
    """The records of every good file, and a report that names every file.

    A file with a problem gives no record; the others are read all the same, and the caller decides what to do with them
    (`Report.raise_if_bad`). Empty files are skipped with a warning. No two records have the same text and author.
    `encoding` is for files that are not UTF-8; nothing is ever guessed.
    """
    report = Report()
    gathered = Gathered()
    for path in paths:
        file = FileReport(str(path))
        report.files.append(file)
        try:
            importer = _importer(path, file)
            file.format = importer.name
            for record in importer.read(path, file, encoding=encoding):
                gathered.add(record, file)
        except Broken as error:
            file.broken(error)
        if file.is_bad:
            gathered.drop()
        else:
            file.records = gathered.keep()
    return gathered.records(), report


def _importer(path: Path, report: FileReport) -> Importer:
    """The importer for a file. Among the extensions that we know, the content decides."""
    suffix = path.suffix.lower()
    if suffix == PROJECT_SUFFIX:
        raise Broken("file-project", where=report.where())
    head = read_head(path)
    if head.startswith(PROJECT_HEAD):
        raise Broken("file-project", where=report.where())
    found = list(registry.importers())
    by_name = next((importer for importer in found if suffix in importer.extensions), None)
    if by_name is None and _EXTENSION.match(suffix):
        for name, reason in registry.failures.items():
            report.warning("plugin-broken", name=name, reason=reason)
        raise Broken("file-format", where=report.where(), suffix=suffix)
    by_content = next((importer for importer in found if importer.sniff(head, path)), None)
    if by_content is not None and by_content is not by_name:
        report.warning("format-by-content", format=by_content.name)
    return by_content or by_name or TextImporter()
