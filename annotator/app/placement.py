"""Where the commands stand in the menus.

"go.*" means all commands of the group that stand nowhere by name, in the order of the table: a new command of such a
group needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.app.commands import COMMANDS

SEPARATOR = ""
RECENT, TEXT = "recent", "text"
"""Menus that the window fills: the projects opened last; face, size and width of the text."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the bar, or one inside another; an "&" underlines the letter that opens it."""

    title: str
    entries: tuple[str | Menu, ...]


MENUS = (
    Menu(
        "&File",
        (
            "file.new",
            "file.open",
            RECENT,
            SEPARATOR,
            "file.import",
            "file.export",
            "file.picture",
            "file.picture-selection",
            "file.print",
            "file.*",
            SEPARATOR,
            "file.close",
        ),
    ),
    Menu(
        "&Edit",
        (
            "edit.*",
            SEPARATOR,
            "decide.*",
            Menu("Same &mentions", ("mention.*",)),
            SEPARATOR,
            "relation.start",
            "relation.*",
            "fragment.*",
            "attributes.*",
            "note.*",
            Menu("&Boundaries", ("bounds.*",)),
        ),
    ),
    Menu(
        "&View",
        (
            "view.zoom-in",
            "view.zoom-out",
            "view.zoom-reset",
            TEXT,
            SEPARATOR,
            "view.theme",
            "view.contrast",
            "view.documents",
            "view.labels",
            "view.relations",
            "view.next-pane",
            "view.*",
        ),
    ),
    Menu(
        "&Go",
        (
            "go.next-decision",
            "go.previous-decision",
            "go.next-span",
            "go.previous-span",
            "go.*",
            Menu("&Text", ("caret.*", "view.page-down", "view.page-up", "view.top", "view.bottom")),
            SEPARATOR,
            "document.previous",
            "document.next",
            "go.search",
            SEPARATOR,
            "document.finish",
            "document.reopen",
            "document.flag",
            "document.*",
            Menu(
                "After &finishing",
                (
                    "document.next-by-list",
                    "document.next-by-certainty",
                    "document.next-by-learning",
                    "document.next-by-waiting",
                ),
            ),
        ),
    ),
    Menu("&Help", ("help.*", "help.about")),
)

IN_TEXT_MENU = ("view.face-", "view.width-", "view.text-")
"""How the names of the commands in the TEXT menu begin."""

GROUPS = {
    "go": "Go",
    "decide": "Decide",
    "label": "Label",
    "mention": "Same mentions",
    "document-label": "Labels of the document",
    "bounds": "Boundaries",
    "fragment": "Pieces of a label",
    "relation": "Relations",
    "attributes": "Attributes",
    "note": "Notes",
    "caret": "Caret and selection",
    "edit": "Undo",
    "document": "Documents",
    "view": "View",
    "file": "Project",
    "help": "Help",
}
"""What the groups are called, in the order in which lists show them."""

BY_LABEL = ("label", "document-label")
"""Groups of commands that the palette lists by the label that they give here."""


def names_of(entry: str) -> list[str]:
    """The commands that an entry of a menu stands for."""
    if not entry.endswith(".*"):
        return [entry] if entry in COMMANDS else []
    group = entry.removesuffix(".*")
    return [name for name, command in COMMANDS.items() if command.group == group and not _is_placed(name)]


def named_entries(entries: Iterable[str | Menu]) -> Iterator[str]:
    """Everything that these entries and the menus in them say."""
    for entry in entries:
        if isinstance(entry, Menu):
            yield from named_entries(entry.entries)
        else:
            yield entry


def in_order() -> list[str]:
    """All commands, those in the menus first and in their order."""
    placed = [name for menu in MENUS for entry in named_entries(menu.entries) for name in names_of(entry)]
    return list(dict.fromkeys([*placed, *COMMANDS]))


_PLACED = frozenset(entry for menu in MENUS for entry in named_entries(menu.entries))


def _is_placed(name: str) -> bool:
    return name in _PLACED or name.startswith(IN_TEXT_MENU)
