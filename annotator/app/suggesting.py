"""Between the session and the suggestion worker: starts it, asks it, brings its answers to the session's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from annotator.app.saving import Dispatch
from annotator.model import Author, Item, Schema
from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.protocol import Answer, HostState


class OnSuggested(Protocol):
    """Takes all items proposed so far; the last answer for a document is final and holds everything."""

    def __call__(self, document_id: str, author: Author, items: tuple[Item, ...], *, is_final: bool) -> None: ...


class Suggester:
    """A running worker for one schema. Answers arrive through `dispatch`; none arrives after `close`."""

    def __init__(
        self,
        schema: Schema,
        model: str | None,
        dispatch: Dispatch,
        on_suggested: OnSuggested,
        on_state: Callable[[str, str], None],
    ) -> None:
        self._dispatch = dispatch
        self._on_suggested = on_suggested
        self._on_state = on_state
        self._is_closed = False
        self._host = Host(SuggestConfig.from_schema(schema, model=model), self._take_answer, self._take_state)

    def ask(self, document_id: str, text: str, *, urgent: bool = False) -> None:
        self._host.ask(document_id, text, urgent=urgent)

    def close(self) -> None:
        self._is_closed = True
        self._host.close()

    def _take_answer(self, answer: Answer) -> None:
        self._dispatch(lambda: self._deliver(answer))

    def _take_state(self, state: HostState) -> None:
        self._dispatch(lambda: None if self._is_closed else self._on_state(state.kind, state.text))

    def _deliver(self, answer: Answer) -> None:
        if not self._is_closed:
            self._on_suggested(answer.document, answer.author, answer.items, is_final=answer.stage == "relations")
