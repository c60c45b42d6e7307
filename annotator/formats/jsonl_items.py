"""What the items of a JSONL record have in common: ids, labels, and the keys that say where an item came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from annotator.formats.jsonl_place import Place, is_whole_number, shown
from annotator.formats.report import visible
from annotator.model import NO_ATTRS
from annotator.model.items import STATUS_ID

_SHARED_KEYS = frozenset(("attrs", "origin", "confirmed", "score"))
_CONFIRMED = ("single", "bulk", "none")


def item_title(kind: str, entry: Mapping[str, Any], at: int) -> str:
    """`span T1`, or `span 3` by its place in the list (from 1) when it has no id."""
    found = entry.get("id")
    return f"{kind} {visible(found, 60) if isinstance(found, str) and found else at + 1 if found is None else found}"


def read_id(entry: Mapping[str, Any], title: str, place: Place) -> str | None:
    """The id of an item as text; None when it has none, or a bad one."""
    match entry.get("id"):
        case None:
            return None
        case str(found) if found:
            if found == STATUS_ID:
                place.problem("item-id-reserved", item=title, id=found)
            return found
        case int(found) if is_whole_number(found):
            place.seen.has_number_ids = True
            return str(found)
        case found:
            place.wrong(title, "id", wanted="a string", found=found)
            return None


def read_label(entry: Mapping[str, Any], title: str, place: Place) -> str:
    """The label of an item; empty, and in the report, when it has none."""
    label = entry.get("label")
    if not isinstance(label, str) or not label:
        place.wrong(title, "label", wanted="a string that is not empty", found=label)
        return ""
    return label


def read_extras(entry: Mapping[str, Any], known: frozenset[str], title: str, place: Place) -> dict[str, Any]:
    """What spans and relations may both have besides their own keys, as arguments for either."""
    if entry.keys() <= known:
        return {}
    attrs = entry.get("attrs")
    if not isinstance(attrs, dict | None):
        place.wrong(title, "attrs", wanted="an object", found=attrs)
        attrs = None
    kept = dict(attrs or ())
    extras: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known and key not in _SHARED_KEYS:
            place.keep(f"{title.split(' ', 1)[0]}s", key, value, kept)
    origin, confirmed, score = entry.get("origin"), entry.get("confirmed"), entry.get("score")
    if not isinstance(origin, str | None):
        place.wrong(title, "origin", wanted="a string", found=origin)
    if confirmed is not None and confirmed not in _CONFIRMED:
        place.wrong(title, "confirmed", wanted='"single", "bulk" or "none"', found=confirmed)
    if score is not None and not (type(score) in (int, float) and 0 <= score <= 1):
        place.warning("score-outside", item=title, score=shown(score))
        place.keep(f"{title.split(' ', 1)[0]}s", "score", score, kept)
        score = None
    extras.update(attrs=kept or NO_ATTRS, origin=origin, confirmed=confirmed, score=score)
    return extras


def free_ids(letter: str, taken: set[str]) -> Iterator[str]:
    """T1, T2 … without those that are taken."""
    return (name for number in count(1) if (name := f"{letter}{number}") not in taken)
