"""The worker process: reads requests as JSON lines, answers as JSON lines, ends at the end of its input.

Started as `python -m annotator --worker`. A request may be interrupted, between two steps of work, by an urgent one.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from annotator.model import AnnotatorError, Schema
from annotator.suggest.config import SuggestConfig
from annotator.suggest.protocol import PART_ITEMS, PART_PHRASES, Message, decode, encode, items_to_json

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")

Inbox = queue.SimpleQueue[Message | None]


def main() -> int:
    """Work until the input ends; returns the exit code."""
    # Before numpy is imported: its threads cost up to eight times the time on a busy machine.
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then closes our input
    output = _own_output()
    inbox: Inbox = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, inbox), name="worker-read", daemon=True).start()
    try:
        return Worker(inbox, output).run()
    except BrokenPipeError:
        return 0  # nobody listens any more


def _own_output() -> IO[bytes]:
    """The standard output for our lines alone: what any library prints goes to the standard error instead."""
    own = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(own, "wb")


def _listen(source: IO[bytes], inbox: Inbox) -> None:
    for line in source:
        try:
            inbox.put(decode(line))
        except ValueError:
            break
    inbox.put(None)


@dataclass(slots=True)
class Job:
    """A text in work: `steps` goes one step on with each `next`."""

    ticket: int
    is_urgent: bool
    steps: Iterator[Any]


class Worker:
    """Holds the model, and does one step of one job after the other."""

    def __init__(self, inbox: Inbox, output: IO[bytes]) -> None:
        self._inbox = inbox
        self._output = output
        self._jobs: dict[int, Job] = {}
        self._input_has_ended = False

    def run(self) -> int:
        setup = self._inbox.get()
        if setup is None:
            return 0
        # Late, so that the environment above counts, and requests are taken in meanwhile.
        from annotator.suggest.pipeline import import_spacy, load_pipeline
        from annotator.suggest.suggester import Suggester

        try:
            import_spacy()
            config = SuggestConfig.from_schema(Schema.from_dict(setup["schema"]), setup.get("model"))
        except (AnnotatorError, ImportError) as error:
            self._send(kind="broken", reason=str(error))
            return 1
        pipeline = load_pipeline(config.model)
        self._suggester = Suggester(config, pipeline)
        self._send(kind="ready", model=pipeline.info.to_dict())
        is_warm = False
        while True:
            self._take_messages(wait=not self._jobs and is_warm)
            if self._jobs:
                self._step(self._next_job())
            elif self._input_has_ended:
                return 0
            elif not is_warm:
                self._suggester.warm_up()
                is_warm = True

    def _take_messages(self, *, wait: bool) -> None:
        while not self._input_has_ended:
            try:
                message = self._inbox.get(block=wait)
            except queue.Empty:
                return
            if message is None:
                self._input_has_ended = True
                return
            self._obey(message)
            wait = False

    def _obey(self, message: Message) -> None:
        ticket = message["ticket"]
        match message["kind"]:
            case "ask":
                self._jobs[ticket] = Job(ticket, message["urgent"], self._suggester.suggest(message["text"]))
            case "hurry" if ticket in self._jobs:
                self._jobs[ticket].is_urgent = True
            case "forget":
                self._jobs.pop(ticket, None)

    def _next_job(self) -> Job:
        """The newest urgent job, else the oldest."""
        urgent = [job for job in self._jobs.values() if job.is_urgent]
        return urgent[-1] if urgent else next(iter(self._jobs.values()))

    def _step(self, job: Job) -> None:
        self._send(kind="working", ticket=job.ticket)
        try:
            staged = next(job.steps)
        except Exception as error:  # noqa: BLE001 - the job runner: one text must not end the others
            # The message of the exception may hold text of the document.
            self._send(kind="failed", ticket=job.ticket, reason=type(error).__name__)
            del self._jobs[job.ticket]
            return
        if staged is None:
            return
        items = items_to_json(staged.items)
        while len(items) > PART_ITEMS:
            part, items = items[:PART_ITEMS], items[PART_ITEMS:]
            self._send(kind="part", ticket=job.ticket, items=part)
        phrases = staged.phrases.rows
        while len(phrases) > PART_PHRASES:
            rows, phrases = phrases[:PART_PHRASES], phrases[PART_PHRASES:]
            self._send(kind="part", ticket=job.ticket, phrases=rows)
        self._send(
            kind="answer",
            ticket=job.ticket,
            stage=staged.stage,
            items=items,
            author={
                "id": self._suggester.author.id,
                "kind": self._suggester.author.kind,
                "name": self._suggester.author.name,
                "info": self._suggester.author.info,
            },
            seconds=round(staged.seconds, 4),
            phrases=phrases,
            weak=[hit.row for hit in staged.weak],
        )
        if staged.stage == "relations":
            del self._jobs[job.ticket]

    def _send(self, **message: Any) -> None:
        self._output.write(encode(message))
        self._output.flush()
