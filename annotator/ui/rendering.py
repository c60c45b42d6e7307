"""Pictures of a project's documents from the command line: the window's painting, without a window."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.app.identity import current_identity
from annotator.model import Pending, pending
from annotator.store import Project
from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import render_document
from annotator.ui.theme import DARK, LIGHT


def render_from_project(file: Path, document: str, output: Path, *, is_dark: bool = False) -> None:
    """Draw a document as this person's window shows it: the person's labels, and the suggestions still open.

    `document` is a name or the beginning of an id. Raises Broken for an unknown document or kind of picture.
    """
    with Project.open(file, for_writing=False) as project:
        found = project.find_document(document)
        layer = project.layer(found.id, current_identity().id)
        suggested = project.suggestions(found.id)
        left = pending(layer, suggested[1]) if suggested else Pending()
        content = Content(project.text(found.id), project.schema(), layer, left, found.roles)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.ui.application import make_application

    make_application()
    render_document(content, DARK if is_dark else LIGHT, output)
