"""The card about what is focused: what it covers, where it comes from, what it is joined to, what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.app import commands, noting
from annotator.app.events import Armed, Changed, Focused, KeysChanged, Loaded, Opened, Selected, Suggested
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.model import Refused, Relation, Span
from annotator.ui.panels.attributes import AttributeRows
from annotator.ui.panels.document_card import DocumentCard
from annotator.ui.panels.facts import Fact, Link, facts, label_title, links, next_step, relation_title
from annotator.ui.shortcuts import first_key, spelt
from annotator.ui.text import one_line, plain
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.key_button import KeyButton
from annotator.ui.widgets.link_row import LinkRow
from annotator.ui.widgets.parts import rule
from annotator.ui.widgets.pill import Pill

_MOST_FACTS = 7
_MOST_LINKS = 60
_LINKS_SHOWN = 5
_LINKS_SHOWN_COMPACT = 3
_LINK_PX = 24


class _NoteField(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Inspector(QFrame):
    """Emits `left` when the keyboard wants back to the text."""

    left = Signal()

    def __init__(self, session: Session, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keymap = keymap
        self._theme = LIGHT
        self._rows: list[LinkRow] = []
        self._noted: str | None = None
        self._drafts: dict[str, str] = {}
        """Notes on suggestions, by their ids, that were left before Enter has accepted the suggestion with them."""
        self._is_compact = False
        self.setProperty("role", "card")
        self._build()
        session.bus.subscribe(Opened, self._forget_drafts)
        session.bus.refresh_after((Opened, Loaded, Changed, Suggested, Focused, Selected, Armed), self._refresh)
        session.bus.subscribe(KeysChanged, self._show_keys)
        self._refresh()

    def _show_keys(self, _event: KeysChanged) -> None:
        self.accept.set_key(first_key("decide.accept", self._keymap))
        self.reject.set_key(first_key("decide.reject", self._keymap))
        self.document.show_keys()
        self._refresh()

    # ---- parts

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = Elided(role="title")
        self._pill = Pill()
        head.addWidget(self._title, 1)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(head)
        self._advice = plain(role="muted")
        self._advice.setWordWrap(True)
        layout.addWidget(self._advice)
        self.document = DocumentCard(self._session, self._keymap)
        self.document.left.connect(self.left)
        layout.addWidget(self.document)
        layout.addWidget(self._make_facts())
        self.attributes = AttributeRows(self._session)
        self.attributes.left.connect(self.left)
        layout.addWidget(self.attributes)
        layout.addWidget(self._make_actions())
        layout.addWidget(self._make_links())
        self.note = _NoteField()
        self.note.setPlaceholderText("Add a note")
        self.note.setAccessibleName("Note")
        self.note.editingFinished.connect(self._write_note)
        self.note.returnPressed.connect(self._enter_note)
        self.note.left.connect(self._drop_note)
        layout.addWidget(self.note)

    def _make_facts(self) -> QWidget:
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        self._lines = []
        for number in range(_MOST_FACTS):
            line = (plain(role="muted"), Elided(role="small"))
            for column, part in enumerate(line):
                grid.addWidget(part, number, column)
            self._lines.append(line)
        return self._facts

    def _make_actions(self) -> QWidget:
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        self.accept = KeyButton("Accept", first_key("decide.accept", self._keymap))
        self.reject = KeyButton("Reject", first_key("decide.reject", self._keymap))
        self.accept.clicked.connect(lambda: self._run("decide.accept"))
        self.reject.clicked.connect(lambda: self._run("decide.reject"))
        row.addWidget(self.accept)
        row.addWidget(self.reject)
        row.addStretch(1)
        return self._actions

    def _make_links(self) -> QWidget:
        self._links = QWidget()
        outer = QVBoxLayout(self._links)
        outer.setContentsMargins(0, 2, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(rule())
        inner = QWidget()
        self._link_rows = QVBoxLayout(inner)
        self._link_rows.setContentsMargins(0, 0, 0, 0)
        self._link_rows.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        outer.addWidget(self._scroll)
        return self._links

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._pill.set_theme(theme)
        self.attributes.set_theme(theme)
        self.document.set_theme(theme)
        for key_button in (self.accept, self.reject):
            key_button.set_theme(theme)
        for row in self._rows:
            row.set_theme(theme)

    # ---- what is shown

    def _forget_drafts(self, _event: Opened) -> None:
        self._drafts.clear()  # another document may have a suggestion of the same id

    def _refresh(self) -> None:
        item = self._session.focused
        self.attributes.show_item(item)
        if item is None:
            self._show_advice()
        else:
            self._show_item(item)

    def _show_advice(self) -> None:
        title, advice = next_step(self._session)
        self._title.setText(title)
        self._advice.setText(spelt(advice, self._keymap))
        self._advice.show()
        for part in (self._pill, self._facts, self._actions, self._links):
            part.hide()
        session = self._session
        is_about_document = session.document is not None and session.selection is None and not session.is_loading
        self.document.setVisible(is_about_document)
        if is_about_document:
            self.document.refresh()
        self._show_note(None, is_shown=is_about_document)

    def _show_item(self, item: Span | Relation) -> None:
        session = self._session
        is_pending = session.pending.get(item.id) is not None
        self._advice.hide()
        self.document.hide()
        if isinstance(item, Span):
            self._title.setText(one_line(item.covered(session.text), 300))
            label = session.schema.label_names.get(item.label)
            self._pill.show_label(label_title(session, item.label), label.hue if label else None, is_dashed=is_pending)
        else:
            self._title.setText(relation_title(session, item.label))
            self._pill.show_label("Relation", None, is_dashed=is_pending)
        self._pill.show()
        self._show_facts(facts(session, item))
        self._actions.show()
        self.accept.setVisible(is_pending)
        self.reject.set_words("Reject" if is_pending else "Delete")
        self._show_links(list(links(session, item)))
        self._show_note(item.id, is_shown=not is_pending or item.id in self._drafts)

    def _show_facts(self, found: list[Fact]) -> None:
        self._facts.show()
        for number, (name, value) in enumerate(self._lines):
            is_used = number < len(found)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                name.setText(found[number].name)
                value.setText(found[number].value)

    def _show_links(self, found: list[Link]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for link in found[:_MOST_LINKS]:
            row = LinkRow(link.icon, link.label, link.text, is_pending=link.is_pending, theme=self._theme)
            row.setProperty("target", link.target)
            row.clicked.connect(self._follow)
            self._link_rows.addWidget(row)
            self._rows.append(row)
        self._fit_links()
        self._links.setVisible(bool(self._rows))

    def _fit_links(self) -> None:
        most = _LINKS_SHOWN_COMPACT if self._is_compact else _LINKS_SHOWN
        self._scroll.setFixedHeight(_LINK_PX * min(most, len(self._rows)))

    def set_compact(self, *, is_compact: bool) -> None:
        """Fewer relations at a time, for a low window."""
        self._is_compact = is_compact
        self.attributes.set_compact(is_compact=is_compact)
        self._fit_links()

    def _show_note(self, target: str | None, *, is_shown: bool) -> None:
        self.note.setVisible(is_shown)
        self.note.setReadOnly(self._session.is_read_only)
        words = "Add a note; Enter accepts with it" if self._is_open(target) else "Add a note"
        self.note.setPlaceholderText(words if target else "Add a note on this document")
        if is_shown and not (self.note.hasFocus() and target == self._noted):
            self._noted = target
            self.note.setText(self._written(target))
            self.note.setCursorPosition(0)

    def _is_open(self, target: str | None) -> bool:
        return target is not None and self._session.pending.get(target) is not None

    def _written(self, target: str | None) -> str:
        if target in self._drafts:
            return self._drafts[target]
        notes = self._session.layer.notes.values()
        return next((note.value for note in notes if (note.kind, note.target) == ("comment", target)), "")

    # ---- acts

    def _run(self, name: str) -> None:
        commands.run(self._session, name)
        self.left.emit()

    def _follow(self) -> None:
        self._session.set_focus(self.sender().property("target"))
        self.left.emit()

    def write_note(self) -> None:
        """Put the keyboard into the note field."""
        if self._is_open(self._session.focus):
            self._show_note(self._session.focus, is_shown=True)
        if self.note.isVisible():
            self.note.setFocus()
            self.note.selectAll()

    def edit_attributes(self) -> None:
        """Put the keyboard into the first attribute. Raises Refused when there is none to edit."""
        item = self._session.focused
        if item is None:
            raise Refused("nothing-focused")
        if not self.attributes.edit_first():
            raise Refused("attribute-on-suggestion" if self._session.pending.get(item.id) else "attribute-none")

    def commit(self) -> None:
        """Take over what is being typed here, before something else happens."""
        self.attributes.commit()
        if self.note.hasFocus():
            self._write_note()

    def _write_note(self) -> None:
        focused = self._session.focused
        target = focused.id if focused else None
        if target != self._noted or self.note.text().strip() == self._written(target):
            return
        if target is not None and self._is_open(target):
            self._drafts[target] = self.note.text().strip()
        else:
            commands.attempt(self._session, lambda: noting.write_note(self._session, self.note.text()))

    def _enter_note(self) -> None:
        target = self._session.focus
        if target is not None and target == self._noted and self._is_open(target):
            commands.attempt(self._session, lambda: noting.write_note(self._session, self.note.text()))
            self._drafts.pop(target, None)
        self.left.emit()

    def _drop_note(self) -> None:
        self._drafts.pop(self._noted or "", None)
        self.note.setText(self._written(self._noted))
        self.left.emit()
