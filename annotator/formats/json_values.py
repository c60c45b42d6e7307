"""The values in a JSON Lines file, each with its line; also in files that are JSON, but not one record a line."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from annotator.formats.files import MIB, chosen_encoding, open_regular
from annotator.formats.report import FileReport
from annotator.formats.strict_json import NotJsonError, StrictJson, check_value, skip_blank
from annotator.model import Broken

LINE_LIMIT = 128 * MIB
"""The longest line, in bytes, that is read as one record."""

WHOLE_LIMIT = 128 * MIB
"""The largest file, in characters, that is read when it is not one record a line."""

Line = tuple[int, str]
"""A line's number, counted from 1, and its text without the line feed."""


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value and the line on which it begins."""

    line: int
    value: Any


def read_values(path: Path, report: FileReport, encoding: str | None) -> Iterator[Value]:
    """Every value of the file. What is no JSON goes into the report, line by line, and reading goes on.

    Raises Broken when the file cannot be read.
    """
    json = StrictJson()
    with open_regular(path) as stream:
        lines = _lines(stream, report, encoding)
        first = next(lines, None)
        second = next(lines, None)
        if first is None:
            return
        start = [line for line in (first, second) if line is not None]
        if _is_whole(json, first[1], second[1] if second else ""):
            yield from _values_of_whole(json, chain(start, lines), report)
        else:
            yield from _values_of_lines(json, chain(start, lines), report)
    for number in dict.fromkeys(json.overflows):
        report.warning("json-overflow", number=number)


# ---- lines


def _lines(stream: BinaryIO, report: FileReport, encoding: str | None) -> Iterator[Line]:
    """The lines that hold something. Only a line feed ends a line: text may hold U+2028 and the like as it is."""
    head = stream.read(4)
    name = chosen_encoding(head, report, encoding)
    stream.seek(0)
    if head.startswith(codecs.BOM_UTF8) and name == "utf-8":
        report.notice("text-bom")
        stream.seek(len(codecs.BOM_UTF8))
    yield from _lines_of_utf8(stream, report) if name == "utf-8" else _lines_of(stream, report, name)


def _lines_of_utf8(stream: BinaryIO, report: FileReport) -> Iterator[Line]:
    number, begin = 0, stream.tell()
    while raw := stream.readline(LINE_LIMIT + 1):
        number += 1
        _check_length(len(raw), number, report)
        try:
            line = raw.decode()
        except UnicodeDecodeError as error:
            byte = f"0x{raw[error.start]:02X}"
            report.problem("text-not-utf8", line=number, byte=byte, offset=begin + error.start)
        else:
            if line.strip(" \t\r\n"):
                yield number, line.removesuffix("\n")
        begin += len(raw)


def _lines_of(stream: BinaryIO, report: FileReport, encoding: str) -> Iterator[Line]:
    number = 0
    with io.TextIOWrapper(stream, encoding, newline="\n") as text:
        try:
            while line := text.readline(LINE_LIMIT + 1):
                number += 1
                _check_length(len(line), number, report)
                line = line.removeprefix("\ufeff") if number == 1 else line
                if line.strip(" \t\r\n"):
                    yield number, line.removesuffix("\n")
        except UnicodeError as error:
            raise Broken("json-not-encoded", where=report.where(number + 1), encoding=encoding) from error


def _check_length(length: int, number: int, report: FileReport) -> None:
    if length > LINE_LIMIT:
        raise Broken("line-long", where=report.where(number), limit=LINE_LIMIT // MIB)


def _values_of_lines(json: StrictJson, lines: Iterator[Line], report: FileReport) -> Iterator[Value]:
    for number, line in lines:
        try:
            value = json.only_value(line)
            check_value(line, value)
        except NotJsonError as error:
            column = error.at + 1 if error.code in ("json-invalid", "json-extra") else 0
            report.problem(error.code, line=number, column=column, **error.values)
        else:
            yield Value(number, value)


# ---- one JSON value over many lines, or a list of records


def _is_whole(json: StrictJson, first: str, second: str) -> bool:
    """Whether the file is a list, or an object over many lines, by its first two lines that hold something."""
    begin = first.lstrip(" \t\r")
    if begin.startswith("["):
        return True
    if not begin.startswith("{") or not second or _is_object(json, first) or _is_object(json, second):
        return False
    try:
        json.only_value(first)
    except NotJsonError as error:
        return error.code == "json-cut" and not _ends_in_string(first)
    return False


def _is_object(json: StrictJson, line: str) -> bool:
    try:
        return isinstance(json.only_value(line), dict)
    except NotJsonError:
        return False


def _ends_in_string(line: str) -> bool:
    """Whether a line is cut inside a string, which no pretty-printer does."""
    return (line.count('"') - line.count('\\"')) % 2 == 1


def _values_of_whole(json: StrictJson, lines: Iterator[Line], report: FileReport) -> Iterator[Value]:
    text, starts = _joined(lines, report)
    if report.is_bad:
        return
    where = _Places(text, starts)
    at = skip_blank(text, 0)
    is_list = text.startswith("[", at)
    try:
        for begin, end, value in _list_items(json, text, at) if is_list else _values(json, text, at):
            line = where.line(begin)
            try:
                check_value(text[begin:end], value)
            except NotJsonError as error:
                report.problem(error.code, line=line, **error.values)
            else:
                yield Value(line, value)
    except NotJsonError as error:
        line, column = where.line(max(error.at, at)), where.column(max(error.at, at))
        report.problem(error.code, line=line, column=column, **error.values)
    if not report.is_bad:
        report.warning("json-list" if is_list else "json-spread")


def _joined(lines: Iterator[Line], report: FileReport) -> tuple[str, list[int]]:
    """The lines as one text, and the number of each line in the file."""
    kept: list[str] = []
    numbers: list[int] = []
    size = 0
    for number, line in lines:
        kept.append(line)
        numbers.append(number)
        size += len(line) + 1
        if size > WHOLE_LIMIT:
            raise Broken("file-large", where=report.where(), limit=WHOLE_LIMIT // MIB)
    return "\n".join(kept), numbers


class _Places:
    """Offsets of joined lines, asked for in rising order, turned into lines and columns of the file."""

    def __init__(self, text: str, numbers: list[int]) -> None:
        self._text = text
        self._numbers = numbers
        self._at = 0
        self._index = 0

    def line(self, offset: int) -> int:
        self._index += self._text.count("\n", self._at, offset)
        self._at = max(self._at, offset)
        return self._numbers[min(self._index, len(self._numbers) - 1)]

    def column(self, offset: int) -> int:
        return offset - self._text.rfind("\n", 0, offset)


def _values(json: StrictJson, text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """Values one after the other; each begins on a new line."""
    while at < len(text):
        value, end = json.value_at(text, at)
        yield at, end, value
        begin = skip_blank(text, end)
        if begin < len(text) and "\n" not in text[end:begin]:
            raise NotJsonError("json-extra", begin)
        at = begin


def _list_items(json: StrictJson, text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """The values of the one list that the text is."""
    at = skip_blank(text, at + 1)
    if not text.startswith("]", at):
        while True:
            value, end = json.value_at(text, at)
            yield at, end, value
            at = skip_blank(text, end)
            if not text.startswith(",", at):
                break
            at = skip_blank(text, at + 1)
    if not text.startswith("]", at):
        code = "json-cut" if at >= len(text) else "json-invalid"
        raise NotJsonError(code, at, reason="expecting ',' or ']'")
    rest = skip_blank(text, at + 1)
    if rest < len(text):
        raise NotJsonError("json-extra", rest)
