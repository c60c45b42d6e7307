"""In which order decisions and documents follow each other: remembered from one day to the next."""

from __future__ import annotations

from typing import get_args

from annotator.app.session import Session
from annotator.app.walking import Order
from annotator.store import NextBy
from annotator.ui.settings import Settings


def restore_orders(session: Session, settings: Settings) -> None:
    """What was chosen last; what cannot be read is as usual."""
    for order in get_args(Order):
        if order == settings.text("order/decisions"):
            session.set_order(order)
    for by in get_args(NextBy):
        if by == settings.text("order/documents"):
            session.next_by = by


def store_orders(session: Session, settings: Settings) -> None:
    settings.set("order/decisions", session.order)
    settings.set("order/documents", session.next_by)
