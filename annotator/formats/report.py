"""What came of reading files: problems, warnings and notices, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from annotator.model import Broken
from annotator.model.messages import HINTS, MESSAGES

LISTED = 100
"""How many findings of a kind are listed for one file; the others are counted."""

Severity = Literal["problem", "warning", "notice"]


def visible(text: str, limit: int = 120) -> str:
    """The text on one line, without anything that a terminal would obey, cut in the middle when it is long."""
    if len(text) > limit:
        text = f"{text[: limit - limit // 4]}…{text[-limit // 4 + 1 :]}"
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def shown_path(path: object) -> str:
    """A path as a message names it: whole, so that it can be opened, and harmless."""
    return visible(str(path), 4_096)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about a file. `where` is `file`, `file:line` or `file:line:column`, 1-based, safe to print."""

    code: str
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(slots=True)
class FileReport:
    """What came of one file. A problem keeps all of the file out; warnings and notices keep nothing out."""

    path: str
    format: str = ""
    records: int = 0
    findings: dict[Severity, list[Finding]] = field(
        default_factory=lambda: {"problem": [], "warning": [], "notice": []}
    )
    counts: Counter[Severity] = field(default_factory=Counter)

    @property
    def is_bad(self) -> bool:
        return self.counts["problem"] > 0

    def unlisted(self, severity: Severity) -> int:
        """How many findings there were beyond those listed."""
        return self.counts[severity] - len(self.findings[severity])

    def problem(self, code: str, *, line: int = 0, column: int = 0, **values: Any) -> None:
        self._add("problem", code, self.where(line, column), values)

    def warning(self, code: str, *, line: int = 0, **values: Any) -> None:
        self._add("warning", code, self.where(line), values)

    def notice(self, code: str, *, line: int = 0, **values: Any) -> None:
        self._add("notice", code, self.where(line), values)

    def broken(self, error: Broken) -> None:
        """Take over an error that ended the reading."""
        self.counts["problem"] += 1
        finding = Finding(error.code, error.where or self.where(), error.message, error.hint)
        self.findings["problem"].append(finding)

    def where(self, line: int = 0, column: int = 0) -> str:
        """`file`, `file:line` or `file:line:column`; a 0 stands for no line or column."""
        place = shown_path(self.path)
        if line:
            place += f":{line}"
        return f"{place}:{column}" if line and column else place

    def _add(self, severity: Severity, code: str, where: str, values: dict[str, Any]) -> None:
        self.counts[severity] += 1
        if len(self.findings[severity]) < LISTED:
            shown = {key: visible(value) if isinstance(value, str) else value for key, value in values.items()}
            message, hint = MESSAGES[code].format_map(shown), HINTS.get(code, "").format_map(shown)
            self.findings[severity].append(Finding(code, where, message, hint))


@dataclass(slots=True)
class Report:
    """What came of reading some files, in their order."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def problems(self) -> list[Finding]:
        return list(self._all("problem"))

    @property
    def warnings(self) -> list[Finding]:
        return list(self._all("warning"))

    @property
    def notices(self) -> list[Finding]:
        return list(self._all("notice"))

    @property
    def is_bad(self) -> bool:
        return any(file.is_bad for file in self.files)

    @property
    def kept(self) -> dict[str, int]:
        """How many records each good file gave, by its path."""
        return {file.path: file.records for file in self.files if not file.is_bad}

    def raise_if_bad(self) -> None:
        """Raise NotRead, with every problem in it, when a file has one."""
        if self.is_bad:
            raise NotRead(self)

    def lines(self, *severities: Severity) -> Iterator[str]:
        """One line of plain text for each finding, file by file, and one for those that are only counted."""
        for file in self.files:
            for severity in severities:
                yield from map(str, file.findings[severity])
                if more := file.unlisted(severity):
                    yield f"{file.where()}: and {more:,} more like these"

    def _all(self, severity: Severity) -> Iterator[Finding]:
        for file in self.files:
            yield from file.findings[severity]


class NotRead(Broken):
    """Files that were to be imported have problems; `report` holds them all, the message shows the first."""

    def __init__(self, report: Report) -> None:
        self.report = report
        problems = report.problems
        count = sum(file.counts["problem"] for file in report.files)
        super().__init__(
            "import-problems" if count > 1 else "import-problem",
            where=problems[0].where,
            first=problems[0].message,
            more=count - 1,
            hint=problems[0].hint,
        )
