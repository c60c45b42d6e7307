"""A field that takes any keys that are pressed on it, be they Tab or Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from annotator.app.keystrokes import MODIFIERS
from annotator.ui.keys import MODIFIER_FLAGS, MODIFIER_KEYS, keys_of_press

_WAITING = "Press the new keys…"


class Recorder(QLabel):
    """Emits `recorded` with keys as the key map writes them; `refused` when they are of no use; `left` on Escape."""

    recorded = Signal(str)
    refused = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "recorder")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Press the new keys. Escape cancels.")
        self.setMinimumWidth(190)
        self.begin()

    def begin(self) -> None:
        """Wait for keys."""
        self.setText(_WAITING)

    def event(self, event: QEvent) -> bool:
        """Take keys before Qt makes anything else of them: a shortcut, or a step to the next field."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        if event.type() == QEvent.Type.KeyRelease:
            self.begin()
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIER_KEYS:
            held = [name for name in MODIFIERS if event.modifiers() & MODIFIER_FLAGS[name]]
            self.setText("+".join([*held, "…"]))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif (keys := keys_of_press(event)) is None:
            self.refused.emit()
        else:
            self.recorded.emit(keys)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.begin()
