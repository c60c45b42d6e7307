"""PageView: a page in a widget that scrolls. It paints, keeps the reader's line in place, and says where things are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.model import Edit, Layer, Pending
from annotator.ui.canvas import damage
from annotator.ui.canvas.content import Content
from annotator.ui.canvas.geometry.metrics import MAX_ZOOM, MIN_ZOOM
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.inks import Inks
from annotator.ui.canvas.overlay import Overlay
from annotator.ui.canvas.page import Page, Pin
from annotator.ui.canvas.paint import Stage, paint_blocks
from annotator.ui.canvas.paint_arcs import paint_rails
from annotator.ui.canvas.paint_overlay import paint_glow_marks, paint_overlay
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.typography import Typography


class PageView(QAbstractScrollArea):
    """Shows a Content and what is lit on it. It takes no keys and no mouse; offsets in and out are code points."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.is_editable = True
        """Whether handles to drag are shown, and do anything."""
        self._zoom = 1.0
        self._typography = Typography()
        self._theme = theme
        self._inks = Inks(theme, 1.0)
        self._overlay = Overlay()
        self._rails = Rails()
        self._page: Page | None = None
        self._pin: Pin | None = None
        self._is_following = False
        self._bar_value = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Text")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

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

    def show_content(self, content: Content | None) -> None:
        """Show another document, from its top; None shows an empty page."""
        self._overlay = Overlay()
        self._rails.clear()
        self._pin = None
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

    def scroll_by(self, pixels: float) -> None:
        if self._page is not None:
            self._page.flow.scroll_by(pixels)
            self._after_scroll()

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

    def crowd_rects(self) -> list[tuple[QRect, tuple[str, ...]]]:
        """Where counts stand in crowded gutters, each with the relations that it stands for."""
        crowds = self._page.rails(self._page.shown()).crowds if self._page is not None else []
        return [(crowd.box.toAlignedRect(), crowd.relations) for crowd in crowds]

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

    def _repaint(self, rects: Iterable[QRect]) -> None:
        for rect in rects:
            self.viewport().update(rect)
