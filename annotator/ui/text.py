"""Words on widgets. Qt draws markup wherever it may, so everything that comes from data passes through here."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain(text: str = "", *, role: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows its text as it is, for good. `role` names its look in the style sheet."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    return label


def tooltip(*paragraphs: str) -> str:
    """A tooltip that wraps its lines and interprets nothing; empty paragraphs are left out."""
    kept = [html.escape(paragraph).replace("\n", "<br>") for paragraph in paragraphs if paragraph]
    return f"<qt>{''.join(f'<p>{paragraph}</p>' for paragraph in kept)}</qt>" if kept else ""


def caption(text: str) -> str:
    """Text for a button, menu or tab, where "&" would underline a letter."""
    return text.replace("&", "&&")


def one_line(text: str, limit: int = 200) -> str:
    """White space folded, cut with an ellipsis after `limit` characters."""
    flat = " ".join(text[: limit * 4].split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 label", "2 labels", "1,204 labels"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
