"""The parts of a news article: headline, sub-headline, caption, pull quote, "read also" lines, body.

The rules are shy: a text that does not look like an article is all body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import Any

from annotator.model import Role, RoleRange
from annotator.model.text import paragraphs

ARTICLE_LIMIT = 200_000
PARAGRAPH_LIMIT = 400
"""Texts of more characters or paragraphs than this are no articles; they are not searched."""

_HEADLINE_CHARS = 160
_SUBHEADLINE_CHARS = 280
_EARLY = 4
"""A weak sign makes a caption only among so many paragraphs after the headline."""
_QUOTE_WORDS = range(8, 100)
_SOURCE_WORDS = 400
_SAME_WORDS = 0.8
"""The share of a pull quote's words that must stand, in order, in the paragraph it was taken from."""
_COMPARISONS = 100
"""So many pairs of paragraphs are compared word by word, and no more, whatever the text."""

_CLOSING = "\"'”’»)]}›\u200e\u200f\u00a0 \t\r"
_FULL_STOPS = tuple(".。．｡।॥۔።։…")
_OPEN_ENDS = (*_FULL_STOPS, ":", ",", ";", "：", "，", "；", "、", "-", "–", "—")

_WORD = re.compile(r"\w+(?:['’]\w+)*")

_LINK = re.compile(
    r"(?:also\s+read|read\s+also|read\s+more|see\s+also|see\s+more|related(?:\s+(?:articles?|coverage|news|reading|"
    r"stor(?:y|ies)))?|more\s+on\s+this|watch|listen|must\s+read|don['’]t\s+miss|recommended|further\s+reading)"
    r"\s*[:：|»>]",
    re.IGNORECASE,
)
_LOUD_LINK = re.compile(r"(?:ALSO READ|READ ALSO|READ MORE|SEE ALSO|RELATED)\b")

