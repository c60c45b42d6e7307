"""Work that takes longer than a moment, off the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from annotator.model import AnnotatorError
from annotator.ui.bridge import Bridge

Result = TypeVar("Result")


class Jobs:
    """Runs each piece of work on a thread of its own. Expected errors come to `on_done` like results; bugs come to
    `sys.excepthook`. `close` waits for what still runs and drops what it would have answered.
    """

    def __init__(self) -> None:
        self._bridge = Bridge()
        self._running: list[threading.Thread] = []

    def start(self, work: Callable[[], Result], on_done: Callable[[Result | AnnotatorError], None]) -> None:
        def run() -> None:
            try:
                outcome: Result | AnnotatorError = work()
            except AnnotatorError as error:
                outcome = error
            except Exception as error:  # noqa: BLE001 - the job runner is one of the three borders
                bug = error
                self._bridge(lambda: _raise(bug))
                return
            self._bridge(lambda: on_done(outcome))

        self._running = [thread for thread in self._running if thread.is_alive()]
        thread = threading.Thread(target=run, name="job")
        self._running.append(thread)
        thread.start()

    def close(self) -> None:
        self._bridge.close()
        for thread in self._running:
            thread.join()


def _raise(error: Exception) -> None:
    """On the window's thread, so that the excepthook reports it."""
    raise error
