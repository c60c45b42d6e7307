"""Suggestions for a row of texts, one after the other, for callers without an event loop."""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterable, Iterator

from annotator.model import Broken
from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.protocol import Answer, HostState

_AHEAD = 4
"""How many texts the worker knows of at a time; the rest is fetched as it goes on."""


def suggest_texts(
    config: SuggestConfig,
    texts: Iterable[tuple[str, str]],
    *,
    on_state: Callable[[str], None] = lambda _text: None,
) -> Iterator[Answer]:
    """The answers for each (id, text), stage by stage, in order. `on_state` hears each new state in words.

    A text that cannot be done is told to `on_state` and left out. Raises Broken when no worker can be kept running.
    """
    events: queue.SimpleQueue[Answer | HostState] = queue.SimpleQueue()
    host = Host(config, events.put, events.put)
    try:
        waiting = 0
        for document, text in texts:
            host.ask(document, text)
            waiting += 1
            while waiting >= _AHEAD:
                waiting -= yield from _until_one_is_done(events, on_state)
        while waiting:
            waiting -= yield from _until_one_is_done(events, on_state)
    finally:
        host.close()


def _until_one_is_done(
    events: queue.SimpleQueue[Answer | HostState], on_state: Callable[[str], None]
) -> Generator[Answer, None, int]:
    """Pass answers on up to the last one of a text; returns 1."""
    while True:
        event = events.get()
        if isinstance(event, Answer):
            yield event
            if event.is_last:
                return 1
        else:
            on_state(event.text)
            if event.kind == "failed":
                if not event.document:
                    raise Broken("suggest-failed", reason=event.text)
                return 1
