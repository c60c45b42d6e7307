"""Notes: on a label, on a relation, on the document; on a suggestion by accepting it."""

from __future__ import annotations

from dataclasses import replace

from annotator.app.commands import on_suggestion
from annotator.app.moving import step_over
from annotator.app.session import Session
from annotator.model import Change, Edit, Note, Relation, Span, edits
from annotator.model.items import Decision, new_id

COMMENT = "comment"
"""The kind of the note that a person writes."""


def write_note(session: Session, value: str) -> None:
    """Write a comment on the focused item, or on the document when none is focused; empty removes it.

    A suggestion is accepted with its note in one step, and one goes on to the next; an empty note leaves it open.
    """
    focused, value = session.focused, value.strip()
    if focused is None or not on_suggestion(session):
        session.do(edits.set_note(session.layer, COMMENT, value, focused.id if focused else None))
    elif value:
        session.do(_accepted(session, focused, value))
        step_over(session)


def _accepted(session: Session, suggestion: Span | Relation, note: str) -> Edit:
    edit = edits.accept(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        [suggestion.id],
        seconds=session.seconds_focused,
    )
    made = next(
        change.after.result
        for change in edit.changes
        if isinstance(change.after, Decision) and change.after.target == suggestion.id
    )
    return replace(edit, changes=(*edit.changes, Change(None, Note(new_id(), COMMENT, note, made))))
