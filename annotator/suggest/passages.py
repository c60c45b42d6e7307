"""A document on its way through the suggester: its pieces, and what is proposed on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from annotator.suggest.pieces import Piece
from annotator.suggest.tokens import Mention, Tokens

Nesting = Mapping[str, frozenset[str]]
"""Label -> the labels that may be proposed inside it."""


@dataclass(slots=True)
class Passage:
    """One piece of a document. `text` is the whole text; `origin` signs what is learned from the model's findings.

    `read` makes the words anew when they were let go to save memory.
    """

    text: str
    piece: Piece
    origin: str
    nesting: Nesting
    read: Callable[[Piece], Tokens]
    mentions: list[Mention] = field(default_factory=list)
    weak: list[Mention] = field(default_factory=list)
    """What the model was not sure enough to propose."""
    _kept: Tokens | None = None
    _declined: list[Mention] = field(default_factory=list)

    @property
    def tokens(self) -> Tokens:
        """The words, with the mentions laid out on them as they are now."""
        tokens = self._kept if self._kept is not None else self.read(self.piece)
        tokens.place(self.mentions)
        return tokens

    def keep(self, tokens: Tokens) -> None:
        self._kept = tokens

    def propose(self, mention: Mention, *, wins: bool = False, cuts: bool = False) -> bool:
        """Add a mention. Where it does not go together with others, it takes their place (`wins`) or is not added.

        Only with `cuts` does it take the place of one that holds it whole. Returns whether it stands now.
        """
        rivals = [
            other for other in self.mentions if other.overlaps(*mention.place) and not self._agree(mention, other)
        ]
        # What holds the new one whole is a longer name that merely contains these words: it stays, the new one goes.
        if rivals and (not wins or (not cuts and any(_holds(rival, mention) for rival in rivals))):
            self._declined.append(mention)
            return False
        for rival in rivals:
            self.mentions.remove(rival)
            if rival.place == mention.place:
                mention = mention.succeeding(rival)
        self.mentions.append(mention)
        return True

    def reconsider(self) -> None:
        """Add what was declined for the sake of a mention that has gone since."""
        declined, self._declined = self._declined, []
        for mention in declined:
            self.propose(mention)
        self._declined = []

    def drop(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self.mentions.remove(mention)

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions that overlap this place."""
        return [mention for mention in self.mentions if mention.overlaps(start, end)]

    def _agree(self, one: Mention, other: Mention) -> bool:
        """Whether both may stand: one inside the other, as the project's nesting has it."""
        outer, inner = (one, other) if _holds(one, other) else (other, one)
        return _holds(outer, inner) and inner.label in self.nesting.get(outer.label, ())


def _holds(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.place != inner.place
