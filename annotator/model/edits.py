"""One pure function for each act of an annotator: from a layer as it stands to the Edit that would change it.

Nothing is changed here. Each function raises Refused, with the reason, when the act is impossible. `text` is the
document's text; offsets are code points, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.model.allowing import check_bounds, check_relation, fitting, may_join, relation_of, short, span_of
from annotator.model.errors import Refused
from annotator.model.items import (
    STATUS_ID,
    Answer,
    Decision,
    Fragment,
    How,
    Note,
    Relation,
    Span,
    Status,
    new_id,
)
from annotator.model.layer import Change, Edit, Layer
from annotator.model.places import SpanPlaces
from annotator.model.schema import Schema
from annotator.model.suggestions import Pending


def add_span(layer: Layer, schema: Schema, text: str, fragments: tuple[Fragment, ...], label: str) -> Edit:
    """Label a piece of text by hand."""
    span = fitting(layer, schema, text, _make_span(label, fragments, text))
    return Edit(f"Add {label} “{short(span.covered(text))}”", (Change(None, span),))


def relabel(layer: Layer, schema: Schema, text: str, span_id: str, label: str) -> Edit:
    """Give a span another label; relations whose ends the schema then forbids go with it."""
    span = span_of(layer, span_id)
    changed = fitting(layer, schema, text, replace(span, label=label, confirmed="single"))
    doomed = [
        relation
        for relation in layer.relations_of(span_id)
        if not may_join(layer, schema, relation, {span_id: changed})
    ]
    return Edit(
        f"Relabel “{short(span.covered(text))}” to {label}",
        (*_deletions(layer, doomed), Change(span, changed), *_corrections(layer, changed)),
    )


def set_fragments(layer: Layer, schema: Schema, text: str, span_id: str, fragments: tuple[Fragment, ...]) -> Edit:
    """Move the boundaries of a span."""
    span = span_of(layer, span_id)
    if fragments == span.fragments:
        raise Refused("boundary-end")
    check_bounds(fragments, text)
    changed = fitting(layer, schema, text, replace(span, fragments=fragments, confirmed="single"))
    return Edit(
        f"Move “{short(span.covered(text))}” to “{short(changed.covered(text))}”",
        (Change(span, changed), *_corrections(layer, changed)),
    )


def delete_span(layer: Layer, text: str, span_id: str) -> Edit:
    """Delete a span and its relations. A suggestion that it came from counts as rejected, so it stays away."""
    span = span_of(layer, span_id)
    relations = layer.relations_of(span_id)
    title = f"Delete {span.label} “{short(span.covered(text))}”"
    if relations:
        title += f" and {len(relations)} relation{'s' if len(relations) > 1 else ''}"
    return Edit(title, (*_deletions(layer, relations), *_deletions(layer, [span])))


def add_relation(layer: Layer, schema: Schema, head: str, tail: str, label: str) -> Edit:
    """Join two spans of the layer."""
    relation = Relation(new_id(), label, head, tail, confirmed="single")
    check_relation(layer, schema, relation, {})
    return Edit(f"Add {label}", (Change(None, relation),))


def accept_and_relate(layer: Layer, schema: Schema, text: str, pending: Pending, relation: Relation) -> Edit:
    """Join two spans of which at least one is still a suggestion: accept what is open, then add the relation."""
    accepted = accept(layer, schema, text, Pending(pending.spans), list(pending.spans))
    made = {
        change.after.target: change.after.result for change in accepted.changes if isinstance(change.after, Decision)
    }
    spans = {change.after.id: change.after for change in accepted.changes if isinstance(change.after, Span)}
    drawn = replace(
        relation,
        id=new_id(),
        head=made.get(relation.head) or relation.head,
        tail=made.get(relation.tail) or relation.tail,
        confirmed="single",
    )
    check_relation(layer, schema, drawn, spans)
    return Edit(f"Add {relation.label}", (*accepted.changes, Change(None, drawn)))


def relabel_relation(layer: Layer, schema: Schema, relation_id: str, label: str) -> Edit:
    """Give a relation another label that its ends allow."""
    relation = relation_of(layer, relation_id)
    return checked_relation(
        layer, schema, relation, replace(relation, label=label), f"Relabel {relation.label} to {label}"
    )


def checked_relation(
    layer: Layer, schema: Schema, relation: Relation, wanted: Relation, title: str, new: Span | None = None
) -> Edit:
    """The edit that changes a relation to what is wanted, if the schema allows it. `new` is an end still to come."""
    changed = replace(wanted, confirmed="single")
    check_relation(layer, schema, changed, {new.id: new} if new is not None else {})
    return Edit(title, (Change(relation, changed), *_corrections(layer, changed)))


def delete_relation(layer: Layer, relation_id: str) -> Edit:
    """Delete a relation; its spans stay."""
    relation = relation_of(layer, relation_id)
    return Edit(f"Delete {relation.label}", tuple(_deletions(layer, [relation])))


def accept(
    layer: Layer,
    schema: Schema,
    text: str,
    pending: Pending,
    suggestion_ids: Sequence[str],
    *,
    how: How = "single",
    seconds: float | None = None,
) -> Edit:
    """Take suggestions over as they are; the open ends of a relation come with it.

    In bulk, those that do not fit beside the labels there are stay open; Refused when none fits.
    """
    wanted = dict.fromkeys(suggestion_ids)
    for suggestion_id in suggestion_ids:
        relation = pending.relations.get(suggestion_id)
        if relation is not None:
            wanted.update(dict.fromkeys(end for end in (relation.head, relation.tail) if end in pending.spans))
    found = [item for item in map(pending.get, suggestion_ids) if item is not None]
    if not found or len(found) < len(suggestion_ids):
        raise Refused("not-pending")
    made, changes, refusals = _take_spans(
        layer, schema, text, [pending.spans[key] for key in wanted if key in pending.spans], how, seconds
    )
    relations = [pending.relations[key] for key in suggestion_ids if key in pending.relations]
    for relation in relations:
        try:
            changes += _take_relation(layer, schema, relation, made, how, seconds)
        except Refused as refusal:
            refusals.append(refusal)
    if refusals and (how == "single" or not changes):
        raise refusals[0]
    return Edit(_title_of_accepting(text, found, changes), tuple(changes))


def _take_spans(
    layer: Layer, schema: Schema, text: str, suggestions: Iterable[Span], how: How, seconds: float | None
) -> tuple[dict[str, Span], list[Change], list[Refused]]:
    """The spans that come of the suggestions, by the suggestions' ids; and why some do not fit."""
    made: dict[str, Span] = {}
    among = SpanPlaces()
    changes: list[Change] = []
    refusals: list[Refused] = []
    for suggestion in suggestions:
        try:
            span = fitting(layer, schema, text, _taken_span(suggestion, how), among=among)
        except Refused as refusal:
            refusals.append(refusal)
            continue
        made[suggestion.id] = span
        among.add(span)
        changes += (Change(None, span), _decision(suggestion, "accepted", how, span.id, seconds))
    return made, changes, refusals


