"""Whether a command is possible now, and if not, why: in the words that the refusal itself would use."""

from __future__ import annotations

from annotator.app.commands import Command
from annotator.app.session import Session
from annotator.model import Refused

_WITHOUT_DOCUMENT = ("file", "view", "help")
"""Groups whose commands need no document, unless they say so themselves."""
_NEED_NONE = ("go.search",)
_WRITING = (
    *("decide", "label", "document-label", "fragment", "relation", "attributes", "note", "edit", "document"),
    *("mention",),
)
"""Groups whose commands change the project."""
_READING = (
    *("document.next", "document.previous", "document.next-by-list", "document.next-by-certainty"),
    *("document.next-by-learning", "document.next-by-waiting"),
    *("mention.whole-words", "mention.same-case", "mention.inflected"),
)
_WRITE = ("file.import",)


def needs_document(entry: Command) -> bool:
    return entry.group not in _WITHOUT_DOCUMENT and entry.name not in _NEED_NONE


def is_writing(entry: Command) -> bool:
    return (entry.group in _WRITING and entry.name not in _READING) or entry.name in _WRITE


def refusal(session: Session, entry: Command) -> Refused | None:
    """Why the command must not even begin; None when it may, be it to refuse for a reason of its own."""
    if needs_document(entry) and session.document is None:
        return Refused("no-document")
    if is_writing(entry) and session.is_read_only and (entry.when(session) or not entry.is_soft):
        return Refused("read-only", reason=session.read_only_reason)
    return None


def why_not(session: Session, entry: Command) -> Refused | None:
    """Why the command is greyed out now; None when it is not."""
    return refusal(session, entry) or (None if entry.when(session) else Refused(entry.otherwise))
