"""An open project: its documents, the open one, what is focused there, and the way of every edit to the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.events import (
    Armed,
    Bus,
    Changed,
    DocumentsChanged,
    Focused,
    Opened,
    Relating,
    Said,
    Saved,
    Selected,
    Suggested,
    WorkerChanged,
)
from annotator.app.identity import Identity, current_identity
from annotator.app.relating import Relating as RelationInMaking
from annotator.app.saving import Saver, State
from annotator.app.walking import START, Place, all_spans, open_decisions, place_before, place_of, span_finder
from annotator.model import (
    AnnotatorError,
    Author,
    Broken,
    Document,
    Edit,
    Layer,
    Pending,
    Refused,
    Relation,
    Span,
)
from annotator.model.answering import Answering, Tally
from annotator.model.lookup import Entry
from annotator.store import Act, DocumentRow, Project

if TYPE_CHECKING:  # both are imported when they are first needed: the text comes on screen before them
    from annotator.app.importing import Imported
    from annotator.app.suggesting import Suggester
    from annotator.suggest.protocol import Answer


def run_at_once(work: Callable[[], None]) -> None:
    work()


class Session:
    """One person at one project.

    Reads through a connection of its own; everything written goes through the Saver's thread. All methods belong to the
    thread that made the session; `dispatch` brings the answers of other threads back to it.
    """

    def __init__(
        self,
        path: Path,
        *,
        identity: Identity | None = None,
        dispatch: Callable[[Callable[[], None]], None] = run_at_once,
    ) -> None:
        self.bus = Bus()
        self.path = path
        self._dispatch = dispatch
        self._saver: Saver | None = None
        self._suggester: Suggester | None = None
        self.read_only_reason = ""
        self.save_state: State = "saved"
        try:
            self._saver = Saver(path, dispatch, self._on_saved)
        except Broken as error:
            if error.code not in ("project-locked", "project-read-only"):
                raise
            self.read_only_reason = str(error)
        try:
            self._project = Project.open(path, for_writing=False)
            self.identity = identity or current_identity()
            self.schema = self._project.schema()
            self.author = self._find_author()
        except BaseException:
            if self._saver is not None:
                self._saver.close()
            raise
        self.document: Document | None = None
        self.text = ""
        self.layer = Layer("", self.author.id)
        self.machine: Layer | None = None
        self._compare_with_machine()
        self._undo: list[Act] = []
        self._redo: list[Act] = []
        self.focus: str | None = None
        self.last_span: str | None = None
        """The span that was focused last, also after the focus has left it."""
        self.selection: tuple[int, int] | None = None
        self.anchor: tuple[int, int] | None = None
        self.armed: str | None = None
        self.relating: RelationInMaking | None = None
        self.caret = 0
        self._place: Place = START
        self._focused_at = time.monotonic()

    # ---- the project

    @property
    def project_name(self) -> str:
        return self._project.name

    @property
    def is_read_only(self) -> bool:
        return self._saver is None

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[DocumentRow]:
        """What the documents list shows, in project order, with this person's counts and status."""
        return self._project.documents(author=self.author.id, offset=offset, limit=limit)

    def find_documents(self, words: str, *, limit: int) -> list[Document]:
        """Some documents whose name begins so, by name."""
        return self._project.find_documents(words, limit=limit)

    def find_entries(self, table: str, words: str, *, limit: int = 8) -> list[Entry]:
        """The entries of a local table that fit some words, the best first."""
        return self._project.find_entries(table, words, limit=limit)

    def entry(self, table: str, entry_id: str) -> Entry | None:
        """What a link leads to; None when the table does not have it."""
        return self._project.entry(table, entry_id)

    def open_document(self, document_id: str) -> None:
        """Show another document. Its suggestions are asked for when it has none.

        Raises Refused while edits cannot be saved: the documents would be shown without them.
        """
        self._wait_for_disk()
        self.document = self._project.document(document_id)
        self.text = self._project.text(document_id)
        self.layer = self._project.layer(document_id, self.author.id)
        suggested = self._project.suggestions(document_id)
        self.machine = suggested[1] if suggested else None
        history = self._project.history(document_id, self.author.id)
        self._undo, self._redo = history.undo, history.redo
        self._forget_view()
        self._compare_with_machine()
        self.bus.emit(Opened(document_id))
        self._ask_for_suggestions()

    def import_files(
        self, paths: Sequence[Path], on_done: Callable[[Imported], None], *, encoding: str | None = None
    ) -> None:
        """Import files on the writer's thread, between two edits; `on_done` learns on this thread what came of it."""
        if self._saver is None:
            raise Refused("read-only", reason=self.read_only_reason)

        from annotator.app.importing import try_import

        def work(project: Project) -> None:
            outcome = try_import(project, paths, self.identity, encoding=encoding)
            self._dispatch(lambda: self._finish_import(outcome, on_done))

        self._saver.run_later(work)

    def _finish_import(self, outcome: Imported, on_done: Callable[[Imported], None]) -> None:
        if not isinstance(outcome, AnnotatorError):
            self.bus.emit(DocumentsChanged())
        on_done(outcome)

    @property
    def has_outdated_schema(self) -> bool:
        """Whether an import has added labels since the project was opened."""
        return self._project.schema() != self.schema

    def close(self) -> None:
        """End the worker, write what is left, let go of the file."""
        if self._suggester is not None:
            self._suggester.close()
        if self._saver is not None:
            self._saver.close()
        self._project.close()

    # ---- edits

    def do(self, edit: Edit) -> None:
        """Apply an edit, show it, and queue it for the disk. Raises Refused when it does not fit."""
        self._perform(edit, undoes=None)
        self._redo.clear()

    def undo(self) -> Edit:
        """Take back this person's newest edit of this document, also one of an earlier day."""
        if not self._undo:
            raise Refused("nothing-undo")
        act = self._undo[-1]
        self._perform(act.edit.inverse(), undoes=act)
        return act.edit

    def redo(self) -> Edit:
        """Make the edit again that was taken back last."""
        if not self._redo:
            raise Refused("nothing-redo")
        act = self._redo[-1]
        self._perform(act.edit.inverse(), undoes=act)
        return act.edit

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def _perform(self, edit: Edit, *, undoes: Act | None) -> None:
        if self.document is None:
            raise Refused("no-document")
        if self._saver is None:
            raise Refused("read-only", reason=self.read_only_reason)
        self.layer.check(edit)
        self.layer.apply(edit)
        act = undoes.reverted() if undoes else Act.now(self.document.id, self.author.id, edit)
        self._remember(act, undoes)
        self._answering.update(edit)
        for walk in (self.decisions, self.all_spans):
            walk.update(self.pending.concerned(edit) or ())
        self._drop_lost_focus()
        self.bus.emit(Changed(edit))
        self._saver.commit(act, self.author)

    def _remember(self, act: Act, undoes: Act | None) -> None:
        """The two stacks hold acts; the act that undoes one goes to the other stack, to be undone itself by redo."""
        if undoes is not None and self._undo and undoes is self._undo[-1]:
            self._undo.pop()
            self._redo.append(act)
        elif undoes is not None and self._redo and undoes is self._redo[-1]:
            self._redo.pop()
            self._undo.append(act)
        else:
            self._undo.append(act)

    # ---- saving

    def retry_saving(self) -> None:
        if self._saver is not None:
            self._saver.retry()

    def save_copy(self, path: Path) -> None:
        """Write the whole project, with the edits that could not be saved, to another file."""
        self._project.copy_to(path)
        with Project.open(path) as copy:
            for act in self._saver.unsaved() if self._saver else ():
                copy.commit(act)

    def wait_until_saved(self) -> bool:
        """Wait for the disk; False when saving has failed."""
        return self._saver is None or self._saver.wait()

    def _wait_for_disk(self) -> None:
        """Reading a document must see the edits that were just made to it."""
        if self._saver is not None and self._saver.unsaved() and not self._saver.wait():
            raise Refused("unsaved-stay")

    def _on_saved(self, state: State, cause: str) -> None:
        self.save_state = state
        self.bus.emit(Saved(state, cause))
        if state == "saved" and self.document is not None:
            self.bus.emit(DocumentsChanged(self.document.id))

    # ---- suggestions

    def start_suggesting(self, model: str | None = None) -> None:
        """Start the worker; the open document is asked for first. A read-only project shows what it has."""
        from annotator.app.suggesting import Suggester

        if self._suggester is None and not self.is_read_only:
            self._suggester = Suggester(
                self.schema,
                model,
                self._dispatch,
                on_answer=self._on_suggested,
                on_state=lambda state: self.bus.emit(WorkerChanged(state.kind, state.text)),
            )
            self._ask_for_suggestions()

    def _ask_for_suggestions(self) -> None:
        if self._suggester is not None and self.document is not None and self.machine is None:
            self._suggester.ask(self.document.id, self.text, urgent=True)

    def _on_suggested(self, answer: Answer) -> None:
        from annotator.app.suggesting import store_answer

        if answer.is_last and self._saver is not None:
            self._saver.run_later(lambda project: store_answer(project, answer))
        if self.document is not None and answer.document == self.document.id:
            self.machine = Layer(answer.document, answer.author.name, answer.items)
            self._compare_with_machine()
            self._drop_lost_focus()
        self.bus.emit(Suggested(answer.document))

    def _compare_with_machine(self) -> None:
        self._answering = Answering(self.layer, self.machine or Layer(self.layer.document, "nobody"))
        self.decisions = open_decisions(self.layer, self.pending)
        self.all_spans = all_spans(self.layer, self.pending)

    @property
    def pending(self) -> Pending:
        """The open suggestions of the document."""
        return self._answering.pending

    @property
    def tallies(self) -> tuple[Tally, Tally]:
        """How often each label stands in the document: the person's own, and the open suggestions."""
        return self._answering.mine, self._answering.open

    # ---- what the person looks at; never stored

    @property
    def focused(self) -> Span | Relation | None:
        """The focused item itself: the person's own, or an open suggestion."""
        return self.find(self.focus) if self.focus else None

    def find(self, item_id: str) -> Span | Relation | None:
        """A span or relation on the page by its id, decided or suggested."""
        return self.layer.spans.get(item_id) or self.layer.relations.get(item_id) or self.pending.get(item_id)

    @property
    def place(self) -> Place:
        """Where the eye is: the focused item, the caret, or where the last item stood."""
        return self._place

    @property
    def seconds_focused(self) -> float:
        """How long the focused item has been in focus; milliseconds precise."""
        return round(time.monotonic() - self._focused_at, 3)

    def set_focus(
        self, item_id: str | None, *, reveal: bool = True, place: Place | None = None, caret: int | None = None
    ) -> None:
        """Focus an item, or none. Walking goes on from the item, or from `place` when the eye stays elsewhere.

        The caret goes to where a span begins, or to `caret` when that lies in it.
        """
        item = self.find(item_id) if item_id else None
        self.focus = item.id if item else None
        self._focused_at = time.monotonic()
        self.end_relating()
        if item is not None:
            self._place = place or place_of(item, span_finder(self.layer, self.pending))
            if isinstance(item, Span):
                self.last_span = item.id
                is_inside = caret is not None and item.start <= caret < item.end
                self.caret = caret if caret is not None and is_inside else item.start
            self.set_selection(None)
        self.bus.emit(Focused(self.focus, reveal))

    def set_selection(self, chosen: tuple[int, int] | None, *, caret: int | None = None) -> None:
        """Select a range of the text, which takes the focus away. Walking goes on from the caret, if one is given."""
        if chosen is not None and self.focus is not None:
            self.set_focus(None)
        self.selection = chosen
        if chosen is None:
            self.anchor = None
        if caret is not None:
            self.caret = max(0, min(caret, len(self.text)))
            self._place = place_before(self.caret)
        self.bus.emit(Selected(self.selection, self.caret, reveal=caret is not None))

    def arm(self, label: str | None) -> None:
        """Let the next selection get this label at once; None ends it."""
        self.armed = label
        self.bus.emit(Armed(label))

    def begin_relating(self, state: RelationInMaking | None) -> None:
        self.relating = state
        self.bus.emit(Relating())

    def end_relating(self) -> None:
        if self.relating is not None:
            self.begin_relating(None)

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Show a sentence in the status bar."""
        self.bus.emit(Said(text, is_refusal))

    def _forget_view(self) -> None:
        self.focus = self.last_span = self.selection = self.anchor = self.relating = None
        self.caret = 0
        self._place = START
        self._focused_at = time.monotonic()

    def _drop_lost_focus(self) -> None:
        if self.focus is not None and self.find(self.focus) is None:
            self.focus = None
            self.end_relating()
            self.bus.emit(Focused(None, reveal=False))

    def _find_author(self) -> Author:
        mine = next((author for author in self._project.authors() if author.id == self.identity.id), None)
        return mine or Author(self.identity.id, "person", self.identity.name)
