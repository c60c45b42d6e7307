"""Commands for discontinuous spans: add a piece of text to a label, take one away."""

from __future__ import annotations

from annotator.app.commands import command, state
from annotator.app.deciding import trimmed
from annotator.app.moving import reshape
from annotator.app.session import Session
from annotator.model import Refused, Span, facts


@state("fragment-no-text", "selection")
def with_piece_to_add(session: Session) -> bool:
    """Text is selected, and there is a label that could cover it too."""
    return session.selection is not None and session.last_span is not None


@state("fragment-one")
def with_piece_to_take(session: Session) -> bool:
    """The label that was focused last has several pieces."""
    span = session.focused or (session.find(session.last_span) if session.last_span else None)
    return isinstance(span, Span) and len(span.fragments) > 1


@command(
    "fragment.add", "Add the selection to the last label", "G", when=with_piece_to_add, in_context=with_piece_to_add
)
def add_selection(session: Session) -> None:
    """Make the span that was focused last cover the selection too."""
    if session.selection is None:
        raise Refused("fragment-no-text")
    add_piece(session, _last_span(session), session.selection)


def span_to_add_to(session: Session) -> Span | None:
    """The span that the selection would be added to; None where nothing is selected, or it covers a part already."""
    span, chosen = session.find(session.last_span) if session.last_span else None, session.selection
    if not isinstance(span, Span) or chosen is None:
        return None
    return None if any(start < chosen[1] and chosen[0] < end for start, end in span.fragments) else span


def add_piece(session: Session, span: Span, chosen: tuple[int, int]) -> None:
    """Make a span cover a further piece of text; a suggestion is thereby corrected."""
    reshape(session, span, facts.with_fragment(span, trimmed(session.text, *chosen)))


@command(
    "fragment.remove",
    "Take this piece from the label",
    "Shift+G",
    when=with_piece_to_take,
    in_context=with_piece_to_take,
)
def remove_here(session: Session) -> None:
    """Take the piece at the caret, or at the selection's beginning, from the span that was focused last."""
    span = _last_span(session)
    at = session.selection[0] if session.selection is not None else session.caret
    piece = next(((start, end) for start, end in span.fragments if start <= at < end), None)
    if piece is None:
        raise Refused("fragment-none-here")
    reshape(session, span, facts.without_fragment(span, piece))


def _last_span(session: Session) -> Span:
    span = session.focused or (session.find(session.last_span) if session.last_span else None)
    if not isinstance(span, Span):
        raise Refused("fragment-no-label")
    return span
