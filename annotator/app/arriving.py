"""Taking suggestions over as they arrive, a portion at a time: a large document has thousands, and a frame 16 ms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from annotator.model import Change, Edit, Item, Layer

TITLE = "Suggestions"

PORTION = 150
"""Items that come or go at one go; each is looked up, placed and drawn."""
LOOKED_AT = 2_000
"""Items that are looked at for one portion, at most: most may be there already."""


def portions(machine: Layer, items: Iterable[Item], size: int = PORTION) -> Iterator[Edit]:
    """The edits, at least one, that make a machine's layer say these items and nothing else.

    Each edit must be made before the next is asked for. What is there already stays. What goes is taken away before
    anything comes. An edit may be empty.
    """
    wanted = {item.id: item for item in items}
    going = (Change(item, None) if item.id not in wanted else None for item in list(machine))
    coming = (_coming(machine, item) for item in wanted.values())
    waiting = chain(going, coming)
    portion = _portion(waiting, size)
    yield portion or Edit(TITLE, ())
    while portion is not None:
        portion = _portion(waiting, size)
        if portion is not None:
            yield portion


def _coming(machine: Layer, item: Item) -> Change | None:
    here = machine.get(item.id)
    return Change(here, item) if here != item else None


def _portion(waiting: Iterator[Change | None], size: int) -> Edit | None:
    """The next changes; None in their place stands for an item that stays as it is. None when nothing waits."""
    found: list[Change] = []
    is_over = True
    for change in islice(waiting, LOOKED_AT):
        is_over = False
        if change is not None:
            found.append(change)
        if len(found) == size:
            break
    return None if is_over else Edit(TITLE, tuple(found))
