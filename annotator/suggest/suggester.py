"""From a text to suggestions, in two stages: entities, which come fast, then relations, which need the parse.

Only the worker process may import this module.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model import Author, Relation, Span, relation_suggestion_id, span_suggestion_id
from annotator.model.phrases import NO_PHRASES, Phrases, Rungs
from annotator.model.weak import MOST, WeakHit, WeakHits
from annotator.suggest.confidence import Named, name_entities
from annotator.suggest.config import SuggestConfig
from annotator.suggest.consistency import harmonise
from annotator.suggest.dependency import Memory
from annotator.suggest.entity_rules import EntityRules
from annotator.suggest.passages import Passage
from annotator.suggest.phrases import phrases_of
from annotator.suggest.pieces import Piece, batches
from annotator.suggest.pipeline import Pipeline
from annotator.suggest.protocol import Stage
from annotator.suggest.reading import mentions_of, tokens_of, weak_mentions_of
from annotator.suggest.relation_rules import Proposal, RelationRules
from annotator.suggest.tokens import Mention, Tokens

KEEP_CHARS = 100_000
"""The words of a longer text are read anew for each stage rather than kept in memory."""

ALTERNATIVES = 2
"""How many labels besides its own go with a suggested span."""


@dataclass(frozen=True, slots=True)
class Staged:
    """All items of a text up to a stage, and the seconds since it was taken up.

    The phrases and the weak hits come with the last.
    """

    stage: Stage
    items: tuple[Span | Relation, ...]
    seconds: float
    phrases: Phrases = NO_PHRASES
    weak: WeakHits = ()


class Suggester:
    """Makes the suggestions of one project with one pipeline."""

    def __init__(self, config: SuggestConfig, pipeline: Pipeline) -> None:
        self._config = config
        self._pipeline = pipeline
        rules = config.rules.entities
        self._first_rules = EntityRules([rule for rule in rules if not rule.needs_mentions], config.rules_origin)
        self._later_rules = EntityRules([rule for rule in rules if rule.needs_mentions], config.rules_origin)
        self._relation_rules = RelationRules(config.rules.relations, config.schema)
        self.author = author_of(config, pipeline)

    def suggest(self, text: str) -> Iterator[Staged | None]:
        """The stages of a text as they are reached; None after each step of work, for whoever wants to pause."""
        started = time.perf_counter()
        passages: list[Passage] = []
        for batch in batches(text):
            passages += self._named(text, batch)
            yield None
        yield from _now_and_then(harmonise(passages, self._config.consistency, self._config.rules_origin))
        yield from _now_and_then(self._finish(passages))
        mentions = [mention for passage in passages for mention in passage.mentions]
        spans = [_span(mention) for mention in mentions]
        yield Staged("entities", tuple(spans), time.perf_counter() - started)
        proposals: list[Proposal] = []
        phrases: list[Rungs] = []
        memory = Memory(self._config.consistency.person)
        for group in _in_groups(passages):
            proposals += self._related(text, group, memory, phrases)
            yield None
        proposals += self._relation_rules.in_document(text, mentions, proposals)
        ids = {mention: span.id for mention, span in zip(mentions, spans, strict=True)}
        relations = [self._relation(proposal, ids) for proposal in proposals]
        found = Phrases.of(sorted(phrases))
        yield Staged("relations", (*spans, *relations), time.perf_counter() - started, found, _weak_hits(passages))

    def _finish(self, passages: Iterable[Passage]) -> Iterator[None]:
        for passage in passages:
            self._later_rules.apply(passage)
            passage.reconsider()
            passage.mentions.sort(key=lambda mention: (mention.start, -mention.end))
            yield

    def warm_up(self) -> None:
        """Load what the second stage needs, while nobody waits."""
        self._pipeline.load_parser()

    def _named(self, text: str, batch: list[Piece]) -> list[Passage]:
        nlp = self._pipeline.nlp
        docs = [nlp.make_doc(text[start:end]) for start, end in batch]
        named = name_entities(nlp, docs) if self._pipeline.can_name else [Named()] * len(docs)
        origin = f"model:{self._pipeline.info.title}"
        passages = []
        for piece, doc, found in zip(batch, docs, named, strict=True):
            passage = Passage(text, piece, origin, self._config.nesting, lambda piece: self._read(text, piece))
            if len(text) <= KEEP_CHARS:
                passage.keep(tokens_of(text, doc, piece[0]))
            for mention in mentions_of(text, doc, piece[0], found.scores, config=self._config, origin=origin):
                passage.propose(mention)
            passage.weak += weak_mentions_of(text, doc, piece[0], found.weak, config=self._config, origin=origin)
            self._first_rules.apply(passage)
            passages.append(passage)
        return passages

    def _read(self, text: str, piece: Piece) -> Tokens:
        return tokens_of(text, self._pipeline.nlp.make_doc(text[slice(*piece)]), piece[0])

    def _related(self, text: str, passages: list[Passage], memory: Memory, phrases: list[Rungs]) -> Iterator[Proposal]:
        """The relations within each passage; what phrases the parse shows on the way is added to `phrases`."""
        busy = [passage for passage in passages if passage.mentions]
        docs = self._pipeline.parse([self._pipeline.nlp.make_doc(text[slice(*passage.piece)]) for passage in busy])
        for passage, doc in zip(busy, docs, strict=True):
            tokens = tokens_of(text, doc, passage.piece[0])
            tokens.place(passage.mentions)
            phrases += phrases_of(text, doc, passage.piece[0], self._config.boundaries)
            yield from self._relation_rules.in_passage(tokens, memory)

    def _relation(self, proposal: Proposal, ids: dict[Mention, str]) -> Relation:
        head, tail = ids[proposal.head], ids[proposal.tail]
        return Relation(
            relation_suggestion_id(proposal.label, head, tail),
            proposal.label,
            head,
            tail,
            origin=self._config.rules_origin,
            confirmed="none",
            score=proposal.score,
        )


def author_of(config: SuggestConfig, pipeline: Pipeline) -> Author:
    """Who signs the suggestions: the model with the project's rules, or the rules alone."""
    info = pipeline.info
    kind, name = ("model", f"{info.title}+{config.schema.name}") if info.title else ("rules", config.schema.name)
    return Author(
        f"{kind}:{name}",
        "model" if info.title else "rules",
        name,
        {
            "model": info.name,
            "version": info.version,
            "package": info.package,
            "verified": info.verified,
            "rules": config.rules_hash,
            "label_map": config.map_hash,
            "schema": config.schema.id,
        },
    )


def _span(mention: Mention) -> Span:
    fragments = (mention.place,)
    return Span(
        span_suggestion_id(mention.label, fragments),
        mention.label,
        fragments,
        origin=mention.origin,
        confirmed="none",
        score=mention.score,
        alternatives=mention.others[:ALTERNATIVES],
    )


def _weak_hits(passages: Iterable[Passage]) -> WeakHits:
    """What the model was not sure of, where nothing is proposed in the end."""
    found = [
        WeakHit(mention.start, mention.end, mention.label, mention.score)
        for passage in passages
        for mention in passage.weak
        if not passage.at(*mention.place)
    ]
    best = sorted(found, key=lambda hit: -hit.score)[:MOST]
    return tuple(sorted(best, key=lambda hit: hit.start))


def _now_and_then(steps: Iterable[None]) -> Iterator[None]:
    """A pause after every hundredth step."""
    for count, _ in enumerate(steps, start=1):
        if count % 100 == 0:
            yield None


def _in_groups(passages: Iterable[Passage], chars: int = 20_000) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    size = 0
    for passage in passages:
        group.append(passage)
        size += passage.piece[1] - passage.piece[0]
        if size >= chars:
            yield group
            group, size = [], 0
    if group:
        yield group
