"""Commands that draw a relation: begin at the focused span, pick the other end by its letters, choose the label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.app import relating, rewiring
from annotator.app.commands import declare, state
from annotator.app.relating import Choice, choices_between
from annotator.app.session import Session
from annotator.app.sweeping import uses_of_relations
from annotator.app.walking import place_of, span_finder
from annotator.model import Pending, Refused, Relation, Span, edits


def begin_relation(session: Session, candidates: Sequence[str]) -> None:
    """Show hint letters on the ends that are possible; `candidates` are the spans on screen, in reading order."""
    head = session.focused
    if not isinstance(head, Span):
        raise Refused("nothing-focused")
    spans = [span for span in map(session.find, candidates) if isinstance(span, Span)]
    state = relating.begin(session.schema, head, spans)
    if not state.hints and not any(map(state.allows, session.spans())):
        raise Refused("no-relation-target", label=head.label)
    session.begin_relating(state)
    words = "type the letter of the other end, or {go.search} to find it elsewhere"
    session.say(f"Relation from “{head.covered(session.text)}”: {words}. {{go.nothing}} lets go.")


@state("not-relating", "span", "relation")
def while_relating(session: Session) -> bool:
    return session.relating is not None and session.relating.tail is None


def possible_ends(session: Session) -> list[Span]:
    """Every span of the document that can be the end which is sought, the nearest first."""
    state = session.relating
    if state is None or state.tail is not None:
        return []
    here = state.head.start
    return sorted(filter(state.allows, session.spans()), key=lambda span: (abs(span.start - here), span.start, span.id))


def type_key(session: Session, key: str) -> None:
    """Take a letter while a relation is in the making: a hint letter, or the key of a label choice."""
    state = session.relating
    if state is None:
        return
    if state.choices:
        choice = next((choice for choice in state.choices if choice.key == key), None)
        if choice is not None and state.tail is not None:
            draw(session, state.head, state.tail, choice)
        return
    typed = state.typed + key
    left = {span_id: hint for span_id, hint in state.hints.items() if hint.startswith(typed)}
    picked = next((span_id for span_id, hint in left.items() if hint == typed), None)
    if picked is not None:
        pick(session, state, picked)
    elif left:
        session.begin_relating(replace(state, typed=typed))


declare("view", "relation.find-end", "Find the other end of the relation", when=while_relating)


def pick(session: Session, state: relating.Relating, span_id: str) -> None:
    """One of the spans with letters was meant."""
    if state.moves is None:
        pick_end(session, state.head, span_id)
    else:
        rewiring.move_end(session, state.moves, state.end, span_id)


def pick_end(session: Session, head: Span, tail_id: str) -> None:
    """The other end is known: draw the only relation that is allowed, or ask which."""
    tail = session.find(tail_id)
    if not isinstance(tail, Span):
        raise Refused("item-missing", item=tail_id)
    choices = choices_between(session.schema, head, tail)
    if not choices:
        raise Refused("relation-none", head=head.label, tail=tail.label)
    if len(choices) == 1:
        draw(session, head, tail, choices[0])
        return
    session.begin_relating(relating.Relating(head, {}, tail=tail, choices=_by_use(session, head, tail, choices)))
    session.say("Which relation? Press its key, or Enter for the first.")


def _by_use(session: Session, head: Span, tail: Span, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """What stands most often between such labels comes first, where Enter takes it: here, and in finished documents."""
    here, elsewhere = uses_of_relations(session.layer), session.sweep.relations_elsewhere

    def times(choice: Choice) -> int:
        ends = (tail, head) if choice.is_reversed else (head, tail)
        use = (choice.kind.name, ends[0].label, ends[1].label)
        return here[use] + elsewhere.get(use, 0)

    return tuple(sorted(choices, key=times, reverse=True))


def relate(session: Session, head_id: str, tail_id: str) -> None:
    """A relation has been dragged from one span to another."""
    head = session.find(head_id)
    if not isinstance(head, Span):
        raise Refused("item-missing", item=head_id)
    pick_end(session, head, tail_id)


def draw(session: Session, head: Span, tail: Span, choice: Choice) -> None:
    """Add the relation in one edit; ends that are still suggestions are accepted with it.

    Both ends are on screen and the eye is at the head, so nothing scrolls and walking goes on from there.
    """
    first, second = (tail, head) if choice.is_reversed else (head, tail)
    open_ends = {span.id: span for span in (first, second) if span.id in session.pending.spans}
    if open_ends:
        relation = Relation("drawn", choice.kind.name, first.id, second.id)
        edit = edits.accept_and_relate(session.layer, session.schema, session.text, Pending(open_ends), relation)
    else:
        edit = edits.add_relation(session.layer, session.schema, first.id, second.id, choice.kind.name)
    session.end_relating()
    session.do(edit)
    made = edit.changes[-1].after
    place = place_of(head, span_finder(session.layer, session.pending))
    session.set_focus(made.id if made else None, reveal=False, place=place)
