"""One act in many documents: an edit of each, written in small transactions, and one step of undo for them all.

What the acts have in common is their group (see `Act`), which the journal keeps, so that the whole can be taken back on
another day. The open document changes at once on the session's own thread; the others are read, changed and written by
the saver, a few at a time, between whatever else is to be written.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.app.events import DocumentsChanged, Spread
from annotator.app.pacing import Dispatch
from annotator.app.undoing import Way
from annotator.model import (
    AnnotatorError,
    Edit,
    Layer,
    Pending,
    Refused,
    Relation,
    Schema,
    Span,
    new_id,
    pending,
)
from annotator.store import Act, Project, group_of

if TYPE_CHECKING:
    from annotator.app.session import Session

_CHUNK = 100
"""Documents of one transaction at most."""
_CHUNK_S = 0.05
"""For how long documents are gathered for a transaction: nothing else is saved meanwhile."""
_LISTED = 50
"""With more documents than these the list of documents is read anew instead of row by row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with what its person says about it and what is still open there."""

    document: str
    text: str
    layer: Layer
    pending: Pending
    schema: Schema


EditOf = Callable[[Sheet], Edit | None]
"""Makes the edit of one document, from how it stands when it is written; None where nothing is to be done. Runs on the
thread of the saver, and on that of the session for the open document; changes nothing of the sheet. Raises Refused to
leave a document as it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: in how many documents something was done, and how many had to stay as they are.

    `error` is what ended it early; `is_stopped` says that somebody did.
    """

    title: str
    documents: int
    skipped: int
    error: AnnotatorError | None = None
    is_stopped: bool = False


OnDone = Callable[[Outcome], object]
_Work = Callable[[Project, str], tuple[Act, Layer] | None]
"""The act in one document, and the layer that it was made for."""


@dataclass(slots=True)
class _Task:
    """What is under way. The saver's thread counts; `is_stopped` may be set by another."""

    title: str
    group: str
    left: deque[str]
    total: int
    act_of: _Work
    on_done: OnDone
    way: Way
    written: list[str] = field(default_factory=list)
    skipped: int = 0
    error: AnnotatorError | None = None
    is_stopped: bool = False
    is_followed: bool = False
    """Whether the person has done something else since it began."""


