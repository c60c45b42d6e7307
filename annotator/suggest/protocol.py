"""What the program and its worker say to each other: one JSON object a line, UTF-8, only "\\n" ends a line.

To the worker:

    {"kind": "setup", "schema": {...}, "model": NAME or null}      first, once
    {"kind": "ask", "ticket": 1, "document": ID, "text": "...", "urgent": true}
    {"kind": "hurry", "ticket": 1}                                 this request has become urgent
    {"kind": "forget", "ticket": 1}                                nobody waits for it any more

From the worker:

    {"kind": "ready", "model": {"name", "version", "verified", "detail", ...}}
    {"kind": "working", "ticket": 1}                               a sign of life, before each step
    {"kind": "part", "ticket": 1, "items": [...]}                  the first items of a long answer, which goes on
    {"kind": "part", "ticket": 1, "phrases": [...]}                the same of its phrases
    {"kind": "answer", "ticket": 1, "stage": "entities" | "relations", "items": [...], "author": {...}, "seconds": 0.1,
     "phrases": [[...], ...],                                      rows as in model/phrases.py; with the last stage
     "weak": [[START, END, LABEL, SCORE], ...]}                    what it was not sure enough to suggest; likewise
    {"kind": "failed", "ticket": 1, "reason": "..."}               this one text cannot be done
    {"kind": "broken", "reason": "..."}                            nothing can be done; the worker ends

Offsets are code points of the whole text. End of input ends the worker, after it has answered what it was asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from annotator.model import Alternative, Author, Item, Relation, Span
from annotator.model.phrases import NO_PHRASES, Phrases, Row
from annotator.model.weak import WeakHits, weak_hits

Stage = Literal["entities", "relations"]
StateKind = Literal["starting", "ready", "busy", "restarted", "no-model", "failed"]
Verified = Literal["yes", "no", "unknown", "none"]
"""Whether the model's files are those of the reference list; `unknown`: there is no list for it, `none`: no model."""

PART_ITEMS = 2_000
"""How many items a line holds at most, so that reading one never stops the window."""

PART_PHRASES = 10_000
"""The same for phrases, which are shorter."""

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is suggested for a document up to this stage; "relations" is the last one and holds everything.

    `document` is the id the text was asked under; `seconds` is the worker's time from taking the text up. `author` is
    the machine that speaks: its `info` says with which model, rules and label map. `phrases` are those of the parse,
    `weak` is what it was not sure enough to suggest.
    """

    document: str
    stage: Stage
    items: tuple[Item, ...]
    author: Author
    seconds: float
    phrases: Phrases = NO_PHRASES
    weak: WeakHits = ()

    @property
    def is_last(self) -> bool:
        return self.stage == "relations"


@dataclass(frozen=True, slots=True)
class HostState:
    """How the suggestions are doing: `text` is for the status bar. `document` is set when only that one failed."""

    kind: StateKind
    text: str
    model: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The model a worker has loaded. `name` is empty without a model; `detail` is a sentence worth showing, or empty.

    `package` is where it came from: the installed package, or the path.
    """

    name: str = ""
    version: str = ""
    package: str = ""
    verified: Verified = "none"
    detail: str = ""

    @property
    def title(self) -> str:
        """`en_core_web_sm-3.8.0`, or an empty string without a model."""
        return f"{self.name}-{self.version}" if self.name else ""

    def to_dict(self) -> Message:
        return asdict(self)


def encode(message: Mapping[str, Any]) -> bytes:
    """One line, with its end."""
    # Lone surrogates pass: a text that holds one must fail in the worker, by name, and not break the line.
    return (json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "surrogatepass")


def decode(line: bytes) -> Message:
    """The message on a line. Raises ValueError when it is none."""
    message = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict) or not isinstance(message.get("kind"), str):
        raise ValueError("not a message")  # noqa: TRY004 - its content is wrong, not our use of it
    return message


def items_to_json(items: Iterable[Span | Relation]) -> list[Message]:
    """Suggestions as JSON values; all are unconfirmed, so that is not written."""
    return [
        _span_to_json(item)
        if isinstance(item, Span)
        else {
            "id": item.id,
            "label": item.label,
            "head": item.head,
            "tail": item.tail,
            "origin": item.origin,
            "score": item.score,
        }
        for item in items
    ]


def _span_to_json(item: Span) -> Message:
    value: Message = {
        "id": item.id,
        "label": item.label,
        "at": item.fragments,
        "origin": item.origin,
        "score": item.score,
    }
    if item.alternatives:
        value["or"] = [(other.label, other.score) for other in item.alternatives]
    return value


def items_from_json(values: Iterable[Message]) -> tuple[Item, ...]:
    """The suggestions that `items_to_json` wrote. Raises KeyError, TypeError or ValueError when they are none."""
    return tuple(_item(value) for value in values)


def _item(value: Message) -> Span | Relation:
    if "at" in value:
        fragments = tuple((int(start), int(end)) for start, end in value["at"])
        return Span(
            value["id"],
            value["label"],
            fragments,
            origin=value["origin"],
            confirmed="none",
            score=value["score"],
            alternatives=tuple(Alternative(label, score) for label, score in value.get("or", ())),
        )
    return Relation(
        value["id"],
        value["label"],
        value["head"],
        value["tail"],
        origin=value["origin"],
        confirmed="none",
        score=value["score"],
    )


def answer_from(message: Message, document: str, parts: tuple[Item, ...] = (), phrases: tuple[Row, ...] = ()) -> Answer:
    """The Answer in an "answer" message, behind the items and phrases of the parts before it.

    Raises KeyError, TypeError or ValueError when it is none.
    """
    author = message["author"]
    return Answer(
        document,
        message["stage"],
        parts + items_from_json(message["items"]),
        Author(author["id"], author["kind"], author["name"], author["info"]),
        float(message["seconds"]),
        Phrases((*phrases, *message.get("phrases", ()))),
        weak_hits(message.get("weak", ())),
    )
