"""Between the session and the suggestion worker: starts it, asks it, brings its answers to the session's thread."""

from __future__ import annotations

from collections.abc import Callable

from annotator.app.pacing import Dispatch
from annotator.model import Schema
from annotator.store import Project
from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.protocol import Answer, HostState


class Suggester:
    """A running worker for one schema. Answers and states arrive through `dispatch`; none arrives after `close`."""

    def __init__(
        self,
        schema: Schema,
        model: str | None,
        dispatch: Dispatch,
        *,
        on_answer: Callable[[Answer], None],
        on_state: Callable[[HostState], None],
    ) -> None:
        self._dispatch = dispatch
        self._on_answer = on_answer
        self._on_state = on_state
        self._is_closed = False
        self._host = Host(SuggestConfig.from_schema(schema, model=model), self._take_answer, self._take_state)

    def ask(self, document_id: str, text: str, *, urgent: bool = False) -> None:
        self._host.ask(document_id, text, urgent=urgent)

    def close(self) -> None:
        self._is_closed = True
        self._host.close()

    def _take_answer(self, answer: Answer) -> None:
        self._dispatch(lambda: None if self._is_closed else self._on_answer(answer))

    def _take_state(self, state: HostState) -> None:
        self._dispatch(lambda: None if self._is_closed else self._on_state(state))


def store_answer(project: Project, answer: Answer) -> None:
    """Write a document's suggestions as the layer of the pipeline that made them, in place of its older ones."""
    machine = answer.author
    author = project.ensure_author(machine.kind, machine.name, info=dict(machine.info))
    project.save_suggestions(answer.document, author, answer.items, answer.phrases, answer.weak)