def _take_relation(
    layer: Layer, schema: Schema, relation: Relation, made: dict[str, Span], how: How, seconds: float | None
) -> list[Change]:
    """The relation that comes of a suggested one, between what `made` has of its ends."""
    ends = [made[end].id if end in made else end for end in (relation.head, relation.tail)]
    taken = replace(_taken_relation(relation, how), head=ends[0], tail=ends[1])
    new = {made[end].id: made[end] for end in (relation.head, relation.tail) if end in made}
    check_relation(layer, schema, taken, new)
    return [Change(None, taken), _decision(relation, "accepted", how, taken.id, seconds)]


def _title_of_accepting(text: str, wanted: Sequence[Span | Relation], changes: Sequence[Change]) -> str:
    if len(wanted) > 1:
        return f"Accept {sum(isinstance(change.after, Decision) for change in changes)} suggestions"
    [one] = wanted
    return f"Accept {one.label} " + (f"“{short(one.covered(text))}”" if isinstance(one, Span) else "relation")


def correct(
    layer: Layer,
    schema: Schema,
    text: str,
    pending: Pending,
    suggestion_id: str,
    *,
    label: str | None = None,
    fragments: tuple[Fragment, ...] | None = None,
    seconds: float | None = None,
) -> Edit:
    """Take a suggested span over with another label, other boundaries, or both."""
    suggestion = pending.spans.get(suggestion_id)
    if suggestion is None:
        raise Refused("not-pending")
    if fragments is not None:
        check_bounds(fragments, text)
    changed = replace(
        _taken_span(suggestion, "single"),
        label=suggestion.label if label is None else label,
        fragments=suggestion.fragments if fragments is None else fragments,
    )
    if (changed.label, changed.fragments) == (suggestion.label, suggestion.fragments):
        return accept(layer, schema, text, pending, [suggestion_id], seconds=seconds)
    span = fitting(layer, schema, text, changed)
    return Edit(
        f"Correct “{short(suggestion.covered(text))}” to {span.label} “{short(span.covered(text))}”",
        (Change(None, span), _decision(suggestion, "corrected", "single", span.id, seconds)),
    )


