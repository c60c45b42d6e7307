"""Settling all suggestions of a project that say the same, in one act that undo takes back; but for those held back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from annotator.analysis.types import TypeRow, settled_by, words_of
from annotator.app.bulk import Outcome, Sheet
from annotator.app.commands import declare
from annotator.app.deciding import label_in_slot
from annotator.app.session import Session
from annotator.model import Decision, Edit, Refused, edits
from annotator.model.settling import correct_all

declare("window", "view.by-type-project", "Review by type in the whole project", "Shift+L")

Answer = Literal["accept", "reject", "correct"]
_VERBS: dict[Answer, str] = {"accept": "Accepted", "reject": "Rejected", "correct": "Corrected"}
OnSettled = Callable[[bool, int], None]
"""Learns when it is over, whether anything was done, and how many suggestions of the row are left open."""


def accept_type(session: Session, row: TypeRow, documents: Sequence[str], on_settled: OnSettled) -> None:
    """Accept all of a row but what is held back. Raises Refused when all of it is."""
    if not row.free:
        raise Refused("types-held-back")
    _settle(session, row, documents, "accept", row.label, on_settled)


def reject_type(session: Session, row: TypeRow, documents: Sequence[str], on_settled: OnSettled) -> None:
    """Reject all of a row, also what is unsure: undo brings it back."""
    _settle(session, row, documents, "reject", row.label, on_settled)


def label_type(session: Session, row: TypeRow, slot: int, documents: Sequence[str], on_settled: OnSettled) -> None:
    """Give all of a row the label with this digit; what is held back for its text's other label is taken along."""
    found = label_in_slot(session, slot)
    if found is None:
        raise Refused("label-slot-empty", slot=slot)
    if not row.free and not row.is_contested:
        raise Refused("types-held-back")
    _settle(session, row, documents, "accept" if found.name == row.label else "correct", found.name, on_settled)


def _settle(
    session: Session, row: TypeRow, documents: Sequence[str], answer: Answer, label: str, on_settled: OnSettled
) -> None:
    """Each document is settled as it stands when its turn comes. Finished ones stay as they are."""
    done: Counter[str] = Counter()

    def edit_of(sheet: Sheet) -> Edit | None:
        if sheet.layer.status == "done":
            return None
        alike = [span.id for span in sheet.pending.spans.values() if _is_of(row, sheet, span.id)]
        ids = settled_by(row, sheet.text, sheet.layer, sheet.pending, sheet.schema.overlap)
        chosen = alike if answer == "reject" else ids
        edit = _edit(sheet, chosen, answer, label) if chosen else None
        settled = {change.after.target for change in edit.changes if isinstance(change.after, Decision)} if edit else ()
        count = sum(key in settled for key in alike)
        done.update(done=count, left=len(alike) - count)
        return edit

    def tell(outcome: Outcome) -> None:
        session.say(_told(session, row, answer, label, outcome, done), is_refusal=outcome.error is not None)
        on_settled(outcome.documents > 0, done["left"])

    session.bulk.apply(f"{_verb(answer, session, label)} “{_short(row.text)}” in the project", documents, edit_of, tell)


def _edit(sheet: Sheet, ids: Sequence[str], answer: Answer, label: str) -> Edit:
    if answer == "reject":
        return edits.reject(sheet.text, sheet.pending, ids, how="bulk")
    if answer == "correct":
        return correct_all(sheet.layer, sheet.schema, sheet.text, sheet.pending, ids, label)
    return edits.accept(sheet.layer, sheet.schema, sheet.text, sheet.pending, ids, how="bulk")


def _is_of(row: TypeRow, sheet: Sheet, span_id: str) -> bool:
    span = sheet.pending.spans[span_id]
    return span.label == row.label and words_of(span, sheet.text) == row.text


def _verb(answer: Answer, session: Session, label: str) -> str:
    if answer != "correct":
        return {"accept": "Accept", "reject": "Reject"}[answer]
    known = session.schema.label_names.get(label)
    return f"Label as {known.title if known else label}"


def _told(session: Session, row: TypeRow, answer: Answer, label: str, outcome: Outcome, done: Counter[str]) -> str:
    many = "1 document" if outcome.documents == 1 else f"{outcome.documents:,} documents"
    verb = _VERBS[answer] if answer != "correct" else _verb(answer, session, label).replace("Label", "Labelled", 1)
    said = f"{verb}: {done['done']:,} × “{_short(row.text)}” in {many}"
    if done["left"]:
        said += f", {done['left']:,} held back"
    if outcome.skipped:
        said += f", {outcome.skipped:,} left as they are"
    if outcome.error is not None:
        return f"{said}; then it ended: {outcome.error.message}"
    return f"{said}{'; stopped' if outcome.is_stopped else ''}. Undo takes all of it back."


def _short(words: str, limit: int = 40) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
