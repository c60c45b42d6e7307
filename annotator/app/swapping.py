"""The command that swaps in the next best label: of the focused suggestion, or of a label that came of one."""

from __future__ import annotations

from annotator.app.commands import command
from annotator.app.moving import step_over
from annotator.app.session import Session
from annotator.model import Alternative, Edit, Refused, Relation, Span, edits

SWAP = "decide.runner-up"
WORTH_A_WORD = 0.02
"""A runner-up below this score is a label that the model has practically ruled out."""


def labels_in_turn(session: Session, item: Span | Relation) -> list[Alternative]:
    """What the machine had to choose from for this item, its choice first; empty when there was no choice.

    For a label of the person it is what the suggestion had that the label came of. Labels that the schema does not have
    are left out.
    """
    suggestion = _suggestion_of(session, item)
    if suggestion is None or not suggestion.alternatives:
        return []
    best = Alternative(suggestion.label, suggestion.score or 0.0)
    known = session.schema.label_names
    found = [one for one in (best, *suggestion.alternatives) if one.label in known]
    return found if len(found) > 1 else []


def others_in_turn(session: Session, item: Span | Relation) -> list[Alternative]:
    """The same without the label that the item has, the next one to try first; behind the last comes the first."""
    labels = labels_in_turn(session, item)
    names = [one.label for one in labels]
    at = names.index(item.label) + 1 if item.label in names else 0
    return [one for one in (*labels[at:], *labels[:at]) if one.label != item.label]


def next_label(session: Session) -> str | None:
    """The label that the key would give to the focused item; None when there is none to give."""
    focused = session.focused
    return next((other.label for other in others_in_turn(session, focused)), None) if focused is not None else None


def likely_label(session: Session) -> str | None:
    """The same, if it is likely enough to be worth a word."""
    focused = session.focused
    other = next(iter(others_in_turn(session, focused)), None) if focused is not None else None
    return other.label if other is not None and other.score >= WORTH_A_WORD else None


def likely_others(session: Session, item: Span | Relation) -> list[Alternative]:
    """What the item could be instead, as far as that is likely enough to be worth a word."""
    return [other for other in others_in_turn(session, item) if other.score >= WORTH_A_WORD]


def _suggestion_of(session: Session, item: Span | Relation) -> Span | None:
    if not isinstance(item, Span):
        return None
    if item.id in session.pending.spans:
        return item
    target = (item.origin or "").rpartition("#")[2]
    return session.machine.spans.get(target) if session.machine is not None else None


@command(SWAP, "Swap in the runner-up label", ";")
def swap_label(session: Session) -> None:
    """Take the next best label: on a suggestion that corrects and accepts it, on a decided label it goes round.

    A label that the schema allows no second time on these words is passed over.
    """
    focused = session.focused
    if focused is None:
        raise Refused("nothing-focused")
    if isinstance(focused, Relation):
        raise Refused("runner-up-relation")
    is_open = focused.id in session.pending.spans
    edit, label = _first_that_fits(session, focused, is_open=is_open)
    session.do(edit)
    lost = sum(isinstance(change.before, Relation) and change.after is None for change in edit.changes)
    if is_open:
        step_over(session)
    kind = session.schema.label_names[label]
    words = f"“{_short(focused.covered(session.text))}” is now {kind.title}."
    if lost:
        words += f" {lost:,} relation{'s' if lost > 1 else ''} went with the old label; undo brings them back."
    session.say(words)


def _first_that_fits(session: Session, span: Span, *, is_open: bool) -> tuple[Edit, str]:
    refused = Refused("runner-up-none")
    for number, other in enumerate(others_in_turn(session, span)):
        try:
            return _edit(session, span, other.label, is_open=is_open), other.label
        except Refused as refusal:
            if not number:
                refused = refusal
    raise refused


def _edit(session: Session, span: Span, label: str, *, is_open: bool) -> Edit:
    if not is_open:
        return edits.relabel(session.layer, session.schema, session.text, span.id, label)
    return edits.correct(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        span.id,
        label=label,
        seconds=session.seconds_focused,
    )


def _short(covered: str, limit: int = 40) -> str:
    flat = " ".join(covered.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
