"""The menus, built from the command table, its placement and the key map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.app import placement
from annotator.app.commands import COMMANDS, Command
from annotator.app.keymap import Keymap
from annotator.app.possible import why_not
from annotator.app.session import Session
from annotator.ui.shortcuts import key_text
from annotator.ui.text import caption
from annotator.ui.text_menu import TextMenu

_ON_TEXT_ONLY = ("bounds", "caret", "label", "document-label")
"""Groups whose keys mean something else in a field of text; they are taken on the canvas only."""


@dataclass(frozen=True, slots=True)
class Menus:
    """The bar, the action of every command that stands in it, and the menu to fill with recent projects."""

    bar: QMenuBar
    actions: dict[str, QAction]
    recent: QMenu
    text: TextMenu

    def show_keys(self, keymap: Keymap) -> None:
        """Let the actions have the keys that hold now."""
        for name, action in self.actions.items():
            _set_keys(action, COMMANDS[name], keymap)


def build_menus(window: QWidget, carry_out: Callable[[str], None], keymap: Keymap) -> Menus:
    """A menu bar whose actions run commands by name."""
    bar = QMenuBar()
    recent = QMenu("Open &recent", bar)
    text = TextMenu(carry_out, bar)
    menus = Menus(bar, dict(text.actions_by_name), recent, text)
    window.addActions(list(text.actions_by_name.values()))

    def fill(menu: QMenu, entries: tuple[str | placement.Menu, ...]) -> None:
        menu.setToolTipsVisible(False)
        for entry in entries:
            if isinstance(entry, placement.Menu):
                fill(menu.addMenu(entry.title), entry.entries)
            elif entry == placement.SEPARATOR:
                menu.addSeparator()
            elif entry in (placement.RECENT, placement.TEXT):
                menu.addMenu({placement.RECENT: recent, placement.TEXT: text}[entry])
            for name in placement.names_of(entry) if isinstance(entry, str) else ():
                menus.actions[name] = action = QAction(window)
                action.triggered.connect(lambda _checked=False, name=name: carry_out(name))
                window.addAction(action)
                menu.addAction(action)

    for top in placement.MENUS:
        fill(bar.addMenu(top.title), top.entries)
    menus.show_keys(keymap)
    return menus


def _set_keys(action: QAction, entry: Command, keymap: Keymap) -> None:
    """Keys that work everywhere become shortcuts; one that works on the text alone is only shown."""
    keys = keymap.keys_of(entry.name)
    live = [key for key in keys if is_live(entry, key)]
    action.setShortcuts([QKeySequence(key) for key in live])
    shown = "" if live or not keys else f"\t{caption(key_text(keys[0]))}"
    action.setText(f"{caption(entry.title)}{shown}")


def is_live(entry: Command, keys: str) -> bool:
    """Whether the key works wherever the keyboard is; the others are for the text alone."""
    is_function_key = keys.startswith("F") and keys[1:].isdigit()
    return (keys.startswith(("Ctrl+", "Meta+")) or is_function_key) and entry.group not in _ON_TEXT_ONLY


def enable_by_state(actions: dict[str, QAction], session: Session) -> None:
    """Grey out what would be refused now."""
    for name, action in actions.items():
        action.setEnabled(why_not(session, COMMANDS[name]) is None)
