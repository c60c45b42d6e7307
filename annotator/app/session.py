"""An open project: its documents, the open one, what is focused there, and the way of every edit to the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from annotator.analysis.matching import Matching
from annotator.app.arriving import portions
from annotator.app.attention import Attention
from annotator.app.bulk import Bulk
from annotator.app.events import (
    Bus,
    Changed,
    DocumentsChanged,
    Loaded,
    Opened,
    Saved,
    Suggested,
    WorkerChanged,
)
from annotator.app.identity import Identity, current_identity
from annotator.app.loading import Labelled, Loader
from annotator.app.pacing import Dispatch, Repeat, from_next_turn, run_at_once, run_through
from annotator.app.saving import Saver, State
from annotator.app.sweeping import Sweep
from annotator.app.undoing import Stacks, Way
from annotator.app.walking import (
    open_decisions,
)
from annotator.model import (
    AnnotatorError,
    Author,
    Broken,
    Document,
    Edit,
    Pending,
    Refused,
)
from annotator.model.answering import Tally
from annotator.model.lookup import Entry
from annotator.store import Act, DocumentRow, NextBy, Project

if TYPE_CHECKING:  # all are imported when they are first needed: the text comes on screen before them
    from annotator.app.importing import Imported
    from annotator.app.suggesting import Suggester
    from annotator.suggest.protocol import Answer


class Session(Attention):
    """One person at one project.

    Reads through a connection of its own; everything written goes through the Saver's thread. All methods belong to the
    thread that made the session; `dispatch` brings the answers of other threads back to it, and `repeat` calls a step
    again and again until it is False, with room for other work between the calls.

    Without a `dispatch` everything is read at once. With one, what is said about a large document is read on another
    thread: `open_document` shows its text, and until `Loaded` there are no labels and edits are refused.
    """

    def __init__(
        self,
        path: Path,
        *,
        identity: Identity | None = None,
        dispatch: Dispatch = run_at_once,
        repeat: Repeat = run_through,
    ) -> None:
        self.bus = Bus()
        self.path = path
        self._dispatch = dispatch
        self._repeat = repeat
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
            self.loader = Loader(self._project, path, self.author.id, dispatch, self.schema.fits)
            self.bulk = Bulk(self, self._project, dispatch)
        except BaseException:
            if self._saver is not None:
                self._saver.close()
            raise
        self.document: Document | None = None
        self.text = ""
        self._stacks = Stacks()
        self._arriving: Iterator[Edit] | None = None
        self.next_by: NextBy = "list"
        """Which document is opened when one is finished."""
        self.matching = Matching()
        """What counts as the same mention."""
        self.forget_view()
        self._take_labels(Labelled.nothing("", self.author.id))
        self.sweep = Sweep(self)

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

    def next_open_document(self) -> str | None:
        """The id of the document to work on next, among those that this person has not finished."""
        here = self.document.id if self.document is not None else ""
        return self._project.next_open(author=self.author.id, here=here, by=self.next_by)

    def neighbour(self, step: Literal[-1, 1]) -> str | None:
        """The id of the document before or after the open one in the list."""
        return self._project.neighbour(self.document.id if self.document is not None else "", step)

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
        if self.bulk.is_running:
            raise Refused("bulk-running")
        self._wait_for_disk()
        self._arriving = None
        self.document = self._project.document(document_id)
        self.text = self._project.text(document_id)
        self._take_labels(self.loader.load(self.document, self.text, self._finish_loading))
        self.forget_view()
        self.bus.emit(Opened(document_id))
        self._ask_for_suggestions()

    @property
    def is_loading(self) -> bool:
        """Whether the labels of the document are still being read, or could not be."""
        return self.loader.missing is not None

    def check_loaded(self) -> None:
        """Raise Refused while the labels of the document are being read; Broken when they could not be."""
        if self.loader.missing is not None:
            raise self.loader.missing

    def _finish_loading(self, outcome: Labelled | AnnotatorError) -> None:
        if isinstance(outcome, AnnotatorError):
            self.say(f"{outcome.message} {outcome.hint}".strip(), is_refusal=True)
            return
        self._take_labels(outcome)
        self.bus.emit(Loaded(self.layer.document, outcome.view))
        self._ask_for_suggestions()

    def _take_labels(self, found: Labelled) -> None:
        self.layer, self.machine = found.layer, found.machine
        self._stacks.take(found.undo, found.redo)
        self.last_done: Edit | None = None
        """The edit just made in the open document; None when something was taken back or another document opened."""
        self.show_preview(None)
        self._answering = found.answering
        self.decisions, self.all_spans = found.decisions, found.all_spans
        if found.order != self.order:  # it was changed meanwhile
            self.decisions = open_decisions(self.layer, self.pending, self.order)

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

        self._saver.run_later(work, on_fault=lambda error: self._finish_import(error, on_done))

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
        self.loader.close()
        if self._suggester is not None:
            self._suggester.close()
        if self._saver is not None:
            self._saver.close()
        self._project.close()

    # ---- edits

    def do(self, edit: Edit, *, group: str | None = None) -> None:
        """Apply an edit, show it, and queue it for the disk. Raises Refused when it does not fit.

        With a group it is the open document's part of an act in many.
        """
        self._perform(edit, undoes=None, group=group)
        self.last_done = edit

    def undo(self) -> Edit:
        """Take back this person's newest edit of this document, also one of an earlier day."""
        self.check_loaded()
        if (act := self.next_act("undo")) is None:
            raise Refused("nothing-undo")
        return self.revert(act)

    def redo(self) -> Edit:
        """Make the edit again that was taken back last."""
        self.check_loaded()
        if (act := self.next_act("redo")) is None:
            raise Refused("nothing-redo")
        return self.revert(act)

    def revert(self, act: Act, *, group: str | None = None) -> Edit:
        """Take back the newest act, or the newest undo; returns what was taken back."""
        self._perform(act.edit.inverse(), undoes=act, group=group)
        self.last_done = None
        return act.edit

    def next_act(self, way: Way) -> Act | None:
        """What undo or redo in the open document would take back."""
        return self._stacks.newest(way)

    @property
    def can_undo(self) -> bool:
        return self.next_act("undo") is not None or self.bulk.undoable is not None

    @property
    def can_redo(self) -> bool:
        return self.next_act("redo") is not None or self.bulk.redoable is not None

    def _perform(self, edit: Edit, *, undoes: Act | None, group: str | None) -> None:
        if self.document is None:
            raise Refused("no-document")
        if self._saver is None:
            raise Refused("read-only", reason=self.read_only_reason)
        self.check_loaded()
        self.layer.check(edit)
        self.layer.apply(edit)
        if undoes is not None:
            act = undoes.reverted(group=group)
        else:
            act = Act.now(self.document.id, self.author.id, edit, group=group)
        self.bulk.forget()
        self._stacks.remember(act, undoes)
        self._answering.update(edit)
        self._follow(edit)
        self.bus.emit(Changed(edit))
        self._saver.commit(act, self.author)

    def _follow(self, edit: Edit) -> None:
        """Keep in step what hangs on the layers, after an edit of either."""
        self.show_preview(None)
        for walk in (self.decisions, self.all_spans):
            walk.update(self.pending.concerned(edit) or ())
        self.drop_lost_focus()

    # ---- saving

    def check_writable(self) -> None:
        """Raise Refused when the project is open for reading only, or when what was done last cannot be saved."""
        if self._saver is None:
            raise Refused("read-only", reason=self.read_only_reason)
        if self.save_state == "not-saved":
            raise Refused("unsaved-stay")

    def write_later(
        self, work: Callable[[Project], object], on_fault: Callable[[AnnotatorError], None] = lambda _error: None
    ) -> None:
        """Let the saver do this when its turn comes; for what can be done again if it is lost. From any thread.

        `on_fault` learns on the session's thread when it ended by a fault of the program.
        """
        if self._saver is not None:
            self._saver.run_later(work, on_fault)

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
        if self._suggester is not None and self.document is not None and self.machine is None and not self.is_loading:
            self._suggester.ask(self.document.id, self.text, urgent=True)

    def _on_suggested(self, answer: Answer) -> None:
        from annotator.app.suggesting import store_answer

        if answer.is_last and self._saver is not None:
            self._saver.run_later(lambda project: store_answer(project, answer))
        if self.document is None or answer.document != self.document.id:
            self.bus.emit(Suggested(answer.document))
        elif not self.is_loading:  # else they are asked for again when they are not in the file by then
            self._take_suggestions(answer)

    def _take_suggestions(self, answer: Answer) -> None:
        """Let them take the place of what the machine said before. A later answer ends an earlier arrival."""
        self.machine = self._answering.machine
        self.machine.author, self.machine.phrases = answer.author.name, answer.phrases
        self.machine.weak = answer.weak
        self._arriving = portions(self.machine, answer.items)
        self._repeat(partial(self._take_portion, self._arriving, answer.document))

    def in_portions(self, step: Callable[[], bool]) -> None:
        """Call the step until it is False, with room for other work before each call."""
        self._repeat(from_next_turn(step))

    def _take_portion(self, arriving: Iterator[Edit], document_id: str) -> bool:
        edit = next(arriving, None) if arriving is self._arriving else None
        if edit is not None:
            self._answering.amend(edit)
            self._follow(edit)
            self.bus.emit(Suggested(document_id, edit))
        return edit is not None

    @property
    def pending(self) -> Pending:
        """The open suggestions of the document."""
        return self._answering.pending

    @property
    def tallies(self) -> tuple[Tally, Tally]:
        """How often each label stands in the document: the person's own, and the open suggestions."""
        return self._answering.mine, self._answering.open

    def _find_author(self) -> Author:
        mine = next((author for author in self._project.authors() if author.id == self.identity.id), None)
        return mine or Author(self.identity.id, "person", self.identity.name)
