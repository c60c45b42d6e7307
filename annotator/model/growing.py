"""Growing and shrinking a piece of text: along the phrases of a parse, and by capitals and punctuation without one.

Offsets are code points, half-open. Whatever comes out lies in the text, is not empty and cuts no grapheme cluster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.model.items import Fragment
from annotator.model.phrases import Phrases
from annotator.model.sentences import sentence_start
from annotator.model.text import (
    is_grapheme_border,
    sentence_end,
    snap_to_graphemes,
    snap_to_tokens,
    token_after,
    token_before,
    tokens,
)

Step = Literal[-1, 1]

_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "de", "la", "le", "du", "des", "da", "di", "do", "del", "der", "den", "van", "von"}
    | {"zu", "al", "el", "bin", "ibn", "&", "-", "–", "/", "'", "’"}
)
"""What may stand between two capitalised words of one name."""

_BORDER = re.compile(r"[,;:](?=\s)|[()\[\]{}“”«»„\"、，；：（）「」『』]|\s[-–—]{1,2}(?=\s)|—")
"""What parts a sentence."""

_LONGEST_RUN = 40
"""Tokens on either side that a run of capitalised words is looked for."""

_LOOKED_AT = 1_000
"""Code points from its beginning on in which a long place is searched for capitalised words."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The places that were passed through, the innermost first; each lies in the next.

    It makes growing and shrinking take each other back, although a place can be reached from many.
    """

    rungs: tuple[Fragment, ...] = ()

    def climb(self, text: str, phrases: Phrases, place: Fragment, step: Step) -> tuple[Fragment | None, Ladder]:
        """The next larger (1) or smaller (-1) place and the ladder with it; None and the ladder when there is none.

        A place that is not on the ladder begins a new one.
        """
        rungs = self.rungs if place in self.rungs else (place,)
        at = rungs.index(place) + step
        if 0 <= at < len(rungs):
            return rungs[at], Ladder(rungs)
        found = grown(text, phrases, place, step)
        if found is None:
            return None, Ladder(rungs)
        return found, Ladder((*rungs, found) if step > 0 else (found, *rungs))


def grown(text: str, phrases: Phrases, place: Fragment, step: Step) -> Fragment | None:
    """The place one step larger (1) or smaller (-1); None when there is no such step.

    From a part of a token to the token. From there outwards from phrase to phrase, up to the whole noun phrase; where
    the parse knows no phrase, to the run of capitalised words, the part of the sentence, the sentence.
    """
    return _larger(text, phrases, place) if step > 0 else _smaller(text, phrases, place)


def _larger(text: str, phrases: Phrases, place: Fragment) -> Fragment | None:
    whole = snap_to_tokens(text, *place) or place
    whole = snap_to_graphemes(text, min(whole[0], place[0]), max(whole[1], place[1]))
    if whole != place:
        return whole
    around = [rung for rungs in phrases.near(*place) for rung in _sound(text, rungs) if _holds(rung, place)]
    if around:
        return min((rung for rung in around if rung != place), key=_length, default=None)
    return next((found for found in _by_signs(text, place) if found != place and _holds(found, place)), None)


def _smaller(text: str, phrases: Phrases, place: Fragment) -> Fragment | None:
    inside: list[Fragment] = []
    for rungs in phrases.near(*place):
        sound = _sound(text, rungs)
        if place in sound:
            at = sound.index(place)
            return sound[at - 1] if at else None
        inside += [rung for rung in sound if _holds(place, rung)]
    if inside:
        return max(inside, key=_length)
    return next((found for found in _parts_by_signs(text, place) if found != place and _holds(place, found)), None)


def _sound(text: str, rungs: tuple[Fragment, ...]) -> list[Fragment]:
    """The rungs that can be places of this text: a file may say anything."""
    return [
        (start, end)
        for start, end in rungs
        if 0 <= start < end <= len(text) and is_grapheme_border(text, start) and is_grapheme_border(text, end)
    ]


def _holds(outer: Fragment, inner: Fragment) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _length(place: Fragment) -> int:
    return place[1] - place[0]


# ---- without a parse


def _by_signs(text: str, place: Fragment) -> Iterator[Fragment]:
    """Ever larger places around this one."""
    yield _capitalised_run(text, place)
    start, end = sentence_start(text, place[0]), sentence_end(text, place[1])
    if text[place[0] : place[1]].rstrip()[-1:] in tuple(".!?。！？"):
        end = place[1]  # it ends its sentence already
    borders = list(_BORDER.finditer(text, start, end))
    low = max((border.end() for border in borders if border.end() <= place[0]), default=start)
    high = min((border.start() for border in borders if border.start() >= place[1]), default=end)
    yield _tidied(text, low, high)
    yield _tidied(text, start, end)


def _parts_by_signs(text: str, place: Fragment) -> Iterator[Fragment]:
    """Ever smaller places in this one: its longest part, its longest run of capitalised words, its last token."""
    start, end = place
    borders = [border.span() for border in _BORDER.finditer(text, start, end)]
    edges = [start, *(edge for border in borders for edge in border), end]
    parts = [_tidied(text, low, high) for low, high in zip(edges[::2], edges[1::2], strict=True)]
    parts = [part for part in parts if part[0] < part[1]]
    if borders and parts:
        yield max(parts, key=_length)
    words = tokens(text, start, min(end, start + _LOOKED_AT))
    capitalised = [word for word in words if _is_capitalised(text, word) and word[1] <= end]
    if runs := [_capitalised_run(text, word, within=place) for word in capitalised]:
        yield max(runs, key=_length)
    last = token_before(text, end)
    if last is not None and last[0] > start:
        yield snap_to_graphemes(text, *last)


def _tidied(text: str, start: int, end: int) -> Fragment:
    """Without white space at the edges and without the mark that ends the sentence, and cutting no cluster."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".!?。！？"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return snap_to_graphemes(text, start, end)


def _capitalised_run(text: str, place: Fragment, within: Fragment | None = None) -> Fragment:
    """The place with the capitalised words that adjoin it, where its own words there are capitalised too."""
    low, high = within or (0, len(text))
    start, end = place
    words = tokens(text, start, end)
    if words and _is_capitalised(text, words[0]):
        start = _edge_of_run(text, start, -1, low)
    if words and _is_capitalised(text, words[-1]):
        end = _edge_of_run(text, end, 1, high)
    return snap_to_graphemes(text, start, end)


def _edge_of_run(text: str, edge: int, step: Step, limit: int) -> int:
    """How far capitalised words go on from here, over the small words between them, up to the limit."""
    waiting = edge
    for _ in range(_LONGEST_RUN):
        word = token_before(text, waiting) if step < 0 else token_after(text, waiting - 1)
        if word is None or (word[0] < limit if step < 0 else word[1] > limit):
            break
        if not (_adjoin(text, word[1], waiting) if step < 0 else _adjoin(text, waiting, word[0])):
            break
        waiting = word[0] if step < 0 else word[1]
        if _is_capitalised(text, word):
            edge = waiting
        elif not _is_small(text, word):
            break
    return edge


def _is_small(text: str, word: Fragment) -> bool:
    covered = text[word[0] : word[1]]
    if covered == ".":
        before = token_before(text, word[0])
        return before is not None and before == (word[0] - 1, word[0]) and text[before[0]].isupper()
    return covered in _SMALL_WORDS


def _is_capitalised(text: str, word: Fragment) -> bool:
    return text[word[0]].isupper() or text[word[0]].istitle()


def _adjoin(text: str, end: int, start: int) -> bool:
    """Whether at most one blank lies between."""
    return start == end or (start == end + 1 and text[end] in " \u00a0")
