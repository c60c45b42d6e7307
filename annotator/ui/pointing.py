"""What the mouse does on the text: focus, select, draw, move. A click focuses; it never accepts or deletes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject

from annotator.app import deciding, drawing, moving, piecing, rewiring
from annotator.app.commands import attempt
from annotator.app.relating import End
from annotator.app.session import Session
from annotator.model import Span
from annotator.ui.canvas import Canvas


class Pointing(QObject):
    """Turns the signals of the canvas into acts of the session."""

    def __init__(self, session: Session, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        canvas.itemClicked.connect(self._click_item)
        canvas.emptyClicked.connect(self._click_text)
        canvas.selectionMade.connect(self._select)
        canvas.relationDragged.connect(self._drag_relation)
        canvas.pieceAdded.connect(self._add_piece)
        canvas.boundaryDragged.connect(self._drag_boundary)
        canvas.endDragged.connect(self._drag_end)
        canvas.may_end = self._may_end

    def _click_item(self, item_id: str) -> None:
        state = self._session.relating
        if state is not None and state.tail is None and item_id in state.hints:
            self._try(lambda: drawing.pick(self._session, state, item_id))
        else:
            self._session.set_focus(item_id, caret=self._canvas.pointed_at)

    def _click_text(self, offset: int) -> None:
        if self._session.text:
            moving.put_caret_at(self._session, offset)

    def _select(self, chosen: tuple[int, int]) -> None:
        armed = self._session.armed
        if armed is None:
            self._session.set_selection(chosen, caret=chosen[0])
        else:
            self._try(lambda: deciding.label_selection(self._session, chosen, armed))

    def _drag_relation(self, head: str, tail: str) -> None:
        self._try(lambda: drawing.relate(self._session, head, tail))

    def _add_piece(self, item_id: str, chosen: tuple[int, int]) -> None:
        span = self._session.find(item_id)
        if isinstance(span, Span):
            self._try(lambda: piecing.add_piece(self._session, span, chosen))

    def _drag_boundary(self, item_id: str, edge: Literal["start", "end"], offset: int) -> None:
        span = self._session.find(item_id)
        if isinstance(span, Span):
            start, end = (offset, span.end) if edge == "start" else (span.start, offset)
            self._try(lambda: moving.set_bounds(self._session, span, start, end))

    def _drag_end(self, relation_id: str, end: End, span_id: str | None) -> None:
        self._try(lambda: rewiring.drop_end(self._session, relation_id, end, span_id))

    def _may_end(self, relation_id: str, end: End, span_id: str) -> bool:
        return rewiring.may_end(self._session, relation_id, end, span_id)

    def _try(self, act: Callable[[], object]) -> None:
        if not attempt(self._session, act):
            self._session.set_selection(None)
