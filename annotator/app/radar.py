"""Commands for likely misses: walk them, label one, or say for good that it wants no label.

A likely miss that one has walked to is a selection like any other, so digits label it and Shift with arrows shapes it.
"""

from __future__ import annotations

from annotator.app.commands import command
from annotator.app.session import Session
from annotator.model import Refused, edits
from annotator.model.allowing import short
from annotator.model.dismissing import dismiss
from annotator.model.text import token_at, token_before


@command("go.next-miss", "Next likely miss", "M")
def next_miss(session: Session) -> None:
    if not walk(session, 1):
        raise Refused("misses-none" if session.sweep.is_over else "misses-not-yet")


@command("go.previous-miss", "Previous likely miss", "Shift+M")
def previous_miss(session: Session) -> None:
    if not walk(session, -1):
        raise Refused("misses-none" if session.sweep.is_over else "misses-not-yet")


def walk(session: Session, step: int) -> bool:
    """Go to the likely miss after the place one is at, or before it; False when there is none."""
    at = session.place[0]
    if (current := session.sweep.current) is not None:
        at = current.start
    found = session.sweep.following(at) if step > 0 else session.sweep.preceding(at)
    if found is None:
        return False
    first = token_at(session.text, found.start)
    last = token_before(session.text, found.end)
    session.sweep.walked = found.place
    session.set_selection(found.place, caret=last[0] if last is not None else found.start)
    session.anchor = first
    return True


def label(session: Session, name: str | None = None) -> bool:
    """Give the likely miss that one is at this label, else the one proposed for it; False when there is neither."""
    current = session.sweep.current
    wanted = name or (current.label if current is not None else None)
    if current is None or wanted is None:
        return False
    words, others = session.text[slice(*current.place)], session.sweep.alike(current)
    session.do(edits.add_span(session.layer, session.schema, session.text, (current.place,), wanted))
    step_on(session)
    if others:
        _say_of_others(session, f"“{short(words)}” is now {_title(session, wanted)}", others)
    return True


def turn_down(session: Session) -> bool:
    """Say that the likely miss that one is at wants no label, today and later; False when one is at none."""
    current = session.sweep.current
    if current is None:
        return False
    session.do(dismiss(session.layer, session.text, current.place))
    step_on(session)
    return True


def _say_of_others(session: Session, done: str, others: int) -> None:
    session.say(f"{done}. {{mention.document}} labels the {'other one' if others == 1 else f'{others:,} others'} too.")


def _title(session: Session, label: str) -> str:
    known = session.schema.label_names.get(label)
    return known.title if known else label


def step_on(session: Session) -> None:
    """After a likely miss was settled: go to the next one, or tell that none is left."""
    if not walk(session, 1):
        session.set_selection(None)
        session.say(f"No likely miss is left.{'' if session.pending else ' {document.finish} finishes the document.'}")


def has_proposal(session: Session) -> bool:
    """Whether one key would label what is selected."""
    current = session.sweep.current
    return current is not None and current.label is not None


def farewell(session: Session) -> str:
    """When the last suggestion is decided: what may still be missing."""
    count = len(session.sweep)
    if not count:
        return "All suggestions of this document are decided. {document.finish} finishes it."
    return f"All suggestions decided. {in_words(session)}"


def in_words(session: Session) -> str:
    """ "6 likely misses: {go.next-decision} walks them"; empty when there is none."""
    count = len(session.sweep)
    if not count:
        return ""
    return (
        f"{count:,} likely misses: {{go.next-decision}} walks them"
        if count > 1
        else "1 likely miss: {go.next-decision} goes to it"
    )


def why(session: Session) -> tuple[str, str] | None:
    """What is selected and why it may be missing, with the keys that settle it; None when it is no likely miss."""
    current = session.sweep.current
    if current is None:
        return None
    title = _title(session, current.label) if current.label else ""
    reason = {
        "labelled": f"Labelled {title} elsewhere." if title else "Has several labels elsewhere.",
        "weak": f"The model takes it for {title}, but is not sure.",
        "number": f"Looks like {title}.",
        "capitals": "Capitals where no sentence begins.",
    }[current.why]
    keys = f"{{decide.accept}} labels it {title}, a digit otherwise" if title else "A digit labels it"
    others = session.sweep.alike(current)
    more = f" Then {{mention.document}} labels {'the other one' if others == 1 else f'the {others:,} others'} too."
    told = f"{reason} {keys}; {{decide.reject}} says that it wants no label.{more if others else ''}"
    return session.text[current.start : current.end], told
