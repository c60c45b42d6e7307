"""Ask the model for suggestions from the command line, document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.app.suggesting import store_answer
from annotator.model import Document, Relation, Span
from annotator.store import Project
from annotator.suggest.config import SuggestConfig
from annotator.suggest.run import suggest_texts


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was proposed for one document, and by whom."""

    document: Document
    author: str
    spans: int
    relations: int


def suggest(
    project: Project,
    documents: list[Document],
    *,
    model: str | None = None,
    on_state: Callable[[str], None] = lambda _text: None,
) -> Iterator[Suggestions]:
    """Write a machine layer for each document, replacing that pipeline's older one. Yields as each is on disk."""
    config = SuggestConfig.from_schema(project.schema(), model=model)
    by_id = {document.id: document for document in documents}
    texts = [(document.id, project.text(document.id)) for document in documents]
    for answer in suggest_texts(config, texts, on_state=on_state):
        if not answer.is_last:
            continue
        store_answer(project, answer)
        yield Suggestions(
            by_id[answer.document],
            answer.author.name,
            sum(isinstance(item, Span) for item in answer.items),
            sum(isinstance(item, Relation) for item in answer.items),
        )
