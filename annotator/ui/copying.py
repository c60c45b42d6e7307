"""Copying words to the clipboard: the document's own text, whatever the page shows of it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from annotator.app.session import Session
from annotator.model import Refused, Span
from annotator.ui.text import one_line


def copy_words(session: Session) -> None:
    """Copy what is selected, else the words of the focused label; focus and selection stay as they are.

    Raises Refused when there is neither.
    """
    focused = session.focused
    if session.selection is not None:
        start, end = session.selection
        words = session.text[start:end]
    elif isinstance(focused, Span):
        words = focused.covered(session.text)
    else:
        raise Refused("nothing-to-copy")
    QGuiApplication.clipboard().setText(words)
    session.say(f"Copied: “{one_line(words, 40)}”")
