"""The menu under the right mouse button: the acts that fit what is focused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from annotator.app import deciding
from annotator.app.commands import COMMANDS, attempt
from annotator.app.describing import has_attributes
from annotator.app.session import Session
from annotator.model import Relation, Span
from annotator.ui.shortcuts import first_key
from annotator.ui.text import caption

_ON_ANYTHING = ("edit.undo", "edit.redo")
_MOST_LABELS = 20


def context_menu(parent: QWidget, session: Session, carry_out: Callable[[str], None]) -> QMenu:
    """A menu for the focused item or the selection; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    focused = session.focused
    for name in _fitting(session, focused):
        _add(menu, name, carry_out)
    if isinstance(focused, Span) or session.selection is not None:
        menu.addSeparator()
        _add_labels(menu, session)
    elif isinstance(focused, Relation):
        menu.addSeparator()
        _add_relations(menu, session, focused)
    menu.addSeparator()
    for name in _ON_ANYTHING:
        _add(menu, name, carry_out)
    return menu


def _fitting(session: Session, focused: Span | Relation | None) -> list[str]:
    """The commands for the focused item, or for the selection."""
    if focused is None:
        return ["fragment.add"] if session.selection is not None and session.last_span is not None else []
    is_pending = session.pending.get(focused.id) is not None
    fits = {
        "decide.accept": is_pending,
        "decide.reject": True,
        "mention.document": isinstance(focused, Span) and len(focused.fragments) == 1,
        "mention.project": isinstance(focused, Span) and len(focused.fragments) == 1,
        "relation.start": isinstance(focused, Span),
        "relation.reverse": isinstance(focused, Relation),
        "relation.move-head": isinstance(focused, Relation),
        "relation.move-tail": isinstance(focused, Relation),
        "fragment.remove": isinstance(focused, Span) and len(focused.fragments) > 1,
        "attributes.edit": not is_pending and has_attributes(session, focused),
        "note.write": not is_pending,
    }
    return [name for name, is_fitting in fits.items() if is_fitting]


def _add(menu: QMenu, name: str, carry_out: Callable[[str], None]) -> None:
    entry = COMMANDS[name]
    action = menu.addAction(f"{caption(entry.title)}\t{first_key(entry)}")
    action.triggered.connect(lambda: carry_out(name))


def _add_labels(menu: QMenu, session: Session) -> None:
    for label in session.schema.labels[:_MOST_LABELS]:
        action = menu.addAction(f"{caption(label.title)}\t{label.key}")
        action.triggered.connect(
            lambda _checked=False, name=label.name: attempt(session, lambda: deciding.set_label(session, name))
        )


def _add_relations(menu: QMenu, session: Session, relation: Relation) -> None:
    head, tail = session.find(relation.head), session.find(relation.tail)
    if not isinstance(head, Span) or not isinstance(tail, Span):
        return
    for kind in session.schema.relations_between(head.label, tail.label):
        action = menu.addAction(caption(kind.title))
        action.triggered.connect(
            lambda _checked=False, name=kind.name: attempt(session, lambda: deciding.set_relation_label(session, name))
        )
