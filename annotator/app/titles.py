"""Finding documents by their titles, in the file itself: the list beside the text may not have read them yet."""

from __future__ import annotations

from pathlib import Path

from annotator.model import Document
from annotator.store import Project


def find_titled(path: Path, words: str, limit: int) -> list[Document]:
    """Some documents whose title begins so, then some in whose title a word does.

    Reads the file on a connection of its own, so it may run on any thread. Raises Broken when it cannot be read.
    """
    with Project.open(path, for_writing=False) as project:
        return project.find_titled(words, limit=limit)
