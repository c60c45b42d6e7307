"""Entities with a score each: the softmax of the parser's actions along its greedy path.

The score of a span is the product, over its words, of the probability of the action that each stands for. The softmax
runs over all actions, allowed or not, so the product ranks well but is no probability. The same product over the
actions with another label ranks the other labels on the same words.

What the model nearly named is found by walking the same text again with less for "no entity". The model sees of its
own path only the entity that is open, so the scores on that other path are as good as those on the first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Scores = dict[tuple[int, int, str], dict[str, float]]
"""(first token, token after the last, model label) -> the score that each model label has there, 0 to 1.

The entity's own label comes first, then the others, in no order.
"""

EAGER = 2.0
"""How much is taken from the logit of "no entity" when the model is asked again, more eagerly: then an entity begins
where its action is at least a seventh as likely as none. docs/decisions/0019 has what other values would find."""


@dataclass(frozen=True, slots=True)
class Named:
    """The scores of a document's entities; None when there are none to be had.

    `weak` has those that the model would name besides if it were more eager: they overlap none of its entities.
    """

    scores: Scores | None = None
    weak: Scores = field(default_factory=dict)


def name_entities(nlp: Language, docs: Sequence[Doc]) -> list[Named]:
    """Set `doc.ents` of every document and return the scores.

    The way the entity recogniser is driven here is not spaCy's public interface: whatever goes wrong, the documents are
    decoded in the ordinary way, without scores. A test watches that this does not come to pass unnoticed.
    """
    ner = nlp.get_pipe("ner")
    if [name for name in nlp.pipe_names if name != "ner"]:
        docs = _before(nlp, docs)
    filled = [doc for doc in docs if len(doc)]
    try:
        named = _decode(ner, filled)
    except (AttributeError, TypeError, ValueError, IndexError, KeyError):
        for doc in filled:
            doc.set_ents([])
            ner(doc)
        named = [Named()] * len(filled)
    by_doc = {id(doc): found for doc, found in zip(filled, named, strict=True)}
    return [by_doc.get(id(doc), Named({})) for doc in docs]


def _before(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """The documents after every component that runs before the entity recogniser."""
    ready = list(docs)
    for name, component in nlp.pipeline:
        if name == "ner":
            break
        ready = [component(doc) for doc in ready]
    return ready


def _decode(ner: Any, docs: list[Doc]) -> list[Named]:
    """Name the entities of all documents side by side: as the model does, then more eagerly where that may differ."""
    if not docs:
        return []
    actions = _Actions.of(ner)
    states = ner.moves.init_batch(docs)
    step = ner.model.predict(docs)
    histories = _walk(ner, step, states)
    eager = [number for number, history in enumerate(histories) if actions.may_begin(history)]
    copies = [docs[number].copy() for number in eager]
    # A state knows where its document begins in the batch, so all of them are made, and some of them are walked.
    again = ner.moves.init_batch(docs) if eager else []
    eager_states = [again[number] for number in eager]
    eager_histories = _walk(ner, step, eager_states, actions.outside, EAGER)
    ner.set_annotations(docs, states)
    ner.set_annotations(copies, eager_states)
    if hasattr(step, "clear_memory"):
        step.clear_memory()
    named = [Named(_scores(actions, doc, history)) for doc, history in zip(docs, histories, strict=True)]
    for number, copy, history in zip(eager, copies, eager_histories, strict=True):
        found = _scores(actions, copy, history) or {}
        taken = {at for entity in docs[number].ents for at in range(entity.start, entity.end)}
        weak = {key: scores for key, scores in found.items() if taken.isdisjoint(range(*key[:2]))}
        named[number] = replace(named[number], weak=weak)
    return named


def _walk(ner: Any, step: Any, states: list[Any], outside: int = 0, bias: float = 0.0) -> list[list[Any]]:
    """Greedy decoding up to the final states; the probabilities of every action, per document and step.

    `bias` is taken from the logit of the action `outside` when the next one is chosen, and from nothing else.
    """
    import numpy as np

    histories: list[list[Any]] = [[] for _ in states]
    live = [number for number, state in enumerate(states) if not state.is_final()]
    while live:
        batch = [states[number] for number in live]
        scores = np.ascontiguousarray(step.predict(batch))
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        for number, row in zip(live, exps / exps.sum(axis=1, keepdims=True), strict=True):
            histories[number].append(row)
        if bias:
            scores[:, outside] -= bias
        ner.transition_states(batch, scores)  # takes the best allowed action of each, in place
        live = [number for number in live if not states[number].is_final()]
    return histories


@dataclass(frozen=True, slots=True)
class _Actions:
    """The columns of the actions: `columns["B"]` has those that begin an entity, in the order of `labels`."""

    labels: list[str]
    columns: dict[str, list[int]]
    outside: int

    @classmethod
    def of(cls, ner: Any) -> _Actions:
        names = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
        index = {name: number for number, name in enumerate(names)}
        labels = [name[2:] for name in names if name.startswith("U-") and len(name) > 2]
        columns = {action: [index[f"{action}-{label}"] for label in labels] for action in "BILU"}
        return cls(labels, columns, index["O"])

    def may_begin(self, history: list[Any]) -> bool:
        """Whether an entity would begin somewhere where none does, if the model were more eager."""
        import numpy as np

        rows = np.asarray(history)
        outside = rows[:, self.outside]
        likeliest = rows[:, self.columns["B"] + self.columns["U"]].max(axis=1)
        return bool(((likeliest < outside) & (likeliest * math.exp(EAGER) > outside)).any())


def _scores(actions: _Actions, doc: Doc, history: list[Any]) -> Scores | None:
    if len(history) != len(doc):
        return None  # the actions cannot be told apart by token
    found = {}
    for entity in doc.ents:
        scores: Any = 1.0
        for at in range(entity.start, entity.end):
            scores = scores * history[at][actions.columns[_action(at, entity.start, entity.end)]]
        by_label = dict(zip(actions.labels, map(float, scores), strict=True))
        own = entity.label_
        found[entity.start, entity.end, own] = {own: by_label.pop(own), **by_label}
    return found


def _action(at: int, start: int, end: int) -> str:
    if end - start == 1:
        return "U"
    return {start: "B", end - 1: "L"}.get(at, "I")
