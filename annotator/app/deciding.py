"""Commands that decide: accept, reject, label, delete, undo, redo, finish."""

from __future__ import annotations

from annotator.analysis.certainty import held_back
from annotator.app import radar
from annotator.app.bulk import told
from annotator.app.commands import (
    always,
    command,
    on_item,
    on_suggestion,
    state,
    with_pending,
)
from annotator.app.extent import check_extent
from annotator.app.moving import next_decision, step_over
from annotator.app.session import Session
from annotator.model import Edit, Fragment, Label, Refused, Relation, Span, edits
from annotator.model.text import is_grapheme_border, sentence_end

_COUNTED = 1000
"""Looking at more suggestions than this after every key would be felt."""


@command(
    "decide.accept",
    "Accept the suggestion",
    "Space",
    "Return",
    "Enter",
    hint="accept",
    when=on_suggestion,
    in_context=on_suggestion,
    is_soft=True,
)
def accept(session: Session) -> None:
    """Take the focused suggestion over and go to the next one; on a decided label just go on."""
    if radar.label(session):
        return
    if session.focus is None or not on_suggestion(session):
        next_decision(session)
        return
    edit = edits.accept(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        [session.focus],
        seconds=session.seconds_focused,
    )
    session.do(edit)
    step_over(session)


@command(
    "decide.reject",
    "Reject or delete",
    "X",
    "Del",
    "Backspace",
    hint="reject",
    when=on_item,
    in_context=on_item,
    is_soft=True,
)
def reject(session: Session) -> None:
    """Turn the focused suggestion down, or delete the focused label or relation; then go to the next."""
    if radar.turn_down(session):
        return
    focused = session.focused
    if focused is None:
        if session.selection is None:
            raise Refused("nothing-focused")
        session.set_selection(None)
        return
    was_pending = on_suggestion(session)
    if was_pending:
        edit = edits.reject(session.text, session.pending, [focused.id], seconds=session.seconds_focused)
    elif isinstance(focused, Relation):
        edit = edits.delete_relation(session.layer, focused.id)
    else:
        edit = edits.delete_span(session.layer, session.text, focused.id)
    session.do(edit)
    if was_pending or session.pending:
        step_over(session)
    if isinstance(focused, Span):
        _say_what_went_along(session, edit)


def _say_what_went_along(session: Session, edit: Edit) -> None:
    """Relations that a label has taken with it must not vanish in silence."""
    lost = sum(isinstance(change.before, Relation) and change.after is None for change in edit.changes)
    if lost:
        words = "A relation" if lost == 1 else f"{lost:,} relations"
        session.say(f"{words} went with it; undo brings {'it' if lost == 1 else 'them'} back.")


@command(
    "decide.accept-sentence",
    "Accept the rest of the sentence",
    "Shift+Space",
    when=on_suggestion,
    is_soft=True,
)
def accept_rest_of_sentence(session: Session) -> None:
    """Accept what is open from the focus to the end of its sentence, in one step; it counts as confirmed in bulk."""
    start = max(0, session.place[0])
    end = sentence_end(session.text, start)
    wanted = [span.id for span in session.pending.spans.values() if start <= span.start < end]
    _accept_in_bulk(session, [*wanted, *_relations_within(session, set(wanted), start, end)])


@command("decide.accept-all", "Accept all that is left", "Ctrl+Shift+A", when=with_pending)
def accept_all(session: Session) -> None:
    """Accept every open suggestion of the document in one step; it counts as confirmed in bulk."""
    _accept_in_bulk(session, [item.id for item in session.pending])


def acceptable(session: Session) -> int:
    """How many suggestions accepting all would take; of very many simply how many there are."""
    pending = session.pending
    if len(pending) > _COUNTED:
        return len(pending)
    return len(pending) - len(held_back(pending, pending, session.looked_at))


def _relations_within(session: Session, spans: set[str], start: int, end: int) -> list[str]:
    def is_inside(span_id: str) -> bool:
        span = session.layer.spans.get(span_id)
        return span_id in spans or (span is not None and start <= span.start < end)

    return [
        relation.id
        for relation in session.pending.relations.values()
        if is_inside(relation.head) and is_inside(relation.tail)
    ]


def _accept_in_bulk(session: Session, wanted: list[str]) -> None:
    """Accept in one step what is sure enough for that, or has been looked at."""
    if not wanted:
        raise Refused("no-more-decisions")
    suggestions = [item for item in map(session.pending.get, wanted) if item is not None]
    held = held_back(suggestions, session.pending, session.looked_at)
    sure = [item.id for item in suggestions if item.id not in held]
    if not sure:
        raise Refused("all-unsure")
    edit = edits.accept(session.layer, session.schema, session.text, session.pending, sure, how="bulk")
    session.do(edit)
    step_over(session)
    _say_what_is_left(session, held=len(held), misfits=sum(session.pending.get(key) is not None for key in sure))


def _say_what_is_left(session: Session, *, held: int, misfits: int) -> None:
    words = []
    if held:
        words.append("1 unsure suggestion is" if held == 1 else f"{held:,} unsure suggestions are")
        words[-1] += " left open: look at each."
    if misfits:
        words.append("1 suggestion does" if misfits == 1 else f"{misfits:,} suggestions do")
        words[-1] += " not fit beside the labels there are; left open."
    if words:
        session.say(" ".join(words), is_refusal=True)


