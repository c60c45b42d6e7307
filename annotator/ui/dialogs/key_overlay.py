"""All keys at a glance, straight from the command table."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.app.commands import COMMANDS, Command
from annotator.model import Schema
from annotator.ui.shortcuts import key_parts
from annotator.ui.text import plain
from annotator.ui.widgets.parts import KeyCap, heading

_GROUPS = {
    "go": "Go",
    "decide": "Decide",
    "label": "Label",
    "mention": "Same mentions",
    "bounds": "Boundaries",
    "fragment": "Pieces of a label",
    "relation": "Relations",
    "attributes": "Attributes",
    "note": "Notes",
    "caret": "Caret and selection",
    "edit": "Undo",
    "document": "Documents",
    "view": "View",
    "file": "Project",
    "help": "Help",
}
"""Groups of the table in the order in which they are shown."""

_COLUMNS = (
    ("go", "decide", "label", "mention"),
    ("fragment", "relation", "attributes", "note", "bounds", "caret", "edit"),
    ("document", "view", "file", "help"),
)


_KEYS_PX = 118


class KeyOverlay(QDialog):
    """Any key closes it that is not for scrolling."""

    def __init__(self, schema: Schema | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys – Annotator")
        self.setModal(True)
        self._schema = schema
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(26, 22, 26, 22)
        columns.setSpacing(34)
        groups = {name: list(entries) for name, entries in groupby(_by_group(), key=lambda entry: entry.group)}
        for names in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(16)
            for name in names:
                if name in groups:
                    column.addLayout(self._section(_GROUPS[name], groups[name]))
            column.addStretch(1)
            columns.addLayout(column)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Keys")
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        foot = plain("Any key closes this.", role="muted")
        foot.setContentsMargins(26, 0, 0, 14)
        layout.addWidget(foot)
        wanted = inner.sizeHint()
        self.resize(min(wanted.width() + 24, 1180), min(wanted.height() + 40, 800))

    def _section(self, title: str, entries: list[Command]) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setSpacing(6)
        section.addWidget(heading(title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for row, entry in enumerate(entries):
            grid.addWidget(_keys(entry), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(plain(self._title(entry)), row, 1)
        grid.setColumnMinimumWidth(0, _KEYS_PX)
        grid.setColumnStretch(1, 1)
        section.addLayout(grid)
        return section

    def _title(self, entry: Command) -> str:
        """A label's key is told by the label that it gives here."""
        if entry.group != "label" or self._schema is None:
            return entry.title
        label = next((label for label in self._schema.labels if label.key in entry.keys), None)
        return label.title if label else "–"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            self.accept()


def _by_group() -> list[Command]:
    order = list(_GROUPS)
    known = [entry for entry in COMMANDS.values() if entry.group in _GROUPS and entry.keys]
    return sorted(known, key=lambda entry: order.index(entry.group))


def _keys(entry: Command) -> QWidget:
    """Up to two ways to press it; the second for another keyboard or habit."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    shown = list(dict.fromkeys(tuple(key_parts(keys)) for keys in entry.keys if keys != "Backtab"))[:2]
    for number, parts in enumerate(shown):
        if number:
            row.addWidget(plain("or", role="muted"))
        for part in parts:
            row.addWidget(KeyCap(part))
    return box
