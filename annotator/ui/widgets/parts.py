"""Lines, headings, key caps, buttons: the plain parts, made in one way everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.ui.text import caption, plain, tooltip


def rule(*, vertical: bool = False, length_px: int | None = None) -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setProperty("role", "rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    if length_px is not None:
        line.setFixedSize(1 if vertical else length_px, length_px if vertical else 1)
    return line


def heading(text: str) -> QLabel:
    """The title of a section: small, spaced capitals."""
    label = plain(text.upper(), role="heading")
    label.setAccessibleName(text)
    return label


class KeyCap(QLabel):
    """The name of a key, drawn as a key; never cut."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", "key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(19)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(20, 19))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def key_caps(keys: Iterable[str]) -> QWidget:
    """Keys that are pressed together, or that serve equally."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    for key in keys:
        row.addWidget(KeyCap(key))
    return box


def button(text: str, *, role: str = "", tip: str = "") -> QPushButton:
    made = QPushButton(caption(text))
    if role:
        made.setProperty("role", role)
    if tip:
        made.setToolTip(tooltip(tip))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def icon_button(name: str) -> QToolButton:
    """A quiet button with an icon; `name` is for screen readers."""
    made = QToolButton()
    made.setIconSize(QSize(17, 17))
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def steady_scroll_bar(view: QAbstractScrollArea) -> None:
    """Keep the room of the scroll bar also while there is nothing to scroll, so that nothing moves when there is."""
    bar = view.verticalScrollBar()
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    bar.setEnabled(bar.maximum() > 0)
    bar.rangeChanged.connect(lambda _low, high: bar.setEnabled(high > 0))


def row(*widgets: QWidget, spacing_px: int = 6, stretch_last: bool = False) -> QHBoxLayout:
    """Widgets side by side without outer margins."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing_px)
    for widget in widgets:
        layout.addWidget(widget)
    if not stretch_last:
        layout.addStretch(1)
    return layout
