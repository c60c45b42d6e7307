"""What a project holds, in numbers, counted by the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from annotator.store.project import Project

Table = dict[str, dict[str, int]]
"""Two names to a number: author and label, for example."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Authors stand as `kind:name` or `gold`. `suggested` counts a machine's items; all else is of people, gold and
    imports. `decisions` counts answers by the source of the suggestion."""

    documents: int
    characters: int
    done: dict[str, int] = field(default_factory=dict)
    spans: Table = field(default_factory=dict)
    relations: Table = field(default_factory=dict)
    suggested: Table = field(default_factory=dict)
    decisions: Table = field(default_factory=dict)
    edits: int = 0

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


_TITLE = "CASE a.kind WHEN 'gold' THEN 'gold' ELSE a.kind || ':' || a.name END"

_LABELS = f"""
    SELECT {_TITLE} AS author, i.label AS label, count(*) AS number
    FROM {{table}} i JOIN layers l ON l.key = i.layer JOIN authors a ON a.id = l.author
    GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"""  # noqa: S608 - our own names

_SUGGESTED = f"""
    SELECT {_TITLE} AS author, sum(l.spans) AS spans, sum(l.relations) AS relations
    FROM layers l JOIN authors a ON a.id = l.author WHERE a.kind IN ('model', 'rules') GROUP BY 1 ORDER BY 1"""  # noqa: S608

_DONE = f"""
    SELECT {_TITLE} AS author, count(*) AS number FROM layers l JOIN authors a ON a.id = l.author
    WHERE l.status = 'done' GROUP BY 1 ORDER BY 1"""  # noqa: S608

_DECISIONS = """
    SELECT coalesce(source, 'unknown') AS source, answer, count(*) AS number FROM decisions
    GROUP BY 1, 2 ORDER BY 1, 2"""


def stats(project: Project) -> Stats:
    """Count the project as it stands."""
    from sqlite_utils import Database  # 0.1 s to load, and needed here and for new files only

    database = Database(project.connection, recursive_triggers=False, execute_plugins=False)
    totals = next(
        iter(database.query("SELECT count(*) AS documents, coalesce(sum(length), 0) AS length FROM documents"))
    )
    return Stats(
        documents=totals["documents"],
        characters=totals["length"],
        done={row["author"]: row["number"] for row in database.query(_DONE)},
        spans=_table(database.query(_LABELS.format(table="spans")), "author", "label"),
        relations=_table(database.query(_LABELS.format(table="relations")), "author", "label"),
        suggested={
            row["author"]: {"spans": row["spans"], "relations": row["relations"]} for row in database.query(_SUGGESTED)
        },
        decisions=_table(database.query(_DECISIONS), "source", "answer"),
        edits=database["journal"].count_where("edit IS NOT NULL AND title IS NOT NULL"),
    )


def _table(rows: Iterable[Mapping[str, Any]], first: str, second: str) -> Table:
    table: Table = {}
    for row in rows:
        table.setdefault(row[first], {})[row[second]] = row["number"]
    return table
