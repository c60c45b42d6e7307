"""A label over many paragraphs is seldom meant: it is asked for twice."""

from __future__ import annotations

from annotator.app.session import Session
from annotator.model import Fragment, Refused

USUAL_CHARS = 400
"""A label over several paragraphs that is no longer than this needs no second word: broken lines are paragraphs too."""


def check_extent(session: Session, chosen: Fragment, label: str) -> None:
    """Raise Refused, the first time, for a label over several paragraphs that are long together.

    The same label on the same place again is meant; so is any more once the document has such a label.
    """
    paragraphs = _paragraphs(session.text, chosen)
    if paragraphs < 2 or session.asked_twice == (chosen, label) or _is_usual(session, label):
        return
    session.asked_twice = (chosen, label)
    title = session.schema.label_names[label].title if label in session.schema.label_names else label
    raise Refused("label-wide", label=title, paragraphs=paragraphs)


def _paragraphs(text: str, chosen: Fragment) -> int:
    """How many paragraphs it covers when it is longer than usual; 0 otherwise."""
    start, end = chosen
    if end - start <= USUAL_CHARS:
        return 0
    return sum(not line.isspace() for line in text[start:end].split("\n") if line)


def _is_usual(session: Session, label: str) -> bool:
    return any(
        span.label == label and _paragraphs(session.text, (span.start, span.end)) > 1
        for span in session.layer.spans.values()
    )
