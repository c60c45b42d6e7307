"""What is to be said of a focused item, in words. No widgets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from annotator.analysis.certainty import LOW
from annotator.app import radar, swapping
from annotator.app.session import Session
from annotator.model import Relation, Span
from annotator.ui.text import counted, one_line

_CONFIRMED = {"single": "singly", "bulk": "in bulk", "none": "not looked at"}
_HIGH = 0.8

_ALNUM = r"[^\W_]"

MANY = 1000
"""Beyond so many the exact count is of no use, and takes time in a large text."""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of the focused span, or an end of the focused relation; `target` is what a click focuses."""

    icon: str
    label: str
    text: str
    target: str
    is_pending: bool


def facts(session: Session, item: Span | Relation) -> list[Fact]:
    """Where the item comes from, who stands by it, and where it is."""
    is_pending = session.pending.get(item.id) is not None
    found = [Fact("Source", source(item.origin))]
    if item.score is not None:
        found.append(Fact("Score", score_in_words(item.score)))
    for number, other in enumerate(swapping.likely_others(session, item)):
        words = f"{label_title(session, other.label)}, {score_in_words(other.score)}"
        found.append(Fact("" if number else "Runner-up" if is_pending else "Instead", words))
    if not is_pending:
        found.append(Fact("Confirmed", _CONFIRMED[item.confirmed or "none"]))
    if isinstance(item, Span):
        ranges = ", ".join(f"{start:,} to {end:,}" for start, end in item.fragments)
        found.append(Fact("Characters", ranges))
        others = same_text(session.text, item)
        count = f"{others:,}" if others < MANY else f"over {MANY:,}"
        found.append(Fact("Same text", f"{count} more in this document" if others else "nowhere else here"))
    return found


def spoken(session: Session, item: Span | Relation) -> str:
    """The item for a screen reader: what it is, whose, and on which words."""
    kind = "Suggestion" if session.pending.get(item.id) is not None else "Label"
    if isinstance(item, Span):
        return f"{kind}, {label_title(session, item.label)}, {one_line(item.covered(session.text), 120)}"
    ends = [session.find(end) for end in (item.head, item.tail)]
    words = [one_line(end.covered(session.text), 60) for end in ends if isinstance(end, Span)]
    return f"{kind}, {relation_title(session, item.label)}, {' to '.join(words)}"


def source(origin: str | None) -> str:
    """An origin as a person would say it."""
    if origin is None:
        return "by hand"
    kind, _, name = origin.partition("#")[0].partition(":")
    words = {"model": "{}", "rules": "rules of {}", "import": "import of {}"}
    return words.get(kind, "{}").format(name.partition("@")[0] or kind)


def score_in_words(score: float) -> str:
    """A rank, not a probability: so a word comes first."""
    score = round(score, 2)
    word = "low" if score < LOW else "middle" if score < _HIGH else "high"
    return f"{word}, {score:.2f}"


def same_text(text: str, span: Span) -> int:
    """How often the covered words stand elsewhere in the document, as whole words; counted up to MANY."""
    found = sum(1 for _ in islice(_as_whole_words(span.covered(text)).finditer(text), MANY + 1))
    return max(0, found - 1)


def _as_whole_words(covered: str) -> re.Pattern[str]:
    """The words where no other letter or digit touches them. They stand first in the pattern, so that C searches for
    them: a single letter has a hundred thousand places in a large text, and hardly one as a word."""
    words, ahead, behind = re.escape(covered), "", ""
    if covered[-1:].isalnum():
        ahead = f"(?!{_ALNUM})"
    if covered[:1].isalnum():
        behind = f"(?<!{_ALNUM}{words})"
    return re.compile(f"{words}{ahead}{behind}")


def links(session: Session, item: Span | Relation) -> Iterator[Link]:
    """The ways from here: along the relations of a span, or to the two ends of a relation."""
    if isinstance(item, Relation):
        yield from _ends(session, item)
        return
    relations = [*session.layer.relations_of(item.id)]
    relations += [r for r in session.pending.relations.values() if item.id in (r.head, r.tail)]
    for relation in relations:
        is_out = relation.head == item.id
        other = session.find(relation.tail if is_out else relation.head)
        if isinstance(other, Span):
            yield Link(
                "arrow-right" if is_out else "arrow-left",
                relation_title(session, relation.label),
                one_line(other.covered(session.text), 80),
                relation.id,
                relation.id in session.pending.relations,
            )


def _ends(session: Session, relation: Relation) -> Iterator[Link]:
    for icon, name, end in (("", "from", relation.head), ("", "to", relation.tail)):
        span = session.find(end)
        if isinstance(span, Span):
            yield Link(icon, name, one_line(span.covered(session.text), 80), end, end in session.pending.spans)


def relation_title(session: Session, name: str) -> str:
    kind = session.schema.relation_names.get(name)
    return kind.title if kind else name


def label_title(session: Session, name: str) -> str:
    label = session.schema.label_names.get(name)
    return label.title if label else name


def next_step(session: Session) -> tuple[str, str]:
    """With nothing in focus: where one stands, and what to press now, to be `spelt`."""
    if session.document is None:
        return "No document", "Import a text with {file.import}, or drop a file on the window."
    return next(words(session) for holds, words in _STEPS if holds(session))


def _quoted(told: tuple[str, str]) -> tuple[str, str]:
    return f"“{one_line(told[0], 80)}”", told[1]


_STEPS: tuple[tuple[Callable[[Session], object], Callable[[Session], tuple[str, str]]], ...] = (
    (
        lambda session: session.is_read_only,
        lambda _: ("For reading only", "Nothing can be changed here while another window writes this project."),
    ),
    (radar.why, lambda session: _quoted(radar.why(session) or ("", ""))),
    (
        lambda session: session.selection,
        lambda session: (
            f"“{one_line(session.text[slice(*(session.selection or (0, 0)))], 80)}”",
            "Press the key of a label, or Enter to choose from the list.",
        ),
    ),
    (
        lambda session: session.armed,
        lambda session: (
            "Ready to label",
            f"What you select now becomes {label_title(session, session.armed or '')}. {{go.nothing}} ends it.",
        ),
    ),
    (
        lambda session: session.is_loading,
        lambda _: ("Reading the labels", "This text is long. You can read it meanwhile."),
    ),
    (
        lambda session: session.pending,
        lambda session: (
            f"{counted(len(session.pending), 'suggestion')} left",
            "Press {go.next-decision} to go to the next one.",
        ),
    ),
    (
        lambda session: session.layer.status == "done",
        lambda _: ("Done", "This document is finished. It can still be changed at any time."),
    ),
    (
        lambda session: session.layer.spans and session.machine is None,
        lambda _: ("No suggestions yet", "You can go on meanwhile: select text, then press the key of a label."),
    ),
    (
        lambda session: session.layer.spans and len(session.sweep),
        lambda session: (
            "No suggestion left",
            f"{radar.in_words(session)}. {{document.finish}} finishes the document.",
        ),
    ),
    (
        lambda session: session.layer.spans,
        lambda _: (
            "Nothing left to decide",
            "Press {document.finish} to finish the document, or select text to label more.",
        ),
    ),
    (
        lambda _: True,
        lambda _: (
            "Nothing labelled yet",
            "Select text with the mouse, or with Shift and the arrow keys. Then press the key of a label.",
        ),
    ),
)
