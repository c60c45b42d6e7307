"""Make a project, and the sample project that shows what the program does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.app.identity import Identity
from annotator.app.importing import import_files, import_records
from annotator.app.sources import load_schema, project_source_dir, seeds_dir
from annotator.formats import Report, read_files
from annotator.model import AnnotatorError, Schema
from annotator.model.lookup import Entry
from annotator.store import ImportCounts, Project


def create_project(
    path: Path,
    schema: Schema,
    texts: Sequence[Path],
    identity: Identity,
    *,
    name: str | None = None,
    encoding: str | None = None,
    tables: Mapping[str, Sequence[Entry]] | None = None,
) -> tuple[ImportCounts, Report]:
    """Make a project file with these texts in it, and the tables that its links lead to.

    Nothing is made when a text is bad, and no file is replaced.
    """
    records, report = read_files(texts, encoding=encoding)
    report.raise_if_bad()
    with Project.create(path, schema, name=name or path.stem) as project:
        try:
            for table, entries in (tables or {}).items():
                project.save_table(table, entries)
            return import_records(project, records, identity), report
        except AnnotatorError:
            path.unlink()
            raise


def open_sample(path: Path, identity: Identity) -> bool:
    """Make the news project with the sample articles and their hand-made gold; True when it was not there already.

    One that an interruption has left empty is filled.
    """
    is_new = not path.exists()
    made = Project.create(path, load_schema("news"), name="News") if is_new else Project.open(path, for_writing=False)
    with made as project:
        if project.documents(limit=1):
            return False
    gold = project_source_dir("news") / "gold.jsonl"
    with Project.open(path) as project:
        import_files(project, [*sorted(seeds_dir().glob("*.txt")), gold], identity)
    return is_new
