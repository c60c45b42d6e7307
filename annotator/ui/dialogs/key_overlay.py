"""All keys at a glance, straight from the command table and the key map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.app.commands import COMMANDS, Command
from annotator.app.keymap import Keymap
from annotator.app.placement import BY_LABEL, GROUPS, in_order
from annotator.model import Schema
from annotator.ui.shortcuts import first_key, key_parts
from annotator.ui.text import one_line, plain
from annotator.ui.widgets.parts import KeyCap, heading

_COLUMNS = 3
_BAR_PX = 18
"""So much a scroll bar takes at most."""
_AROUND_PX = 40 + _BAR_PX
_KEYS_PX = 108
_MOST_CAPS = 4
"""A second way to press it is shown while both have no more caps than this."""
_HEADING_ROWS = 2
"""A heading takes as much room as so many rows."""
_SCROLLING = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
)


class KeyOverlay(QDialog):
    """Any key closes it that is not for scrolling."""

    def __init__(self, schema: Schema | None, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys – Annotator")
        self.setModal(True)
        self._schema = schema
        self._keymap = keymap
        room = self._room(parent)
        inner = self._page(_COLUMNS)
        for count in range(_COLUMNS - 1, 0, -1):
            if inner.sizeHint().width() > room.width() - _AROUND_PX:  # nobody scrolls sideways to read a key
                inner = self._page(count)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Keys")
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        foot = plain(self._advice(), role="muted")
        foot.setContentsMargins(22, 0, 22, 14)
        layout.addWidget(foot)
        wanted = inner.sizeHint()
        self.resize(min(wanted.width() + _BAR_PX, room.width() - 40), min(wanted.height() + 44, room.height() - 80))

    def _page(self, count: int) -> QWidget:
        """All sections in so many columns."""
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(22, 22, 22, 14)
        row.setSpacing(26)
        for sections in columns(self._sections(), count):
            column = QVBoxLayout()
            column.setSpacing(16)
            for title, entries in sections:
                column.addLayout(self._section(title, entries))
            column.addStretch(1)
            row.addLayout(column)
        return inner

    def _room(self, parent: QWidget | None) -> QSize:
        """What the dialog may take: the window's room, or the screen's if that is more."""
        screen = self.screen().availableSize()
        return screen.expandedTo(parent.size()) if parent is not None else screen

    def _advice(self) -> str:
        palette = first_key("help.commands", self._keymap)
        found = f" {palette} finds every command by its name." if palette else ""
        return f"Any key closes this.{found} Help › Change keys gives them other keys."

    def _sections(self) -> list[tuple[str, list[Command]]]:
        """Title and commands of every group that has a key."""
        entries = [COMMANDS[name] for name in in_order() if self._keymap.keys_of(name)]
        shown = [entry for entry in entries if self._title(entry)]
        grouped = ((title, [entry for entry in shown if entry.group == group]) for group, title in GROUPS.items())
        return [(title, fitting) for title, fitting in grouped if fitting]

    def _section(self, title: str, entries: list[Command]) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setSpacing(6)
        section.addWidget(heading(title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for row, entry in enumerate(entries):
            grid.addWidget(_keys(self._keymap.keys_of(entry.name)), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(plain(self._title(entry)), row, 1)
        grid.setColumnMinimumWidth(0, _KEYS_PX)
        grid.setColumnStretch(1, 1)
        section.addLayout(grid)
        return section

    def _title(self, entry: Command) -> str:
        """A label's key is told by the label that it gives here; empty when it gives none."""
        if entry.group not in BY_LABEL or self._schema is None:
            return entry.title
        labels = self._schema.labels if entry.group == "label" else self._schema.document_labels
        slot = entry.name.partition(".")[2]
        label = next((label for label in labels if label.key == slot), None)
        return one_line(label.title, 40) if label else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLLING:
            super().keyPressEvent(event)
        else:
            self.accept()


def columns(sections: Sequence[tuple[str, list[Command]]], count: int) -> list[list[tuple[str, list[Command]]]]:
    """The sections in their order, parted into columns so that the longest is as short as can be."""
    sizes = [len(entries) + _HEADING_ROWS for _, entries in sections]
    most = next(most for most in range(max(sizes, default=0), sum(sizes) + 1) if _needed(sizes, most) <= count)
    parted: list[list[tuple[str, list[Command]]]] = [[]]
    used = 0
    for section, size in zip(sections, sizes, strict=True):
        if used + size > most:
            parted.append([])
            used = 0
        parted[-1].append(section)
        used += size
    return parted


def _needed(sizes: Sequence[int], most: int) -> int:
    """How many columns of at most so many rows it takes."""
    needed, used = 1, 0
    for size in sizes:
        needed, used = (needed + 1, size) if used + size > most else (needed, used + size)
    return needed


def _keys(keys: tuple[str, ...]) -> QWidget:
    """Up to two ways to press it; the second for another keyboard or habit. Nobody needs telling of a second Enter."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    twins = {key.replace("Return", "Enter") for key in keys if key.endswith("Return")}
    ways = [key_parts(key) for key in keys if key not in twins][:2]
    shown = ways if sum(map(len, ways)) <= _MOST_CAPS else ways[:1]
    for number, parts in enumerate(shown):
        if number:
            row.addWidget(plain("or", role="muted"))
        for part in parts:
            row.addWidget(KeyCap(part))
    return box
