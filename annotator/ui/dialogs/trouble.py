"""Says what went wrong: what, where, what was kept, what to do. Never a bare traceback, never silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from annotator.model import AnnotatorError, Broken
from annotator.ui.dialogs.layout import lay_out, main_button, paragraph

_LINE_PX = 17
_LINE_CHARS = 64


class Trouble(QDialog):
    """`lines` are details to read and copy, such as `file:line: what` for every bad place."""

    def __init__(
        self,
        title: str,
        words: str,
        *,
        hint: str = "",
        lines: Iterable[str] = (),
        more_buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        body: list[QWidget] = []
        if hint:
            body.append(paragraph(hint, role="muted"))
        details = "\n".join(lines)
        if details:
            body.append(read_only_text(details))
        close = main_button("Close")
        close.clicked.connect(self.accept)
        lay_out(self, title=title, words=words, body=body, buttons=[*more_buttons, close])
        close.setFocus()

    @classmethod
    def about(cls, error: AnnotatorError, title: str, *, kept: str = "", parent: QWidget | None = None) -> Trouble:
        """The dialog for an expected error; `kept` says what has not been harmed."""
        where = [error.where] if isinstance(error, Broken) and error.where else []
        hint = " ".join(part for part in (kept, error.hint) if part)
        return cls(title, error.message, hint=hint, lines=where, parent=parent)


def read_only_text(text: str) -> QPlainTextEdit:
    """A box of plain text to read and copy."""
    box = QPlainTextEdit()
    box.setAccessibleName("Details")
    box.setReadOnly(True)
    box.setProperty("role", "boxed")
    fit_lines(box, text)
    return box


def fit_lines(box: QPlainTextEdit, text: str, *, least: int = 3, most: int = 14) -> None:
    """Show the text in a box as high as its lines, within these bounds."""
    box.setPlainText(text)
    lines = sum(1 + len(line) // _LINE_CHARS for line in text.split("\n"))
    box.setFixedHeight(_LINE_PX * max(least, min(most, lines)) + 24)
