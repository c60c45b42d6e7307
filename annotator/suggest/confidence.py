"""Entities with a score each: the softmax of the parser's actions along its greedy path.

The score of a span is the product, over its words, of the probability of the action that each stands for. The softmax
runs over all actions, allowed or not, so the product ranks well but is no probability. The same product over the
actions with another label ranks the other labels on the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Scores = dict[tuple[int, int, str], dict[str, float]]
"""(first token, token after the last, model label) -> the score that each model label has there, 0 to 1.

The entity's own label comes first, then the others, in no order.
"""


def name_entities(nlp: Language, docs: Sequence[Doc]) -> list[Scores | None]:
    """Set `doc.ents` of every document and return the scores; None for a document without scores.

    The way the entity recogniser is driven here is not spaCy's public interface: whatever goes wrong, the documents are
    decoded in the ordinary way, without scores. A test watches that this does not come to pass unnoticed.
    """
    ner = nlp.get_pipe("ner")
    if [name for name in nlp.pipe_names if name != "ner"]:
        docs = _before(nlp, docs)
    filled = [doc for doc in docs if len(doc)]
    try:
        histories = _decode(ner, filled)
        scores = [_scores(ner, doc, history) for doc, history in zip(filled, histories, strict=True)]
    except (AttributeError, TypeError, ValueError, IndexError, KeyError):
        for doc in filled:
            doc.set_ents([])
            ner(doc)
        scores = [None] * len(filled)
    by_doc = {id(doc): found for doc, found in zip(filled, scores, strict=True)}
    return [by_doc.get(id(doc), {}) for doc in docs]


def _before(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """The documents after every component that runs before the entity recogniser."""
    ready = list(docs)
    for name, component in nlp.pipeline:
        if name == "ner":
            break
        ready = [component(doc) for doc in ready]
    return ready


def _decode(ner: Any, docs: list[Doc]) -> list[list[Any]]:
    """Greedy decoding of all documents side by side; the probabilities of every action, per document and step."""
    import numpy as np

    if not docs:
        return []
    states = ner.moves.init_batch(docs)
    step = ner.model.predict(docs)
    histories: list[list[Any]] = [[] for _ in states]
    live = [number for number, state in enumerate(states) if not state.is_final()]
    while live:
        batch = [states[number] for number in live]
        scores = np.ascontiguousarray(step.predict(batch))
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        for number, row in zip(live, exps / exps.sum(axis=1, keepdims=True), strict=True):
            histories[number].append(row)
        ner.transition_states(batch, scores)  # takes the best allowed action of each, in place
        live = [number for number in live if not states[number].is_final()]
    ner.set_annotations(docs, states)
    if hasattr(step, "clear_memory"):
        step.clear_memory()
    return histories


def _scores(ner: Any, doc: Doc, history: list[Any]) -> Scores | None:
    if len(history) != len(doc):
        return None  # the actions cannot be told apart by token
    index = {name: number for number, name in enumerate(ner.move_names)}
    labels = [name[2:] for name in ner.move_names if name.startswith("U-") and len(name) > 2]
    columns = {action: [index[f"{action}-{label}"] for label in labels] for action in "BILU"}
    found = {}
    for entity in doc.ents:
        scores: Any = 1.0
        for at in range(entity.start, entity.end):
            scores = scores * history[at][columns[_action(at, entity.start, entity.end)]]
        by_label = dict(zip(labels, map(float, scores), strict=True))
        own = entity.label_
        found[entity.start, entity.end, own] = {own: by_label.pop(own), **by_label}
    return found


def _action(at: int, start: int, end: int) -> str:
    if end - start == 1:
        return "U"
    return {start: "B", end - 1: "L"}.get(at, "I")
