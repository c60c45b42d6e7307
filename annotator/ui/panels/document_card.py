"""What is said of the document as a whole: its labels and its flag."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.app import commands, describing
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.model import Label, facts
from annotator.ui.shortcuts import first_key, label_key
from annotator.ui.text import plain, tooltip
from annotator.ui.theme import Theme
from annotator.ui.widgets.key_button import KeyButton
from annotator.ui.widgets.options import OptionRow
from annotator.ui.widgets.parts import row


class DocumentCard(QWidget):
    """The labels of the document as buttons, each with its digit (with Alt on the text). Emits `left`."""

    left = Signal()

    def __init__(self, session: Session, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keymap = keymap
        self._labels = session.schema.document_labels
        keys = [label.key for label in self._labels]
        self.options = OptionRow("Document labels", [label.title for label in self._labels], keys=keys)
        self.options.toggled.connect(self._toggle)
        self.options.left.connect(self.left)
        self.flag = KeyButton("Flag", "")
        self.flag.clicked.connect(self._toggle_flag)
        self._heading = plain(role="muted")
        self.show_keys()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        if self._labels:
            layout.addWidget(self._heading)
            layout.addWidget(self.options)
        layout.addLayout(row(self.flag))

    def set_theme(self, theme: Theme) -> None:
        self.options.set_theme(theme)
        self.flag.set_theme(theme)

    def show_keys(self) -> None:
        """Name the keys that hold now."""
        self.flag.set_key(first_key("document.flag", self._keymap))
        keys = [label_key(label, self._keymap, "document-label") for label in self._labels]
        are_usual = all(key == f"Alt+{label.key}" for key, label in zip(keys, self._labels, strict=True))
        self._heading.setText("Document labels: Alt and a digit" if are_usual else "Document labels")
        rows = [_explained(label, key) for label, key in zip(self._labels, keys, strict=True)]
        self.options.setToolTip(tooltip("A key on the text, or a click", *rows))

    def refresh(self) -> None:
        """Show what the open document has."""
        session = self._session
        has = facts.document_labels(session.layer)
        self.options.show_chosen({number for number, label in enumerate(self._labels) if label.name in has})
        self.flag.set_words("Remove the flag" if describing.is_flagged(session) else "Flag")
        for part in (self.options, self.flag):
            part.setEnabled(not session.is_read_only)

    def _toggle(self, number: int) -> None:
        session, label = self._session, self._labels[number].name
        commands.attempt(session, lambda: describing.toggle_document_label(session, label))

    def _toggle_flag(self) -> None:
        commands.run(self._session, "document.flag")
        self.left.emit()


def _explained(label: Label, key: str) -> str:
    name = f"{label.title} ({key})" if key else label.title
    return f"{name}: {label.definition}" if label.definition else name
