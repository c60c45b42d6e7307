"""What has happened, in the past tense; every panel decides for itself what to refresh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from annotator.model import Edit


@dataclass(frozen=True, slots=True)
class Opened:
    """Another document is open. The labels of a large one are still to come: `Loaded` follows."""

    document_id: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is said about the open document, which was shown without it, is there now.

    `view` is what the window has had prepared.
    """

    document_id: str
    view: object


@dataclass(frozen=True, slots=True)
class Changed:
    """An edit has been applied to the open document; it is on its way to the disk."""

    edit: Edit


@dataclass(frozen=True, slots=True)
class Suggested:
    """Suggestions have arrived for a document, which need not be the open one.

    For the open one `edit` is the portion that has come just now; more may follow.
    """

    document_id: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Focused:
    """The focus is on another item, or on none. `reveal` asks to scroll to it."""

    item_id: str | None
    reveal: bool = True


@dataclass(frozen=True, slots=True)
class Selected:
    """The selection or the caret has moved; `range` is None when nothing is selected.

    `reveal` asks to scroll to the caret: it was moved for its own sake.
    """

    range: tuple[int, int] | None
    caret: int
    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Armed:
    """A label is armed (the next selection gets it), or none."""

    label: str | None


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """Open decisions are walked, or documents follow each other, in another order."""


@dataclass(frozen=True, slots=True)
class Swept:
    """The search for likely misses in the open document is over."""


@dataclass(frozen=True, slots=True)
class Relating:
    """Picking the other end of a relation has begun, gone a step further, or ended."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How safe the work is: "saved", "saving", or "not-saved" with its cause."""

    state: Literal["saved", "saving", "not-saved"]
    cause: str = ""


@dataclass(frozen=True, slots=True)
class WorkerChanged:
    """The suggestion worker is in another state; `text` is for the status bar."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentsChanged:
    """Documents were added, or what the list says of one has changed."""

    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Previewed:
    """What an act would change is to be shown, or no longer."""


@dataclass(frozen=True, slots=True)
class Spread:
    """An act in many documents has come this far; `is_over` when nothing more will be written."""

    title: str
    done: int
    total: int
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """Commands have other keys now."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the status bar; a refusal when something could not be done.

    "{go.nothing}" in it stands for the key of that command, which who shows the sentence puts in.
    """

    text: str
    is_refusal: bool = False


Event = TypeVar("Event")


class Bus:
    """Hands events to those who asked for their kind, in the order of asking, on the caller's thread."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
        self._refreshes: dict[type, list[Callable[[], None]]] = defaultdict(list)
        self._due: dict[Callable[[], None], None] = {}
        self._depth = 0

    def subscribe(self, kind: type[Event], handler: Callable[[Event], None]) -> None:
        self._handlers[kind].append(handler)

    def refresh_after(self, kinds: Iterable[type], refresh: Callable[[], None]) -> None:
        """Call this once when an act is over that emitted events of these kinds, however many there were."""
        for kind in kinds:
            self._refreshes[kind].append(refresh)

    def emit(self, event: object) -> None:
        """Hand it to its handlers at once. Outside of any act it is an act of its own."""
        with self.act():
            for handler in self._handlers[type(event)]:
                handler(event)
            self._due.update(dict.fromkeys(self._refreshes[type(event)]))

    @contextmanager
    def act(self) -> Iterator[None]:
        """What is done inside is one act: what only shows the state that it leads to is refreshed at its end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            while self._due and not self._depth:
                refresh = next(iter(self._due))
                del self._due[refresh]  # before the call: the refresh may be an act itself
                refresh()
