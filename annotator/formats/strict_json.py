"""JSON without Python's leniency: no duplicate keys, no NaN, no endless depth, no half characters, no NUL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

DEPTH_LIMIT = 64
"""How deep lists and objects may be nested in a record; every Python reads and writes that much."""

_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_BLANK = re.compile(r"[ \t\r\n]*")


class NotJsonError(ValueError):
    """The text is not JSON as we take it: a message code, the offset in the text, and the values of the message."""

    def __init__(self, code: str, at: int = 0, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.values = values


class StrictJson:
    """A decoder. `overflows` collects the numbers that were too large for a float and stay as text."""

    def __init__(self) -> None:
        self.overflows: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_float=self._float, parse_constant=_refuse_constant
        )

    def value_at(self, text: str, at: int) -> tuple[Any, int]:
        """The value that begins at the offset or behind the white space there, and where it ends; NotJsonError."""
        begin = skip_blank(text, at)
        try:
            return self._decoder.raw_decode(text, begin)
        except NotJsonError as error:
            raise NotJsonError(error.code, begin, **error.values) from None
        except json.JSONDecodeError as error:
            is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
            code = "json-cut" if is_cut else "json-invalid"
            raise NotJsonError(code, error.pos, reason=error.msg[:1].lower() + error.msg[1:]) from None
        except RecursionError:
            raise NotJsonError("json-deep", begin, limit=DEPTH_LIMIT) from None
        except ValueError:
            # The only other error of the decoder: int() refuses more than sys.get_int_max_str_digits() digits.
            raise NotJsonError("json-number", begin) from None

    def only_value(self, text: str) -> Any:
        """The one value that the text is; NotJsonError."""
        value, end = self.value_at(text, 0)
        rest = skip_blank(text, end)
        if rest < len(text):
            raise NotJsonError("json-extra", rest)
        return value

    def _float(self, literal: str) -> float | str:
        number = float(literal)
        if number in (float("inf"), float("-inf")):
            self.overflows.append(literal)
            return literal
        return number


def skip_blank(text: str, at: int) -> int:
    """The offset of the next character that is no JSON white space."""
    match = _BLANK.match(text, at)
    assert match is not None, "the pattern matches the empty string"
    return match.end()


def check_value(source: str, value: Any) -> None:
    """Raise NotJsonError if the value is nested too deep, or a string in it holds a NUL or half of a surrogate pair.

    `source` is the JSON that the value was read from.
    """
    if _is_deep(value):
        raise NotJsonError("json-deep", limit=DEPTH_LIMIT)
    if not _SUSPECT.search(source):
        return
    for path, text in _strings(value, ""):
        for at, char in enumerate(text):
            if char == "\0":
                raise NotJsonError("json-nul", path=path or "the record", offset=at)
            if "\ud800" <= char <= "\udfff":
                raise NotJsonError("json-surrogate", char=f"U+{ord(char):04X}", path=path or "the record", offset=at)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEPTH_LIMIT):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJsonError("json-key-twice", key=twice)
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise NotJsonError("json-constant", value=name)


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every string in the value, keys included, with the path to it."""
    match value:
        case str():
            yield path, value
        case dict():
            for key, inner in value.items():
                yield f"the keys of {path or 'the record'}", key
                yield from _strings(inner, f"{path}.{key}" if path else key)
        case list():
            for at, inner in enumerate(value):
                yield from _strings(inner, f"{path}[{at}]")
