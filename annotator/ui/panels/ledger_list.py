"""The list of a review by type: its keys are those of the text, and here they concern whole rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from annotator.ui.widgets.parts import steady_scroll_bar


class LedgerList(QListView):
    """`take_key` says whether a key meant anything."""

    keyboardMoved = Signal()  # noqa: N815 - Qt's way

    def __init__(self, take_key: Callable[[QKeyEvent], bool], name: str) -> None:
        super().__init__()
        self._take_key = take_key
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        steady_scroll_bar(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keyboardMoved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboardMoved.emit()

    def keyboardSearch(self, _words: str) -> None:
        """Letters decide; they do not search."""

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return False  # Tab goes to the next row, as it goes to the next suggestion in the text.
