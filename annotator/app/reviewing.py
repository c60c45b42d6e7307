"""Review by type: settling all suggestions that say the same with one key, except those held back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from annotator.analysis.certainty import Reason
from annotator.analysis.ledger import Ledger, Row
from annotator.app import radar
from annotator.app.commands import declare
from annotator.app.deciding import label_in_slot
from annotator.app.events import Changed, Focused, Opened, Suggested
from annotator.app.session import Session
from annotator.model import Edit, How, Refused, Relation, Span, edits
from annotator.model.settling import correct_all

declare("window", "view.by-type", "Review by type", "Ctrl+4", "L")

REASONS: dict[Reason, str] = {
    "low": "unsure",
    "end": "an end is unsure",
    "outlier": "scores far below the others",
    "other-label": "has another label elsewhere",
    "overlap": "overlaps a label",
}
"""Why something is held back, in words."""


class Review:
    """The ledger of the open document while it is under review; it follows edits, focus and other documents."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ledger: Ledger | None = None
        session.bus.subscribe(Opened, self._start_over)
        session.bus.subscribe(Suggested, self._start_over)
        session.bus.subscribe(Changed, self._follow)
        session.bus.subscribe(Focused, self._look)

    @property
    def ledger(self) -> Ledger:
        """Made when it is first asked for: most documents are reviewed otherwise."""
        if self._ledger is None:
            session = self._session
            self._ledger = Ledger(
                session.text, session.layer, session.pending, session.looked_at, overlap=session.schema.overlap
            )
        return self._ledger

    def end(self) -> None:
        """Let go of the ledger; edits cost nothing here until it is asked for again."""
        self._ledger = None

    def _start_over(self, _event: object) -> None:
        self.end()

    def _follow(self, event: Changed) -> None:
        if self._ledger is None:
            return
        concerned = self._session.pending.concerned(event.edit)
        if concerned is None:
            self.end()
        else:
            self._ledger.update(concerned)

    def _look(self, event: Focused) -> None:
        if self._ledger is not None and event.item_id is not None:
            self._ledger.look(event.item_id)


def accept_row(session: Session, row: Row) -> str:
    """Accept all of a row but what is held back, in one step. Like the other acts, it returns what to say of it."""
    ids = _free(row)
    edit = edits.accept(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        ids,
        how=_how(session, ids),
        seconds=_seconds(session, ids),
    )
    return _settle(session, row, edit, "Accepted")


def reject_row(session: Session, row: Row) -> str:
    """Reject all of a row in one step, also what is unsure: undo brings it back."""
    edit = edits.reject(
        session.text, session.pending, row.ids, how=_how(session, row.ids), seconds=_seconds(session, row.ids)
    )
    return _settle(session, row, edit, "Rejected")


def label_row(session: Session, row: Row, label: str) -> str:
    """Give all of a row another label; what is held back for its text's other label is taken along."""
    ids = tuple(key for key in row.ids if row.held.get(key, "other-label") == "other-label")
    if not ids:
        raise Refused("row-held-back")
    edit = correct_all(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        ids,
        label,
        how=_how(session, ids),
        seconds=_seconds(session, ids),
    )
    return _settle(session, row, edit, f"{_title(session, label)}:")


def label_row_by_slot(session: Session, row: Row, slot: int) -> str:
    """The label with this digit; of a relation, the one in this place among those that its ends allow."""
    if row.is_relation:
        kinds = relation_kinds(session, row)
        if not 1 <= slot <= len(kinds):
            raise Refused("label-slot-empty", slot=slot)
        return label_row(session, row, kinds[slot - 1])
    found = label_in_slot(session, slot)
    if found is None:
        raise Refused("label-slot-empty", slot=slot)
    return label_row(session, row, found.name)


def swap_row(session: Session, row: Row) -> str:
    """Give all of a row its runner-up; a label that fits none of them is passed over."""
    if row.is_relation:
        raise Refused("runner-up-relation")
    refused = Refused("runner-up-none")
    for number, label in enumerate(runners_up(session, row)):
        try:
            return label_row(session, row, label)
        except Refused as refusal:
            if not number:
                refused = refusal
    raise refused


def runners_up(session: Session, row: Row) -> list[str]:
    """The labels that the model had instead of the row's, those it liked best on all its mentions together first.

    Those that the schema does not have are left out; a relation has none.
    """
    liked: defaultdict[str, float] = defaultdict(float)
    for span_id in row.ids:
        span = session.pending.spans.get(span_id)
        for other in span.alternatives if span is not None else ():
            if other.label != row.label and other.label in session.schema.label_names:
                liked[other.label] += other.score
    return sorted(liked, key=lambda label: (-liked[label], label))


def relation_kinds(session: Session, row: Row) -> list[str]:
    """The relation labels that the ends of every relation of the row allow, in schema order."""
    allowed: list[str] | None = None
    for relation_id in row.ids:
        relation = session.find(relation_id)
        if not isinstance(relation, Relation):
            continue
        head, tail = session.find(relation.head), session.find(relation.tail)
        if isinstance(head, Span) and isinstance(tail, Span):
            kinds = [kind.name for kind in session.schema.relations_between(head.label, tail.label)]
            allowed = kinds if allowed is None else [kind for kind in allowed if kind in kinds]
    return allowed or []


def only(row: Row, item_id: str) -> Row:
    """One suggestion of a row by itself: it is being looked at, so nothing holds it back."""
    return replace(row, ids=(item_id,), least=item_id, held={})


def reasons_in_words(row: Row) -> str:
    """ "2 held back: unsure"; empty when nothing is."""
    if not row.held:
        return ""
    reasons = dict.fromkeys(REASONS[reason] for reason in row.held.values())
    return f"{len(row.held):,} held back: {', '.join(reasons)}"


def _free(row: Row) -> tuple[str, ...]:
    if not row.free:
        raise Refused("row-held-back")
    return row.free


def _how(session: Session, ids: tuple[str, ...]) -> How:
    """One that was looked at by itself counts as such."""
    return "single" if len(ids) == 1 and ids[0] in session.looked_at else "bulk"


def _seconds(session: Session, ids: tuple[str, ...]) -> float | None:
    return session.seconds_focused if ids == (session.focus,) else None


def _settle(session: Session, row: Row, edit: Edit, what: str) -> str:
    """Do it; what has been done and what is left, in words."""
    session.do(edit)
    left = [key for key in row.ids if session.pending.get(key) is not None]
    words = f"{what} {len(row.ids) - len(left):,} × “{' – '.join(row.texts)}”."
    if left:
        held = sum(key in row.held for key in left)
        words += f" {held:,} held back." if held == len(left) else f" {len(left):,} left open."
    return f"{words} {_left_over(session)}"


def _left_over(session: Session) -> str:
    left = len(session.pending)
    if not left:
        return radar.farewell(session)
    return f"{left:,} suggestion{'' if left == 1 else 's'} left."


def _title(session: Session, name: str) -> str:
    kind = session.schema.label_names.get(name) or session.schema.relation_names.get(name)
    return kind.title if kind else name
