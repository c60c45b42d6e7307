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
    from spacy.tokens import Doc, Span

UNSCORED = 0.5
"""The score of a model's entity for which there is none."""

WORTH_A_LOOK = 0.1
"""The least score of a weak hit; docs/decisions/0019 has what other values would find."""


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
    for entity in doc.ents:
        label = map_label(config.label_map, entity.label_, config.schema.label_names)
        place = _place(text, entity, offset, label, config)
        if label is None or place is None:
            continue
        found = None if scores is None else scores[entity.start, entity.end, entity.label_]
        score = UNSCORED if found is None else found[entity.label_]
        others = () if found is None else _others(found, label, config)
        yield Mention(*place, label, round(score, 4), origin, others)


def weak_mentions_of(
    text: str, doc: Doc, offset: int, weak: Scores, *, config: SuggestConfig, origin: str
) -> Iterator[Mention]:
    """The same of what the model would name if it were more eager, as far as it is worth a look.

    The score counts all labels of the model that mean the project's label. What is all small letters is left out: a
    third of all hits, and hardly ever a name.
    """
    for (first, end, model_label), by_label in weak.items():
        label = map_label(config.label_map, model_label, config.schema.label_names)
        place = _place(text, doc[first:end], offset, label, config)
        if label is None or place is None or not _looks_like_name(text[slice(*place)]):
            continue
        score = sum(
            value
            for name, value in by_label.items()
            if map_label(config.label_map, name, config.schema.label_names) == label
        )
        if score >= WORTH_A_LOOK:
            yield Mention(*place, label, round(min(1.0, score), 4), origin)


def _place(text: str, entity: Span, offset: int, label: str | None, config: SuggestConfig) -> tuple[int, int] | None:
    """Where an entity stands in the whole text, trimmed; None when nothing sound is left, or it has no label."""
    if label is None:
        return None
    place = config.boundaries.trim(text, offset + entity.start_char, offset + entity.end_char, label=label)
    return place if place is not None and _is_clean(text, *place) else None


def _looks_like_name(words: str) -> bool:
    """Whether there is a capital, a digit, or a letter of a script without capitals."""
    return any(char.isdigit() or (char.isalpha() and not char.islower()) for char in words)


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
