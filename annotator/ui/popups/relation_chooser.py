"""Asks which relation joins two spans, when the schema allows several."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.app import drawing
from annotator.app.events import Relating
from annotator.app.session import Session
from annotator.ui.popups.placing import place_near
from annotator.ui.text import one_line
from annotator.ui.theme import Theme
from annotator.ui.widgets.choices import ChoiceList, ListChoice
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.parts import rule

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class RelationChooser(QFrame):
    """Shown while `session.relating` has choices. It never takes the keyboard: the key router hands keys over."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._session = session
        self.setProperty("role", "popup")
        self._title = Elided(role="muted")
        self._list = ChoiceList()
        self._list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(rule())
        layout.addWidget(self._list)
        self.hide()
        session.bus.subscribe(Relating, self._refresh)

    def set_theme(self, theme: Theme) -> None:
        self._list.set_theme(theme)

    def _refresh(self, _event: Relating) -> None:
        state = self._session.relating
        if state is None or state.tail is None or not state.choices:
            self.hide()
            return
        head, tail = (one_line(span.covered(self._session.text), 40) for span in (state.head, state.tail))
        self._title.setText(f"{head} — {tail}")
        self._list.show_choices(
            [
                ListChoice(
                    choice.key,
                    f"{choice.kind.title} ({tail} → {head})" if choice.is_reversed else choice.kind.title,
                    icon="arrow-left" if choice.is_reversed else "arrow-right",
                )
                for choice in state.choices
            ]
        )

    def open_at(self, anchor: QRect) -> None:
        """Show it near this rectangle of the parent."""
        self.adjustSize()
        self.move(place_near(anchor, self.size(), self._room.rect().adjusted(8, 8, -8, -8)))
        self.show()
        self.raise_()

    def take_key(self, event: QKeyEvent) -> bool:
        """Arrows move, Enter and Space choose; other keys are not for the chooser."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._list.current is not None:
            self._choose(self._list.current)
        else:
            return False
        return True

    def _choose(self, number: int) -> None:
        state = self._session.relating
        if state is not None and state.tail is not None:
            drawing.type_key(self._session, state.choices[number].key)
