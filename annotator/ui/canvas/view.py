"""Canvas: the widget that shows an annotated text. It changes no data; it says what the user pointed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.model import Edit, Layer, Pending
from annotator.ui.canvas import damage
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.ends import End
from annotator.ui.canvas.geometry.metrics import MAX_ZOOM, MIN_ZOOM
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.gestures import Gestures
from annotator.ui.canvas.hit import Hit
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.overlay import FindMarks, Glow, Overlay, Rubber
from annotator.ui.canvas.page import Page, Pin, token_at
from annotator.ui.canvas.paint import Stage, paint_blocks
from annotator.ui.canvas.paint_arcs import paint_rails
from annotator.ui.canvas.paint_overlay import paint_glow_marks, paint_overlay
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.typography import Typography

KeyHandler = Callable[[QKeyEvent], bool]


class Canvas(QAbstractScrollArea):
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

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.key_handler: KeyHandler | None = None
        self.is_editable = True
        """Whether drags of handles and between spans mean anything."""
        self.may_end: Callable[[str, End, str], bool] = lambda _relation, _end, _span: True
        """Whether a relation's end may be put at a span; to light up where it can go."""
        self.pointed_at: int | None = None
        """The character of the latest click or question for a menu."""
        self._zoom = 1.0
        self._typography = Typography()
        self._theme = theme
        self._inks = Inks(theme, 1.0)
        self._overlay = Overlay()
        self._rails = Rails()
        self._page: Page | None = None
        self._pin: Pin | None = None
        self._gestures = Gestures(self)
        self._is_following = False
        self._is_pointed_at = False
        """Whether the mouse is at work: the eye is where it points, so what can be seen is not moved."""
        self._bar_value = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Text")
        viewport = self.viewport()
        viewport.setMouseTracking(True)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        viewport.setCursor(Qt.CursorShape.IBeamCursor)

    # What is shown

    @property
    def content(self) -> Content | None:
        return self._page.content if self._page is not None else None

    @property
    def page(self) -> Page | None:
        """The layout of what is shown; for hit tests and measurements."""
        return self._page

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def typography(self) -> Typography:
        return self._typography

    @property
    def focus_id(self) -> str | None:
        return self._overlay.focus

    def show_content(self, content: Content | None) -> None:
        """Show another document, from its top; None shows an empty page."""
        self._overlay = Overlay()
        self._rails.clear()
        self._pin = None
        self._gestures.cancel()
        self._page = self._new_page(content) if content is not None else None
        self.setAccessibleDescription(content.summary if content is not None else "No document is open.")
        self._after_scroll()

    def exchange_content(self, content: Content) -> None:
        """Show more of the same text, labels that are ready now; the line that is being read stays in place."""
        self._lay_out_anew(content)
        self._overlay.light(content)
        self.setAccessibleDescription(content.summary)

    def refresh(self, layer: Layer, pending: Pending, edit: Edit | None = None) -> None:
        """Take over what has changed in the document that is shown; the line that is being read stays in place.

        Saying which edit made the change spares comparing everything in a large document.
        """
        page = self._page
        if page is None:
            return
        pin = page.pin(self._read_offsets())
        before = damage.Scene.of(page)
        touched = page.content.refresh(layer, pending, edit)
        if not touched:
            return
        page.typesetter.drop(touched)
        concerned = pending.concerned(edit) if edit is not None else None
        self._rails.keep_only(lambda relation_id: page.content.relation(relation_id) is not None, among=concerned)
        page.hold(pin)
        self._overlay.light(page.content)
        self.setAccessibleDescription(page.content.summary)
        self._sync_bar()
        self._repaint(damage.since(page, before, touched))

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

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._inks = Inks(theme, self._zoom)
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom, 0.5 to 3; the line that is being read stays in place."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._inks = Inks(self._theme, zoom)
            self._lay_out_anew()

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another face, size or width; the line that is being read stays in place."""
        if typography != self._typography:
            self._typography = typography
            self._lay_out_anew()

    # What can be asked

    def visible_span_ids(self) -> list[str]:
        """The spans that begin in view, in reading order."""
        return self._page.visible_span_ids() if self._page is not None else []

    def offset_above(self, offset: int) -> int | None:
        """The start of the token above this place; None in the first line."""
        return self._page.beside(offset, down=False) if self._page is not None else None

    def offset_below(self, offset: int) -> int | None:
        """The start of the token below this place; None in the last line."""
        return self._page.beside(offset, down=True) if self._page is not None else None

    def range_rect(self, start: int, end: int) -> QRect | None:
        """The text of a range in pixels of the viewport, as far as it is in view; where a popup can stand."""
        return self._page.rect(start, end) if self._page is not None else None

    def is_in_view(self, start: int, end: int) -> bool:
        """Whether some of this text can be seen."""
        rect = self.range_rect(start, end)
        return rect is not None and rect.intersects(self.viewport().rect())

    def item_rect(self, item_id: str) -> QRect | None:
        """The same as `range_rect` for a span, or for all between the ends of a relation."""
        offsets = self.offsets_of(item_id)
        return self.range_rect(*offsets) if offsets else None

    def offsets_of(self, item_id: str) -> tuple[int, int] | None:
        """The start and end of a span; of a relation, from its first end to its last; None when it is not shown."""
        return self.content.extent(item_id) if self.content is not None else None

    def hit(self, point: QPointF) -> Hit | None:
        """What is at this point of the viewport."""
        held = self._overlay.lit if self.is_editable else ()
        return self._page.hit(point, self._overlay.focus, held) if self._page is not None else None

    def crowd_rects(self) -> list[tuple[QRect, tuple[str, ...]]]:
        """Where counts stand in crowded gutters, each with the relations that it stands for."""
        crowds = self._page.rails(self._page.shown()).crowds if self._page is not None else []
        return [(crowd.box.toAlignedRect(), crowd.relations) for crowd in crowds]

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

    def scroll_by(self, pixels: float) -> None:
        if self._page is not None:
            self._page.flow.scroll_by(pixels)
            self._after_scroll()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            rects = list(event.region())  # type: ignore[call-overload]
            for rect in rects:
                painter.fillRect(rect, self._inks.page)
            if self._page is not None:
                self._paint(painter, rects, self._page)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, rects: list[QRect], page: Page) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        shown = page.shown()
        stage = Stage(page.setting, self._inks, self._overlay, page.x, 0.0, page.flow.view_height)
        for top, bottom in damage.bands(rects, page):
            paint_blocks(painter, replace(stage, top=top, bottom=bottom), shown)
        rails = page.rails(shown, self._overlay.lit)
        paint_rails(painter, page.setting, self._inks, self._overlay, rails)
        paint_overlay(painter, stage, shown, rails, is_editable=self.is_editable)
        if self._overlay.glow and page.flow.limit > 0:
            view = QRectF(self.viewport().rect())
            paint_glow_marks(painter, self._inks, self._overlay, len(page.content.text), view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is None:
            return
        if event.size().width() != self._page.width:
            self._lay_out_anew()
        else:
            self._page.flow.resize(self.viewport().height())
            self._after_scroll()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        if self._is_following or self._page is None:
            return
        bar = self.verticalScrollBar()
        value, flow = bar.value(), self._page.flow
        step = value - self._bar_value
        is_near = abs(step) <= 2 * self.viewport().height() and 0 < value < bar.maximum()
        if is_near:
            # Small steps count in real pixels, whatever the estimated heights above were.
            flow.scroll_by(step)
        elif value >= bar.maximum():
            flow.scroll_to_end()
        else:
            flow.scroll_to(value)
        self._after_scroll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_let_go = event.key() == Qt.Key.Key_Escape and self._gestures.let_go()
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
        self._is_pointed_at = True
        try:
            return self._gestures.take(event) or super().viewportEvent(event)
        finally:
            self._is_pointed_at = False

    # How it is kept in step

    def _new_page(self, content: Content) -> Page:
        viewport = self.viewport()
        return Page(
            content,
            zoom=self._zoom,
            width=viewport.width(),
            height=viewport.height(),
            rails=self._rails,
            typography=self._typography,
        )

    def _lay_out_anew(self, content: Content | None = None) -> None:
        if self._page is not None:
            self._pin = self._page.pin([*self._read_offsets(), *self._page.unmoved(self._pin)])
            self._page = self._new_page(content or self._page.content)
            self._page.hold(self._pin)
            self._after_scroll()

    def _read_offsets(self) -> Iterable[int]:
        """Where the user's attention is, in turn: the focus, the selection, the caret."""
        focused = self.offsets_of(self._overlay.focus) if self._overlay.focus is not None else None
        for place in (focused, self._overlay.selection, self._overlay.caret):
            if place is not None:
                yield place[0]

    def _after_scroll(self) -> None:
        self._sync_bar()
        self.viewport().update()

    def _sync_bar(self) -> None:
        """Let the scroll bar show where the page is; it decides nothing."""
        bar, flow = self.verticalScrollBar(), self._page.flow if self._page is not None else None
        self._is_following = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(40 * self._zoom))
        bar.setRange(0, round(flow.limit) if flow is not None else 0)
        bar.setValue(round(flow.position) if flow is not None else 0)
        self._bar_value = bar.value()
        self._is_following = False

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

    def _repaint(self, rects: Iterable[QRect]) -> None:
        for rect in rects:
            self.viewport().update(rect)
