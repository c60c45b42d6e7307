"""The menus, built from the command table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.app.commands import COMMANDS, Command
from annotator.app.mentioning import on_mention
from annotator.app.session import Session
from annotator.ui.shortcuts import first_key
from annotator.ui.text import caption
from annotator.ui.text_menu import TextMenu

_SEPARATOR = ""

_MENUS = {
    "&File": (
        "file.new",
        "file.open",
        "recent",
        _SEPARATOR,
        "file.import",
        "file.export",
        "file.picture",
        "file.picture-selection",
        "file.print",
        _SEPARATOR,
        "file.close",
    ),
    "&Edit": (
        "edit.undo",
        "edit.redo",
        _SEPARATOR,
        "decide.accept",
        "decide.reject",
        "decide.accept-sentence",
        "decide.accept-all",
        _SEPARATOR,
        "mention.document",
        "mention.project",
        _SEPARATOR,
        "relation.start",
        "relation.reverse",
        "relation.move-head",
        "relation.move-tail",
        "fragment.add",
        "fragment.remove",
        "attributes.edit",
        "note.write",
        _SEPARATOR,
        "bounds.end-right",
        "bounds.end-left",
        "bounds.start-left",
        "bounds.start-right",
    ),
    "&View": (
        "view.zoom-in",
        "view.zoom-out",
        "view.zoom-reset",
        "text",
        _SEPARATOR,
        "view.theme",
        "view.contrast",
        "view.documents",
        "view.labels",
        "view.relations",
        "view.by-type",
        "view.next-pane",
    ),
    "&Go": (
        "go.next-decision",
        "go.previous-decision",
        "go.next-span",
        "go.previous-span",
        "go.next-miss",
        "go.previous-miss",
        _SEPARATOR,
        "document.previous",
        "document.next",
        "go.search",
        "go.crowded",
        _SEPARATOR,
        "document.finish",
        "document.reopen",
        "document.flag",
    ),
    "&Help": ("help.keys", "help.about"),
}
"""Menu title to command names; "recent" and "text" are menus of their own. A name the table lacks is left out."""

_ON_TEXT_ONLY = ("bounds", "caret", "label")
"""Groups whose keys mean something else in a field of text; they are taken on the canvas only."""


@dataclass(frozen=True, slots=True)
class Menus:
    """The bar, the action of every command that stands in it, and the menu to fill with recent projects."""

    bar: QMenuBar
    actions: dict[str, QAction]
    recent: QMenu
    text: TextMenu


def build_menus(window: QWidget, carry_out: Callable[[str], None]) -> Menus:
    """A menu bar whose actions run commands by name."""
    bar = QMenuBar()
    recent = QMenu("Open &recent", bar)
    text = TextMenu(carry_out, bar)
    submenus = {"recent": recent, "text": text}
    actions: dict[str, QAction] = {}
    for title, names in _MENUS.items():
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(False)
        for name in names:
            if name == _SEPARATOR:
                menu.addSeparator()
            elif name in submenus:
                menu.addMenu(submenus[name])
            elif name in COMMANDS:
                actions[name] = _action(COMMANDS[name], window, carry_out)
                menu.addAction(actions[name])
    return Menus(bar, actions, recent, text)


def _action(entry: Command, window: QWidget, carry_out: Callable[[str], None]) -> QAction:
    action = QAction(caption(entry.title), window)
    action.triggered.connect(lambda: carry_out(entry.name))
    live = [keys for keys in entry.keys if is_live(entry, keys)]
    if live:
        action.setShortcuts([QKeySequence(keys) for keys in live])
        window.addAction(action)
    elif entry.keys:
        action.setText(f"{caption(entry.title)}\t{first_key(entry)}")
    return action


def is_live(entry: Command, keys: str) -> bool:
    """Whether the key works wherever the keyboard is; the others are for the text alone."""
    is_function_key = keys.startswith("F") and keys[1:].isdigit()
    return (keys.startswith("Ctrl+") or is_function_key) and entry.group not in _ON_TEXT_ONLY


def enable_by_state(actions: dict[str, QAction], session: Session) -> None:
    """Grey out what would be refused now."""
    states = {
        "edit.undo": session.can_undo and not session.is_read_only,
        "edit.redo": session.can_redo and not session.is_read_only,
        "document.finish": session.document is not None and session.layer.status != "done",
        "document.reopen": session.layer.status == "done",
        "file.export": True,
        "file.picture": session.document is not None,
        "file.print": session.document is not None,
        "file.import": not session.is_read_only,
        "mention.document": on_mention(session) and not session.is_read_only,
        "mention.project": on_mention(session) and not session.is_read_only,
    }
    for name, action in actions.items():
        entry = COMMANDS[name]
        action.setEnabled(states.get(name, entry.when(session)))
