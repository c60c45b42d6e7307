"""The project file: the only place with SQL."""

from annotator.store.acts import Act, History, group_of
from annotator.store.counts import Stats, stats
from annotator.store.doctor import Finding, examine
from annotator.store.errors import Locked, NotSaved
from annotator.store.project import Project
from annotator.store.queue import NextBy
from annotator.store.records import AuthorRef, DocumentRow, FoundText, ImportCounts, ImportRecord, LayerRow

__all__ = [
    "Act",
    "AuthorRef",
    "DocumentRow",
    "Finding",
    "FoundText",
    "History",
    "ImportCounts",
    "ImportRecord",
    "LayerRow",
    "Locked",
    "NextBy",
    "NotSaved",
    "Project",
    "Stats",
    "examine",
    "group_of",
    "stats",
]
