"""Places in text: code points, UTF-16 units, tokens, grapheme clusters, paragraphs. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

from annotator.model.graphemes import joins

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0900-\u0963\u0966-\u0df3"
    "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u1056-\u1060\u135d-\u135f"
    "\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Combining marks and joiners: `\\w` knows the letters of all scripts, but not what stands on them."""

_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3\u2e80-\u2fdf"
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Han, Hiragana."""

_LETTERS = rf"(?:(?![{_UNSPACED}])[\w{_MARKS}])+"
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_WITH = rf"(?:[{_MARKS}\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|(?<=\u200d)[^\w\s{_FLAG_LETTERS}])*"

TOKEN = re.compile(
    rf"['’]s\b|[{_UNSPACED}][{_MARKS}]*|{_LETTERS}(?:['’](?!s\b){_LETTERS}|-(?=\d){_LETTERS}|(?<=\d)-{_LETTERS})*"
    rf"|[{_FLAG_LETTERS}]{{2}}{_WITH}|[^\w\s]{_WITH}"
)
"""A word, or one other visible character with what belongs to it. Like in the tokenizers of the models, a possessive 's
is a token by itself, and so are the parts of China-Russia; COVID-19 and O'Brien are whole. Where a script has no spaces
each letter is a token, so that a name can be taken out of a sentence."""


class Utf16Map:
    """Code points of one piece of text to UTF-16 units and back.

    Both directions accept every offset from 0 to the length; a unit inside a surrogate pair belongs to its code point.
    Text without characters beyond U+FFFF costs nothing.
    """

    __slots__ = ("_units",)

    def __init__(self, text: str) -> None:
        has_astral = not text.isascii() and max(text) > "\uffff"
        self._units = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)] if has_astral else None

    def to_utf16(self, code_point: int) -> int:
        return code_point if self._units is None else self._units[code_point]

    def to_code_point(self, unit: int) -> int:
        return unit if self._units is None else bisect_right(self._units, unit) - 1


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The (start, end) of every paragraph: text between "\\n", the line end left out. There is always at least one."""
    found = []
    start = 0
    while (end := text.find("\n", start)) != -1:
        found.append((start, end))
        start = end + 1
    found.append((start, len(text)))
    return found


_FIRST_STRONG_CHARS = 500


def runs_right_to_left(text: str, offset: int = 0) -> bool:
    """Whether the paragraph at the offset runs from right to left: its first letter that has a direction tells.

    Rules P2 and P3 of the bidirectional algorithm (UAX #9); what lies between isolating controls does not count.
    """
    start = text.rfind("\n", 0, offset) + 1
    isolates = 0
    for char in text[start : start + _FIRST_STRONG_CHARS]:
        direction = unicodedata.bidirectional(char)
        if char == "\n":
            return False
        if direction in ("LRI", "RLI", "FSI"):
            isolates += 1
        elif direction == "PDI":
            isolates = max(0, isolates - 1)
        elif not isolates and direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def tokens(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The (start, end) of every token in text[start:end], counted on the whole text."""
    return [match.span() for match in TOKEN.finditer(text, start, len(text) if end is None else end)]


def token_at(text: str, offset: int) -> tuple[int, int] | None:
    """The token that holds the offset, or the first one after it; None behind the last token."""
    for match in TOKEN.finditer(text, _word_start(text, offset)):
        if match.end() > offset:
            return match.span()
    return None


def token_after(text: str, offset: int) -> tuple[int, int] | None:
    """The first token that starts after the offset."""
    for match in TOKEN.finditer(text, _word_start(text, offset)):
        if match.start() > offset:
            return match.span()
    return None


def token_before(text: str, offset: int) -> tuple[int, int] | None:
    """The last token that starts before the offset."""
    high = offset
    while high > 0:
        while high > 0 and text[high - 1].isspace():
            high -= 1
        found = [token for token in tokens(text, _word_start(text, high), _word_end(text, offset)) if token[0] < offset]
        if found:
            return found[-1]
        high = _word_start(text, high)
    return None


def token_end_after(text: str, offset: int) -> int | None:
    """The first token end after the offset; None when there is none."""
    token = token_at(text, offset)
    return token[1] if token else None


def token_end_before(text: str, offset: int) -> int | None:
    """The last token end before the offset; None when there is none."""
    token = token_before(text, offset)
    while token is not None and token[1] >= offset:
        token = token_before(text, token[0])
    return token[1] if token else None


def snap_to_tokens(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Widen a selection to whole tokens; None when it touches no token."""
    low, high = min(start, end), max(start, end)
    touched = []
    for match in TOKEN.finditer(text, _word_start(text, low)):
        if match.start() >= max(high, low + 1):
            break
        if match.end() > low:
            touched.append(match.span())
    return (touched[0][0], touched[-1][1]) if touched else None


_SPACE = re.compile(r"\s")
_LOOK_BACK = 1_000


def _word_start(text: str, offset: int) -> int:
    """A place at or before the offset where no token can be under way: the start of its run of non-space characters."""
    while offset > 0 and not text[offset - 1].isspace():
        # In leaps: a word may be a megabyte long.
        before = text[max(0, offset - _LOOK_BACK) : offset]
        last = before.rsplit(maxsplit=1)[-1]
        offset -= len(last)
        if len(last) < len(before):
            break
    return offset


def _word_end(text: str, offset: int) -> int:
    """The end of the run of non-space characters around the offset."""
    found = _SPACE.search(text, offset)
    return found.start() if found is not None else len(text)


def grapheme_after(text: str, offset: int) -> int:
    """The end of the grapheme cluster at the offset (UAX #29); the length at the end."""
    length = len(text)
    if offset >= length:
        return length
    end = offset + 1
    while end < length and joins(text, end):
        end += 1
    return end


def grapheme_before(text: str, offset: int) -> int:
    """The start of the grapheme cluster that ends at, or holds, the character before the offset; 0 at the beginning."""
    start = max(0, offset - 1)
    while start > 0 and joins(text, start):
        start -= 1
    return start


def is_grapheme_border(text: str, offset: int) -> bool:
    """Whether a cursor may stand at the offset."""
    return offset <= 0 or offset >= len(text) or not joins(text, offset)


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range so that it cuts no grapheme cluster."""
    while not is_grapheme_border(text, start):
        start -= 1
    while not is_grapheme_border(text, end):
        end += 1
    return start, end


_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in ("Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "vs", "[A-Z]"))
SENTENCE_END = re.compile(
    rf"""[.!?…。！？\n](?:(?<=\n)|(?<=[。！？])["'”’)\]」』]*|(?<=[.!?…]){_ABBREVIATED}["'”’»)\]]*(?=\s|$))"""
)
"""Neither "Mr." nor "J." ends a sentence. Marks of scripts without spaces need none behind them."""


def sentence_end(text: str, offset: int) -> int:
    """The end of the sentence that holds the offset, guessed from its punctuation; a paragraph ends a sentence."""
    match = SENTENCE_END.search(text, offset)
    return match.end() if match else len(text)
