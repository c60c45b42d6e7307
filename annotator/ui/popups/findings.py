"""What speaks against finishing a document, in a card below the text: go there, or finish all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.analysis.checking import Finding
from annotator.ui.text import counted, plain
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.key_button import KeyButton
from annotator.ui.widgets.parts import rule

_WIDTH_PX, _MARGIN_PX, _PAD_PX = 640, 20, 14
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ICONS = {"schema": "warning", "contradiction": "info", "unseen": "spark", "open": "checks"}


class FindingsCard(QFrame):
    """Emits `wanted` with the id of the item to go to, `accepting` and `finishing` for the buttons; `closed` always."""

    wanted = Signal(object)
    accepting = Signal()
    finishing = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.found: tuple[Finding, ...] = ()
        """What is shown."""
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Before the document is finished")
        self._title = plain(role="strong")
        self._list = ChoiceList()
        self._list.chosen.connect(self._go)
        self._go_button = KeyButton("Look at it", "Enter")
        self._accept_button = KeyButton("Accept all, then finish", "A")
        self._finish_button = KeyButton("Finish all the same", "")
        self._go_button.clicked.connect(self._go_to_current)
        self._accept_button.clicked.connect(self._accept)
        self._finish_button.clicked.connect(self._finish)
        self._buttons = (self._go_button, self._accept_button, self._finish_button)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._go_button)
        self._row.addStretch(1)
        self._row.addWidget(self._accept_button)
        self._row.addWidget(self._finish_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD_PX, 12, _PAD_PX, 12)
        layout.setSpacing(8)
        for part in (self._title, rule(), self._list, rule()):
            layout.addWidget(part)
        layout.addLayout(self._row)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)
        for entry in self._buttons:
            entry.set_theme(theme)

    def show_finish_key(self, key: str) -> None:
        """Name the key that finishes the document."""
        self._finish_button.set_key(key)

    def open_over(self, found: Sequence[Finding], room: QRect, *, sure: int) -> None:
        """Show the findings at the lower edge of this rectangle of the parent and take the keyboard.

        `sure` suggestions could be accepted together first.
        """
        self.found = tuple(found)
        self._title.setText(f"Before this document is finished: {counted(len(found), 'thing')} to look at")
        self._list.show_choices([ListChoice("", finding.words, icon=_ICONS[finding.kind]) for finding in found])
        self._accept_button.set_words(f"Accept {counted(sure, 'sure one')}, then finish")
        self._accept_button.setVisible(sure > 0)
        self._follow()
        around = self._room.width() - 2 * _MARGIN_PX
        self.setFixedWidth(min(around, max(self._least_width(), min(_WIDTH_PX, room.width() - 2 * _MARGIN_PX))))
        self.adjustSize()
        left = min(room.center().x() - self.width() // 2, self._room.width() - _MARGIN_PX - self.width())
        top = room.bottom() - _MARGIN_PX - self.height()
        self.move(QPoint(max(_MARGIN_PX, left), max(room.top(), top)))
        self.show()
        self.raise_()
        self.setFocus()

    def _least_width(self) -> int:
        """So wide that no word of the buttons is cut; in a small window the card lies over the panels too."""
        buttons = [entry for entry in self._buttons if not entry.isHidden()]
        inside = sum(entry.sizeHint().width() + self._row.spacing() for entry in buttons)
        return max(inside, self._title.sizeHint().width()) + 2 * _PAD_PX

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
            self._follow()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go_to_current()
        elif key == Qt.Key.Key_A and self._accept_button.isVisible():
            self._accept()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return False  # Tab steps through the list.

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def _follow(self) -> None:
        """A finding about the document as a whole has no place to go to."""
        current = self._list.current
        self._go_button.setEnabled(current is not None and self.found[current].item is not None)

    def _go_to_current(self) -> None:
        if self._list.current is not None:
            self._go(self._list.current)

    def _go(self, number: int) -> None:
        item = self.found[number].item
        if item is not None:
            self.hide()
            self.wanted.emit(item)

    def _accept(self) -> None:
        self.hide()
        self.accepting.emit()

    def _finish(self) -> None:
        self.hide()
        self.finishing.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.closed.emit()
