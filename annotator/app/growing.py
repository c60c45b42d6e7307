"""Commands that grow and shrink what is meant, along the phrases of the parse: the focused span, or the selection."""

from __future__ import annotations

from annotator.app.commands import command, on_span
from annotator.app.moving import set_bounds
from annotator.app.session import Session
from annotator.model import Fragment, Refused, Relation
from annotator.model.growing import Step
from annotator.model.phrases import NO_PHRASES
from annotator.model.text import snap_to_graphemes, token_at, token_before


@command("bounds.grow", "Grow to the next larger phrase", "+", "=", hint="grow", when=on_span, is_soft=True)
def grow(session: Session) -> None:
    """To the next larger phrase; with nothing focused or selected, select the token at the caret first."""
    _climb(session, 1)


@command("bounds.shrink", "Shrink to the phrase before", "-")
def shrink(session: Session) -> None:
    """To the next smaller phrase, or back to where growing came from."""
    _climb(session, -1)


def _climb(session: Session, step: Step) -> None:
    focused = session.focused
    if isinstance(focused, Relation):
        raise Refused("relation-no-boundary")
    if focused is not None:
        set_bounds(session, focused, *_next(session, (focused.start, focused.end), step))
    elif session.selection is not None:
        _select(session, _next(session, session.selection, step))
    elif step > 0 and (token := token_at(session.text, session.caret) or token_before(session.text, session.caret)):
        _select(session, snap_to_graphemes(session.text, *token))
    else:
        raise Refused("nothing-focused")


def _next(session: Session, place: Fragment, step: Step) -> Fragment:
    """The next place on the ladder, which is kept. Raises Refused at its end."""
    phrases = session.machine.phrases if session.machine is not None else NO_PHRASES
    found, session.ladder = session.ladder.climb(session.text, phrases, place, step)
    if found is None:
        raise Refused("grow-end" if step > 0 else "shrink-end")
    return found


def _select(session: Session, place: Fragment) -> None:
    """Select a place so that the arrows go on from its end."""
    last = token_before(session.text, place[1]) or place
    session.anchor = token_at(session.text, place[0])
    session.set_selection(place, caret=max(place[0], last[0]))
