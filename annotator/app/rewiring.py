"""Commands that change the ends of a relation: reverse it, let it start or end at another span."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.app import relating
from annotator.app.commands import command, declare, on_relation
from annotator.app.relating import End
from annotator.app.session import Session
from annotator.model import Edit, Refused, Relation, Span, edits, facts


@command("relation.reverse", "Reverse the relation", "Shift+R", when=on_relation, in_context=on_relation)
def reverse(session: Session) -> None:
    """Let the focused relation run the other way round; a suggested one is thereby corrected."""
    relation = _focused(session)
    if relation.id not in session.pending.relations:
        session.do(facts.reverse_relation(session.layer, session.schema, relation.id))
        return
    kind = session.schema.relation_names.get(relation.label)
    if kind is not None and kind.is_symmetric:
        raise Refused("relation-symmetric", label=kind.title)
    _correct(session, relation, head=relation.tail, tail=relation.head)


for _end, _words, _keys in (
    ("head", "Let the relation start elsewhere", "Shift+H"),
    ("tail", "Let the relation end elsewhere", "Shift+T"),
):
    declare("view", f"relation.move-{_end}", _words, _keys, when=on_relation, in_context=on_relation)


def begin_moving(session: Session, end: End, candidates: Sequence[str]) -> None:
    """Show hint letters on the spans where the focused relation may start or end instead."""
    relation = _focused(session)
    kind = session.schema.relation_names.get(relation.label)
    head, tail = session.find(relation.head), session.find(relation.tail)
    if kind is None or not isinstance(head, Span) or not isinstance(tail, Span):
        raise Refused("item-missing", item=relation.id)
    spans = [span for span in map(session.find, candidates) if isinstance(span, Span)]
    state = relating.begin_moving(kind, relation, (head, tail), end=end, on_screen=spans)
    if not state.hints and not any(map(state.allows, session.spans())):
        raise Refused("relation-no-other-end", label=kind.title)
    session.begin_relating(state)
    words = f"type the letter of the new {end}, or {{go.search}} to find it elsewhere"
    session.say(f"{kind.title}: {words}. {{go.nothing}} lets go.")


def may_end(session: Session, relation_id: str, end: End, span_id: str) -> bool:
    """Whether a relation could start or end at this span instead of where it does."""
    relation, span = session.find(relation_id), session.find(span_id)
    if not isinstance(relation, Relation) or not isinstance(span, Span):
        return False
    kind = session.schema.relation_names.get(relation.label)
    head, tail = session.find(relation.head), session.find(relation.tail)
    if kind is None or not isinstance(head, Span) or not isinstance(tail, Span):
        return False
    return relating.can_end_at(kind, (head, tail), end, span)


def drop_end(session: Session, relation_id: str, end: End, span_id: str | None) -> None:
    """An end has been dragged to a span, or to a place where there is none."""
    if span_id is None:
        raise Refused("relation-end-nowhere")
    move_end(session, relation_id, end, span_id)


def move_end(session: Session, relation_id: str, end: End, span_id: str) -> None:
    """Let a relation start or end at another span; what of it is a suggestion is thereby taken over."""
    relation = session.find(relation_id)
    if not isinstance(relation, Relation):
        raise Refused("item-missing", item=relation_id)
    head, tail = (span_id, relation.tail) if end == "head" else (relation.head, span_id)
    session.end_relating()
    if relation.id in session.pending.relations:
        _correct(session, relation, head=head, tail=tail)
        return
    if span_id in session.pending.spans:
        edit = _to_suggestion(session, relation, end, span_id)
    else:
        edit = facts.retarget_relation(session.layer, session.schema, relation.id, head=head, tail=tail)
    session.do(edit)
    session.set_focus(relation.id, reveal=False)


def _to_suggestion(session: Session, relation: Relation, end: End, span_id: str) -> Edit:
    """Accept the span, and let the relation start or end there, in one edit."""
    accepted = edits.accept(session.layer, session.schema, session.text, session.pending, [span_id])
    made = accepted.changes[0].after
    assert isinstance(made, Span), "an accepted span comes first"
    moved = facts.retarget_relation(
        session.layer,
        session.schema,
        relation.id,
        head=made.id if end == "head" else None,
        tail=made.id if end == "tail" else None,
        new=made,
    )
    return Edit(moved.title, (*accepted.changes, *moved.changes))


def _correct(session: Session, relation: Relation, *, head: str, tail: str) -> None:
    edit = facts.correct_relation_ends(
        session.layer, session.schema, session.text, session.pending, relation.id, head=head, tail=tail
    )
    session.do(edit)
    made = next((change.after for change in edit.changes if isinstance(change.after, Relation)), None)
    session.set_focus(made.id if made else None, reveal=False)


def _focused(session: Session) -> Relation:
    if not isinstance(session.focused, Relation):
        raise Refused("relation-not-focused")
    return session.focused
