"""A field for the id of an entry in a local table, with a list of what fits the words typed so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.model.lookup import Entry
from annotator.ui.popups.placing import place_near
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.value_field import ValueField

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinkField(ValueField):
    """Enter takes the marked entry of the list; Escape closes the list: then any id can be entered, known or not.

    What is typed without choosing counts as the entry that is called exactly so, if it is the only one.
    """

    def __init__(self, name: str, find: Callable[[str], Sequence[Entry]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._find = find
        self._found: Sequence[Entry] = ()
        self._theme = LIGHT
        self._popup: QFrame | None = None
        self._list = ChoiceList()
        self._list.chosen.connect(self._choose)
        self.textEdited.connect(self._offer)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._list.set_theme(theme)

    @property
    def offered(self) -> list[str]:
        """The ids in the list, while it is open."""
        return [entry.id for entry in self._found] if self._popup is not None else []

    def commit(self) -> None:
        if self.is_dirty:
            typed = self.text().strip()
            called = [entry.id for entry in self._find(typed) if entry.is_called(typed)] if typed else []
            if len(called) == 1:
                self.setText(called[0])
        super().commit()

    # ---- the list

    def _offer(self, typed: str) -> None:
        self._found = self._find(typed) if typed.strip() else ()
        if not self._found:
            self._close()
            return
        if self._popup is None:
            self._popup = self._make_popup()
        self._list.show_choices([ListChoice("", _shown(entry)) for entry in self._found])
        self._popup.adjustSize()
        room = self.window().rect().adjusted(8, 8, -8, -8)
        anchor = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        self._popup.move(place_near(anchor, self._popup.size(), room))
        self._popup.show()
        self._popup.raise_()

    def _make_popup(self) -> QFrame:
        popup = QFrame(self.window())
        popup.setProperty("role", "popup")
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(6, 6, 6, 6)
        self._list.set_theme(self._theme)
        layout.addWidget(self._list)
        self._list.show()
        return popup

    def _close(self) -> None:
        if self._popup is not None:
            self._list.setParent(None)
            self._popup.hide()
            self._popup.deleteLater()
            self._popup = None

    def _choose(self, number: int) -> None:
        self.setText(self._found[number].id)
        self._close()
        self.commit()
        self.left.emit()

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._popup is not None and key in _STEPS:
            self._list.step(_STEPS[key])
        elif self._popup is not None and key in _ENTER and self._list.current is not None:
            self._choose(self._list.current)
        elif self._popup is not None and key == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._close()
        super().hideEvent(event)


def _shown(entry: Entry) -> str:
    return " · ".join(filter(None, (entry.name, entry.id, entry.description)))
