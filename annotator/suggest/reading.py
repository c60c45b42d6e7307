"""From spaCy's documents to words and mentions. Only the worker process may import this module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from annotator.model import Alternative
from annotator.model.text import is_grapheme_border
from annotator.suggest.confidence import Scores
from annotator.suggest.config import SuggestConfig
from annotator.suggest.labels import map_label
from annotator.suggest.tokens import Mention, Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNSCORED = 0.5
"""The score of a model's entity for which there is none."""


def tokens_of(text: str, doc: Doc, offset: int) -> Tokens:
    """The words of a document that was made from text[offset:...], with its parse if it has one."""
    kept = [token for token in doc if not token.is_space]
    spans = [(offset + token.idx, offset + token.idx + len(token)) for token in kept]
    if not doc.has_annotation("DEP"):
        return Tokens(text, spans)
    number = {token.i: at for at, token in enumerate(kept)}
    return Tokens(
        text,
        spans,
        lemmas=[token.lemma_.lower() or token.lower_ for token in kept],
        tags=[token.pos_ for token in kept],
        deps=[token.dep_ for token in kept],
        heads=[number.get(token.head.i, at) for at, token in enumerate(kept)],
        breaks=frozenset(at for at, token in enumerate(kept) if token.is_sent_start),
    )


def mentions_of(
    text: str, doc: Doc, offset: int, scores: Scores | None, *, config: SuggestConfig, origin: str
) -> Iterator[Mention]:
    """The entities of a document under the project's labels, trimmed as the project wants it."""
    labels = config.schema.label_names
    for entity in doc.ents:
        label = map_label(config.label_map, entity.label_, labels)
        if label is None:
            continue
        place = config.boundaries.trim(text, offset + entity.start_char, offset + entity.end_char, label=label)
        if place is None or not _is_clean(text, *place):
            continue
        found = None if scores is None else scores[entity.start, entity.end, entity.label_]
        score = UNSCORED if found is None else found[entity.label_]
        others = () if found is None else _others(found, label, config)
        yield Mention(*place, label, round(score, 4), origin, others)


def _others(scores: Mapping[str, float], label: str, config: SuggestConfig) -> tuple[Alternative, ...]:
    """The project's other labels for these words, the likeliest first.

    Labels of the model that mean the same to the project count together; what the project ignores counts for nothing.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for model_label, score in scores.items():
        other = map_label(config.label_map, model_label, config.schema.label_names)
        if other is not None and other != label:
            sums[other] += score
    ranked = sorted(sums.items(), key=lambda entry: -entry[1])
    return tuple(Alternative(other, round(min(1.0, score), 4)) for other, score in ranked)


def _is_clean(text: str, start: int, end: int) -> bool:
    """Whether the place cuts no grapheme and holds at least one letter or digit."""
    return (
        is_grapheme_border(text, start)
        and is_grapheme_border(text, end)
        and any(char.isalnum() for char in text[start:end])
    )
