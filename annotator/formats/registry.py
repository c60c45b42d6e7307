"""The formats there are: ours and those of plugins, all found as entry points and loaded when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from annotator.formats.base import Exporter, Importer
from annotator.formats.report import visible

IMPORTERS = "annotator.importers"
EXPORTERS = "annotator.exporters"

BUILT_IN = (
    EntryPoint("jsonl", "annotator.formats.jsonl:JsonlImporter", IMPORTERS),
    EntryPoint("text", "annotator.formats.text:TextImporter", IMPORTERS),
    EntryPoint("jsonl", "annotator.formats.jsonl:JsonlExporter", EXPORTERS),
)
"""What `pyproject.toml` declares, so that a checkout that is not installed has its own formats too."""

failures: dict[str, str] = {}
"""Plugins that could not be loaded and are left alone until the program ends, each with the reason."""


def importers() -> Iterator[Importer]:
    """Every importer, ours first; a plugin is loaded only when the ones before it would not do."""
    for entry in _entries(IMPORTERS):
        if (made := _load(entry)) is not None:
            yield cast(Importer, made)


def exporter(name: str) -> Exporter | None:
    """The exporter of this name."""
    found = next((entry for entry in _entries(EXPORTERS) if entry.name == name), None)
    return None if found is None else cast("Exporter | None", _load(found))


def _entries(group: str) -> Iterator[EntryPoint]:
    own = {entry.name: entry for entry in BUILT_IN if entry.group == group}
    yield from own.values()
    yield from (entry for entry in entry_points(group=group) if entry.name not in own)


@cache
def _load(entry: EntryPoint) -> object | None:
    try:
        return cast(object, entry.load()())
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and must not end the program
        failures[entry.name] = visible(f"{type(error).__name__}: {error}")
        return None
