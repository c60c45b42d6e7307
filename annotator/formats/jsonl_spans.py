"""The spans of a JSONL record: types, bounds, units, the covered text, twins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from annotator.formats.jsonl_items import free_ids, item_title, read_extras, read_id, read_label
from annotator.formats.jsonl_place import CODE_POINT, Place, is_whole_number
from annotator.formats.report import visible
from annotator.formats.units import STATED, Claim, UnitMap, find_unit
from annotator.model import NO_ATTRS, Alternative, Fragment, Span
from annotator.model.text import is_grapheme_border

_PLAIN_KEYS = frozenset(("id", "start", "end", "label", "text", "fragments"))
_MACHINE_KEYS = _PLAIN_KEYS | {"alternatives"}


@dataclass(slots=True)
class SpanSet:
    """The spans of one record. `ids` leads from each id in the file to the span that is kept for it."""

    spans: list[Span] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    in_order: list[str] = field(default_factory=list)
    has_ids: bool = False


@dataclass(slots=True)
class _Draft:
    """A span of the file whose place in the text is not settled yet."""

    title: str
    id: str | None
    label: str
    claim: Claim
    extras: dict[str, Any]


def read_spans(entries: object, text: str, place: Place, *, unit: object = CODE_POINT) -> SpanSet | None:
    """The spans of a record, in file order; None when something is wrong with them, which is then in the report.

    `unit` is the file's `offset_unit`.
    """
    before = place.problems
    if not isinstance(entries, list | None):
        place.wrong("record", "spans", wanted="a list", found=entries)
        return None
    drafts = [draft for at, entry in enumerate(entries or ()) if (draft := _draft(entry, at, place)) is not None]
    _check_ids(drafts, place)
    if place.problems > before:
        return None
    fragments = _places(drafts, text, place, unit)
    return None if fragments is None else _collect(drafts, fragments, text, place)


# ---- drafts


def _draft(entry: object, at: int, place: Place) -> _Draft | None:
    if not place.is_object(entry, f"span {at + 1}"):
        return None
    title = item_title("span", entry, at)
    fragments = _fragments(entry, title, place)
    label = read_label(entry, title, place)
    covered = entry.get("text")
    if not isinstance(covered, str | None):
        place.wrong(title, "text", wanted="a string", found=covered)
        return None
    extras = read_extras(entry, _MACHINE_KEYS if place.is_machine else _PLAIN_KEYS, title, place)
    if place.is_machine and entry.get("alternatives") is not None:
        extras["alternatives"] = _alternatives(entry["alternatives"], title, place)
    identity = read_id(entry, title, place)
    return None if fragments is None else _Draft(title, identity, label, Claim(fragments, covered), extras)


def _alternatives(entries: object, title: str, place: Place) -> tuple[Alternative, ...]:
    """The next best labels of a machine's span; on anybody else's the key means nothing, and is kept as unknown."""
    found = []
    for entry in entries if isinstance(entries, list) else [entries]:
        match entry:
            case {"label": str(label), "score": int(score) | float(score), **rest} if (
                label and type(score) is not bool and 0 <= score <= 1 and not rest
            ):
                found.append(Alternative(label, score))
            case _:
                wanted = "a list of {label, score}, each score between 0 and 1"
                place.wrong(title, "alternatives", wanted=wanted, found=entry)
                break
    return tuple(found)


def _fragments(entry: Mapping[str, Any], title: str, place: Place) -> tuple[Fragment, ...] | None:
    parts = entry.get("fragments")
    if parts is None:
        whole = _pair(entry.get("start"), entry.get("end"), title, place)
        return None if whole is None else (whole,)
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and len(part) == 2 for part in parts):
        place.wrong(title, "fragments", wanted="a list of [start, end]", found=parts)
        return None
    pairs = [_pair(start, end, title, place) for start, end in parts]
    found = tuple(pair for pair in pairs if pair is not None)
    if len(found) < len(pairs):
        return None
    if any(one[1] > other[0] for one, other in pairwise(found)):
        place.problem("span-fragments", item=title)
        return None
    hull = (found[0][0], found[-1][1])
    given = (entry.get("start", hull[0]), entry.get("end", hull[1]))
    if given != hull or not all(map(is_whole_number, given)):
        place.problem("span-hull", item=title, start=hull[0], end=hull[1])
        return None
    return found


def _pair(start: object, end: object, title: str, place: Place) -> Fragment | None:
    for key, value in (("start", start), ("end", end)):
        if not isinstance(value, int) or not is_whole_number(value):
            place.wrong(title, key, wanted="a whole number", found=value)
            return None
    assert isinstance(start, int)
    assert isinstance(end, int)
    if start < 0:
        place.problem("span-negative", item=title, start=start)
    elif start == end:
        place.problem("span-without-text", item=title, start=start)
    elif start > end:
        place.problem("span-reversed", item=title, start=start, end=end)
    else:
        return start, end
    return None


def _check_ids(drafts: list[_Draft], place: Place) -> None:
    seen: set[str] = set()
    for draft in drafts:
        if draft.id is not None and draft.id in seen:
            place.problem("item-id-twice", item="span", id=draft.id)
        seen.add(draft.id or "")


# ---- from the file's unit to code points


def _places(drafts: list[_Draft], text: str, place: Place, unit: object) -> list[tuple[Fragment, ...]] | None:
    """The fragments of every draft in code points, checked against the text; None when they are wrong."""
    claims = [draft.claim for draft in drafts]
    if isinstance(unit, str) and unit in STATED:
        moved = [UnitMap(STATED[unit], text).convert(claim.fragments) for claim in claims]
        astray = [draft for draft, fragments in zip(drafts, moved, strict=True) if fragments is None]
        for draft in astray:
            place.problem("span-no-place", item=draft.title, unit=STATED[unit].title)
        if astray:
            return None
        place.notice("units-converted", unit=STATED[unit].title)
        claims = [Claim(parts or (), claim.covered) for parts, claim in zip(moved, claims, strict=True)]
    elif unit != CODE_POINT:
        place.wrong("record", "offset_unit", wanted=f'"{CODE_POINT}", "utf16" or "byte"', found=unit)
        return None
    wrong = [at for at, claim in enumerate(claims) if not claim.holds(text)]
    if not wrong:
        if unit == CODE_POINT and _may_be_utf16(claims, text):
            place.seen.doubtful_lines.append(place.line)
        return [claim.fragments for claim in claims]
    guess = find_unit(text, claims) if unit == CODE_POINT else None
    if guess is not None:
        place.seen.has_guessed_unit = True
        place.warning("units-guessed", unit=guess[0].title)
        return guess[1]
    for at in wrong:
        _tell_misplaced(drafts[at].title, claims[at], text, place)
    return None


def _may_be_utf16(claims: list[Claim], text: str) -> bool:
    """Whether the spans fit as they are, but nothing proves it, and in UTF-16 they would be elsewhere."""
    ends = [claim.fragments[-1][1] for claim in claims if claim.covered is None]
    return bool(ends) and not text.isascii() and max(text[: max(ends)]) > "\uffff"


def _tell_misplaced(title: str, claim: Claim, text: str, place: Place) -> None:
    end = claim.fragments[-1][1]
    if end > len(text):
        place.problem("span-beyond", item=title, end=end, length=len(text))
        return
    found = " ".join(text[start:end] for start, end in claim.fragments)
    assert claim.covered is not None, "inside the text, only the covered text can be wrong"
    place.problem(
        "span-text",
        item=title,
        start=claim.fragments[0][0],
        end=end,
        found=visible(found, 40),
        wanted=visible(claim.covered, 40),
    )


# ---- from drafts to spans


def _collect(drafts: list[_Draft], fragments: list[tuple[Fragment, ...]], text: str, place: Place) -> SpanSet:
    made = SpanSet(has_ids=any(draft.id is not None for draft in drafts))
    names = free_ids("T", {draft.id for draft in drafts if draft.id is not None})
    twins: dict[tuple[str, tuple[Fragment, ...]], int] = {}
    for draft, parts in zip(drafts, fragments, strict=True):
        identity = draft.id or next(names)
        place.seen.labels[draft.label] = None
        first = twins.setdefault((draft.label, parts), len(made.spans))
        if first < len(made.spans):
            twin = made.spans[first]
            place.warning("span-twice", item=draft.title, twin=twin.id)
            if not place.is_own:
                made.spans[first] = _merged(twin, draft.extras)
                made.ids[identity] = twin.id
                made.in_order.append(twin.id)
                continue
        made.spans.append(Span(identity, draft.label, parts, **draft.extras))
        made.ids[identity] = identity
        made.in_order.append(identity)
    _warn_of_cuts(made.spans, text, place)
    return made


def _merged(span: Span, extras: Mapping[str, Any]) -> Span:
    attrs = {**extras.get("attrs", NO_ATTRS), **span.attrs}
    return Span(
        span.id,
        span.label,
        span.fragments,
        attrs or NO_ATTRS,
        span.origin or extras.get("origin"),
        span.confirmed or extras.get("confirmed"),
        span.score if span.score is not None else extras.get("score"),
        span.alternatives or extras.get("alternatives", ()),
    )


def _warn_of_cuts(spans: list[Span], text: str, place: Place) -> None:
    if text.isascii() and "\r" not in text:
        return
    cut = [
        span for span in spans if not all(is_grapheme_border(text, at) for at in chain.from_iterable(span.fragments))
    ]
    if cut:
        place.warning("span-cuts", item=f"span {visible(cut[0].id, 60)}", count=len(cut))