class Bulk:
    """The acts in many documents of one session; one at a time. The methods belong to the session's thread."""

    def __init__(self, session: Session, reader: Project, dispatch: Dispatch) -> None:
        """`reader` is the session's own connection; `dispatch` brings calls of the saver to the session's thread."""
        self._session = session
        self._reader = reader
        self._dispatch = dispatch
        self._task: _Task | None = None
        self.undoable: str | None = None
        """The group that undo takes back whichever document is open: it was the last thing that the person did."""
        self.redoable: str | None = None
        self._go_on()

    def _go_on(self) -> None:
        """If the last thing that the person did on another day was an act in many documents, undo or redo means it."""
        author = self._session.author.id
        newest = self._reader.newest_act(author)
        group = group_of(newest[0]) if newest is not None else None
        if newest is None or group is None:
            return
        if any(act.id == newest[0] for act in self._reader.history(newest[1], author).undo):
            self.undoable = group
        else:
            self.redoable = group

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def apply(self, title: str, documents: Iterable[str], edit_of: EditOf, on_done: OnDone) -> None:
        """Do an act in these documents; `on_done` learns what came of it. Every edit gets this title.

        Raises Refused when the project cannot be written, while the open document is still being read, and while
        something of this kind is under way.
        """
        session = self._session
        author, schema = session.author.id, session.schema

        def act_of(project: Project, document: str) -> tuple[Act, Layer] | None:
            sheet = read_sheet(project, document, author, schema)
            edit = edit_of(sheet)
            if edit is None or not edit.changes:
                return None
            return Act.now(document, author, replace(edit, title=title), group=task.group), sheet.layer

        task = self._begin(title, list(dict.fromkeys(documents)), act_of, on_done, "undo")
        here = self._take_open_document(task)
        if here is not None:
            self._apply_here(task, Sheet(here, session.text, session.layer, session.pending, schema), edit_of)
        self._write(task)

    def _apply_here(self, task: _Task, sheet: Sheet, edit_of: EditOf) -> None:
        try:
            edit = edit_of(sheet)
            if edit is not None and edit.changes:
                self._session.do(replace(edit, title=task.title), group=task.group)
                task.written.append(sheet.document)
        except Refused:
            task.skipped += 1
        task.is_followed = False

    def revert(self, way: Way, on_done: OnDone) -> bool:
        """Undo or redo in all documents, if that is what undo or redo means now; False when it concerns one alone.

        A document that was changed since stays as it is, unless the act can be taken out without touching what came
        later.
        """
        session = self._session
        top = session.next_act(way)
        group = (self.undoable if way == "undo" else self.redoable) or (top.group if top is not None else None)
        if group is None:
            return False
        author = session.author.id

        def act_of(project: Project, document: str) -> tuple[Act, Layer] | None:
            return _reverting(project, document, author, f"{group}/", way, task.group)

        title, documents = self._reader.group(group)
        task = self._begin(title, documents, act_of, on_done, "redo" if way == "undo" else "undo")
        here = self._take_open_document(task)
        if here is not None and top is not None and top.group == group:
            session.revert(top, group=task.group)
            task.written.append(here)
            task.is_followed = False
        self._write(task)
        return True

    def _take_open_document(self, task: _Task) -> str | None:
        """The open document, if it is among those of the task: the saver must not change it behind the session."""
        here = self._session.document.id if self._session.document is not None else None
        if here is None or here not in task.left:
            return None
        task.left.remove(here)
        return here

    def stop(self) -> None:
        """Write no more; what is written stays, and undo takes it back."""
        if self._task is not None:
            self._task.is_stopped = True

    def forget(self) -> None:
        """Something else was done: undo now means that."""
        self.undoable = self.redoable = None
        if self._task is not None:
            self._task.is_followed = True

    # ---- how it is written

    def _begin(self, title: str, documents: Sequence[str], act_of: _Work, on_done: OnDone, way: Way) -> _Task:
        if self._task is not None:
            raise Refused("bulk-running")
        self._session.check_writable()
        self._session.check_loaded()
        task = _Task(title, new_id(), deque(documents), len(documents), act_of, on_done, way)
        self._task = task
        return task

    def _write(self, task: _Task) -> None:
        if task.left:
            self._write_later(task)
        else:
            self._end(task)

    def _write_later(self, task: _Task) -> None:
        def give_up(error: AnnotatorError) -> None:
            task.error = error
            self._end(task)

        self._session.write_later(lambda project: self._write_some(project, task), on_fault=give_up)

    def _write_some(self, project: Project, task: _Task) -> None:
        """On the saver's thread: one transaction, then back into the queue behind what has come meanwhile."""
        session, author = self._session, self._session.author
        acts: list[Act] = []
        until = time.monotonic() + _CHUNK_S
        try:
            project.ensure_author(author.kind, author.name, author_id=author.id)
            while task.left and not task.is_stopped and len(acts) < _CHUNK and time.monotonic() < until:
                act = self._made(project, task, task.left.popleft())
                if act is not None:
                    acts.append(act)
            project.commit_all(acts)
        except AnnotatorError as error:
            task.error = error
        else:
            task.written += [act.document for act in acts]
        if task.left and task.error is None and not task.is_stopped:
            self._write_later(task)
            done = task.total - len(task.left)
            self._dispatch(lambda: session.bus.emit(Spread(task.title, done, task.total)))
        else:
            self._dispatch(lambda: self._end(task))

    def _made(self, project: Project, task: _Task, document: str) -> Act | None:
        try:
            made = task.act_of(project, document)
            if made is None:
                return None
            act, layer = made
            layer.check(act.edit)
        except Refused:
            task.skipped += 1
            return None
        return act

    def _end(self, task: _Task) -> None:
        session = self._session
        self._task = None
        if task.written and not task.is_followed:
            self.forget()
            if task.way == "undo":
                self.undoable = task.group
            else:
                self.redoable = task.group
        if len(task.written) > _LISTED:
            session.bus.emit(DocumentsChanged())
        else:
            for document in task.written:
                session.bus.emit(DocumentsChanged(document))
        session.bus.emit(Spread(task.title, task.total, task.total, is_over=True))
        task.on_done(Outcome(task.title, len(task.written), task.skipped, task.error, task.is_stopped))


def read_sheet(project: Project, document: str, author: str, schema: Schema, text: str | None = None) -> Sheet:
    """A document as it stands in the file; its text is read unless the caller has it."""
    layer = project.layer(document, author)
    suggested = project.suggestions(document)
    still_open = pending(layer, suggested[1], schema.fits) if suggested is not None else Pending()
    return Sheet(document, project.text(document) if text is None else text, layer, still_open, schema)


def _reverting(
    project: Project, document: str, author: str, begin: str, way: Way, group: str
) -> tuple[Act, Layer] | None:
    """The act that takes the group's act in this document back; None when that has happened already."""
    history = project.history(document, author)
    stack = history.undo if way == "undo" else history.redo
    act = next((act for act in stack if act.id.startswith(begin)), None)
    if act is None:
        return None
    reverted, layer = act.reverted(group=group), project.layer(document, author)
    if act is not stack[-1]:
        _check_apart(layer, reverted.edit)
    return reverted, layer


def _check_apart(layer: Layer, edit: Edit) -> None:
    """Raise Refused unless an older act can be taken out from under newer ones: it only takes away, and nothing that
    came later hangs on what it takes."""
    gone = {change.key for change in edit.changes if change.after is None}
    puts_back = any(isinstance(change.after, Span | Relation) for change in edit.changes)
    if puts_back or any(note.target in gone and note.id not in gone for note in layer.notes.values()):
        raise Refused("bulk-changed-since")


def told(outcome: Outcome, verb: str) -> str:
    """A sentence about what came of it; `verb` is "Undone", "Done"."""
    many = "1 document" if outcome.documents == 1 else f"{outcome.documents:,} documents"
    said = [f"{verb} in {many}" + (f": {outcome.title}" if outcome.title else "")]
    if outcome.skipped:
        said.append(f"{outcome.skipped:,} changed since and left as {'it is' if outcome.skipped == 1 else 'they are'}")
    if outcome.is_stopped:
        said.append("stopped; undo takes it back")
    if outcome.error is not None:
        said.append(f"then it ended: {outcome.error.message}")
    return "; ".join(said)
