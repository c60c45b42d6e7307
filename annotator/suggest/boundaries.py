"""Trims a suggested span as the project's guideline says; each habit is a switch of the project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’‘ʼ]s|(?<=s)['’ʼ])\Z", re.IGNORECASE)
_OPENING = "\"'“”‘’«»„‹›([{`"
_CLOSING = "\"'“”‘’«»›‹)]}`"
_PAIRS = dict(zip("([{", ")]}", strict=True))
_LEADING = ",;:.!?…-–—•·*#/|&+ "
_TRAILING = ",;:!?…-–—•·*/|& "
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|mx|messrs|dr|prof|rev|fr|sr|sir|dame|lord|lady|madam|madame|mme|monsieur|herr|frau|señor|"
    r"señora|capt|cpt|col|gen|lt|sgt|maj|cmdr|adm|sen|rep|gov|hon|st|judge|justice)\b\.?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What is cut from the edges: a leading article, a trailing possessive, quotes and unpaired brackets, punctuation,

    and, from the labels in `title_labels`, a leading form of address ("Mr", "Dr"). `keep_article` names labels that
    keep their article, such as events ("the Second World War" in some guidelines).
    """

    article: bool = True
    possessive: bool = True
    quotes: bool = True
    punctuation: bool = True
    titles: bool = True
    title_labels: tuple[str, ...] = ("PERSON", "PER")
    keep_article: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Boundaries:
        """Raises ValueError that names an unknown key or a value of the wrong type."""
        known = {field.name: field for field in fields(cls)}
        values: dict[str, bool | tuple[str, ...]] = {}
        for key, value in data.items():
            if key not in known:
                raise ValueError(f"boundaries has no switch {key}; there are {', '.join(known)}")
            is_list = key in {"title_labels", "keep_article"}
            if is_list and isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value):
                values[key] = tuple(value)
            elif not is_list and isinstance(value, bool):
                values[key] = value
            else:
                raise ValueError(f"boundaries.{key} is {'a list of labels' if is_list else 'true or false'}")
        return cls(**values)  # type: ignore[arg-type]

    def trim(self, text: str, start: int, end: int, *, label: str = "") -> tuple[int, int] | None:
        """The place with its edges cut, over and over until nothing changes; None when nothing is left."""
        while True:
            before = start, end
            start, end = self._trim_space(text, start, end)
            for is_on, cut in (
                (self.punctuation, _trim_punctuation),
                (self.quotes, _trim_quotes),
                (self.possessive, _trim_possessive),
                (self.article and label not in self.keep_article, _trim_article),
                (self.titles and label in self.title_labels, _trim_honorific),
            ):
                if is_on and start < end:
                    start, end = cut(text, start, end)
            if start >= end:
                return None
            if (start, end) == before:
                return before

    @staticmethod
    def _trim_space(text: str, start: int, end: int) -> tuple[int, int]:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end


def _trim_article(text: str, start: int, end: int) -> tuple[int, int]:
    found = _ARTICLE.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else (start, end)


def _trim_honorific(text: str, start: int, end: int) -> tuple[int, int]:
    found = _HONORIFIC.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else (start, end)


def _trim_possessive(text: str, start: int, end: int) -> tuple[int, int]:
    found = _POSSESSIVE.search(text, max(start, end - 2), end)
    return (start, found.start()) if found and found.start() > start else (start, end)


def _trim_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
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