_AGENCIES = (
    r"photo(?:graph)?s?|foto|image|picture|file|courtesy|credit|handout|xinhua|reuters|afp|ap|epa|getty|pti|ani|tass|"
    r"agencies|provided\s+to|china\s+daily|bloomberg|shutterstock|screenshot"
)
_PHOTO_CREDIT = re.compile(
    r"[(\[][^()\[\]]{0,120}\b(?:photo(?:graph)?s?|image|picture|screenshot)\b[^()\[\]]{0,120}[)\]]\.?$", re.IGNORECASE
)
_WEAK_CREDIT = re.compile(rf"[(\[][^()\[\]]{{0,60}}\b(?:{_AGENCIES})\b[^()\[\]]{{0,60}}[)\]]\.?$", re.IGNORECASE)
_PHOTO_LEAD = re.compile(r"(?:file\s+)?(?:photo|picture|image)(?:\s+(?:by|credit|courtesy))?\s*[:：/]", re.IGNORECASE)
_PHOTO_TAIL = re.compile(r"(?:photo|image|picture)(?:\s+credit)?s?\s*[:/]\s*[\w .,/&-]{2,60}$", re.IGNORECASE)
_PICTURED = re.compile(
    r"\b(?:is|are|was|were)\s+pictured\b|\bpictured\s+(?:above|here|left|right|on|in|at|during)\b|\(pictured\)|"
    r"\bin this (?:file )?(?:photo|picture|image)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|from)\s+\w|(?:published|updated|posted|last\s+updated)\b|\W*\d{1,4}[\s./-]+\w+[\s./-]+\d{1,4}\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"(?:dear|hello|hi|hey|chapter|part|section)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph that holds more than white space. `is_apart` when a blank line, or the end of the text, follows."""

    start: int
    end: int
    text: str
    is_apart: bool

    @property
    def closing(self) -> str:
        """The text without the quotes and brackets that may stand behind its last sign."""
        return self.text.rstrip(_CLOSING)

    @property
    def is_sentence(self) -> bool:
        return self.closing.endswith((*_FULL_STOPS, "!", "?", "！", "？"))

    @property
    def has_full_stop(self) -> bool:
        return self.closing.endswith(_FULL_STOPS)

    @cached_property
    def words(self) -> list[str]:
        return [word.casefold() for word in _WORD.findall(self.text)]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)


def recognise(text: str) -> tuple[RoleRange, ...]:
    """The role of every paragraph that holds more than white space, in text order."""
    found = _split(text)
    roles: list[Role] = ["body"] * len(found)
    if len(text) <= ARTICLE_LIMIT and len(found) <= PARAGRAPH_LIMIT:
        _name_parts(found, roles)
    return tuple(RoleRange(part.start, part.end, role) for part, role in zip(found, roles, strict=True))


def describe(text: str) -> dict[str, Any]:
    """What the structure adds to a document's meta: `title` (the headline) and `roles`.

    Body is what has no role, so it is not listed; a text that is all body gives nothing.
    """
    ranges = [part for part in recognise(text) if part.role != "body"] if len(text) <= ARTICLE_LIMIT else []
    if not ranges:
        return {}
    roles = [{"start": part.start, "end": part.end, "role": part.role} for part in ranges]
    headline = next((part for part in ranges if part.role == "headline"), None)
    title = {"title": text[headline.start : headline.end].strip()} if headline else {}
    return {**title, "roles": roles}


def _split(text: str) -> list[_Paragraph]:
    lines = [(start, end - text.endswith("\r", start, end)) for start, end in paragraphs(text)]
    blank = [not text[start:end].strip() for start, end in lines]
    return [
        _Paragraph(start, end, text[start:end].strip(), blank[at + 1] if at + 1 < len(lines) else True)
        for at, (start, end) in enumerate(lines)
        if not blank[at]
    ]


def _name_parts(found: Sequence[_Paragraph], roles: list[Role]) -> None:
    for at, part in enumerate(found):
        if len(found) > 1 and _is_link(part):
            roles[at] = "link"
    if not _has_headline(found):
        return
    roles[0] = "headline"
    for at, part in enumerate(found[1:], 1):
        if roles[at] == "body" and _is_caption(part, is_early=at <= _EARLY):
            roles[at] = "caption"
    if roles[1] == "body" and _is_subheadline(found[1], is_last=len(found) == 2):
        roles[1] = "subheadline"
    for at in _quotes([(at, part) for at, part in enumerate(found) if roles[at] == "body"]):
        roles[at] = "quote"


def _is_link(part: _Paragraph) -> bool:
    return len(part.text) <= 220 and bool(_LINK.match(part.text) or _LOUD_LINK.match(part.text))


def _has_headline(found: Sequence[_Paragraph]) -> bool:
    if not found:
        return False
    first, *others = found
    has_body = any(part.is_sentence and len(part.words) >= 8 for part in others)
    return (
        has_body
        and first.is_apart
        and _is_short_line(first, _HEADLINE_CHARS)
        and len(first.words) >= 2
        and not first.text[0].islower()
        and not _is_link(first)
        and not _SALUTATION.match(first.text)
        and not _is_caption(first, is_early=True)
    )


def _is_subheadline(part: _Paragraph, *, is_last: bool) -> bool:
    return (
        not is_last
        and part.is_apart
        and _is_short_line(part, _SUBHEADLINE_CHARS)
        and len(part.words) >= 3
        and not _BYLINE.match(part.text)
    )


def _is_short_line(part: _Paragraph, limit: int) -> bool:
    return len(part.text) <= limit and not part.closing.endswith(_OPEN_ENDS) and part.text[0] not in "-–—•*#>"


def _is_caption(part: _Paragraph, *, is_early: bool) -> bool:
    if len(part.text) > 600:
        return False
    if _PHOTO_CREDIT.search(part.text) or _PHOTO_LEAD.match(part.text):
        return True
    return is_early and any(sign.search(part.text) for sign in (_WEAK_CREDIT, _PHOTO_TAIL, _PICTURED))


def _quotes(body: Sequence[tuple[int, _Paragraph]]) -> set[int]:
    """The pull quotes among the numbered paragraphs of the body."""
    sources = [part for _, part in body if part.is_sentence and len(part.words) <= _SOURCE_WORDS]
    alike = (
        (at, part, source)
        for at, part in body
        if len(part.words) in _QUOTE_WORDS and not part.has_full_stop
        for source in sources
        if source is not part and _share_words(part, source)
    )
    return {at for at, part, source in islice(alike, _COMPARISONS) if _is_taken_from(part, source)}


def _share_words(quote: _Paragraph, source: _Paragraph) -> bool:
    return sum(word in source.vocabulary for word in quote.words) >= _SAME_WORDS * len(quote.words)


def _is_taken_from(quote: _Paragraph, source: _Paragraph) -> bool:
    """Whether nearly all of the quote's words stand in the source, in the same order and partly in one piece."""
    enough = _SAME_WORDS * len(quote.words)
    blocks = SequenceMatcher(None, quote.words, source.words, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= enough and max(block.size for block in blocks) >= 5
