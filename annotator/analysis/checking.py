"""What speaks against finishing a document: what the schema forbids, what nobody looked at, what contradicts itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.analysis.certainty import is_low
from annotator.model import Layer, Pending, Relation, Schema, Span
from annotator.model.allowing import misfit
from annotator.model.messages import MESSAGES

Kind = Literal["schema", "unseen", "contradiction", "open"]

_TIMES_AS_OFTEN = 3
"""A label contradicts the others when they stand this many times as often on the same words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `item` is the span or relation that it is about, None for the document as a whole."""

    kind: Kind
    words: str
    item: str | None = None


def findings(
    layer: Layer,
    schema: Schema,
    text: str,
    pending: Pending,
    *,
    seen: Collection[str],
    elsewhere: Mapping[str, Mapping[str, int]],
) -> list[Finding]:
    """Everything that speaks against finishing, the gravest kind first, each kind in reading order.

    `seen` holds the ids of suggestions that were in focus; `elsewhere` says how often each label stands on the same
    words in other documents of the project.
    """
    found = [
        *_forbidden(layer, schema, text),
        *_contradictions(layer, schema, text, elsewhere),
        *_unseen(layer, pending, schema, text, seen),
    ]
    unseen = {finding.item for finding in found if finding.kind == "unseen"}
    left = len(pending) - len(unseen)
    if left:
        words = MESSAGES["check-open-one" if left == 1 else "check-open"].format(number=f"{left:,}")
        in_order: tuple[Span | Relation, ...] = (*_in_order(pending.spans.values()), *pending.relations.values())
        found.append(Finding("open", words, next(item.id for item in in_order if item.id not in unseen)))
    return found


def _forbidden(layer: Layer, schema: Schema, text: str) -> Iterator[Finding]:
    items: list[Span | Relation] = [*_in_order(layer.spans.values()), *layer.relations.values()]
    for item in items:
        refusal = misfit(layer, schema, text, item)
        if refusal is not None:
            yield Finding("schema", refusal.message, item.id)
        for name, value in item.attrs.items():
            attribute = schema.attribute_names.get(name)
            if attribute is not None and (reason := attribute.problem_with(value)):
                words = MESSAGES["attribute-value"].format(value=value, attribute=attribute.title, reason=reason)
                yield Finding("schema", words, item.id)


def _contradictions(
    layer: Layer, schema: Schema, text: str, elsewhere: Mapping[str, Mapping[str, int]]
) -> Iterator[Finding]:
    """Labels on words that mostly have another one, here and elsewhere; words with both labels on one place do not."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in _in_order(layer.spans.values()):
        spans[span.covered(text)].append(span)
    for words, here in spans.items():
        beyond = Counter(elsewhere.get(words, {}))
        counts = Counter(span.label for span in here) + beyond
        if len(counts) < 2:
            continue
        usual, often = max(counts.items(), key=lambda entry: (entry[1], entry[0]))
        usually_labelled = {span.fragments for span in here if span.label == usual}
        for label in sorted(counts.keys() - {usual}):
            strays = [span for span in here if span.label == label and span.fragments not in usually_labelled]
            if strays and often >= _TIMES_AS_OFTEN * counts[label]:
                yield Finding("contradiction", _contradiction(schema, words, label, usual, often, beyond), strays[0].id)


def _contradiction(schema: Schema, words: str, label: str, usual: str, often: int, elsewhere: Mapping[str, int]) -> str:
    """`often` is how many times the usual label stands in all, `elsewhere` how many times each does in others."""
    outside = elsewhere.get(usual, 0)
    code = "check-contradiction" if not outside else "check-contradiction-elsewhere"
    if outside and outside < often:
        code = "check-contradiction-both"
    return MESSAGES[code].format(
        text=_short(words),
        label=_title(schema, label),
        usual=_title(schema, usual),
        times=f"{often:,}",
        outside=f"{outside:,}",
    )


def _unseen(layer: Layer, pending: Pending, schema: Schema, text: str, seen: Collection[str]) -> Iterator[Finding]:
    for span in _in_order(pending.spans.values()):
        if is_low(span) and span.id not in seen:
            words = MESSAGES["check-unseen"].format(text=_short(span.covered(text)), label=_title(schema, span.label))
            yield Finding("unseen", words, span.id)
    spans = layer.spans | pending.spans
    for relation in pending.relations.values():
        if is_low(relation) and relation.id not in seen:
            kind = schema.relation_names.get(relation.label)
            head, tail = (_short(spans[end].covered(text), 24) for end in (relation.head, relation.tail))
            words = MESSAGES["check-unseen-relation"].format(
                head=head, label=kind.title if kind is not None else relation.label, tail=tail
            )
            yield Finding("unseen", words, relation.id)


def _title(schema: Schema, label: str) -> str:
    return schema.label_names[label].title if label in schema.label_names else label


def _in_order(spans: Collection[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, -span.end, span.id))


def _short(words: str, limit: int = 40) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
