"""Saying for good that a piece of text wants no label: a note of the person's layer, so that it is kept and undone."""

from __future__ import annotations

from annotator.model.errors import Refused
from annotator.model.items import Fragment, Note
from annotator.model.layer import Change, Edit, Layer

NO_LABEL = "no-label"
"""The kind of these notes; their value is the text, for people to read."""

_PREFIX = "no-label:"
_LONGEST = 200


def dismiss(layer: Layer, text: str, place: Fragment) -> Edit:
    """Say that this piece of text wants no label, whatever may be proposed for it later."""
    start, end = place
    note = Note(note_id(place), NO_LABEL, text[start:end][:_LONGEST])
    if note.id in layer.notes:
        raise Refused("note-same")
    return Edit(f"Leave “{' '.join(note.value.split())[:40]}” without a label", (Change(None, note),))


def is_dismissed(layer: Layer, place: Fragment) -> bool:
    return note_id(place) in layer.notes


def note_id(place: Fragment) -> str:
    """The place is the name: it is found at once, and the same whoever proposes it."""
    return f"{_PREFIX}{place[0]}-{place[1]}"


def dismissed_place(note: Note) -> Fragment | None:
    """The piece of text that a note keeps without a label; None for other notes."""
    if note.kind != NO_LABEL:
        return None
    start, dash, end = note.id.removeprefix(_PREFIX).partition("-")
    return (int(start), int(end)) if dash and start.isdecimal() and end.isdecimal() else None
