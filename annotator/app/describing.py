"""Commands that say more about what is labelled: attributes of items, labels and the flag of the document."""

from __future__ import annotations

from dataclasses import replace

from annotator.app.commands import command, declare, on_item, state
from annotator.app.session import Session
from annotator.model import Label, Refused, Relation, Span, edits, facts

FLAG = "flag"
"""The kind of the note that flags a document."""


@state("attribute-none", "span", "relation")
def with_attributes(session: Session) -> bool:
    """Whether the focused item is decided, and the schema has attributes for its label."""
    item = session.focused
    return on_item(session) and item is not None and has_attributes(session, item)


def has_attributes(session: Session, item: Span | Relation) -> bool:
    return session.pending.get(item.id) is None and bool(session.schema.attributes_of(item.label))


declare("window", "attributes.edit", "Edit the attributes", "A", when=with_attributes, in_context=with_attributes)


def set_attribute(session: Session, item_id: str, name: str, value: object | None) -> None:
    """Give an item of the open document an attribute; None takes it away."""
    session.do(facts.set_attribute(session.layer, session.schema, item_id, name, value))


# ---- the document itself


def is_flagged(session: Session) -> bool:
    return any(note.kind == FLAG and note.target is None for note in session.layer.notes.values())


@command("document.flag", "Flag or unflag the document", "F")
def toggle_flag(session: Session) -> None:
    """Mark the document as one to come back to."""
    value = "" if is_flagged(session) else "flagged"
    edit = edits.set_note(session.layer, FLAG, value)
    session.do(replace(edit, title="Flag the document" if value else "Remove the flag"))
    session.say("Flagged: to come back to." if value else "The flag is gone.")


def toggle_document_label(session: Session, label: str) -> None:
    """Give the document a label of its own, or take it away."""
    session.do(facts.toggle_document_label(session.layer, session.schema, label))


def document_label_in_slot(session: Session, slot: int) -> Label | None:
    """The document label whose key is this digit."""
    return next((label for label in session.schema.document_labels if label.key == str(slot)), None)


def _document_label_command(slot: int) -> None:
    @command(f"document-label.{slot}", f"Document label {slot}", f"Alt+{slot}")
    def label(session: Session) -> None:
        found = document_label_in_slot(session, slot)
        if found is None:
            raise Refused("document-label-slot-empty", slot=slot)
        was_on = found.name in facts.document_labels(session.layer)
        toggle_document_label(session, found.name)
        session.say(f"The document is {'no longer ' if was_on else ''}labelled {found.title}.")


for _slot in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0):
    _document_label_command(_slot)
