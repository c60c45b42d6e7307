"""How every dialog is laid out: a title, a word of explanation, what it is about, a row of buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.ui.text import plain
from annotator.ui.widgets.parts import button

WIDTH_PX = 520


def lay_out(
    dialog: QDialog, *, title: str, words: str = "", body: Sequence[QWidget] = (), buttons: Sequence[QPushButton] = ()
) -> QVBoxLayout:
    """Fill the dialog from top to bottom; the last button is the one on the right."""
    dialog.setWindowTitle(f"{title} – Annotator")
    dialog.setModal(True)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 22, 24, 20)
    layout.setSpacing(12)
    head = plain(title, role="display")
    head.setWordWrap(True)
    layout.addWidget(head)
    if words:
        layout.addWidget(paragraph(words))
    for number, widget in enumerate(body):
        if number and widget.property("role") == "heading":
            layout.addSpacing(8)
        layout.addWidget(widget)
    layout.addStretch(1)
    layout.addSpacing(4)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for entry in buttons:
        row.addWidget(entry)
    layout.addLayout(row)
    dialog.setMinimumWidth(WIDTH_PX)
    return layout


def paragraph(words: str, *, role: str = "") -> QLabel:
    """Words that wrap and can be copied."""
    label = plain(words, role=role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def cancel_button(dialog: QDialog, words: str = "Cancel") -> QPushButton:
    made = button(words)
    made.clicked.connect(dialog.reject)
    return made


def main_button(words: str) -> QPushButton:
    """The button that Enter presses."""
    made = button(words, role="primary")
    made.setDefault(True)
    made.setAutoDefault(True)
    return made
