"""The program's side of the worker process: asks it, watches over it, starts it again. Never blocks its caller.

One keeper thread owns all state; everybody else only puts events into its inbox.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from annotator.model import Item
from annotator.model.phrases import Row
from annotator.suggest.child import Child, worker_command
from annotator.suggest.config import SuggestConfig
from annotator.suggest.protocol import Answer, HostState, Message, ModelInfo, answer_from, items_from_json
from annotator.suggest.requests import Requests

PATIENCE_S = 60.0
"""A worker that shows no sign of life for so long is taken for hung. A step of its work takes a second or two."""

BACKOFF_S = (0.1, 1.0, 5.0, 20.0)
"""The pause before each restart in a row; after the last one no more is tried until somebody asks again."""


class Host:
    """The suggestions of one project. Callbacks come on the keeper thread; they must be quick and must not raise.

    `ask` may be called from any thread. Each document asked for gets its answers in order of stages, or one HostState
    "failed" that names it. Documents that were forgotten get nothing.
    """

    def __init__(
        self,
        config: SuggestConfig,
        on_answer: Callable[[Answer], None],
        on_state: Callable[[HostState], None],
        *,
        command: Sequence[str] | None = None,
        patience_s: float = PATIENCE_S,
        backoff_s: Sequence[float] = BACKOFF_S,
    ) -> None:
        self._config = config
        self._on_answer = on_answer
        self._on_state = on_state
        self._command = worker_command() if command is None else list(command)
        self._patience_s = patience_s
        self._backoff_s = tuple(backoff_s)
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._requests = Requests()
        self._child: Child | None = None
        self._is_closed = False
        self._parts: dict[int, list[Item]] = {}
        self._part_phrases: dict[int, list[Row]] = {}
        self._failures = 0
        self._broken_reason = ""
        self._model: ModelInfo | None = None
        self._hang_at: float | None = None
        self._start_at: float | None = None
        self._state = HostState("starting", "Suggestions are starting")
        self._keeper = threading.Thread(target=self._keep, name="suggest-host", daemon=True)
        self._keeper.start()

    @property
    def state(self) -> HostState:
        return self._state

    @property
    def worker_pid(self) -> int | None:
        """The process id of the worker, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def ask(self, document_id: str, text: str, *, urgent: bool = False) -> None:
        """Ask for suggestions; urgent ones overtake, even the text the worker has in hand."""
        self._inbox.put(lambda: self._add(document_id, text, urgent=urgent))

    def forget(self, document_id: str) -> None:
        """Nobody waits for this document any more: drop its request and whatever answer is still on its way."""
        self._inbox.put(lambda: self._forget(document_id))

    def close(self) -> None:
        """End the worker and every thread. Takes some milliseconds; no callback comes afterwards."""
        self._inbox.put(self._close)
        if threading.current_thread() is not self._keeper:
            self._keeper.join()

    # ---- the keeper thread

    def _keep(self) -> None:
        self._start()
        while not self._is_closed:
            try:
                event = self._inbox.get(timeout=self._seconds_to_wait())
            except queue.Empty:
                self._look_at_clock()
            else:
                event()
                self._send_next()

    def _seconds_to_wait(self) -> float | None:
        deadlines = [deadline for deadline in (self._hang_at, self._start_at) if deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _look_at_clock(self) -> None:
        now = time.monotonic()
        if self._start_at is not None and now >= self._start_at:
            self._start()
        if self._hang_at is not None and now >= self._hang_at and self._child is not None:
            self._hang_at = None
            self._child.kill()  # its end is an event like any other

    def _start(self) -> None:
        self._start_at = None
        self._model = None
        self._parts.clear()
        self._part_phrases.clear()
        try:
            self._child = Child(self._command, self._hear, self._hear_end)
        except OSError as error:
            self._ended(f"the worker cannot be started ({error.strerror})")
            return
        self._child.send(kind="setup", schema=self._config.schema.to_dict(), model=self._config.model)
        self._expect_life()

    def _expect_life(self) -> None:
        is_waiting = self._model is None or self._requests.has_sent
        self._hang_at = time.monotonic() + self._patience_s if is_waiting else None

    def _hear(self, child: Child, message: Message) -> None:
        self._inbox.put(lambda: self._obey(child, message))

    def _hear_end(self, child: Child) -> None:
        self._inbox.put(lambda: self._child_ended(child))

    def _add(self, document_id: str, text: str, *, urgent: bool) -> None:
        hurried = self._requests.add(document_id, text, urgent=urgent)
        if hurried is not None and self._child is not None:
            self._child.send(kind="hurry", ticket=hurried)
        if self._child is None and self._start_at is None:
            self._failures = 0
            self._start()

    def _forget(self, document_id: str) -> None:
        ticket = self._requests.remove(document_id)
        if ticket is not None and self._child is not None:
            self._child.send(kind="forget", ticket=ticket)

    def _send_next(self) -> None:
        if self._child is None or self._model is None or self._is_closed:
            return
        for request in self._requests.to_send():
            self._child.send(
                kind="ask",
                ticket=request.ticket,
                document=request.document,
                text=request.text,
                urgent=request.is_urgent,
            )
            self._expect_life()
        self._say_ready_or_busy()

    def _obey(self, child: Child, message: Message) -> None:
        if child is not self._child:
            return
        try:
            self._HEARD[message["kind"]](self, message)
        except (KeyError, TypeError, ValueError):
            child.kill()  # it does not speak our language
        self._expect_life()

    def _heard_ready(self, message: Message) -> None:
        self._model = ModelInfo(**message["model"])

    def _heard_working(self, message: Message) -> None:
        self._requests.working_on(int(message["ticket"]))

    def _heard_answer(self, message: Message) -> None:
        request = self._requests.sent(int(message["ticket"]))
        if request is None:
            return
        items = tuple(self._parts.pop(request.ticket, ()))
        phrases = tuple(self._part_phrases.pop(request.ticket, ()))
        answer = answer_from(message, request.document, items, phrases)
        if answer.is_last:
            self._requests.finish(request.ticket)
            self._failures = 0
        self._on_answer(answer)

    def _heard_part(self, message: Message) -> None:
        ticket = int(message["ticket"])
        if self._requests.sent(ticket) is not None:
            self._parts.setdefault(ticket, []).extend(items_from_json(message.get("items", ())))
            self._part_phrases.setdefault(ticket, []).extend(message.get("phrases", ()))

    def _heard_failed(self, message: Message) -> None:
        request = self._requests.sent(int(message["ticket"]))
        if request is not None:
            self._requests.finish(request.ticket)
            self._give_up(request.document, str(message["reason"]))

    def _heard_broken(self, message: Message) -> None:
        assert self._child is not None
        self._failures = len(self._backoff_s)  # starting it again would not mend it
        self._broken_reason = str(message["reason"])
        self._child.kill()

    _HEARD: ClassVar[Mapping[str, Callable[[Host, Message], None]]] = {
        "ready": _heard_ready,
        "working": _heard_working,
        "part": _heard_part,
        "answer": _heard_answer,
        "failed": _heard_failed,
        "broken": _heard_broken,
    }

    def _child_ended(self, child: Child) -> None:
        child.wait()
        if child is not self._child:
            return
        self._child = None
        given_up = self._requests.worker_ended()
        if given_up is not None:
            self._give_up(given_up.document, "the worker ended twice over this text")
        self._ended(self._broken_reason or "the worker ended")

    def _ended(self, reason: str) -> None:
        self._hang_at = None
        if self._failures >= len(self._backoff_s):
            self._broken_reason = ""
            self._requests.drain()
            self._say(HostState("failed", f"No suggestions: {reason}"))
            return
        self._start_at = time.monotonic() + self._backoff_s[self._failures]
        self._failures += 1
        self._say(HostState("restarted", "Suggestions are starting again"))

    def _give_up(self, document: str, reason: str) -> None:
        self._on_state(HostState("failed", f"No suggestions for this document: {reason}", self._title(), document))

    def _say_ready_or_busy(self) -> None:
        title = self._title()
        if count := len(self._requests):
            self._say(HostState("busy", f"Suggesting for {count} document{'s' if count > 1 else ''}", title))
        elif title:
            self._say(HostState("ready", f"Suggestions by {title}", title))
        else:
            self._say(HostState("no-model", self._model.detail if self._model else ""))

    def _title(self) -> str:
        return self._model.title if self._model is not None else ""

    def _say(self, state: HostState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _close(self) -> None:
        self._is_closed = True
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
