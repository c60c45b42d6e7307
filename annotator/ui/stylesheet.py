"""The look of Qt's own widgets: `resources/style.qss` with the colours of a theme put in."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from annotator.app.sources import resource_dir
from annotator.ui.theme import Theme


def style_sheet(theme: Theme) -> str:
    source = (resource_dir() / "style.qss").read_text(encoding="utf-8")
    return Template(source).substitute(asdict(theme))
