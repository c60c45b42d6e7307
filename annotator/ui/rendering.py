"""Pictures of a project's documents from the command line: the window's painting, without a window."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.app.exporting import LayerChoice
from annotator.app.identity import current_identity
from annotator.model import Broken, Document, Layer, Pending, pending
from annotator.store import Project
from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import render_document
from annotator.ui.canvas.sheets import Look

GOLD = "gold"
"""The id of the author of adjudicated labels."""


def render_from_project(
    file: Path, document: str, output: Path, *, look: Look | None = None, layer: LayerChoice = "person"
) -> list[Path]:
    """Draw a document and give back the files: as this person's window shows it, or the gold, or the suggestions alone.

    `document` is a name, the beginning of one, or that of an id. Raises Broken for an unknown document, a layer that it
    has not, or another kind of picture.
    """
    with Project.open(file, for_writing=False) as project:
        found = project.find_document(document)
        shown, left = _layers(project, found, layer)
        content = Content(project.text(found.id), project.schema(), shown, left, found.roles)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.ui.application import make_application

    make_application()
    return render_document(content, output, look)


def _layers(project: Project, document: Document, choice: LayerChoice) -> tuple[Layer, Pending]:
    """What is decided and what is open."""
    suggested, fits = project.suggestions(document.id), project.schema().fits
    if choice == "gold":
        if not any(row.author.id == GOLD for row in project.layers(document.id)):
            raise Broken("picture-no-layer", document=document.name, layer=choice)
        return project.layer(document.id, GOLD), Pending()
    if choice == "suggestions":
        if suggested is None:
            raise Broken("picture-no-layer", document=document.name, layer=choice)
        nothing = Layer(document.id, current_identity().id)
        return nothing, pending(nothing, suggested[1], fits)
    layer = project.layer(document.id, current_identity().id)
    return layer, pending(layer, suggested[1], fits) if suggested else Pending()
