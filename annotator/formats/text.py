"""Plain text and Markdown, as decoded: no line end changed, nothing normalised, nothing stripped."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.formats.base import Record
from annotator.formats.files import TEXT_LIMIT, decode, read_regular
from annotator.formats.report import FileReport
from annotator.formats.structure import describe

UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and line ends, and the marks that turn the direction of text around."""

LONG_LINE = 100_000
MANY_LINES = 100_000
MANY_MARKS = 200
MANY_SPANS = 20_000

_MARKS = re.compile(
    rf"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31-\u0e3a\u1ab0-\u1aff\u1dc0-\u1dff"
    rf"\u20d0-\u20ff\u3099\u309a\ufe00-\ufe2f]{{{MANY_MARKS}}}"
)


class TextImporter:
    """One file is one document, named after the file."""

    name = "text"
    extensions = (".txt", ".text", ".md", ".markdown")

    def sniff(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - any bytes may be meant as text
        return False

    def read(self, path: Path, report: FileReport, *, encoding: str | None = None) -> Iterator[Record]:
        data = read_regular(path, limit=TEXT_LIMIT)
        if not data:
            report.warning("file-empty")
            return
        text = decode(data, report, encoding=encoding)
        if text is None or not _has_no_nul(text, report):
            return
        if not text.strip():
            report.warning("text-blank")
            return
        warn_of_text(text, report)
        source: dict[str, Any] = {
            "file": plain_name(path.name),
            "format": self.name,
            "raw_sha": hashlib.sha256(data).hexdigest(),
        }
        if encoding is not None:
            source["encoding"] = encoding
        yield Record(document_name(path, report), text, meta=describe(text), source=source)


def document_name(path: Path, report: FileReport) -> str:
    """The file name without its extension; bytes in it that are not UTF-8 are written as `\\xNN`."""
    stem = path.stem.strip() or path.name
    name = plain_name(stem)
    if name != stem:
        report.warning("name-bytes", name=name)
    return name


def plain_name(name: str) -> str:
    """A file name as text that can be stored: undecodable bytes, which Python holds as surrogates, become `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def warn_of_text(text: str, report: FileReport, *, line: int = 0, spans: int = 0) -> None:
    """Warn, once each, of characters that cannot be seen, and of whatever may be too much for a window."""
    first = UNSEEN.search(text)
    if first is not None:
        count = sum(1 for _ in UNSEEN.finditer(text))
        report.warning("text-unseen", line=line, count=count, char=f"U+{ord(first.group()):04X}", offset=first.start())
    if len(text) > LONG_LINE and (longest := max(map(len, text.split("\n")))) > LONG_LINE:
        report.warning("text-heavy", line=line, what=f"a line of {longest:,} characters")
    if (lines := text.count("\n")) > MANY_LINES:
        report.warning("text-heavy", line=line, what=f"{lines:,} lines")
    if not text.isascii() and _MARKS.search(text):
        report.warning("text-heavy", line=line, what=f"more than {MANY_MARKS} marks on one letter")
    if spans > MANY_SPANS:
        report.warning("text-heavy", line=line, what=f"{spans:,} spans")


def _has_no_nul(text: str, report: FileReport) -> bool:
    at = text.find("\0")
    if at == -1:
        return True
    # Half of UTF-16 English is NUL; a text that merely holds a stray NUL has few.
    code = "text-nul-utf16" if text.count("\0") * 4 > len(text) else "text-nul"
    line = text.count("\n", 0, at) + 1
    report.problem(code, line=line, column=at - text.rfind("\n", 0, at), offset=at)
    return False
