"""How deep spans lie in one another on a line."""

from __future__ import annotations

from collections.abc import Sequence


def depths(places: Sequence[tuple[int, int]]) -> list[int]:
    """The depth of every (start, end), given in reading order: one more than the deepest earlier one that it overlaps.

    Crossing spans count like nested ones.
    """
    found: list[int] = []
    under_way: list[tuple[int, int]] = []
    for start, end in places:
        under_way = [(other_end, depth) for other_end, depth in under_way if other_end > start]
        depth = max((depth + 1 for _, depth in under_way), default=0)
        under_way.append((end, depth))
        found.append(depth)
    return found


def packed(places: Sequence[tuple[int, int]]) -> list[int]:
    """A row for every (start, end), given in reading order: the lowest one that is free all along.

    An inner span may then lie higher than the one around it, but there are no more rows than spans over one character.
    """
    found: list[int] = []
    under_way: list[tuple[int, int]] = []
    for start, end in places:
        under_way = [(other_end, row) for other_end, row in under_way if other_end > start]
        taken = {row for _, row in under_way}
        row = next(row for row in range(len(taken) + 1) if row not in taken)
        under_way.append((end, row))
        found.append(row)
    return found
