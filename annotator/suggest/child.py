"""One run of the worker process, with the two threads that feed it and listen to it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import annotator
from annotator.suggest.protocol import Message, decode, encode


def worker_command() -> list[str]:
    """How this program starts its own worker; a frozen build is its own interpreter."""
    return (
        [sys.executable, "--worker"]
        if getattr(sys, "frozen", False)
        else [sys.executable, "-m", "annotator", "--worker"]
    )


def worker_environment() -> dict[str, str]:
    """The environment of the worker: it must find this very package, whatever the working directory."""
    root = str(Path(annotator.__file__).parents[1])
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{inherited}" if inherited else root}


class Child:
    """A running worker. `on_message(child, message)` and `on_end(child)` are called on its listening thread.

    `send` never blocks. `on_end` comes exactly once, after the last message, whatever ended the process.
    """

    def __init__(
        self,
        command: Sequence[str],
        on_message: Callable[[Child, Message], None],
        on_end: Callable[[Child], None],
    ) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Kept from the terminal and from logs: a traceback may hold text of a document.
            stderr=subprocess.DEVNULL,
            env=worker_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._on_message = on_message
        self._on_end = on_end
        self._outbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._write, name="suggest-write", daemon=True),
            threading.Thread(target=self._read, name="suggest-read", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, **message: Any) -> None:
        self._outbox.put(message)

    def kill(self) -> None:
        """End the process at once. `on_end` still comes."""
        self._process.kill()

    def wait(self) -> None:
        """Return when the process and both threads have ended. Call `kill` before, and never from `on_end`."""
        self._outbox.put(None)
        for thread in self._threads:
            thread.join()
        self._process.wait()

    def _write(self) -> None:
        assert self._process.stdin is not None
        try:
            with self._process.stdin as pipe:
                while (message := self._outbox.get()) is not None:
                    pipe.write(encode(message))
                    pipe.flush()
        except OSError:
            pass  # the worker is gone; the listening thread says so

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            for line in pipe:
                try:
                    message = decode(line)
                except ValueError:
                    # A worker that babbles cannot be trusted with the next answer either.
                    self._process.kill()
                    break
                self._on_message(self, message)
        self._process.wait()
        self._outbox.put(None)
        self._on_end(self)
