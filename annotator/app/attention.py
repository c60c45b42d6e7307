"""Attention: what a person looks at in the open document. View state, never stored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.app.events import Armed, Bus, Focused, OrderChanged, Previewed, Relating, Said, Selected
from annotator.app.loading import Loader
from annotator.app.relating import Relating as RelationInMaking
from annotator.app.walking import (
    START,
    Order,
    Place,
    Walk,
    certainty,
    open_decisions,
    place_before,
    place_of,
    span_finder,
)
from annotator.model import Fragment, Layer, Pending, Relation, Span
from annotator.model.growing import Ladder

if TYPE_CHECKING:  # imported when it is first needed: the text comes on screen before it
    from annotator.analysis.mentions import Plan


class Attention:
    """Focus, selection, caret, armed label, and what is in the making; every change is told on the bus.

    The session that derives from it brings the document.
    """

    bus: Bus
    text: str
    layer: Layer
    loader: Loader
    decisions: Walk
    all_spans: Walk

    preview: Plan | None = None
    """What an act that is shown beforehand would do; anything else that happens ends it."""
    is_preview_wanted = False
    """Whether it shall be done as soon as the plan is whole."""
    armed: str | None = None

    @property
    def pending(self) -> Pending:
        """The open suggestions of the document."""
        raise NotImplementedError

    def forget_view(self) -> None:
        """Look at the beginning of another document, or of none."""
        self.focus: str | None = None
        self.last_span: str | None = None
        """The span that was focused last, also after the focus has left it."""
        self.selection: tuple[int, int] | None = None
        self.anchor: tuple[int, int] | None = None
        self.asked_twice: tuple[Fragment, str] | None = None
        """The place and the label of a wide label that was asked about, as long as nothing else is selected."""
        self.relating: RelationInMaking | None = None
        self.caret = 0
        self.looked_at: set[str] = set()
        """The suggestions of this document that have been in focus."""
        self.ladder = Ladder()
        """The places that growing and shrinking went through, to go back to them."""
        self._place: Place = START
        self._certainty = -1.0
        self._focused_at = time.monotonic()

    @property
    def focused(self) -> Span | Relation | None:
        """The focused item itself: the person's own, or an open suggestion."""
        return self.find(self.focus) if self.focus else None

    def find(self, item_id: str) -> Span | Relation | None:
        """A span or relation on the page by its id, decided or suggested."""
        return self.layer.spans.get(item_id) or self.layer.relations.get(item_id) or self.pending.get(item_id)

    def spans(self) -> Iterator[Span]:
        """All spans on the page, decided and suggested."""
        yield from self.layer.spans.values()
        yield from self.pending.spans.values()

    @property
    def place(self) -> Place:
        """Where the eye is: the focused item, the caret, or where the last item stood."""
        return self._place

    @property
    def order(self) -> Order:
        """How open decisions are walked."""
        return self.loader.order

    def set_order(self, order: Order) -> None:
        self.loader.order = order
        self.decisions = open_decisions(self.layer, self.pending, order)
        self.bus.emit(OrderChanged())

    def next_decision(self) -> str | None:
        """The open suggestion that comes next from here; None when none is left."""
        return self.decisions.following(self._place, self._rank)

    def previous_decision(self) -> str | None:
        return self.decisions.preceding(self._place, self._rank)

    @property
    def _rank(self) -> float:
        return 0.0 if self.order == "reading" else self._certainty

    @property
    def seconds_focused(self) -> float:
        """How long the focused item has been in focus; milliseconds precise."""
        return round(time.monotonic() - self._focused_at, 3)

    def set_focus(
        self, item_id: str | None, *, reveal: bool = True, place: Place | None = None, caret: int | None = None
    ) -> None:
        """Focus an item, or none. Walking goes on from the item, or from `place` when the eye stays elsewhere.

        The caret goes to where a span begins, or to `caret` when that lies in it.
        """
        item = self.find(item_id) if item_id else None
        self.show_preview(None)
        self.focus = item.id if item else None
        self._focused_at = time.monotonic()
        self.end_relating()
        if item is not None:
            self._place = place or place_of(item, span_finder(self.layer, self.pending))
            if self.pending.get(item.id) is not None:
                self.looked_at.add(item.id)
                self._certainty = certainty(item)
            if isinstance(item, Span):
                self.last_span = item.id
                is_inside = caret is not None and item.start <= caret < item.end
                self.caret = caret if caret is not None and is_inside else item.start
            self.set_selection(None)
        self.bus.emit(Focused(self.focus, reveal))

    def set_selection(self, chosen: tuple[int, int] | None, *, caret: int | None = None) -> None:
        """Select a range of the text, which takes the focus away. Walking goes on from the caret, if one is given."""
        if chosen is not None and self.focus is not None:
            self.set_focus(None)
        self.show_preview(None)
        if chosen is not None and chosen != self.selection:
            self.asked_twice = None
        self.selection = chosen
        if chosen is None:
            self.anchor = None
        if caret is not None:
            self.caret = max(0, min(caret, len(self.text)))
            self._place = place_before(self.caret)
            self._certainty = -1.0  # before the least certain
        self.bus.emit(Selected(self.selection, self.caret, reveal=caret is not None))

    def arm(self, label: str | None) -> None:
        """Let the next selection get this label at once; None ends it."""
        self.armed = label
        self.bus.emit(Armed(label))

    def begin_relating(self, state: RelationInMaking | None) -> None:
        self.relating = state
        self.bus.emit(Relating())

    def end_relating(self) -> None:
        if self.relating is not None:
            self.begin_relating(None)

    def show_preview(self, plan: Plan | None) -> None:
        """Show what an act would do before it is done; None ends that."""
        if plan is not self.preview:
            self.preview = plan
            self.is_preview_wanted = self.is_preview_wanted and plan is not None
            self.bus.emit(Previewed())

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Show a sentence in the status bar."""
        self.bus.emit(Said(text, is_refusal))

    def drop_lost_focus(self) -> None:
        if self.focus is not None and self.find(self.focus) is None:
            self.focus = None
            self.end_relating()
            self.bus.emit(Focused(None, reveal=False))
