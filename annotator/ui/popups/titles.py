"""The search for titles beside typing: it runs on another thread, and only the last words asked for matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.app.titles import find_titled
from annotator.model import AnnotatorError, Document
from annotator.ui.jobs import Jobs


class TitleSearch:
    """`found` gets (words, documents) on the window's thread; words that others have followed meanwhile are dropped."""

    def __init__(self, path: Path, jobs: Jobs, limit: int, found: Callable[[str, list[Document]], None]) -> None:
        self._path, self._jobs, self._limit, self._found = path, jobs, limit, found
        self._wanted: str | None = None
        self.is_running = False

    def ask(self, words: str) -> None:
        """Search for these words as soon as the search under way is over."""
        self._wanted = words
        if not self.is_running:
            self._begin(words)

    def _begin(self, words: str) -> None:
        self.is_running = True
        self._jobs.start(
            lambda: find_titled(self._path, words, self._limit), lambda outcome: self._finish(words, outcome)
        )

    def _finish(self, words: str, outcome: list[Document] | AnnotatorError) -> None:
        self.is_running = False
        if self._wanted is not None and self._wanted != words:
            self._begin(self._wanted)
        else:  # what cannot be read is told by whoever needs it; here it is only not found
            self._found(words, [] if isinstance(outcome, AnnotatorError) else outcome)
