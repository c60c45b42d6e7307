"""What the mouse means: clicks, selecting, drawing relations, moving edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QBasicTimer, QEvent, QObject, QPointF, QRect, QSize, Qt, QTimerEvent
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.model import Span
from annotator.model.text import grapheme_after, snap_to_graphemes, snap_to_tokens
from annotator.ui.canvas.hit import Hit
from annotator.ui.canvas.overlay import Rubber
from annotator.ui.canvas.page import token_start_at
from annotator.ui.text import counted

if TYPE_CHECKING:
    from annotator.ui.canvas.view import Canvas

_SCROLL_MS = 30
_STILL = 4
"""Pixels that the mouse may move in a click."""
_EDGE = 28.0
"""Pixels at the view's top and bottom where a drag scrolls."""


@dataclass(slots=True)
class _Press:
    """A pressed left button: where it went down, and what it has become since."""

    at: QPointF
    hit: Hit
    last: QPointF
    is_adding: bool = False
    """Whether Alt was held: the drag adds a piece to the focused span."""
    becomes: Literal["click", "select", "relate", "move", "extend", "retarget", "nothing"] = "click"


class Gestures(QObject):
    """Reads the mouse over a canvas and lets the canvas say what was meant."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._press: _Press | None = None
        self._scrolling = QBasicTimer()
        self._meanings: dict[QEvent.Type, Callable[[Any], None]] = {
            QEvent.Type.MouseButtonPress: self._press_button,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release_button,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.ContextMenu: self._ask_menu,
            QEvent.Type.Leave: self._leave,
            QEvent.Type.ToolTip: self._explain,
        }

    def take(self, event: QEvent) -> bool:
        """Act on an event of the viewport; False when it is none of the mouse's."""
        mean = self._meanings.get(event.type())
        if mean is None:
            return False
        mean(event)
        return True

    def cancel(self) -> None:
        """Drop what is under way."""
        self._press = None
        self._scrolling.stop()

    def let_go(self) -> bool:
        """Give up a drag and leave everything as it was; False when there is none."""
        press = self._press
        if press is None or press.becomes in ("click", "nothing"):
            return False
        press.becomes = "nothing"
        self._scrolling.stop()
        self._canvas.set_rubber(None)
        self._canvas.set_preview(None)
        self._canvas.set_selection(None)
        self._show_pointer(Qt.CursorShape.IBeamCursor)
        return True

    def _ask_menu(self, event: QContextMenuEvent) -> None:
        hit = self._canvas.hit(QPointF(event.pos()))
        self._canvas.pointed_at = hit.offset if hit is not None else None
        self._canvas.menuRequested.emit(hit.item if hit is not None else None, event.globalPos())

    def _leave(self, _event: QEvent) -> None:
        self._canvas.set_hover(None)

    def _explain(self, event: QHelpEvent) -> None:
        """What a count in a crowded gutter is."""
        hit = self._canvas.hit(QPointF(event.pos()))
        words = ""
        if hit is not None and hit.crowd:
            words = f"{counted(len(hit.crowd), 'relation')} without room here. Click to list them."
        QToolTip.showText(event.globalPos(), words, self._canvas)

    def _press_button(self, event: QMouseEvent) -> None:
        hit = self._canvas.hit(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if hit is not None:
            is_adding = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and self._canvas.is_editable
            is_adding = is_adding and self._focused_span() is not None
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                hit = replace(hit, handle=None)  # to select from the edge of a label on
            self._press = _Press(event.position(), hit, event.position(), is_adding=is_adding)

    def _move(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._point_at(event.position())
            return
        press = self._press
        press.last = event.position()
        if press.becomes == "nothing":
            return
        far = (event.position() - press.at).manhattanLength() >= _STILL
        if press.becomes != "click" or far:
            self._drag(press, event.modifiers())
            self._scroll_at_edge(event.position())

    def _release_button(self, event: QMouseEvent) -> None:
        press, self._press = self._press, None
        self._scrolling.stop()
        if press is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        press.last = event.position()
        finish = {
            "click": self._click,
            "select": self._select,
            "relate": self._relate,
            "move": self._move_edge,
            "extend": self._extend,
            "retarget": self._retarget,
            "nothing": lambda _press, _modifiers: None,
        }
        finish[press.becomes](press, event.modifiers())
        self._canvas.set_rubber(None)
        self._canvas.set_preview(None)
        self._point_at(event.position())

    def _double_click(self, event: QMouseEvent) -> None:
        """Select the token under the mouse, unless there is a label: then it is a second click."""
        hit = self._canvas.hit(event.position())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if hit.items:
            self._press_button(event)
        elif (found := self._range(hit.offset, hit.offset, event.modifiers())) is not None:
            self._canvas.selectionMade.emit(found)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Scroll on while a drag rests at the edge of the view."""
        press = self._press
        if press is None:
            self._scrolling.stop()
            return
        height = self._canvas.viewport().height()
        over = press.last.y() - (_EDGE if press.last.y() < height / 2 else height - _EDGE)
        self._canvas.scroll_by(max(-40.0, min(40.0, over)))
        self._drag(press, QApplication.keyboardModifiers())

    def _point_at(self, point: QPointF) -> None:
        """Light up what is under the mouse, and let the pointer's shape say what it can do."""
        canvas = self._canvas
        hit = canvas.hit(point)
        canvas.set_hover(hit.item if hit is not None else None)
        shape = Qt.CursorShape.IBeamCursor
        if hit is not None and hit.handle is not None and canvas.is_editable:
            shape = Qt.CursorShape.SizeHorCursor
        elif hit is not None and hit.end is not None:
            shape = Qt.CursorShape.OpenHandCursor
        elif hit is not None and (hit.items or hit.crowd):
            shape = Qt.CursorShape.PointingHandCursor
        self._show_pointer(shape)

    def _show_pointer(self, shape: Qt.CursorShape) -> None:
        viewport = self._canvas.viewport()
        if viewport.cursor().shape() is not shape:
            viewport.setCursor(shape)

    def _drag(self, press: _Press, modifiers: Qt.KeyboardModifier) -> None:
        canvas = self._canvas
        hit = canvas.hit(press.last)
        if hit is None:
            return
        if press.hit.end is not None:
            press.becomes = "retarget"
            self._pull_end(press, hit)
            return
        if press.hit.crowd:
            return
        if press.is_adding:
            press.becomes = "extend"
            canvas.set_rubber(None)
            canvas.set_selection(self._range(press.hit.offset, hit.offset, modifiers))
            return
        if press.hit.handle is not None and canvas.is_editable:
            press.becomes = "move"
            canvas.set_preview(self._moved(press, hit, modifiers))
            return
        target = self._target(press, hit, modifiers)
        draws = target is not None or press.hit.is_chip
        if draws and (head := self._head(press)) is not None:
            press.becomes = "relate"
            canvas.set_rubber(Rubber(head, press.last.x(), press.last.y(), target))
            canvas.set_selection(None)
        elif not press.hit.is_chip:
            press.becomes = "select"
            canvas.set_rubber(None)
            canvas.set_selection(self._range(press.hit.offset, hit.offset, modifiers))

    def _pull_end(self, press: _Press, hit: Hit) -> None:
        """Show where the end of a relation would go, and all the places where it may go."""
        canvas, end = self._canvas, press.hit.end
        relation = canvas.content.relation(press.hit.item) if canvas.content is not None else None
        if relation is None or end is None:
            return
        targets = {span for span in canvas.visible_span_ids() if canvas.may_end(relation.id, end, span)}
        span = self._new_end(press, hit)
        is_allowed = span is not None and canvas.may_end(relation.id, end, span)
        canvas.set_rubber(
            Rubber(
                relation.head if end == "tail" else relation.tail,
                press.last.x(),
                press.last.y(),
                span if is_allowed else None,
                is_tail=end == "tail",
                targets=frozenset(targets),
            )
        )
        is_forbidden = span is not None and not is_allowed
        self._show_pointer(Qt.CursorShape.ForbiddenCursor if is_forbidden else Qt.CursorShape.ClosedHandCursor)

    def _new_end(self, press: _Press, hit: Hit) -> str | None:
        """The span under the mouse to which the end of a relation is dragged: the innermost that is allowed."""
        canvas, end = self._canvas, press.hit.end
        relation = canvas.content.relation(press.hit.item) if canvas.content is not None else None
        if relation is None or end is None or canvas.content is None:
            return None
        spans = [item for item in hit.items if canvas.content.span(item) is not None]
        if (relation.tail if end == "tail" else relation.head) in spans:
            return None
        return next((span for span in spans if canvas.may_end(relation.id, end, span)), next(iter(spans), None))

    def _head(self, press: _Press) -> str | None:
        """The span that a relation is drawn from: the focused one where several lie on one another."""
        content = self._canvas.content
        spans = [item for item in press.hit.items if content is not None and content.span(item) is not None]
        if not spans or not self._canvas.is_editable:
            return None
        return self._canvas.focus_id if self._canvas.focus_id in spans else spans[0]

    def _target(self, press: _Press, hit: Hit, modifiers: Qt.KeyboardModifier) -> str | None:
        """The other span that a drag from a span has reached; with Shift or Ctrl a drag only selects."""
        content = self._canvas.content
        if content is None or modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            return None
        if self._head(press) is None:
            return None
        others = [item for item in hit.items if item not in press.hit.items and content.span(item) is not None]
        return others[0] if others else None

    def _range(self, one: int, other: int, modifiers: Qt.KeyboardModifier) -> tuple[int, int] | None:
        """From one character to another, both included; widened to tokens, or with Ctrl only to graphemes."""
        content = self._canvas.content
        if content is None or not content.text:
            return None
        start, end = min(one, other), grapheme_after(content.text, max(one, other))
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return snap_to_graphemes(content.text, start, end)
        # Tokens do not reach beyond their blocks; the whole text may be a single word of a megabyte.
        base = content.blocks.starts[content.blocks.at(start)]
        limit = content.blocks.ends[content.blocks.at(end - 1)]
        found = snap_to_tokens(content.text[base:limit], start - base, end - base)
        return snap_to_graphemes(content.text, found[0] + base, found[1] + base) if found is not None else None

    def _moved(self, press: _Press, hit: Hit, modifiers: Qt.KeyboardModifier) -> tuple[int, int] | None:
        """What the focused span would cover with its dragged edge at this character."""
        content, span = self._canvas.content, self._focused_span()
        found = self._range(hit.offset, hit.offset, modifiers)
        if content is None or span is None or found is None:
            return None
        if press.hit.handle == "start":
            start = min(found[0], snap_to_graphemes(content.text, span.end - 1, span.end)[0])
            return start, span.end
        return span.start, max(found[1], grapheme_after(content.text, span.start))

    def _focused_span(self) -> Span | None:
        content = self._canvas.content
        return content.span(self._canvas.focus_id) if content is not None else None

    def _click(self, press: _Press, _modifiers: Qt.KeyboardModifier) -> None:
        """Focus the innermost item; when that is focused already, the next one outward."""
        canvas, items = self._canvas, press.hit.items
        canvas.pointed_at = press.hit.offset
        if press.hit.crowd:
            canvas.crowdClicked.emit(press.hit.crowd, QRect(press.at.toPoint(), QSize(1, 1)))
        elif items:
            at = items.index(canvas.focus_id) + 1 if canvas.focus_id in items else 0
            canvas.itemClicked.emit(items[at % len(items)])
        elif canvas.page is not None:
            page = canvas.page
            block = page.typesetter.block(page.content.blocks.at(press.hit.offset))
            canvas.emptyClicked.emit(token_start_at(page.content.text, block, press.hit.offset))

    def _select(self, press: _Press, modifiers: Qt.KeyboardModifier) -> None:
        hit = self._canvas.hit(press.last)
        found = self._range(press.hit.offset, hit.offset, modifiers) if hit is not None else None
        if found is not None:
            self._canvas.selectionMade.emit(found)

    def _extend(self, press: _Press, modifiers: Qt.KeyboardModifier) -> None:
        """Another piece of text for the focused span."""
        hit, span = self._canvas.hit(press.last), self._focused_span()
        found = self._range(press.hit.offset, hit.offset, modifiers) if hit is not None else None
        self._canvas.set_selection(None)
        if found is not None and span is not None:
            self._canvas.pieceAdded.emit(span.id, found)

    def _relate(self, press: _Press, modifiers: Qt.KeyboardModifier) -> None:
        hit, head = self._canvas.hit(press.last), self._head(press)
        target = self._target(press, hit, modifiers) if hit is not None else None
        if head is not None and target is not None:
            self._canvas.relationDragged.emit(head, target)

    def _retarget(self, press: _Press, _modifiers: Qt.KeyboardModifier) -> None:
        """Put the end of a relation down; back at its own span it means nothing."""
        hit, relation_id, end = self._canvas.hit(press.last), press.hit.item, press.hit.end
        relation = self._canvas.content.relation(relation_id) if self._canvas.content is not None else None
        if hit is None or relation is None or hit.end == end:
            return
        if (relation.head if end == "head" else relation.tail) not in hit.items:
            self._canvas.endDragged.emit(relation.id, end, self._new_end(press, hit))

    def _move_edge(self, press: _Press, modifiers: Qt.KeyboardModifier) -> None:
        hit, span = self._canvas.hit(press.last), self._focused_span()
        moved = self._moved(press, hit, modifiers) if hit is not None else None
        if span is None or moved is None or moved == (span.start, span.end):
            return
        edge = press.hit.handle
        self._canvas.boundaryDragged.emit(span.id, edge, moved[0] if edge == "start" else moved[1])

    def _scroll_at_edge(self, point: QPointF) -> None:
        height = self._canvas.viewport().height()
        is_at_edge = not _EDGE <= point.y() <= height - _EDGE
        if is_at_edge and not self._scrolling.isActive():
            self._scrolling.start(_SCROLL_MS, self)
        elif not is_at_edge:
            self._scrolling.stop()
