"""The menu under the right mouse button: the acts that fit what is focused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from annotator.app import deciding
from annotator.app.commands import COMMANDS, attempt
from annotator.app.keymap import Keymap
from annotator.app.placement import in_order
from annotator.app.possible import why_not
from annotator.app.session import Session
from annotator.model import Relation, Span
from annotator.ui.shortcuts import key_text, label_key
from annotator.ui.text import caption

_LAST = "edit"
"""The group below everything else."""
_MOST_LABELS = 20


def context_menu(parent: QWidget, session: Session, carry_out: Callable[[str], None], keymap: Keymap) -> QMenu:
    """A menu for the focused item or the selection; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    fitting = [entry for entry in map(COMMANDS.__getitem__, in_order()) if entry.in_context(session)]
    for entry in fitting:
        if entry.group != _LAST:
            _add(menu, entry.name, carry_out, keymap)
    focused = session.focused
    if isinstance(focused, Span) or session.selection is not None:
        menu.addSeparator()
        _add_labels(menu, session, keymap)
    elif isinstance(focused, Relation):
        menu.addSeparator()
        _add_relations(menu, session, focused)
    menu.addSeparator()
    for entry in fitting:
        if entry.group == _LAST:
            action = _add(menu, entry.name, carry_out, keymap)
            action.setEnabled(why_not(session, entry) is None)
    return menu


def _add(menu: QMenu, name: str, carry_out: Callable[[str], None], keymap: Keymap) -> QAction:
    action = menu.addAction(f"{caption(COMMANDS[name].title)}\t{caption(key_text(keymap.first_key(name)))}")
    action.triggered.connect(lambda: carry_out(name))
    return action


def _add_labels(menu: QMenu, session: Session, keymap: Keymap) -> None:
    for label in session.schema.labels[:_MOST_LABELS]:
        action = menu.addAction(f"{caption(label.title)}\t{caption(label_key(label, keymap))}")
        action.triggered.connect(
            lambda _checked=False, name=label.name: attempt(session, lambda: deciding.set_label(session, name))
        )


def _add_relations(menu: QMenu, session: Session, relation: Relation) -> None:
    head, tail = session.find(relation.head), session.find(relation.tail)
    if not isinstance(head, Span) or not isinstance(tail, Span):
        return
    for kind in session.schema.relations_between(head.label, tail.label):
        action = menu.addAction(f"{caption(kind.title)}\t{caption(kind.key.upper())}")
        action.triggered.connect(
            lambda _checked=False, name=kind.name: attempt(session, lambda: deciding.set_relation_label(session, name))
        )
