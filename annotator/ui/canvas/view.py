"""Canvas: the widget that shows an annotated text. It changes no data; it says what the user pointed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.canvas import damage
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.ends import End
from annotator.ui.canvas.gestures import Gestures
from annotator.ui.canvas.hit import Hit
from annotator.ui.canvas.overlay import FindMarks, Glow, Rubber
from annotator.ui.canvas.page import token_at
from annotator.ui.canvas.page_view import PageView
from annotator.ui.theme import LIGHT, Theme

KeyHandler = Callable[[QKeyEvent], bool]


class Canvas(PageView):
    """Shows a Content; offsets in and out are code points.

    A click never changes data: every signal is a wish, and the window decides. `key_handler` gets every key first.
    """

    itemClicked = Signal(object)  # noqa: N815 - Qt's way
    """The id of a span or relation; a repeated click goes outward through nested ones."""
    emptyClicked = Signal(object)  # noqa: N815
    """The start of the token that was clicked."""
    selectionMade = Signal(object)  # noqa: N815
    """(start, end) of a drag or a double click."""
    relationDragged = Signal(object, object)  # noqa: N815
    """The ids of head and tail."""
    pieceAdded = Signal(object, object)  # noqa: N815
    """A span's id, and the range that it shall cover too."""
    boundaryDragged = Signal(object, object, object)  # noqa: N815
    """The id of the focused span, "start" or "end", and its new offset."""
    endDragged = Signal(object, object, object)  # noqa: N815
    """A relation's id, "head" or "tail", and the span where that end was put; None where there is none."""
    crowdClicked = Signal(object, object)  # noqa: N815
    """The ids of relations that have no room in a gutter, and the place of the viewport where they are counted."""
    menuRequested = Signal(object, QPoint)  # noqa: N815
    """The id of the item under the mouse or None, and the place on the screen."""
    zoomRequested = Signal(object)  # noqa: N815
    """The zoom that turning the wheel with Ctrl asks for."""

    _gestures: Gestures | None = None
    """Not there yet while Qt sends the first events, amid the construction of the view."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent, theme=theme)
        self.key_handler: KeyHandler | None = None
        self.may_end: Callable[[str, End, str], bool] = lambda _relation, _end, _span: True
        """Whether a relation's end may be put at a span; to light up where it can go."""
        self.pointed_at: int | None = None
        """The character of the latest click or question for a menu."""
        self._gestures = Gestures(self)
        self._is_pointed_at = False
        """Whether the mouse is at work: the eye is where it points, so what can be seen is not moved."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # What is shown and lit

    @property
    def focus_id(self) -> str | None:
        return self._overlay.focus

    def show_content(self, content: Content | None) -> None:
        """Show another document, from its top; None shows an empty page."""
        if self._gestures is not None:
            self._gestures.cancel()
        super().show_content(content)

    def set_focus(self, item_id: str | None, *, reveal: bool = True) -> None:
        """Mark a span or relation as the one that keys act on; scroll to it unless it is comfortably visible."""
        before = self._overlay.focus
        self._overlay.focus = item_id
        self._change_lights(before, item_id)
        if reveal and self._page is not None and item_id is not None:
            offsets = self.offsets_of(item_id)
            if offsets:
                self.reveal(*offsets)

    def set_selection(self, selection: tuple[int, int] | None, *, reveal: bool = False) -> None:
        self._change_range("selection", selection, reveal=reveal)

    def set_caret(self, offset: int | None, *, reveal: bool = True) -> None:
        """Put the caret ring on the token at this place; None takes it away."""
        token = None
        if self._page is not None and offset is not None:
            blocks = self._page.content.blocks
            token = token_at(self._page.content.text, self._page.typesetter.block(blocks.at(offset)), offset)
        self._change_range("caret", token, reveal=reveal)

    def reveal(self, start: int, end: int) -> None:
        """Scroll to a range of text unless it is comfortably visible, or under the mouse that is at work."""
        is_left_alone = self._is_pointed_at and self.is_in_view(start, end)
        if self._page is not None and not is_left_alone and self._page.reveal(start, end):
            self._after_scroll()

    def set_hints(self, hints: Mapping[str, str]) -> None:
        """Show letters on spans, by the spans' ids; an empty mapping takes them away."""
        self._overlay.hints = dict(hints)
        self.viewport().update()

    def set_glow(self, places: Iterable[tuple[int, int, Glow]]) -> None:
        """Let these places glow, which are in text order and apart: an act would change them."""
        self._overlay.glow = tuple(places)
        self.viewport().update()

    def add_glow(self, places: Iterable[tuple[int, int, Glow]]) -> None:
        """Let these places glow too, which come after the others."""
        self._overlay.glow += tuple(places)
        self.viewport().update()

    def set_group(self, item_ids: Iterable[str], shown: str | None = None) -> None:
        """Light up spans and relations that are meant together, and scroll to the one to be shown."""
        self._overlay.group = frozenset(item_ids)
        self._change_lights()
        if shown is not None and (offsets := self.offsets_of(shown)):
            self.reveal(*offsets)

    def set_marks(self, find: FindMarks | None) -> None:
        """Mark pieces of text that may want a label; None takes the marks away."""
        if find is not None or self._overlay.marks is not None:
            self._overlay.marks = find
            self.viewport().update()

    # What can be asked

    def hit(self, point: QPointF) -> Hit | None:
        """What is at this point of the viewport."""
        held = self._overlay.lit if self.is_editable else ()
        return self._page.hit(point, self._overlay.focus, held) if self._page is not None else None

    def announce(self, words: str) -> None:
        """Let a screen reader say this."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # For gestures

    def set_hover(self, item_id: str | None) -> None:
        if item_id != self._overlay.hover:
            before = self._overlay.hover
            self._overlay.hover = item_id
            self._change_lights(before, item_id)

    def set_rubber(self, rubber: Rubber | None) -> None:
        """Show a relation being drawn."""
        if rubber != self._overlay.rubber:
            self._overlay.rubber = rubber
            self.viewport().update()

    def set_preview(self, preview: tuple[int, int] | None) -> None:
        """Show what the focused span would cover."""
        self._change_range("preview", preview, reveal=False)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_let_go = event.key() == Qt.Key.Key_Escape and self._gestures is not None and self._gestures.let_go()
        if is_let_go or (self.key_handler is not None and self.key_handler(event)):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return False  # Tab is a key like any other here.

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomRequested.emit(self._zoom * 1.1 ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if self._gestures is None:
            return super().viewportEvent(event)
        self._is_pointed_at = True
        try:
            return self._gestures.take(event) or super().viewportEvent(event)
        finally:
            self._is_pointed_at = False

    # How lights are changed

    def _change_range(self, name: str, place: tuple[int, int] | None, *, reveal: bool) -> None:
        before = getattr(self._overlay, name)
        if place != before:
            setattr(self._overlay, name, place)
            if self._page is not None:
                for changed in (before, place):
                    if changed is not None:
                        self._repaint(damage.of_range(self._page, *changed))
        if reveal and place is not None:
            self.reveal(*place)

    def _change_lights(self, *item_ids: str | None) -> None:
        """Focus or hover moved between these items: repaint them and what lights up with them."""
        if self._page is None:
            return
        overlay = self._overlay
        before = overlay.ringed | overlay.lit | overlay.near
        overlay.light(self._page.content)
        after = overlay.ringed | overlay.lit | overlay.near
        changed = (before ^ after) | {item_id for item_id in item_ids if item_id is not None}
        self._repaint(damage.of_items(self._page, changed))
