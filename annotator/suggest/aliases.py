"""Joins different wordings of one name: "Xi" and "Xi Jinping", "United Nations" and "UN"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.suggest.tokens import Mention

_SMALL_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "to", "de", "la", "du", "des", "&"})
_NAME_TAIL = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_WORD = re.compile(r"[^\s\-–]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A way in which two wordings can belong together: `holds(short, long)`, and keys of which such two share one."""

    holds: Callable[[str, str], bool]
    keys: Callable[[str], frozenset[str]]


def join_wordings(text: str, mentions: Sequence[Mention], likeness: Likeness) -> Iterator[tuple[Mention, Mention]]:
    """For each new wording of a name: its first mention, and the nearest earlier mention of another wording.

    A wording that fits two names that do not fit one another is left alone.
    """
    names: dict[str, dict[str, Mention]] = {}  # wording -> all wordings of that name, each with its latest mention
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: mention.place):
        wording = text[mention.start : mention.end]
        if wording not in names:
            near = dict.fromkeys(other for key in likeness.keys(wording) for other in by_key[key])
            like = [names[o] for o in near if likeness.holds(wording, o) or likeness.holds(o, wording)]
            if like and all(name is like[0] for name in like):
                names[wording] = like[0]
                yield max(like[0].values(), key=lambda other: other.place), mention
            else:
                names[wording] = {}
            for key in likeness.keys(wording):
                by_key[key].append(wording)
        names[wording][wording] = mention


def is_short_form(short: str, long: str) -> bool:
    """Whether a name is the beginning or the end of a longer one, word by word."""
    few, many = _words(short), _words(long)
    return 0 < len(few) < len(many) and few in (many[: len(few)], many[-len(few) :])


def is_acronym(short: str, long: str) -> bool:
    """Whether a string in capitals is made of the initials of a name, with or without its small words."""
    letters = _letters(short)
    return letters is not None and letters in _initials(long)


def _letters(wording: str) -> str | None:
    letters = wording.replace(".", "")
    return letters if 2 <= len(letters) <= 8 and letters.isupper() else None


def _initials(name: str) -> frozenset[str]:
    words = [word.group() for word in _WORD.finditer(name)]
    if len(words) < 2:
        return frozenset()
    large = [word for word in words if word.lower() not in _SMALL_WORDS]
    return frozenset("".join(word[0] for word in part).upper() for part in (words, large))


def _acronym_keys(wording: str) -> frozenset[str]:
    letters = _letters(wording)
    return _initials(wording) | ({letters} if letters else frozenset())


def _words(name: str) -> list[str]:
    words = [word.group() for word in _WORD.finditer(name)]
    return words[:-1] if len(words) > 1 and words[-1].lower() in _NAME_TAIL else words


SHORT_FORM = Likeness(is_short_form, lambda wording: frozenset(_words(wording)))
ACRONYM = Likeness(is_acronym, _acronym_keys)
