"""Likely misses: pieces of a text that have no label and probably want one. Found bit by bit, kept in step with edits.

They come from four sources: texts that are labelled elsewhere, in the document or in the project; the weak hits of the
machine's layer; numbers with units, currencies, percent signs, and dates; runs of capitalised words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from annotator.analysis import clues
from annotator.analysis.miss import Memory, Miss, Why
from annotator.analysis.whole_words import Words
from annotator.analysis.within import Within
from annotator.model import Decision, Edit, Fragment, Layer, Note, Pending, Schema, Span
from annotator.model.dismissing import dismissed_place, is_dismissed
from annotator.model.places import Places, SpanPlaces
from annotator.model.text import is_grapheme_border

SHARE = 0.6
"""A text is a likely miss where at least this share of its other occurrences has a label."""

CLEAR = 0.75
"""The share of its labels with which a text has one of them clearly, so that it is proposed."""

Thing = TypeVar("Thing")
_PART = 40

_RANK: dict[Why, int] = {"labelled": 0, "weak": 1, "number": 2, "capitals": 3}


class Misses:
    """The likely misses of one document, in reading order.

    `work` has to be run to its end first; it can be left at every step, and edits may come in between. From then on
    `update` costs as much as there is near the edit, and as often as its text stands in the document.
    """

    def __init__(
        self,
        text: str,
        schema: Schema,
        layer: Layer,
        pending: Pending,
        machine: Layer | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._text, self._schema, self._layer = text, schema, layer
        self._pending, self._machine = pending, machine
        self._memory = memory or Memory()
        self._measures = clues.measures(schema)
        self._words = Words(text)
        self._found: dict[Fragment, Miss] = {}
        self._named: dict[Fragment, Miss] = {}
        self._weak: dict[Fragment, Miss] = {}
        self._at: Places[Fragment] = Places()
        self._said: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._within = Within()
        self._open: dict[str, Span] = {}
        self._refused: dict[str, Span] = {}
        self._taken = SpanPlaces()
        """Where a suggestion is open or was turned down."""
        self._live: list[Fragment] = []
        self._alike: Counter[str] = Counter()
        """How often the words of those that stand stand there."""
        self.is_ready = self._has_scanned = False
        self._work = self._look_through()

    # ---- finding, bit by bit

    def work(self) -> bool:
        """Do a little; False when nothing is left to do."""
        if self.is_ready:
            return False
        next(self._work, None)
        return not self.is_ready

    def _look_through(self) -> Iterator[None]:
        for piece in clues.pieces(self._text):
            self._scan(piece)
            yield
        self._has_scanned = True
        yield from self._weigh()

    def _scan(self, piece: Fragment) -> None:
        tokens = clues.tokens_of(self._text, piece)
        self._words.add(tokens)
        for place, label in clues.measured(self._text, piece, tokens, self._measures):
            if not clues.is_cut_word(self._text, place, piece):
                self._find(Miss(*place, label, "number"))
        for place in clues.capitalised_runs(self._text, piece, tokens):
            if place[1] - place[0] > 1 and not clues.is_cut_word(self._text, place, piece):
                self._find(Miss(*place, None, "capitals"))

    def _weigh(self) -> Iterator[None]:
        """Compare with what is labelled and suggested; from here on everything depends on the layers."""
        self._said.clear()
        self._within.clear()
        self._open, self._refused, self._taken, self._live = {}, {}, SpanPlaces(), []
        self._alike = Counter()
        for drawer in (self._named, self._weak):
            for place in list(drawer):
                self._drop(drawer, place)
        yield from self._take_weak_hits()
        yield from self._gather()
        for text in (*self._said, *self._memory.labels):
            self._name(text)
            yield
        for part in _in_parts(list({**self._found, **self._weak, **self._named})):
            self._settle(part)
            yield
        self.is_ready = True

    def _gather(self) -> Iterator[None]:
        """Take in what the layers say."""
        spans, suggestions = list(self._layer.spans.values()), list(self._pending.spans.values())
        targets = [decision.target for decision in self._layer.decisions.values()]
        for some in _in_parts(spans):
            for span in some:
                self._say(span, 1)
            yield
        for some in _in_parts(suggestions):
            for span in some:
                self._take(self._open, span)
            yield
        for few in _in_parts(targets):
            for target in few:
                self._heed(target)
            yield

    def weigh_anew(self, pending: Pending, machine: Layer | None, memory: Memory | None = None) -> None:
        """Other suggestions, or another memory: compare again what was found. Takes `work`."""
        self._pending, self._machine = pending, machine
        self._memory = memory or self._memory
        self.is_ready = False
        if self._has_scanned:
            self._work = self._weigh()

    # ---- what there is

    def __len__(self) -> int:
        return len(self._live)

    def __iter__(self) -> Iterator[Miss]:
        return (self._best(place) for place in self._live)

    def at(self, place: Fragment) -> Miss | None:
        """The likely miss on exactly this piece of text."""
        number = bisect_left(self._live, place)
        return self._best(place) if self._live[number : number + 1] == [place] else None

    def following(self, offset: int) -> Miss | None:
        """The first one that begins after the offset; from the last one on, the first of all."""
        if not self._live:
            return None
        return self._best(self._live[bisect_right(self._live, (offset, len(self._text))) % len(self._live)])

    def preceding(self, offset: int) -> Miss | None:
        """The last one that begins before the offset; from the first one on, the last of all."""
        return self._best(self._live[bisect_left(self._live, (offset, 0)) - 1]) if self._live else None

    def alike(self, miss: Miss) -> int:
        """How many other likely misses have the very same words."""
        return max(0, self._alike[self._text[miss.start : miss.end]] - (self.at(miss.place) is not None))

    def said(self, text: str) -> Counter[str]:
        """How often each label stands on this text, here and in the reviewed documents."""
        return self._said.get(text, Counter()) + self._memory.labels.get(text, Counter())

    def between(self, start: int, end: int) -> list[Miss]:
        """Those that share a character with this range."""
        low = bisect_left(self._live, (start, 0))
        low -= low > 0 and self._live[low - 1][1] > start
        return [self._best(place) for place in self._live[low : bisect_left(self._live, (end, 0))]]

    # ---- keeping in step

    def update(self, edit: Edit, concerned: Iterable[str]) -> None:
        """Follow an edit of the person's layer; `concerned` are the ids of what it has opened, settled or changed."""
        if not self.is_ready:
            if self._has_scanned:
                self._work = self._weigh()
            return
        touched: list[Fragment] = []
        texts: set[str] = set()
        for change in edit.changes:
            for item, sign in ((change.before, -1), (change.after, 1)):
                match item:
                    case Span():
                        texts |= self._say(item, sign)
                        touched += item.fragments
                    case Decision():
                        touched += self._heed(item.target)
                    case Note() if (place := dismissed_place(item)) is not None:
                        touched.append(place)
        for item_id in concerned:
            touched += self._follow_suggestion(item_id)
        for text in texts:
            touched += self._name(text)
        self._settle(touched)

    def _say(self, span: Span, sign: int) -> set[str]:
        """Take in a label; returns the texts of which there may be another opinion now."""
        text = span.covered(self._text)
        if not span.is_discontinuous:
            self._said[text][span.label] += sign
        parts = self._within.note(span, self._text, sign)
        return {text, *(part for part in parts if part in self._said or part in self._memory.labels)}

    def _follow_suggestion(self, span_id: str) -> tuple[Fragment, ...]:
        was, now = self._open.get(span_id), self._pending.spans.get(span_id)
        if was is now:
            return ()
        if was is not None:
            self._release(self._open, span_id)
        if now is not None:
            self._take(self._open, now)
        return (*(was.fragments if was else ()), *(now.fragments if now else ()))

    def _heed(self, target: str) -> tuple[Fragment, ...]:
        """What was turned down is no miss, and nothing inside it is."""
        span = self._machine.spans.get(target) if self._machine is not None else None
        if span is None:
            return ()
        decision = self._layer.decisions.get(Decision.id_for(target))
        is_refused = decision is not None and decision.answer == "rejected"
        if is_refused != (target in self._refused):
            if is_refused:
                self._take(self._refused, span)
            else:
                self._release(self._refused, target)
        return span.fragments

    def _take(self, drawer: dict[str, Span], span: Span) -> None:
        drawer[span.id] = span
        self._taken.add(span)

    def _release(self, drawer: dict[str, Span], span_id: str) -> None:
        self._taken.remove(drawer.pop(span_id))

    # ---- texts that are labelled elsewhere

    def _name(self, text: str) -> list[Fragment]:
        """Propose a text wherever it stands, or propose it no more; the places where that makes a difference."""
        places = self._words.places(text)
        is_likely, label = self._opinion(text, len(places))
        changed: list[Fragment] = []
        for start in places:
            place = (start, start + len(text))
            was = self._named.get(place)
            now = Miss(*place, label, "labelled") if is_likely else None
            if was != now:
                changed.append(place)
                if was is not None:
                    self._drop(self._named, place)
                if now is not None:
                    self._keep(self._named, now)
        return changed

    def _opinion(self, text: str, times: int) -> tuple[bool, str | None]:
        """Whether enough of the other occurrences have a label, and which one to propose.

        Those inside of longer labels do not count: they want none of their own.
        """
        labels = self.said(text)
        labelled = labels.total()
        others = times - self._within.count(text) + self._memory.times.get(text, 0) - 1
        if not labelled or labelled < SHARE * others:
            return False, None
        label, count = min(labels.items(), key=lambda entry: (-entry[1], entry[0]))
        return True, label if count >= CLEAR * labelled else None

    # ---- the places that are known

    def _take_weak_hits(self) -> Iterator[None]:
        """They are believed only as far as they fit the text and the schema: a file may say anything."""
        for some in _in_parts(list(self._machine.weak) if self._machine is not None else []):
            for hit in some:
                place = hit.start, hit.end
                if hit.end <= len(self._text) and hit.label in self._schema.label_names and self._is_clean(place):
                    self._keep(self._weak, Miss(*place, hit.label, "weak"))
            yield

    def _find(self, miss: Miss) -> None:
        known = self._found.get(miss.place)
        if self._is_clean(miss.place) and (known is None or _RANK[miss.why] < _RANK[known.why]):
            self._keep(self._found, miss)

    def _is_clean(self, place: Fragment) -> bool:
        return is_grapheme_border(self._text, place[0]) and is_grapheme_border(self._text, place[1])

    def _keep(self, drawer: dict[Fragment, Miss], miss: Miss) -> None:
        if not self._is_known(miss.place):
            self._at.put(miss.place, *miss.place)
        drawer[miss.place] = miss

    def _drop(self, drawer: dict[Fragment, Miss], place: Fragment) -> None:
        del drawer[place]
        if not self._is_known(place):
            self._at.take(place, *place)
            self._hide(place)

    def _is_known(self, place: Fragment) -> bool:
        return place in self._found or place in self._weak or place in self._named

    # ---- which of them stand

    def _settle(self, touched: Iterable[Fragment]) -> None:
        """Decide anew what stands near these places. Of those that overlap the better one stands."""
        seeds = {place for range_ in touched for place in self._at.near(*range_) if _overlap(place, range_)}
        done: set[Fragment] = set()
        for seed in seeds:
            if seed in done:
                continue
            cluster = self._cluster(seed)
            done |= cluster
            standing: list[Fragment] = []
            for place in sorted(cluster, key=self._rank):
                if self._is_free(place) and not any(_overlap(place, other) for other in standing):
                    standing.append(place)
                    self._show(place)
                else:
                    self._hide(place)

    def _cluster(self, seed: Fragment) -> set[Fragment]:
        """All that hangs together by overlaps."""
        cluster, waiting = {seed}, [seed]
        while waiting:
            here = waiting.pop()
            new = {place for place in self._at.near(*here) if place not in cluster and _overlap(place, here)}
            cluster |= new
            waiting += new
        return cluster

    def _best(self, place: Fragment) -> Miss:
        return self._named.get(place) or self._weak.get(place) or self._found[place]

    def _rank(self, place: Fragment) -> tuple[int, int, int]:
        return _RANK[self._best(place).why], place[0] - place[1], place[0]

    def _is_free(self, place: Fragment) -> bool:
        if is_dismissed(self._layer, place):
            return False
        near = (*self._layer.spans_near(*place), *self._taken.near(*place))
        return not any(self._is_in_the_way(span, place) for span in near)

    def _is_in_the_way(self, span: Span, place: Fragment) -> bool:
        if span.id in self._refused:
            return span.start <= place[0] and place[1] <= span.end
        return any(_overlap(piece, place) for piece in span.fragments)

    def _show(self, place: Fragment) -> None:
        number = bisect_left(self._live, place)
        if self._live[number : number + 1] != [place]:
            insort(self._live, place)
            self._alike[self._text[slice(*place)]] += 1

    def _hide(self, place: Fragment) -> None:
        number = bisect_left(self._live, place)
        if self._live[number : number + 1] == [place]:
            del self._live[number]
            self._alike[self._text[slice(*place)]] -= 1


def find_misses(
    text: str,
    schema: Schema,
    layer: Layer,
    pending: Pending,
    machine: Layer | None = None,
    memory: Memory | None = None,
) -> list[Miss]:
    """All likely misses of a document at once."""
    misses = Misses(text, schema, layer, pending, machine, memory)
    while misses.work():
        pass
    return list(misses)


def _in_parts(things: list[Thing]) -> Iterator[list[Thing]]:
    """So many at a time that a part takes well under a millisecond or two."""
    for start in range(0, len(things), _PART):
        yield things[start : start + _PART]


def _overlap(one: Fragment, other: Fragment) -> bool:
    return one[0] < other[1] and other[0] < one[1]
