"""The writer: one thread that owns the writing connection and puts acts on disk in the order of their making."""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from annotator.app.pacing import Dispatch
from annotator.model import AnnotatorError, Author, Broken
from annotator.store import Act, Project

State = Literal["saved", "saving", "not-saved"]
Work = Callable[[Project], object]
OnFault = Callable[[AnnotatorError], None]


@dataclass(slots=True)
class _Job:
    work: Work
    act: Act | None = None
    on_fault: OnFault = lambda _error: None

    @property
    def is_optional(self) -> bool:
        """Whether it can be made again if it is lost."""
        return self.act is None


class Saver:
    """Writes acts one by one. When one fails it stops there, keeps all that is unwritten, and waits for `retry`.

    `on_state(state, cause)` is called through `dispatch`, and so is `sys.excepthook` with every fault of the program:
    the thread outlives it, and the act in which it happened is one that failed. Closing writes what is left, unless
    saving has failed.
    """

    def __init__(self, path: Path, dispatch: Dispatch, on_state: Callable[[State, str], None]) -> None:
        self._path = path
        self._dispatch = dispatch
        self._on_state = on_state
        self._jobs: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._has_failed = False
        self._is_closing = False
        self._opened = threading.Event()
        self._failure: AnnotatorError | None = None
        self._thread = threading.Thread(target=self._run, name="saver")
        self._thread.start()
        self._opened.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def commit(self, act: Act, author: Author) -> None:
        """Queue an act of a person, who is entered into the project with the first one."""

        def work(project: Project) -> None:
            project.ensure_author(author.kind, author.name, author_id=author.id)
            project.commit(act)

        self._add(_Job(work, act))

    def run_later(self, work: Work, on_fault: OnFault = lambda _error: None) -> None:
        """Queue a write that can be made again if it is lost, such as a machine's layer.

        `on_fault` is called through `dispatch` when it ended by a fault of the program.
        """
        self._add(_Job(work, on_fault=on_fault))

    def unsaved(self) -> list[Act]:
        """The acts that are not on disk yet, in order."""
        with self._wake:
            return [job.act for job in self._jobs if job.act is not None]

    def retry(self) -> None:
        """Try again after a failure."""
        with self._wake:
            self._has_failed = False
            self._tell("saving", "")
            self._wake.notify()

    def wait(self) -> bool:
        """Wait until everything is written; False when saving has failed."""
        with self._wake:
            self._wake.wait_for(lambda: not self._jobs or self._has_failed)
            return not self._jobs

    def close(self) -> None:
        with self._wake:
            self._is_closing = True
            self._wake.notify_all()
        self._thread.join()

    def _add(self, job: _Job) -> None:
        # What is told keeps the order of what happens only under the lock: else "saved" may overtake "saving".
        with self._wake:
            self._jobs.append(job)
            self._wake.notify()
            if job.act is not None and not self._has_failed:
                self._tell("saving", "")

    def _tell(self, state: State, cause: str) -> None:
        self._dispatch(lambda: self._on_state(state, cause))

    def _run(self) -> None:
        try:
            project = Project.open(self._path)
        except AnnotatorError as error:
            self._failure = error
            self._opened.set()
            return
        self._opened.set()
        with project:
            while (job := self._next()) is not None:
                self._write(project, job)

    def _next(self) -> _Job | None:
        """The oldest job, which stays in the queue until it is done; None when it is time to end."""
        with self._wake:
            self._wake.wait_for(lambda: self._is_closing or (self._jobs and not self._has_failed))
            if self._jobs and not self._has_failed:
                return self._jobs[0]
            return None

    def _write(self, project: Project, job: _Job) -> None:
        try:
            job.work(project)
        except AnnotatorError as error:
            if not job.is_optional:
                self._fail(error)
                return
        except Exception as error:  # noqa: BLE001 - the job runner: whoever waits for the disk must hear of it
            fault = Broken("not-saved-fault", kind=type(error).__name__)
            self._report(error)
            if not job.is_optional:
                self._fail(fault)
                return
            self._dispatch(lambda: job.on_fault(fault))
        with self._wake:
            self._jobs.popleft()
            if not self._jobs:
                self._tell("saved", "")
            self._wake.notify_all()

    def _fail(self, error: AnnotatorError) -> None:
        """Keep the act and all behind it until `retry`."""
        with self._wake:
            self._has_failed = True
            self._tell("not-saved", str(error))
            self._wake.notify_all()

    def _report(self, error: Exception) -> None:
        """Let the program's own way of reporting faults have it, on the session's thread."""
        self._dispatch(lambda: sys.excepthook(type(error), error, error.__traceback__))
