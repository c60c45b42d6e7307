"""Trims a suggested span as the project's guideline says; each habit is a switch of the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache, partial

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’‘ʼ]s|(?<=s)['’ʼ])\Z", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:about|around|nearly|almost|approximately|roughly|over|under|more than|less than|fewer than|at least|up to|"
    r"between|from|since|until|later|earlier|some|only|just|as much as|as many as|an estimated|another|a record|"
    r"a total of)\s+(?=[\d$€£¥]|[A-Z]{0,3}\$|this )",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:ex|pro|anti|non|post|pre)[-–](?-i:(?=[^\W\d_a-z]))", re.IGNORECASE)
_DASH = re.compile(r"\s(?:-|–|—|--)\s+")
_OPENING = "\"'“”‘’«»„‹›([{`"
_CLOSING = "\"'“”‘’«»›‹)]}`"
_PAIRS = dict(zip("([{", ")]}", strict=True))
_LEADING = ",;:.!?…-–—•·*#/|&+ "
_TRAILING = ",;:!?…-–—•·*/|& "
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|mx|messrs|dr|prof|rev|fr|sr|sir|dame|lord|lady|madam|madame|mme|monsieur|herr|frau|"
    r"señor|señora|capt|cpt|col|gen|lt|sgt|maj|cmdr|adm|sen|rep|gov|hon|st|judge|justice)\b\.?\s+",
    re.IGNORECASE,
)


Cut = Callable[[str, int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What is cut from the boundaries, each habit on or off.

    A leading article; a trailing possessive; quotes and brackets without their partner; punctuation, and what stands
    before a dash between spaces or behind an open bracket; `hedges` before an amount ("about", "more than"); `titles`:
    forms of address in front of a person ("Mr"), and the words of `titles_before` (labels in `title_labels`) and
    `titles_after` (every other label), which are names of offices. `keep_article` names labels that keep the article.
    """

    article: bool = True
    possessive: bool = True
    quotes: bool = True
    punctuation: bool = True
    hedges: bool = True
    titles: bool = True
    title_labels: tuple[str, ...] = ("PERSON", "PER")
    keep_article: tuple[str, ...] = ()
    titles_before: tuple[str, ...] = ()
    titles_after: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, object], lists: Mapping[str, tuple[str, ...]]) -> Boundaries:
        """The switches as a project writes them; `titles_before` and `titles_after` name word lists there.

        Raises ValueError that names an unknown key, a value of the wrong type, or an unknown list.
        """
        values: dict[str, bool | tuple[str, ...]] = {}
        for key, value in data.items():
            if key not in _DEFAULTS:
                raise ValueError(f"boundaries has no switch {key}; there are {', '.join(_DEFAULTS)}")
            values[key] = _switch(key, value)
            if key in {"titles_before", "titles_after"}:
                values[key] = _words(key, values[key], lists)
        return cls(**values)  # type: ignore[arg-type]

    def trim(self, text: str, start: int, end: int, *, label: str = "") -> tuple[int, int] | None:
        """The place with its boundaries trimmed, over and over until nothing changes; None when nothing is left."""
        while True:
            before = start, end
            start, end = self._trim_space(text, start, end)
            for is_on, cut in (
                (self.punctuation, _trim_dash),
                (self.punctuation, _trim_punctuation),
                (self.quotes, _trim_quotes),
                (self.possessive, _trim_possessive),
                (self.article and label not in self.keep_article, _trim_article),
                (self.hedges, _trim_hedge),
                (self.titles, self._trim_titles(label)),
            ):
                if is_on and start < end:
                    start, end = cut(text, start, end)
            if start >= end:
                return None
            if (start, end) == before:
                return before

    def _trim_titles(self, label: str) -> Cut:
        if label in self.title_labels:
            return partial(_trim_before, (_HONORIFIC, _leading(self.titles_before)))
        return partial(_trim_after, _trailing(self.titles_after))

    @staticmethod
    def _trim_space(text: str, start: int, end: int) -> tuple[int, int]:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end


_DEFAULTS = {field.name: field.default for field in fields(Boundaries)}


def _switch(key: str, value: object) -> bool | tuple[str, ...]:
    if isinstance(_DEFAULTS[key], bool):
        if not isinstance(value, bool):
            raise ValueError(f"boundaries.{key} is true or false")  # noqa: TRY004 - it is data
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise ValueError(f"boundaries.{key} is a list of names")
    return tuple(value)


