"""The noun phrases of a parse, step by step from each noun outwards. Only the worker process may import this module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model import Fragment
from annotator.model.phrases import LONGEST, Rungs
from annotator.model.text import is_grapheme_border
from annotator.suggest.boundaries import Boundaries

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM"})
_NO_STEPS = frozenset({"punct", "cc", "preconj", "case"})
"""Dependents that add nothing by themselves: they come along with what stands behind them."""


def phrases_of(text: str, doc: Doc, offset: int, boundaries: Boundaries) -> Iterator[Rungs]:
    """The phrases of a document that was made from text[offset:...], in the order of their nouns; none without a parse.

    To the noun come its dependents on the left, the nearest first (the other names, the title, an adjective), then
    those on the right (a preposition with its words, an apposition, a clause). Edges are trimmed as the project wants
    spans trimmed, but for titles and the words before an amount: these are steps of their own.
    """
    if not doc.has_annotation("DEP"):
        return
    trimming = replace(boundaries, titles=False, hedges=False)
    for token in doc:
        if token.pos_ in _NOUNS:
            rungs: list[Fragment] = []
            for first, end in _steps(token):
                place = trimming.trim(text, offset + doc[first].idx, offset + doc[end - 1].idx + len(doc[end - 1]))
                if place is not None and _is_next(rungs, place) and _is_clean(text, place):
                    rungs.append(place)
            if rungs:
                yield tuple(rungs)


def _steps(noun: Token) -> Iterator[tuple[int, int]]:
    """First word and word after the last, ever wider."""
    first, end = noun.i, noun.i + 1
    yield first, end
    for left in reversed(list(noun.lefts)):
        if left.dep_ not in _NO_STEPS:
            first = left.left_edge.i
            yield first, end
    for right in noun.rights:
        if right.dep_ not in _NO_STEPS:
            end = right.right_edge.i + 1
            yield first, end


def _is_next(rungs: list[Fragment], place: Fragment) -> bool:
    """Whether the place is a step on from the last rung, and not too long."""
    if place[1] - place[0] > LONGEST:
        return False
    return not rungs or (place != rungs[-1] and place[0] <= rungs[-1][0] and rungs[-1][1] <= place[1])


def _is_clean(text: str, place: Fragment) -> bool:
    return is_grapheme_border(text, place[0]) and is_grapheme_border(text, place[1])
