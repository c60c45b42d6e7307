"""What the command palette offers: commands, labels, relation labels, documents; and whether each is possible now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.app import deciding, describing
from annotator.app.commands import COMMANDS
from annotator.app.fuzzy import Match, rank
from annotator.app.keymap import Keymap
from annotator.app.placement import BY_LABEL, GROUPS, in_order
from annotator.app.possible import why_not
from annotator.app.session import Session
from annotator.model import Document, Label, Refused, Relation, RelationType, Span

PALETTE = "help.commands"
"""The command that opens the palette; it does not offer itself."""

Kind = Literal["command", "label", "document-label", "relation-label", "document"]

MOST_DOCUMENTS = 8
_MOST_OFFERED = 60
_RECENT_BONUS = 3.0
"""What it counts to have been used lately: less than a letter at the start of a word."""
_DOCUMENT_MALUS = 2.0
"""Of a command and a document that fit alike the command is meant."""
_GREY_MALUS = 4.0
"""Of two that fit alike the one that is possible is meant."""
_WORTH_SHOWING = 0.45
"""Letters strewn over a title, where another has them in a row, are chance: this share of the best score is needed."""
_FIRST_WORDS = {"label": "Label", "document-label": "Document label", "relation-label": "Relation label"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the palette. `name` means it among those of its kind; `reason` says why it is not possible now."""

    kind: Kind
    name: str
    title: str
    group: str
    keys: str = ""
    reason: str = ""
    hue: int | None = None
    """Of a label."""

    @property
    def searched(self) -> str:
        """The title, behind which a document has its name."""
        return f"{self.title} {self.group}" if self.kind == "document" else self.title

    @property
    def id(self) -> str:
        """What it is remembered by."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Found:
    """An offer that fits what was typed, which of its letters were meant, and whether it was used lately."""

    offer: Offer
    match: Match
    is_recent: bool = False


def standing_offers(session: Session, keymap: Keymap) -> list[Offer]:
    """Everything but documents, group by group, as things are now."""
    return [*_commands(session, keymap), *_labels(session, keymap), *_relation_labels(session)]


def find(query: str, offers: Sequence[Offer], documents: Sequence[Offer], recent: Sequence[str]) -> list[Found]:
    """What fits the query, the best first; without a query what was used lately, then all commands."""
    freshness = {name: len(recent) - number for number, name in enumerate(recent)}
    if not query.strip():
        shown = [offer for offer in offers if offer.kind == "command" or offer.id in freshness]
        shown.sort(key=lambda offer: (-freshness.get(offer.id, 0), bool(offer.reason)))
        return [Found(offer, Match(0.0, frozenset()), offer.id in freshness) for offer in shown]
    fitting = rank(query, [*offers, *documents], lambda offer: offer.searched)

    def worth(pair: tuple[Offer, Match]) -> float:
        offer, how = pair
        malus = _DOCUMENT_MALUS * (offer.kind == "document") + _GREY_MALUS * bool(offer.reason)
        return how.score + _RECENT_BONUS * (offer.id in freshness) - malus

    best = sorted(fitting, key=worth, reverse=True)[:_MOST_OFFERED]
    enough = _WORTH_SHOWING * max((how.score for _, how in best), default=0.0)
    return [Found(offer, how, offer.id in freshness) for offer, how in best if how.score >= enough]


def document_offers(session: Session, words: str, titled: Sequence[Document]) -> list[Offer]:
    """Some documents whose name begins so, with those that have been found by their `titled` words."""
    named = session.find_documents(words.strip(), limit=MOST_DOCUMENTS)
    found = {document.id: document for document in (*titled, *named)}
    return [
        Offer("document", one.id, one.title, one.name if one.name != one.title else "Document")
        for one in found.values()
    ]


def take(session: Session, offer: Offer) -> None:
    """Carry out an offer that is no command. Raises Refused."""
    match offer.kind:
        case "label":
            deciding.set_label(session, offer.name)
        case "document-label":
            describing.toggle_document_label(session, offer.name)
        case "relation-label":
            deciding.set_relation_label(session, offer.name)
        case "document":
            session.open_document(offer.name)
        case "command":
            raise ValueError(f"{offer.name} is carried out by whom it belongs to")


def _commands(session: Session, keymap: Keymap) -> list[Offer]:
    entries = [COMMANDS[name] for name in in_order() if name != PALETTE]
    order = list(GROUPS)
    entries.sort(key=lambda entry: order.index(entry.group))
    return [
        Offer(
            "command",
            entry.name,
            entry.title,
            GROUPS[entry.group],
            keymap.first_key(entry.name),
            _words(why_not(session, entry)),
        )
        for entry in entries
        if entry.group not in BY_LABEL
    ]


def _labels(session: Session, keymap: Keymap) -> list[Offer]:
    schema = session.schema
    groups: tuple[tuple[Kind, tuple[Label, ...]], ...] = (
        ("label", schema.labels),
        ("document-label", schema.document_labels),
    )
    reason = _why_no_label(session)
    return [
        Offer(kind, label.name, _titled(kind, label), "", _key(f"{kind}.{label.key}", keymap), reason, label.hue)
        for kind, labels in groups
        for label in labels
    ]


def _why_no_label(session: Session) -> str:
    if session.document is None:
        return _words(Refused("no-document"))
    return _words(Refused("read-only", reason=session.read_only_reason)) if session.is_read_only else ""


def _relation_labels(session: Session) -> list[Offer]:
    focused, reason = session.focused, _why_no_label(session)
    allowed: set[str] = set()
    if isinstance(focused, Relation):
        head, tail = session.find(focused.head), session.find(focused.tail)
        if isinstance(head, Span) and isinstance(tail, Span):
            allowed = {kind.name for kind in session.schema.relations_between(head.label, tail.label)}
    elif not reason:
        reason = _words(Refused("relation-not-focused"))

    def why(kind: RelationType) -> str:
        return reason or ("" if kind.name in allowed else _words(Refused("relation-label-not-here")))

    return [
        Offer("relation-label", kind.name, _titled("relation-label", kind), "", kind.key.upper(), why(kind))
        for kind in session.schema.relations
    ]


def _titled(kind: Kind, label: Label | RelationType) -> str:
    return f"{_FIRST_WORDS[kind]} {label.title}"


def _key(name: str, keymap: Keymap) -> str:
    return keymap.first_key(name) if name in keymap.names else ""


def _words(error: Refused | None) -> str:
    return error.message if error is not None else ""
