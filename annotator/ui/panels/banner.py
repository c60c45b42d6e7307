"""A line across the window for what must not be overlooked, such as why nothing can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotator.ui.icons import pixmap
from annotator.ui.text import plain
from annotator.ui.theme import Theme, colour


class Banner(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self._words = plain()
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._icon.setPixmap(pixmap("lock", 16, colour(theme.accent), ratio=self.devicePixelRatioF()))

    def show_words(self, words: str) -> None:
        """Show the line; without words it goes away."""
        self._words.setText(words)
        self.setVisible(bool(words))