def set_label(session: Session, label: str) -> None:
    """Give this label to what the person means: the selection, the focused suggestion, or the focused label.

    With nothing of that kind the label is armed: the next selection gets it.
    """
    if session.selection is not None:
        if not radar.label(session, label):
            was_miss = session.sweep.is_shaping
            label_selection(session, session.selection, label)
            if was_miss:
                radar.step_on(session)
        return
    focused = session.focused
    if not isinstance(focused, Span):
        if session.is_read_only:
            raise Refused("read-only", reason=session.read_only_reason)
        session.arm(None if session.armed == label else label)
        return
    if focused.id in session.pending.spans:
        session.do(_correction(session, focused, label=label))
        step_over(session)
    elif focused.label != label:
        edit = edits.relabel(session.layer, session.schema, session.text, focused.id, label)
        session.do(edit)
        _say_what_went_along(session, edit)


def label_selection(session: Session, chosen: tuple[int, int], label: str) -> None:
    """Label a piece of the text; an open suggestion on exactly this piece is thereby answered.

    What was just selected is in view, so nothing scrolls.
    """
    fragments = (trimmed(session.text, *chosen),)
    check_extent(session, fragments[0], label)
    same_place = next((span for span in session.pending.spans.values() if span.fragments == fragments), None)
    if same_place is not None:
        session.do(_correction(session, same_place, label=label))
    else:
        session.do(edits.add_span(session.layer, session.schema, session.text, fragments, label))
    made = next(
        (span for span in session.layer.spans.values() if (span.label, span.fragments) == (label, fragments)), None
    )
    session.set_selection(None)
    session.set_focus(made.id if made else None, reveal=False)


def trimmed(text: str, start: int, end: int) -> Fragment:
    """The range without white space at its edges."""
    while start < end and text[start].isspace() and is_grapheme_border(text, start + 1):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _correction(session: Session, suggestion: Span, *, label: str) -> Edit:
    return edits.correct(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        suggestion.id,
        label=label,
        seconds=session.seconds_focused if suggestion.id == session.focus else None,
    )


def set_relation_label(session: Session, label: str) -> None:
    """Give the focused relation this label; a suggested one is thereby accepted."""
    focused = session.focused
    if not isinstance(focused, Relation):
        raise Refused("nothing-focused")
    if focused.id in session.pending.relations:
        session.do(
            edits.correct_relation(session.layer, session.schema, session.text, session.pending, focused.id, label)
        )
        step_over(session)
    elif focused.label != label:
        session.do(edits.relabel_relation(session.layer, session.schema, focused.id, label))


def label_in_slot(session: Session, slot: int) -> Label | None:
    """The label whose key is this digit."""
    return next((label for label in session.schema.labels if label.key == str(slot)), None)


def _label_command(slot: int) -> None:
    @command(f"label.{slot}", f"Label {slot}", str(slot))
    def label(session: Session) -> None:
        focused = session.focused
        if isinstance(focused, Relation):
            _relabel_by_slot(session, focused, slot)
            return
        found = label_in_slot(session, slot)
        if found is None:
            raise Refused("label-slot-empty", slot=slot)
        set_label(session, found.name)


def _relabel_by_slot(session: Session, relation: Relation, slot: int) -> None:
    """On a relation, digits count the labels that its ends allow."""
    head, tail = session.find(relation.head), session.find(relation.tail)
    if not isinstance(head, Span) or not isinstance(tail, Span):
        raise Refused("item-missing", item=relation.id)
    kinds = session.schema.relations_between(head.label, tail.label)
    if not 1 <= slot <= len(kinds):
        raise Refused("label-slot-empty", slot=slot)
    set_relation_label(session, kinds[slot - 1].name)


for _slot in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0):
    _label_command(_slot)


@state("nothing-undo")
def can_undo(session: Session) -> bool:
    return session.can_undo


@state("nothing-redo")
def can_redo(session: Session) -> bool:
    return session.can_redo


@command("edit.undo", "Undo", "Ctrl+Z", when=can_undo, in_context=always)
def undo(session: Session) -> None:
    if session.bulk.revert("undo", lambda outcome: session.say(told(outcome, "Undone"))):
        return
    edit = session.undo()
    _focus_on(session, edit.inverse())
    session.say(f"Undone: {edit.title}")


@command("edit.redo", "Redo", "Ctrl+Shift+Z", "Ctrl+Y", when=can_redo, in_context=always)
def redo(session: Session) -> None:
    if session.bulk.revert("redo", lambda outcome: session.say(told(outcome, "Redone"))):
        return
    edit = session.redo()
    _focus_on(session, edit)
    session.say(f"Redone: {edit.title}")


def _focus_on(session: Session, edit: Edit) -> None:
    """Show where an undo or redo has changed something: the item itself, or the suggestion that is open again."""
    for change in edit.changes:
        for item in (change.after, change.before):
            for key in (getattr(item, "target", None), getattr(item, "id", None)):
                if key is not None and session.find(key) is not None:
                    session.set_focus(key)
                    return
