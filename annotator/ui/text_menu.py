"""The menu of how the text is set: its face, size and width, each with a mark at what holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from annotator.app.commands import COMMANDS
from annotator.ui.settings import Settings
from annotator.ui.text import caption
from annotator.ui.typography import TEXT_SIZES, USUAL_SIZE, Typography

TEXT_ACTS: dict[str, Callable[[Typography], Typography]] = {
    "view.face-inter": lambda now: replace(now, face="inter"),
    "view.face-serif": lambda now: replace(now, face="serif"),
    "view.face-sans": lambda now: replace(now, face="sans"),
    "view.face-mono": lambda now: replace(now, face="mono"),
    "view.text-larger": lambda now: now.resized(1),
    "view.text-smaller": lambda now: now.resized(-1),
    "view.text-usual": lambda now: replace(now, size=USUAL_SIZE),
    "view.width-narrow": lambda now: replace(now, line_width="narrow"),
    "view.width-normal": lambda now: replace(now, line_width="normal"),
    "view.width-wide": lambda now: replace(now, line_width="wide"),
}
"""What each command makes of the typography that holds."""

_CHOICES = ("face", "width")
"""Of the commands of these families exactly one holds."""


class TextMenu(QMenu):
    """Runs the commands of TEXT_ACTS by name."""

    def __init__(self, carry_out: Callable[[str], None], parent: QWidget) -> None:
        super().__init__("&Text", parent)
        self.actions_by_name: dict[str, QAction] = {}
        self._choices: dict[str, QAction] = {}
        groups = {family: QActionGroup(self) for family in _CHOICES}
        previous = ""
        for name in TEXT_ACTS:
            family = name.partition(".")[2].partition("-")[0]
            if previous not in ("", family):
                self.addSeparator()
            previous = family
            action = self.actions_by_name[name] = self.addAction(caption(COMMANDS[name].title))
            action.triggered.connect(lambda _checked=False, name=name: carry_out(name))
            if family in groups:
                action.setCheckable(True)
                groups[family].addAction(action)
                self._choices[name] = action

    def mark(self, now: Typography) -> None:
        """Show which choices hold."""
        for name, action in self._choices.items():
            action.setChecked(TEXT_ACTS[name](now) == now)


def stored_typography(settings: Settings) -> Typography:
    """What was chosen last; what cannot be read is as usual."""
    now = Typography()
    for kind in ("face", "width"):
        act = TEXT_ACTS.get(f"view.{kind}-{settings.text(f'text/{kind}')}")
        now = act(now) if act is not None else now
    size = settings.number("text/size", USUAL_SIZE)
    return replace(now, size=round(size)) if size in TEXT_SIZES else now


def store_typography(settings: Settings, now: Typography) -> None:
    for kind, value in (("face", now.face), ("width", now.line_width), ("size", now.size)):
        settings.set(f"text/{kind}", value)
