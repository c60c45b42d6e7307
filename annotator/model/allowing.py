"""What the schema and the text allow: whether a span or relation can be as it is meant, beside those there are.

`text` is the document's text; offsets are code points, half-open. What is not allowed raises Refused, with the reason.
"""

from __future__ import annotations

from annotator.model.errors import Refused
from annotator.model.items import Fragment, Relation, Span
from annotator.model.layer import Layer
from annotator.model.places import SpanPlaces
from annotator.model.schema import Schema


def check_bounds(fragments: tuple[Fragment, ...], text: str) -> None:
    """Raise Refused for a piece that is empty or not inside the text."""
    for start, end in fragments:
        if start < 0 or end > len(text):
            raise Refused("span-outside", start=start, end=end, length=len(text))
        if start >= end:
            raise Refused("span-empty")


def fitting(layer: Layer, schema: Schema, text: str, span: Span, among: SpanPlaces | None = None) -> Span:
    """The span itself, if the schema allows it beside the others: those of the layer, and `among` them new ones."""
    if span.label not in schema.label_names:
        raise Refused("label-unknown", label=span.label)
    new = among.near(span.start, span.end) if among is not None else ()
    for other in (*layer.spans_near(span.start, span.end), *new):
        if other.id == span.id or other.end <= span.start or other.start >= span.end:
            continue
        if (other.label, other.fragments) == (span.label, span.fragments):
            raise Refused("span-twin", text=short(span.covered(text)), label=span.label)
        if schema.overlap == "none":
            raise Refused("span-overlap", text=short(span.covered(text)), other=short(other.covered(text)))
        if schema.overlap == "nested" and _crosses(span, other):
            raise Refused("span-crossing", text=short(span.covered(text)), other=short(other.covered(text)))
    return span


def _crosses(one: Span, other: Span) -> bool:
    first, second = sorted((one, other), key=lambda span: (span.start, -span.end))
    return first.start < second.start < first.end < second.end


def check_relation(layer: Layer, schema: Schema, relation: Relation, more: dict[str, Span]) -> None:
    """Raise Refused when the relation cannot be; `more` are ends, by id, that the layer has otherwise or not at all."""
    kind = schema.relation_names.get(relation.label)
    if kind is None:
        raise Refused("relation-unknown", label=relation.label)
    if relation.head == relation.tail:
        raise Refused("relation-self")
    ends = [more.get(end) or span_of(layer, end) for end in (relation.head, relation.tail)]
    if not kind.allows(ends[0].label, ends[1].label):
        raise Refused("relation-ends", label=kind.title, head=ends[0].label, tail=ends[1].label)
    for other in layer.relations_of(relation.head):
        if other.id == relation.id or other.label != relation.label:
            continue
        same = (other.head, other.tail) == (relation.head, relation.tail)
        mirrored = kind.is_symmetric and (other.tail, other.head) == (relation.head, relation.tail)
        if same or mirrored:
            raise Refused("relation-twin", label=kind.title)


def may_join(layer: Layer, schema: Schema, relation: Relation, more: dict[str, Span]) -> bool:
    """Whether the schema allows the relation between its ends, of which `more` has some as they will be."""
    head, tail = (more.get(end) or span_of(layer, end) for end in (relation.head, relation.tail))
    kind = schema.relation_names.get(relation.label)
    return kind is not None and kind.allows(head.label, tail.label)


def span_of(layer: Layer, span_id: str) -> Span:
    """The span of this id; Refused when it is gone."""
    span = layer.spans.get(span_id)
    if span is None:
        raise Refused("item-missing", item=span_id)
    return span


def relation_of(layer: Layer, relation_id: str) -> Relation:
    """The relation of this id; Refused when it is gone."""
    relation = layer.relations.get(relation_id)
    if relation is None:
        raise Refused("item-missing", item=relation_id)
    return relation


def short(covered: str, limit: int = 40) -> str:
    """Words for a sentence: in one line, cut when they are long."""
    flat = " ".join(covered.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def misfit(layer: Layer, schema: Schema, text: str, item: Span | Relation) -> Refused | None:
    """Why this item of the layer could not be made today, as after a change of the schema; None when it could."""
    try:
        if isinstance(item, Span):
            fitting(layer, schema, text, item)
        else:
            check_relation(layer, schema, item, {})
    except Refused as refusal:
        return refusal
    return None
