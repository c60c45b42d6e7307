"""Where in a JSONL file the reading is, and what was met on the way that is told once for all of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from annotator.formats.label_names import label_clashes
from annotator.formats.report import FileReport, visible

SCHEMA = "annotator-jsonl/1"
CODE_POINT = "codepoint"

MANY_LABELS = 1_000


@dataclass(slots=True)
class Seen:
    """What the records of one file have in common."""

    report: FileReport
    stem: str
    file_name: str
    records: int = 0
    labels: dict[str, None] = field(default_factory=dict)
    relation_labels: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, dict[str, None]] = field(default_factory=dict)
    foreign_ids: dict[str, str] = field(default_factory=dict)
    has_number_ids: bool = False
    has_guessed_unit: bool = False
    doubtful_lines: list[int] = field(default_factory=list)

    def tell(self) -> None:
        """Put what concerns the whole file into its report."""
        if self.has_number_ids:
            self.report.notice("json-number-ids")
        for owner, keys in self.unknown.items():
            self.report.notice("json-unknown-keys", owner=owner, keys=", ".join(map(visible, keys)))
        if self.has_guessed_unit and self.doubtful_lines:
            first, *others = self.doubtful_lines
            self.report.warning("units-doubtful", line=first, more=len(others))
        if len(self.labels) > MANY_LABELS:
            self.report.warning("labels-many", count=len(self.labels))
        for names in (self.labels, self.relation_labels):
            for code, values in label_clashes(names):
                self.report.warning(code, **values)


@dataclass(slots=True)
class Place:
    """One record under way. `is_own` when it says that it is of our own format, and is held to it.

    `is_machine` when it is a model or a set of rules that speaks in it.
    """

    seen: Seen
    line: int
    is_own: bool = True
    is_machine: bool = False
    problems: int = 0

    def problem(self, code: str, **values: Any) -> None:
        self.problems += 1
        self.seen.report.problem(code, line=self.line, **values)

    def warning(self, code: str, **values: Any) -> None:
        self.seen.report.warning(code, line=self.line, **values)

    def notice(self, code: str, **values: Any) -> None:
        self.seen.report.notice(code, line=self.line, **values)

    def wrong(self, item: str, key: str, *, wanted: str, found: object) -> None:
        """A value has the wrong type or is out of its range."""
        self.problem("json-value", item=item, key=key, wanted=wanted, found=shown(found))

    def is_object(self, value: object, item: str) -> TypeGuard[dict[str, Any]]:
        """Whether a value is a JSON object; if not, the report says so."""
        if not isinstance(value, dict):
            self.problem("json-not-object", item=item, found=shown(value))
        return isinstance(value, dict)

    def keep(self, owner: str, key: str, value: object, kept: dict[str, Any]) -> None:
        """Keep an unknown key; its name gets underscores in front while that name is taken."""
        self.seen.unknown.setdefault(owner, {})[key] = None
        while key in kept:
            key = f"_{key}"
        kept[key] = value

    def own_or_kept(self, item: str, key: str, *, wanted: str, found: object, kept: dict[str, Any]) -> None:
        """A value that our own format does not allow; in a foreign record the same key may mean something else."""
        if self.is_own:
            self.wrong(item, key, wanted=wanted, found=found)
        else:
            self.keep("records", key, found, kept)


def shown(value: object) -> str:
    """A JSON value in a few words, for messages."""
    match value:
        case None:
            return "null"
        case Mapping():
            return "an object"
        case list():
            return "a list"
    return visible(json.dumps(value, ensure_ascii=False), 40)


def is_whole_number(value: object) -> bool:
    """JSON's true and 1.0 are no whole numbers."""
    return type(value) is int
