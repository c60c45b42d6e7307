"""Acts that say more about what is labelled: attributes of items, labels of the document, fragments, ends of relations.

Like those in `edits`: pure functions from a layer as it stands to an Edit; they raise Refused when it is impossible.
"""

from __future__ import annotations

from dataclasses import replace

from annotator.model.edits import accept, checked_relation, set_fragments
from annotator.model.errors import Refused
from annotator.model.items import Attrs, Decision, Fragment, Note, Relation, Span, new_id
from annotator.model.layer import Change, Edit, Layer
from annotator.model.schema import Schema
from annotator.model.suggestions import Pending

DOCUMENT_LABEL = "label"
"""The kind of the notes that hold the document's labels: one note a label."""


_IN_WORDS: dict[object, str] = {None: "–", True: "yes", False: "no"}


def set_attribute(layer: Layer, schema: Schema, item_id: str, name: str, value: object | None) -> Edit:
    """Give a span or relation an attribute; None takes it away."""
    item = layer.spans.get(item_id) or layer.relations.get(item_id)
    if item is None:
        raise Refused("item-missing", item=item_id)
    attribute = next((known for known in schema.attributes_of(item.label) if known.name == name), None)
    if attribute is None:
        raise Refused("attribute-unknown", label=item.label, attribute=name)
    if value is not None and (reason := attribute.problem_with(value)):
        raise Refused("attribute-value", value=value, attribute=attribute.title, reason=reason)
    if item.attrs.get(name) == value:
        raise Refused("attribute-same", attribute=attribute.title)
    changed = replace(item, attrs=_with(item.attrs, name, value))
    return Edit(f"{attribute.title}: {_IN_WORDS.get(value, value)}", (Change(item, changed),))


def _with(attrs: Attrs, name: str, value: object | None) -> Attrs:
    if value is not None:
        return {**attrs, name: value}
    return {key: kept for key, kept in attrs.items() if key != name}


def toggle_document_label(layer: Layer, schema: Schema, label: str) -> Edit:
    """Give the document a label, or take it away."""
    if label not in {known.name for known in schema.document_labels}:
        raise Refused("document-label-unknown", label=label)
    before = next((note for note in layer.notes.values() if (note.kind, note.value) == (DOCUMENT_LABEL, label)), None)
    after = None if before else Note(new_id(), DOCUMENT_LABEL, label)
    return Edit(f"{'Remove' if before else 'Add'} document label {label}", (Change(before, after),))


def document_labels(layer: Layer) -> set[str]:
    """The labels of the document itself."""
    return {note.value for note in layer.notes.values() if note.kind == DOCUMENT_LABEL and note.target is None}


def add_fragment(layer: Layer, schema: Schema, text: str, span_id: str, fragment: Fragment) -> Edit:
    """Make a span cover a further piece of text; pieces that touch become one."""
    return set_fragments(layer, schema, text, span_id, with_fragment(_span(layer, span_id), fragment))


def with_fragment(span: Span, fragment: Fragment) -> tuple[Fragment, ...]:
    """The pieces of a span and one more; pieces that touch become one."""
    start, end = fragment
    if any(low < end and start < high for low, high in span.fragments):
        raise Refused("fragment-overlap")
    return _joined((*span.fragments, fragment))


def remove_fragment(layer: Layer, schema: Schema, text: str, span_id: str, fragment: Fragment) -> Edit:
    """Let a discontinuous span go of one of its pieces."""
    return set_fragments(layer, schema, text, span_id, without_fragment(_span(layer, span_id), fragment))


def without_fragment(span: Span, fragment: Fragment) -> tuple[Fragment, ...]:
    """The other pieces of a span; at least one must be left."""
    left = tuple(piece for piece in span.fragments if piece != fragment)
    if not left:
        raise Refused("fragment-last")
    return left


def _joined(fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    joined: list[Fragment] = []
    for start, end in sorted(fragments):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def reverse_relation(layer: Layer, schema: Schema, relation_id: str) -> Edit:
    """Let a relation run the other way round."""
    relation = _relation(layer, relation_id)
    kind = schema.relation_names.get(relation.label)
    if kind is not None and kind.is_symmetric:
        raise Refused("relation-symmetric", label=kind.title)
    return checked_relation(
        layer, schema, relation, replace(relation, head=relation.tail, tail=relation.head), f"Reverse {relation.label}"
    )


def retarget_relation(
    layer: Layer,
    schema: Schema,
    relation_id: str,
    *,
    head: str | None = None,
    tail: str | None = None,
    new: Span | None = None,
) -> Edit:
    """Let a relation start or end at another span; `new` is one that the same edit adds to the layer."""
    relation = _relation(layer, relation_id)
    moved = replace(relation, head=head or relation.head, tail=tail or relation.tail)
    return checked_relation(layer, schema, relation, moved, f"Move {relation.label}", new)


def correct_relation_ends(
    layer: Layer, schema: Schema, text: str, pending: Pending, suggestion_id: str, *, head: str, tail: str
) -> Edit:
    """Take a suggested relation over with other ends; those that are open come with it."""
    relation = pending.relations.get(suggestion_id)
    if relation is None:
        raise Refused("not-pending")
    moved = replace(relation, head=head, tail=tail)
    edit = accept(layer, schema, text, Pending(pending.spans, {relation.id: moved}), [relation.id])
    *others, last = edit.changes
    assert isinstance(last.after, Decision), "accepting ends with the decision about the relation"
    decision = replace(last.after, answer="corrected")
    return Edit(f"Correct the ends of {relation.label}", (*others, Change(None, decision)))


def _span(layer: Layer, span_id: str) -> Span:
    if (span := layer.spans.get(span_id)) is None:
        raise Refused("item-missing", item=span_id)
    return span


def _relation(layer: Layer, relation_id: str) -> Relation:
    if (relation := layer.relations.get(relation_id)) is None:
        raise Refused("item-missing", item=relation_id)
    return relation
