"""The first window: recent projects, a new one, or the sample to try."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator import __version__
from annotator.ui.icons import app_icon, icon
from annotator.ui.text import caption, plain, tooltip
from annotator.ui.theme import LIGHT, Theme, colour
from annotator.ui.widgets.parts import heading, rule
from annotator.ui.widgets.place_row import PlaceRow

_TILES = (
    ("sample", "spark", "Open the sample", "A news article, ready to correct"),
    ("new", "plus", "New project", "Labels, texts, a file of your own"),
    ("open", "open", "Open a project", "A file that ends in .annot"),
)


class StartWindow(QWidget):
    """Emits `asked` ("sample", "new" or "open") or `chosen` with the path of a project."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Annotator")
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.resize(860, 520)
        self._theme = LIGHT
        self._tiles: dict[str, QPushButton] = {}
        self._icons: dict[str, QLabel] = {}
        self._rows: list[PlaceRow] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(56, 52, 48, 40)
        row.setSpacing(40)
        row.addLayout(self._acts(), 5)
        row.addWidget(rule(vertical=True))
        row.addLayout(self._recent(recent), 6)
        QShortcut(QKeySequence("Ctrl+O"), self, lambda: self.asked.emit("open"))
        QShortcut(QKeySequence("Ctrl+N"), self, lambda: self.asked.emit("new"))
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        (self._rows[0] if self._rows else self._tiles["sample"]).setFocus()

    def _acts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        self._mark = QLabel()
        column.addWidget(self._mark)
        column.addSpacing(4)
        column.addWidget(plain("Annotator", role="display"))
        words = plain("Label entities and relations in texts.\nThe model proposes, you decide.", role="muted")
        words.setWordWrap(True)
        column.addWidget(words)
        column.addSpacing(14)
        for name, symbol, title, explanation in _TILES:
            column.addWidget(self._tile(name, symbol, title, explanation))
        column.addStretch(1)
        column.addWidget(plain(f"Version {__version__}", role="muted"))
        return column

    def _tile(self, name: str, symbol: str, title: str, explanation: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "tile")
        made.setAccessibleName(title)
        made.setAccessibleDescription(explanation)
        made.setMinimumHeight(58)
        made.clicked.connect(lambda: self.asked.emit(name))
        made.setAutoDefault(True)
        inner = QHBoxLayout(made)
        inner.setContentsMargins(14, 8, 14, 8)
        inner.setSpacing(14)
        mark = QLabel()
        mark.setProperty("symbol", symbol)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(plain(caption(title), role="strong"))
        words.addWidget(plain(explanation, role="muted"))
        inner.addWidget(mark)
        inner.addLayout(words, 1)
        for label in made.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tiles[name], self._icons[name] = made, mark
        return made

    def _recent(self, recent: Sequence[Path]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(heading("Recent projects"))
        column.addSpacing(6)
        for path in recent:
            row = PlaceRow("documents", path.stem, str(path.parent))
            row.setToolTip(tooltip(str(path)))
            row.setProperty("path", str(path))
            row.clicked.connect(self._choose)
            self._rows.append(row)
            column.addWidget(row)
        if not recent:
            words = plain("None yet. The sample is a good first one:\nfive minutes, no mouse needed.", role="muted")
            words.setWordWrap(True)
            column.addWidget(words)
        column.addStretch(1)
        hint = QFrame()
        line = QHBoxLayout(hint)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(plain("You can also drop a project file on this window.", role="muted"))
        column.addWidget(hint)
        return column

    def set_theme(self, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(app_icon().pixmap(QSize(52, 52), ratio))
        for mark in self._icons.values():
            mark.setPixmap(icon(mark.property("symbol"), colour(theme.accent)).pixmap(QSize(20, 20), ratio))
        for row in self._rows:
            row.set_theme(theme)

    def _choose(self) -> None:
        self.chosen.emit(Path(self.sender().property("path")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().endswith(".annot") for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = [url.toLocalFile() for url in event.mimeData().urls() if url.toLocalFile().endswith(".annot")]
        if dropped:
            self.chosen.emit(Path(dropped[0]))
