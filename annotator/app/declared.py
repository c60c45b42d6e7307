"""The commands that the canvas and the window carry out. Whoever imports this module has the whole table."""

from __future__ import annotations

from annotator.app import (  # noqa: F401 - they fill the table, too
    deciding,
    describing,
    drawing,
    finishing,
    growing,
    jumping,
    mentioning,
    moving,
    piecing,
    radar,
    reviewing,
    rewiring,
    swapping,
    type_settling,
)
from annotator.app.commands import (
    COMMANDS,
    declare,
    on_item,
    on_selection,
    on_span,
    on_suggestion,
    with_document,
)
from annotator.app.session import Session

__all__ = ["COMMANDS"]


def on_decided(session: Session) -> bool:
    return on_item(session) and not on_suggestion(session)


declare("window", "go.crowded", "List relations that have no room", "H")
declare("view", "caret.down", "Down a line", "Down")
declare("view", "caret.up", "Up a line", "Up")
declare("view", "caret.select-down", "Select down a line", "Shift+Down")
declare("view", "caret.select-up", "Select up a line", "Shift+Up")
declare("view", "relation.start", "Relation from here", "R", hint="relation", when=on_span, in_context=on_span)
declare("view", "view.page-down", "A page down", "PgDown")
declare("view", "view.page-up", "A page up", "PgUp")
declare("view", "view.top", "To the beginning", "Ctrl+Home")
declare("view", "view.bottom", "To the end", "Ctrl+End")
declare("view", "view.zoom-in", "Larger", "Ctrl++", "Ctrl+=")
declare("view", "view.zoom-out", "Smaller", "Ctrl+-")
declare("view", "view.zoom-reset", "Normal size", "Ctrl+0")
declare("window", "view.face-inter", "Inter")
declare("window", "view.face-serif", "System face with serifs")
declare("window", "view.face-sans", "System face without serifs")
declare("window", "view.face-mono", "Letters of one width")
declare("window", "view.text-larger", "Larger text", "Ctrl+Shift+Up")
declare("window", "view.text-smaller", "Smaller text", "Ctrl+Shift+Down")
declare("window", "view.text-usual", "Usual text size")
declare("window", "view.width-narrow", "Narrow lines")
declare("window", "view.width-normal", "Normal lines")
declare("window", "view.width-wide", "Wide lines")
declare("window", "edit.copy", "Copy the selection, or the text of the label", "Ctrl+C")
declare("window", "note.write", "Write a note", "N", when=with_document, in_context=on_decided)
declare("window", "file.new", "New project…", "Ctrl+N")
declare("window", "file.open", "Open project…", "Ctrl+O")
declare("window", "file.import", "Import texts…", "Ctrl+I")
declare("window", "file.export", "Export…", "Ctrl+E")
declare("window", "file.picture", "Save a picture…", "Ctrl+Shift+P", when=with_document)
declare("window", "file.picture-selection", "Save a picture of the selection…", when=on_selection)
declare("window", "file.print", "Print…", "Ctrl+P", when=with_document)
declare("window", "file.close", "Close the window", "Ctrl+Q")
declare("window", "view.documents", "Documents panel", "Ctrl+1")
declare("window", "view.labels", "Labels panel", "Ctrl+2")
declare("window", "view.relations", "Relations panel", "Ctrl+3")
declare("window", "view.next-pane", "Next panel", "F6")
declare("window", "view.theme", "Light or dark", "Ctrl+Shift+L")
declare("window", "view.contrast", "High contrast")
declare("window", "go.search", "Find a document", "/", "Ctrl+F")
declare("window", "help.commands", "Find a command…", "Ctrl+K")
declare("window", "help.keys", "All keys", "?", "F1")
declare("window", "help.remap", "Change keys…")
declare("window", "help.about", "About Annotator")
