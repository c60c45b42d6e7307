"""The same mentions: what one act would do to every other place where the same words stand.

Pure: from a document as it stands to what would become of each place, and to the one edit that does it. Nothing that a
person has confirmed with another label is changed, except from the very label that a relabelling began with.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from annotator.analysis.matching import Matching, find_places, look_for_places
from annotator.model import (
    Change,
    Decision,
    Edit,
    Fragment,
    Layer,
    Pending,
    Refused,
    Relation,
    Schema,
    Span,
    edits,
    span_suggestion_id,
)
from annotator.model.places import SpanPlaces

_LOOKED_AT_ONCE = 16
"""Places between two looks at the clock; one takes some 20 µs."""

Doing = Literal["label", "reject", "delete"]
Kind = Literal["new", "accept", "correct", "relabel", "reject", "delete", "conflict"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be done wherever these words stand: give the label, reject it where it is suggested, or delete it.

    `was` is the label that decided mentions shall lose for it; with None every decided label stays.
    """

    doing: Doing
    words: str
    label: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place and what becomes of it. `was` is the label that it has or is suggested to have now.

    A conflict is left alone, for the `reason`; `lost` counts the relations that go with a deleted label; `score` is
    that of the suggestion that is answered.
    """

    start: int
    end: int
    kind: Kind
    was: str = ""
    reason: str = ""
    lost: int = 0
    score: float | None = None

    @property
    def place(self) -> Fragment:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Plan:
    """Every place that the wish concerns, in text order, and the changes that fulfil it."""

    wish: Wish
    mentions: tuple[Mention, ...]
    changes: tuple[Change, ...]
    is_whole: bool = True
    """Whether the whole text has been looked through."""

    @property
    def edit(self) -> Edit:
        done = sum(mention.kind != "conflict" for mention in self.mentions)
        return Edit(title_of(self.wish, done), self.changes)


def title_of(wish: Wish, count: int) -> str:
    """How the act is called in the list of what was done."""
    verb = {"label": "Label", "reject": "Reject", "delete": "Delete"}[wish.doing]
    short = wish.words if len(wish.words) <= 40 else f"{wish.words[:39]}…"
    return f"{verb} {count:,} × “{' '.join(short.split())}” {wish.label}"


def make_plan(
    layer: Layer,
    schema: Schema,
    text: str,
    pending: Pending,
    wish: Wish,
    matching: Matching,
    *,
    only: Collection[Fragment] | None = None,
) -> Plan:
    """What the wish comes to in this document; with `only` at these places alone. Changes nothing."""
    planner = _Planner(layer, schema, text, pending, wish)
    for start, end in find_places(text, wish.words, matching):
        if only is None or (start, end) in only:
            planner.look_at(start, end)
    return planner.plan(is_whole=True)


class Planning:
    """A plan that is made bit by bit: a common word has ten thousand places in a large text. Changes nothing, and must
    be given up when the layer or the suggestions change."""

    def __init__(
        self, layer: Layer, schema: Schema, text: str, pending: Pending, wish: Wish, matching: Matching
    ) -> None:
        self._planner = _Planner(layer, schema, text, pending, wish)
        self._places = look_for_places(text, wish.words, matching)
        self.plan = self._planner.plan(is_whole=False)
        """What has come out so far."""

    def work(self, seconds: float) -> bool:
        """Look at places for about so long; False when all have been looked at."""
        end = time.perf_counter() + seconds
        is_whole = True
        for number, place in enumerate(self._places, 1):
            if place is not None:
                self._planner.look_at(*place)
            if number % _LOOKED_AT_ONCE == 0 and time.perf_counter() >= end:
                is_whole = False
                break
        self.plan = self._planner.plan(is_whole=is_whole)
        return not is_whole


class _Planner:
    """Goes through the places of one document. Places never overlap, so each is looked at by itself; only what
    relations join is settled on a copy of the layer that follows."""

    def __init__(self, layer: Layer, schema: Schema, text: str, pending: Pending, wish: Wish) -> None:
        is_followed = wish.doing == "delete" or wish.was is not None
        self._layer = layer.copy() if is_followed else layer
        self._is_followed = is_followed
        self._schema, self._text, self._pending, self._wish = schema, text, pending, wish
        self._open = SpanPlaces(pending.spans.values())
        self.mentions: list[Mention] = []
        self.changes: list[Change] = []

    def plan(self, *, is_whole: bool) -> Plan:
        """What has come of the places looked at."""
        return Plan(self._wish, tuple(self.mentions), tuple(self.changes), is_whole)

    def look_at(self, start: int, end: int) -> None:
        """Note what becomes of this place, and the changes that it takes."""
        place = ((start, end),)
        mine = [span for span in self._layer.spans_near(start, end) if span.fragments == place]
        still_open = [span for span in self._open.near(start, end) if span.fragments == place]
        match self._wish.doing:
            case "label":
                self._label(place, mine, still_open)
            case "reject":
                for span in still_open:
                    if span.label == self._wish.label:
                        edit = edits.reject(self._text, self._pending, [span.id], how="bulk")
                        self._note(place, "reject", edit, score=span.score)
            case "delete":
                for span in mine:
                    if span.label == self._wish.label:
                        self._note(place, "delete", edits.delete_span(self._layer, self._text, span.id))

    def _label(self, place: tuple[Fragment, ...], mine: list[Span], still_open: list[Span]) -> None:
        wish = self._wish
        if any(span.label == wish.label for span in mine):
            return
        try:
            if mine:
                self._relabel(place, mine)
            else:
                self._check_free(place)
                self._take_or_add(place, still_open)
        except Refused as refusal:
            was = next((span.label for span in (*mine, *still_open)), "")
            self.mentions.append(Mention(*place[0], "conflict", was, refusal.message))

    def _relabel(self, place: tuple[Fragment, ...], mine: list[Span]) -> None:
        wish = self._wish
        found = next((span for span in mine if span.label == wish.was), None)
        if found is None or len(mine) > 1:
            raise Refused("mention-labelled", label=mine[0].label)
        edit = edits.relabel(self._layer, self._schema, self._text, found.id, wish.label)
        if any(isinstance(change.before, Relation) and change.after is None for change in edit.changes):
            raise Refused("mention-related", label=wish.label)
        self._note(place, "relabel", edit, was=found.label)

    def _take_or_add(self, place: tuple[Fragment, ...], still_open: list[Span]) -> None:
        wish, layer, schema, text = self._wish, self._layer, self._schema, self._text
        same = next((span for span in still_open if span.label == wish.label), None)
        if same is not None:
            edit = edits.accept(layer, schema, text, self._pending, [same.id], how="bulk")
            self._note(place, "accept", edit, score=same.score)
        elif still_open:
            best = max(still_open, key=lambda span: (span.score or 0.0, span.id))
            edit = edits.correct(layer, schema, text, self._pending, best.id, label=wish.label)
            self._note(place, "correct", edit, was=best.label, score=best.score)
        else:
            self._note(place, "new", edits.add_span(layer, schema, text, place, wish.label))

    def _check_free(self, place: tuple[Fragment, ...]) -> None:
        """Raise Refused where these words are a part of something else, or were turned down."""
        [(start, end)] = place
        label = self._wish.label
        turned_down = self._layer.decisions.get(Decision.id_for(span_suggestion_id(label, place)))
        if turned_down is not None and turned_down.answer == "rejected":
            raise Refused("mention-rejected", label=label)
        for other in self._others(start, end):
            covered = other.covered(self._text)
            if other.label == label:
                raise Refused("mention-part", other=_short(covered), label=label)
            is_crossing = not (other.start <= start and end <= other.end) and not (
                start <= other.start and other.end <= end
            )
            if self._schema.overlap == "none" or (self._schema.overlap == "nested" and is_crossing):
                raise Refused("mention-overlap", other=_short(covered), label=other.label)

    def _others(self, start: int, end: int) -> Iterator[Span]:
        """What else touches this place, decided or suggested."""
        for span in (*self._layer.spans_near(start, end), *self._open.near(start, end)):
            if span.fragments != ((start, end),) and span.start < end and start < span.end:
                yield span

    def _note(
        self,
        place: tuple[Fragment, ...],
        kind: Kind,
        edit: Edit,
        *,
        was: str | None = None,
        score: float | None = None,
    ) -> None:
        edit = _in_bulk(edit)
        lost = sum(isinstance(change.before, Relation) and change.after is None for change in edit.changes)
        label = self._wish.label if was is None else was
        self.mentions.append(Mention(*place[0], kind, label, lost=lost, score=score))
        self.changes += edit.changes
        if self._is_followed:
            self._layer.apply(edit)


def _in_bulk(edit: Edit) -> Edit:
    """The same edit, remembered as confirmed together with others."""
    changes = []
    for change in edit.changes:
        match change.after:
            case Span() as span:
                changes.append(Change(change.before, replace(span, confirmed="bulk")))
            case Decision() as decision:
                changes.append(Change(change.before, replace(decision, how="bulk")))
            case _:
                changes.append(change)
    return Edit(edit.title, tuple(changes))


def _short(covered: str, limit: int = 40) -> str:
    flat = " ".join(covered[: limit * 4].split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