def _words(key: str, names: bool | tuple[str, ...], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    assert not isinstance(names, bool)
    for name in names:
        if name not in lists:
            raise ValueError(f"boundaries.{key} names the word list {name}, which is not there")
    return tuple(word for name in names for word in lists[name])


@lru_cache(maxsize=8)
def _leading(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """One of the words and the space behind it, before a capital letter."""
    return re.compile(rf"(?:{_either(words)})\s+(?-i:(?=[^\W\d_a-z]))", re.IGNORECASE) if words else None


@lru_cache(maxsize=8)
def _trailing(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The space before one of the words, and that word, at the end; not in "Office of the President"."""
    return re.compile(rf"(?<!\bof)(?<!\bof the)\s+(?:{_either(words)})\Z", re.IGNORECASE) if words else None


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _trim_article(text: str, start: int, end: int) -> tuple[int, int]:
    found = _ARTICLE.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else (start, end)


def _trim_before(what: Sequence[re.Pattern[str] | None], text: str, start: int, end: int) -> tuple[int, int]:
    for pattern in what:
        found = pattern.match(text, start, end) if pattern is not None else None
        if found and found.end() < end:
            return found.end(), end
    return start, end


def _trim_after(what: re.Pattern[str] | None, text: str, start: int, end: int) -> tuple[int, int]:
    found = what.search(text[start:end]) if what is not None else None
    return (start, start + found.start()) if found and found.start() > 0 else (start, end)


def _trim_hedge(text: str, start: int, end: int) -> tuple[int, int]:
    found = _HEDGE.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else (start, end)


def _trim_dash(text: str, start: int, end: int) -> tuple[int, int]:
    """A dash between spaces joins no name ("OSLO - Halden Energy"): what stands behind it is kept."""
    found = None
    for found in _DASH.finditer(text, start, end):  # noqa: B007 - the last one is wanted
        pass
    return (found.end(), end) if found is not None and found.end() < end else (start, end)


def _trim_possessive(text: str, start: int, end: int) -> tuple[int, int]:
    found = _POSSESSIVE.search(text, max(start, end - 2), end)
    return (start, found.start()) if found and found.start() > start else (start, end)


def _trim_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    if (found := _PREFIX.match(text, start, end)) is not None:
        start = found.end()
    # A full stop belongs to an abbreviation ("Inc.", "U.S."), and to nothing else.
    if start < end and text[end - 1] == "." and not _ends_in_abbreviation(text[start:end]):
        end -= 1
    return start, end


_ABBREVIATION = re.compile(
    r"(?:\b\w\.)+\Z|\b(?:inc|corp|co|ltd|llc|bros|jr|sr|st|no|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|gov|sen|rep|"
    r"dr|mr|mrs|ms|univ|dept|assn|mt|ft|vs|etc|plc|calif|fla|mass|conn|pa|va|ga|la|ill|ind|mich|minn|tenn|wash|wis|ark|"
    r"ariz|colo|del|md|miss|mo|mont|neb|nev|okla|ore|tex|vt|wyo|ala|kan|ky)\.\Z",
    re.IGNORECASE,
)


def _ends_in_abbreviation(covered: str) -> bool:
    return _ABBREVIATION.search(covered) is not None


def _trim_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = text[start], text[end - 1]
    opened_at = max(text.rfind(opening, start + 1, end) for opening in _PAIRS)
    if opened_at > start and text.find(_PAIRS[text[opened_at]], opened_at, end) == -1:
        return start, opened_at
    if end - start > 1 and _PAIRS.get(first) == last and text.find(last, start, end) == end - 1:
        return start + 1, end - 1
    if first in _OPENING and (first not in _PAIRS or text.find(_PAIRS[first], start, end) == -1):
        return start + 1, end
    opened = {closing: opening for opening, closing in _PAIRS.items()}
    is_stray = last in _CLOSING and (last not in opened or text.find(opened[last], start, end) == -1)
    # An apostrophe that ends a plural is the possessive's business.
    if is_stray and not (last in "'’" and text[end - 2 : end - 1].isalnum()):
        return start, end - 1
    return start, end
