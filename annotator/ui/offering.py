"""Labels are offered where a selection is: opens the label palette there, and does what was chosen in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from annotator.app import commands, deciding, piecing
from annotator.app.commands import attempt
from annotator.app.events import Selected
from annotator.app.session import Session
from annotator.ui.canvas import Canvas
from annotator.ui.popups.label_palette import LabelPalette


class Offering(QObject):
    """Joins session, canvas and palette. `rect_of` says where a range of text is in `room`, the palette's parent."""

    def __init__(
        self,
        session: Session,
        canvas: Canvas,
        palette: LabelPalette,
        room: QWidget,
        rect_of: Callable[[int, int], QRect],
    ) -> None:
        super().__init__(palette)
        self._room = room
        self._session = session
        self._canvas = canvas
        self._palette = palette
        self._rect_of = rect_of
        canvas.selectionMade.connect(self._offer_for)
        palette.chosen.connect(self._label)
        palette.addWanted.connect(self._add)
        palette.rejected.connect(self._reject)
        palette.closed.connect(self._drop)
        session.bus.subscribe(Selected, self._follow)

    def offer(self) -> None:
        """Give the selection the armed label, or open the palette at it; without one there is nothing to offer."""
        chosen = self._session.selection
        if chosen is not None and self._session.armed is not None:
            self._label(self._session.armed)
        elif chosen is not None:
            span = piecing.span_to_add_to(self._session)
            words = span.covered(self._session.text) if span is not None else ""
            usual = self._session.sweep.usual_label(self._session.text[slice(*chosen)]) or ""
            place, lines = self._rect_of(*chosen), self._lines_of(*chosen)
            self._palette.open_at(place, clear=lines, last_words=words, usual=usual)

    def _offer_for(self, _chosen: tuple[int, int]) -> None:
        self.offer()

    def _follow(self, event: Selected) -> None:
        """The palette stands by the selection, and goes with it."""
        if self._palette.isVisible():
            if event.range is not None:
                self._palette.place(self._rect_of(*event.range), clear=self._lines_of(*event.range))
            else:
                self._palette.hide()
                self._canvas.setFocus()

    def _lines_of(self, start: int, end: int) -> QRect:
        """The lines of this text and the one below: what one reads while choosing."""
        page, viewport = self._canvas.page, self._canvas.viewport()
        rect = page.reading_rect(start, end) if page is not None else QRect()
        return QRect(viewport.mapTo(self._room, rect.topLeft()), rect.size())

    def _label(self, label: str) -> None:
        attempt(self._session, lambda: deciding.set_label(self._session, label))
        self._canvas.setFocus()

    def _add(self) -> None:
        attempt(self._session, lambda: piecing.add_selection(self._session))
        self._canvas.setFocus()

    def _reject(self) -> None:
        commands.run(self._session, "decide.reject")
        self._canvas.setFocus()

    def _drop(self) -> None:
        if self._canvas.window().isActiveWindow():
            self._session.set_selection(None)
        self._canvas.setFocus()