def correct_relation(layer: Layer, schema: Schema, text: str, pending: Pending, suggestion_id: str, label: str) -> Edit:
    """Take a suggested relation over with another label; its open ends come with it."""
    relation = pending.relations.get(suggestion_id)
    if relation is None:
        raise Refused("not-pending")
    edit = accept(
        layer, schema, text, Pending(pending.spans, {relation.id: replace(relation, label=label)}), [relation.id]
    )
    if label == relation.label:
        return edit
    *others, last = edit.changes
    assert isinstance(last.after, Decision)
    decision = replace(last.after, answer="corrected", label=relation.label)
    return Edit(f"Correct {relation.label} to {label}", (*others, Change(None, decision)))


def reject(
    text: str,
    pending: Pending,
    suggestion_ids: Sequence[str],
    *,
    how: How = "single",
    seconds: float | None = None,
) -> Edit:
    """Turn suggestions down; they do not come back, even when the model runs again."""
    found = [pending.get(suggestion_id) for suggestion_id in suggestion_ids]
    suggestions = [suggestion for suggestion in found if suggestion is not None]
    if len(suggestions) < len(suggestion_ids) or not suggestions:
        raise Refused("not-pending")
    first = suggestions[0]
    name = f"“{short(first.covered(text))}”" if isinstance(first, Span) else "relation"
    title = f"Reject {first.label} {name}" if len(suggestions) == 1 else f"Reject {len(suggestions)} suggestions"
    return Edit(title, tuple(_decision(suggestion, "rejected", how, None, seconds) for suggestion in suggestions))


def set_status(layer: Layer, status: Status) -> Edit:
    """Mark the layer as done, or open it again."""
    before = layer.notes.get(STATUS_ID)
    after = None if status == "open" else Note(STATUS_ID, "status", status)
    if before == after:
        raise Refused("status-same", status=status)
    return Edit("Mark as done" if status == "done" else "Reopen", (Change(before, after),))


def set_note(layer: Layer, kind: str, value: str, target: str | None = None) -> Edit:
    """Write a note of this kind on an item, or on the document when `target` is None; an empty value removes it."""
    before = next((note for note in layer.notes.values() if (note.kind, note.target) == (kind, target)), None)
    after = Note(before.id if before else new_id(), kind, value, target) if value else None
    if before == after:
        raise Refused("note-same")
    return Edit("Write note" if value else "Remove note", (Change(before, after),))


# ---- how the acts are put together


def _make_span(label: str, fragments: tuple[Fragment, ...], text: str) -> Span:
    check_bounds(fragments, text)
    return Span(new_id(), label, fragments, confirmed="single")


def _taken_span(suggestion: Span, how: How) -> Span:
    return replace(suggestion, id=new_id(), origin=_origin(suggestion), confirmed=how, score=None, alternatives=())


def _taken_relation(suggestion: Relation, how: How) -> Relation:
    return replace(suggestion, id=new_id(), origin=_origin(suggestion), confirmed=how, score=None)


def _origin(suggestion: Span | Relation) -> str:
    return f"{suggestion.origin or ''}#{suggestion.id}"


def _decision(
    suggestion: Span | Relation, answer: Answer, how: How, result: str | None, seconds: float | None
) -> Change:
    return Change(
        None,
        Decision(
            Decision.id_for(suggestion.id),
            suggestion.id,
            answer,
            how,
            suggestion.label,
            suggestion.origin,
            result,
            seconds,
        ),
    )


def _decision_of(layer: Layer, item: Span | Relation) -> Decision | None:
    """The decision that made this item, if it came of a suggestion."""
    if item.origin is None or "#" not in item.origin:
        return None
    decision = layer.decisions.get(Decision.id_for(item.origin.rpartition("#")[2]))
    return decision if decision is not None and decision.result == item.id else None


def _corrections(layer: Layer, item: Span | Relation) -> list[Change]:
    """An accepted suggestion that is changed afterwards was a correction after all."""
    decision = _decision_of(layer, item)
    if decision is None or decision.answer == "corrected":
        return []
    return [Change(decision, replace(decision, answer="corrected", how="single"))]


def _deletions(layer: Layer, items: Iterable[Span | Relation]) -> list[Change]:
    changes: list[Change] = []
    for item in items:
        decision = _decision_of(layer, item)
        if decision is not None:
            changes.append(Change(decision, replace(decision, answer="rejected", how="single", result=None)))
        changes += [Change(note, None) for note in layer.notes.values() if note.target == item.id]
        changes.append(Change(item, None))
    return changes
