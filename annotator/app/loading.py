"""Reading what is said about a document and making it ready to work on: at once, or beside the window."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.app.pacing import Dispatch, run_at_once
from annotator.app.walking import Order, Walk, all_spans, open_decisions
from annotator.model import AnnotatorError, Document, Layer, Pending, Refused
from annotator.model.answering import Answering
from annotator.model.suggestions import Fits, anything_fits
from annotator.store import Act, Project

MANY_ITEMS = 10_000
"""A document with more is shown as bare text first: to read and index them takes longer than a blink."""

_USUAL_S = sys.getswitchinterval()
_QUICK_S = 0.0005
"""How long another thread waits for its turn, usually and while much is read: the window needs many short ones."""


@dataclass(slots=True)
class Labelled:
    """All that is said about a document, by a person and by a machine."""

    layer: Layer
    machine: Layer | None
    undo: list[Act]
    redo: list[Act]
    answering: Answering
    decisions: Walk
    all_spans: Walk
    order: Order
    """How `decisions` are walked."""
    view: object = None
    """What was prepared to show it."""

    @classmethod
    def of(
        cls,
        layer: Layer,
        machine: Layer | None,
        undo: list[Act],
        redo: list[Act],
        *,
        order: Order = "reading",
        fits: Fits = anything_fits,
    ) -> Labelled:
        answering = Answering(layer, machine or Layer(layer.document, "nobody"), fits)
        pending = answering.pending
        walks = open_decisions(layer, pending, order), all_spans(layer, pending)
        return cls(layer, machine, undo, redo, answering, *walks, order)

    @classmethod
    def nothing(cls, document_id: str, author_id: str) -> Labelled:
        return cls.of(Layer(document_id, author_id), None, [], [])


Prepare = Callable[[Document, str, Layer, Pending], object]
"""Makes what a window needs to show a document; on any thread."""
OnDone = Callable[[Labelled | AnnotatorError], None]


def read_labelled(project: Project, document_id: str, author_id: str, order: Order, fits: Fits) -> Labelled:
    layer = project.layer(document_id, author_id)
    suggested = project.suggestions(document_id)
    history = project.history(document_id, author_id)
    machine = suggested[1] if suggested else None
    return Labelled.of(layer, machine, history.undo, history.redo, order=order, fits=fits)


class Loader:
    """Reads what one author and a machine say about the document that is open.

    Much is read on a thread and through a connection of its own; `dispatch` brings it back. Nobody else has it before,
    so nothing is shared between threads. Without a `dispatch` all is read at once.
    """

    def __init__(self, project: Project, path: Path, author_id: str, dispatch: Dispatch, fits: Fits) -> None:
        self.prepare: Prepare = lambda *_: None
        self.missing: AnnotatorError | None = None
        """Why what is said about the document is not there: it is being read, or cannot be."""
        self.order: Order = "reading"
        """How open decisions are walked."""
        self._project = project
        self._path = path
        self._author_id = author_id
        self._fits = fits
        self._dispatch = dispatch
        self._wanted: object = None
        self._threads: list[threading.Thread] = []

    def load(self, document: Document, text: str, on_done: OnDone) -> Labelled:
        """What is said about the document; of a large one nothing yet, and later `on_done` gets it or the reason why
        it cannot be read. Whatever was being read before is dropped."""
        self._wanted = wanted = object()
        self.missing = None
        if self._dispatch is run_at_once or not _is_large(self._project, document.id):
            return read_labelled(self._project, document.id, self._author_id, self.order, self._fits)
        self.missing = Refused("still-loading")

        def take(outcome: Labelled | AnnotatorError) -> None:
            if self._wanted is wanted:
                self.missing = outcome if isinstance(outcome, AnnotatorError) else None
                on_done(outcome)

        def run() -> None:
            with _giving_way():
                outcome = self._read(document, text, is_wanted=lambda: self._wanted is wanted)
            if outcome is not None:
                self._dispatch(lambda: take(outcome))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=run, name="loading"))
        self._threads[-1].start()
        return Labelled.nothing(document.id, self._author_id)

    def close(self) -> None:
        """Drop what is being read, and wait until the file is let go of."""
        self._wanted = None
        for thread in self._threads:
            thread.join()

    def _read(
        self, document: Document, text: str, *, is_wanted: Callable[[], bool]
    ) -> Labelled | AnnotatorError | None:
        """Read and prepare all; None when it is not wanted any more."""
        try:
            with closing(Project.open(self._path, for_writing=False)) as project:
                found = read_labelled(project, document.id, self._author_id, self.order, self._fits)
        except AnnotatorError as error:
            return error
        if not is_wanted():
            return None
        found.decisions.prepare()
        found.all_spans.prepare()
        found.view = self.prepare(document, text, found.layer, found.answering.pending)
        return found


def _is_large(project: Project, document_id: str) -> bool:
    """Whether so much is said about the document that it takes a while to read."""
    return sum(row.spans + row.relations for row in project.layers(document_id)) > MANY_ITEMS


@contextmanager
def _giving_way() -> Iterator[None]:
    sys.setswitchinterval(_QUICK_S)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL_S)
