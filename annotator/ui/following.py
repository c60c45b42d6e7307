"""What the session tells, shown in the window: each event changes the parts that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.analysis.mentions import Plan
from annotator.app import deciding, describing
from annotator.app.events import (
    Changed,
    DocumentsChanged,
    Focused,
    KeysChanged,
    Loaded,
    Opened,
    Previewed,
    Relating,
    Said,
    Selected,
    Spread,
    Suggested,
)
from annotator.model import Document, Layer, Pending, facts
from annotator.store import DocumentRow
from annotator.ui.canvas import Content
from annotator.ui.collecting import set_aside
from annotator.ui.mentions import glow_of
from annotator.ui.menus import enable_by_state
from annotator.ui.panels.facts import spoken
from annotator.ui.shortcuts import spelt

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Following:
    """Keeps one window in step with its session. The panels that need nothing of the window follow by themselves."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
        self._glowing: Plan | None = None
        self._session.loader.prepare = self.content
        window.documents.countsChanged.connect(self.show_place)
        bus = self._session.bus
        bus.subscribe(Opened, self._show_document)
        bus.subscribe(Loaded, self._show_labels)
        bus.subscribe(Focused, self._show_focus)
        bus.subscribe(Said, self._announce)
        bus.subscribe(Selected, self._show_selection)
        bus.subscribe(Relating, self._show_relating)
        bus.subscribe(Previewed, self._show_preview)
        bus.subscribe(KeysChanged, self._show_keys)
        bus.subscribe(DocumentsChanged, self._refresh_documents)
        bus.subscribe(Changed, self._refresh_text)
        bus.subscribe(Suggested, self._refresh_text)
        bus.refresh_after((Opened, Loaded, Changed, Suggested, Focused, Selected, Spread), self.show_state)

    def _show_document(self, _event: Opened) -> None:
        session = self._session
        assert session.document is not None, "it has just been opened"
        for popup in (self._window.palette_popup, self._window.end_finder, self._window.findings):
            popup.hide()
        self._window.canvas.show_content(self.content(session.document, session.text, session.layer, session.pending))
        self._window.canvas.set_caret(session.caret)
        self._window.documents.show_open(session.document.id)
        self._window.setWindowTitle(f"{session.document.title} – {session.project_name} – Annotator")
        self.show_place()
        set_aside()

    def content(self, document: Document, text: str, layer: Layer, pending: Pending) -> Content:
        """What the canvas shows. Of a large document it is made on another thread."""
        return Content(text, self._session.schema, layer, pending, document.roles)

    def _show_labels(self, event: Loaded) -> None:
        assert isinstance(event.view, Content), "the window has made it"
        self._window.canvas.exchange_content(event.view)
        self._window.documents.update_row(self._row())
        set_aside()

    def _refresh_text(self, event: Changed | Suggested) -> None:
        if self._session.document is not None and event.edit is not None:
            if isinstance(event, Changed):
                self._window.canvas.announce(event.edit.title)
            self._window.canvas.refresh(self._session.layer, self._session.pending, event.edit)
            self._window.documents.update_row(self._row())

    def _show_focus(self, event: Focused) -> None:
        self._window.canvas.set_focus(event.item_id, reveal=event.reveal)
        if (item := self._session.focused) is not None:
            self._window.canvas.announce(spoken(self._session, item))

    def _row(self) -> DocumentRow:
        session = self._session
        assert session.document is not None, "asked for while one is open"
        machine = session.machine
        return DocumentRow(
            document=session.document,
            status="done" if session.layer.status == "done" else "open",
            spans=len(session.layer.spans),
            relations=len(session.layer.relations),
            suggestions=len(machine.spans) + len(machine.relations) if machine is not None else 0,
            labels=tuple(sorted(facts.document_labels(session.layer))),
            is_flagged=describing.is_flagged(session),
        )

    def _show_selection(self, event: Selected) -> None:
        self._window.canvas.set_selection(event.range)
        self._window.canvas.set_caret(event.caret, reveal=event.reveal)

    def _show_preview(self, _event: Previewed) -> None:
        plan, shown = self._session.preview, self._glowing
        self._glowing = plan
        if plan is None or shown is None or shown.wish is not plan.wish:
            self._window.canvas.set_glow(glow_of(plan) if plan is not None else ())
        else:
            self._window.canvas.add_glow(glow_of(plan, after=len(shown.mentions)))

    def _show_relating(self, _event: Relating) -> None:
        state = self._session.relating
        self._window.canvas.set_hints(state.open_hints if state is not None else {})
        if state is not None and state.tail is not None:
            self._window.chooser.open_at(self._window.rect_of(state.tail.start, state.tail.end))

    def _refresh_documents(self, event: DocumentsChanged) -> None:
        if event.document_id is None:
            self._window.documents.model.reload()
            if self._session.has_outdated_schema:
                QTimer.singleShot(0, self._window, lambda: self._window.openWanted.emit(self._session.path))
            elif self._session.document is None:
                self._window.begin()
            return
        number = self._window.documents.model.number_of(event.document_id)
        if number is not None:
            for row in self._session.documents(offset=number, limit=1):
                self._window.documents.update_row(row)

    def show_place(self) -> None:
        document = self._session.document
        if document is not None:
            model = self._window.documents.model
            self._window.top_bar.show_document(document.title, model.number_of(document.id), model.total)

    def _show_keys(self, _event: KeysChanged) -> None:
        self._window.menus.show_keys(self._window.keymap)
        self._window.top_bar.show_keys()

    def show_state(self) -> None:
        session = self._session
        enable_by_state(self._window.menus.actions, session)
        self._window.top_bar.show_state(
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            acceptable=deciding.acceptable(session),
            is_done=session.layer.status == "done",
            is_writable=not session.is_read_only and session.document is not None and not session.is_loading,
        )

    def _announce(self, event: Said) -> None:
        self._window.canvas.announce(spelt(event.text, self._window.keymap))
