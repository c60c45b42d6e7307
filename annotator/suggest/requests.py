"""The texts that wait for suggestions, and those the worker has in hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

STRIKES = 2
"""How often a text may end the worker before it is given up."""


@dataclass(slots=True)
class Request:
    """One text to be suggested for. `strikes` counts the workers that ended while they had it in hand."""

    ticket: int
    document: str
    text: str
    is_urgent: bool
    strikes: int = 0


class Requests:
    """Every request that has no last answer yet: one per document, urgent ones first."""

    def __init__(self) -> None:
        self._waiting: dict[str, Request] = {}
        self._sent: dict[int, Request] = {}
        self._suspect: int | None = None
        self._tickets = count(1)

    def __len__(self) -> int:
        return len(self._waiting) + len(self._sent)

    @property
    def has_sent(self) -> bool:
        return bool(self._sent)

    def add(self, document: str, text: str, *, urgent: bool) -> int | None:
        """Queue a text. Returns the ticket to be hurried up when the worker has that document in hand already."""
        for request in self._sent.values():
            if request.document == document:
                is_news = urgent and not request.is_urgent
                request.is_urgent |= urgent
                return request.ticket if is_news else None
        old = self._waiting.pop(document, None)
        is_urgent = urgent or (old is not None and old.is_urgent)
        strikes = old.strikes if old is not None else 0
        self._waiting[document] = Request(next(self._tickets), document, text, is_urgent, strikes)
        return None

    def remove(self, document: str) -> int | None:
        """Forget a document. Returns its ticket when the worker has it in hand."""
        self._waiting.pop(document, None)
        for request in self._sent.values():
            if request.document == document:
                return self.finish(request.ticket).ticket
        return None

    def to_send(self) -> Iterator[Request]:
        """What the worker should be given now: every urgent text, and one other when it has nothing else."""
        for request in [request for request in self._waiting.values() if request.is_urgent]:
            yield self._send(request)
        if not self._sent and self._waiting:
            yield self._send(next(iter(self._waiting.values())))

    def _send(self, request: Request) -> Request:
        del self._waiting[request.document]
        self._sent[request.ticket] = request
        return request

    def sent(self, ticket: int) -> Request | None:
        return self._sent.get(ticket)

    def working_on(self, ticket: int) -> None:
        """The worker said that it has this one in hand."""
        self._suspect = ticket

    def finish(self, ticket: int) -> Request:
        return self._sent.pop(ticket)

    def worker_ended(self) -> Request | None:
        """Queue again what the worker had; returns the text that has ended too many workers, if it was that one."""
        suspect = self._sent.pop(self._suspect, None) if self._suspect is not None else None
        self._suspect = None
        given_up = None
        again = list(self._sent.values())
        if suspect is not None:
            suspect.strikes += 1
            if suspect.strikes < STRIKES:
                # The others go first: they have done nothing.
                again.append(suspect)
            else:
                given_up = suspect
        self._sent.clear()
        self._waiting = {request.document: request for request in (*again, *self._waiting.values())}
        return given_up

    def drain(self) -> list[Request]:
        """Take everything out."""
        found = [*self._sent.values(), *self._waiting.values()]
        self._sent.clear()
        self._waiting.clear()
        return found
