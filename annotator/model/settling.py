"""Acts on many suggestions at once that `edits` has for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model.edits import accept
from annotator.model.items import Decision, How
from annotator.model.layer import Change, Edit, Layer
from annotator.model.schema import Schema
from annotator.model.suggestions import Pending


def correct_all(
    layer: Layer,
    schema: Schema,
    text: str,
    pending: Pending,
    suggestion_ids: Sequence[str],
    label: str,
    *,
    how: How = "bulk",
    seconds: float | None = None,
) -> Edit:
    """Take suggestions over with another label, the open ends of relations as they are.

    As with `accept`: in bulk, those that do not fit stay open; Refused when none fits. Those that have the label
    already are accepted.
    """
    chosen = set(suggestion_ids)
    wanted = Pending(
        {key: replace(span, label=label) if key in chosen else span for key, span in pending.spans.items()}
        if any(key in pending.spans for key in chosen)
        else pending.spans,
        {key: replace(pending.relations[key], label=label) for key in chosen if key in pending.relations},
    )
    edit = accept(layer, schema, text, wanted, suggestion_ids, how=how, seconds=seconds)
    changes = tuple(_as_correction(change, pending, label) for change in edit.changes)
    count = sum(isinstance(change.after, Decision) and change.after.target in chosen for change in changes)
    return Edit(f"Correct {count} suggestion{'' if count == 1 else 's'} to {label}", changes)


def _as_correction(change: Change, pending: Pending, label: str) -> Change:
    """A decision says what was suggested, not what became of it."""
    decision = change.after
    if not isinstance(decision, Decision):
        return change
    suggested = pending.get(decision.target)
    if suggested is None or suggested.label == decision.label or decision.label != label:
        return change
    return Change(change.before, replace(decision, answer="corrected", label=suggested.label))
