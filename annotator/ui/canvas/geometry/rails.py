"""Rails: the upright parts, in the gutters beside the text, of relations that join different lines.

A relation keeps its gutter and its lane for as long as it is shown, so that nothing hops while scrolling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

Side = Literal[-1, 1]
"""-1 is the left gutter, 1 the right one."""

SIDES: tuple[Side, Side] = (-1, 1)

_BUCKET = 4_096
_FAR = 6_000
"""Characters; the ends of a longer rail are never on screen together, so it needs its lane only near them."""
_NEAR_END = 400


class Run(NamedTuple):
    """A rail to be placed: the relation, and the offsets (code points) of its upper and lower end."""

    relation: str
    start: int
    end: int


class Rails:
    """The gutter and lane of every relation that has needed one."""

    def __init__(self) -> None:
        self._sides: dict[str, Side] = {}
        self._lanes: dict[str, tuple[int, Run]] = {}
        self._taken: dict[tuple[Side, int], list[tuple[int, int, int, str]]] = defaultdict(list)

    def side(self, relation: str, wish: Side) -> Side:
        """The relation's gutter; the first wish decides."""
        return self._sides.setdefault(relation, wish)

    def lanes(self, side: Side, runs: Sequence[Run]) -> dict[str, int]:
        """The lane of each rail, 0 nearest to the text. New ones take the lowest free lane, shorter ones first."""
        for run in sorted(runs, key=lambda run: (run.end - run.start, run.relation)):
            known = self._lanes.get(run.relation)
            if known is not None and known[1] != run:
                self.forget([run.relation])
                known = None
            if known is None:
                self._take(side, run)
        return {run.relation: self._lanes[run.relation][0] for run in runs}

    def keep_only(self, is_shown: Callable[[str], bool], among: Iterable[str] | None = None) -> None:
        """Give up the lanes of relations that are shown no more; their gutters stay for when they come back.

        All are asked, or only those `among` which some may have gone.
        """
        self.forget([relation for relation in (self._lanes if among is None else among) if not is_shown(relation)])

    def forget(self, relations: Iterable[str]) -> None:
        """Give up the lanes of these relations."""
        for relation in relations:
            known = self._lanes.pop(relation, None)
            if known is not None:
                buckets = {bucket for piece in _pieces(known[1]) for bucket in _buckets(*piece)}
                for key in ((side, bucket) for side in SIDES for bucket in buckets):
                    if key in self._taken:
                        self._taken[key] = [entry for entry in self._taken[key] if entry[3] != relation]

    def clear(self) -> None:
        self._sides.clear()
        self._lanes.clear()
        self._taken.clear()

    def _take(self, side: Side, run: Run) -> None:
        pieces = _pieces(run)
        busy = {
            lane
            for start, end in pieces
            for bucket in _buckets(start, end)
            for lane, other_start, other_end, _ in self._taken[side, bucket]
            if other_start < end and start < other_end
        }
        lane = next(lane for lane in range(len(busy) + 1) if lane not in busy)
        self._lanes[run.relation] = (lane, run)
        for start, end in pieces:
            for bucket in _buckets(start, end):
                self._taken[side, bucket].append((lane, start, end, run.relation))


def _pieces(run: Run) -> list[tuple[int, int]]:
    """Where a rail needs its lane: all along, or near its ends when those lie far apart."""
    if run.end - run.start > _FAR:
        return [(run.start - _NEAR_END, run.start + _NEAR_END), (run.end - _NEAR_END, run.end + _NEAR_END)]
    return [(run.start - _NEAR_END // 2, run.end + _NEAR_END // 2)]


def _buckets(start: int, end: int) -> range:
    return range(start // _BUCKET, end // _BUCKET + 1)
