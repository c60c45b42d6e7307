"""Make a project, and the sample project that shows what the program does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from annotator.app.identity import Identity
from annotator.app.importing import import_files
from annotator.app.sources import load_schema, project_source_dir, seeds_dir
from annotator.formats import Report
from annotator.model import Schema
from annotator.store import ImportCounts, Project


def create_project(
    path: Path,
    schema: Schema,
    texts: Sequence[Path],
    identity: Identity,
    *,
    name: str | None = None,
    encoding: str | None = None,
) -> tuple[ImportCounts, Report]:
    """Make a project file with these texts in it. It appears whole or not at all; an existing file is refused."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with Project.create(draft, schema, name=name or path.stem) as project:
            made = import_files(project, texts, identity, encoding=encoding)
        Project.move_new(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return made


def create_sample(path: Path, identity: Identity) -> tuple[ImportCounts, Report]:
    """The news project with the sample articles and their hand-made gold."""
    gold = project_source_dir("news") / "gold.jsonl"
    texts = [*sorted(seeds_dir().glob("*.txt")), *([gold] if gold.is_file() else [])]
    return create_project(path, load_schema("news"), texts, identity, name="News")
