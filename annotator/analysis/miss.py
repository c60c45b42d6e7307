"""A likely miss, and what other documents remember: the values that the search for misses works with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.model import Fragment

Why = Literal["labelled", "weak", "number", "capitals"]
"""Labelled elsewhere; found by a model below its threshold; a number with its unit; a run of capitalised words."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A piece of text, whole tokens, that may want a label; `label` is the one to propose, if there is one."""

    start: int
    end: int
    label: str | None
    why: Why

    @property
    def place(self) -> Fragment:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Memory:
    """What reviewed documents of the project say: how often a text has which label, and how often it stands there.

    `common` has the labels of texts that are all small letters: nothing is proposed for them, since most of them are
    common words. `relations` counts (relation, label of its head, label of its tail). `documents` are those that were
    read; `skipped` is one that was left out because it was open.
    """

    labels: Mapping[str, Counter[str]] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    common: Mapping[str, Counter[str]] = field(default_factory=dict)
    relations: Mapping[tuple[str, str, str], int] = field(default_factory=dict, compare=False)
    documents: frozenset[str] = field(default=frozenset(), compare=False)
    skipped: str = field(default="", compare=False)
