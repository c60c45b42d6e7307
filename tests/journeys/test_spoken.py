"""What a screen reader is told: the name of everything that can be worked with, and each edit as it happens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from driving import Desk

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar)


def nameless(root: QWidget) -> list[str]:
    """What can be worked with in a window, is seen, and has no name. Qt's own buttons in a line edit do not count."""
    found = []
    for widget in root.findChildren(QWidget):
        is_worked_with = isinstance(widget, KINDS) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not (is_worked_with and widget.isVisible()) or isinstance(widget.parent(), QLineEdit):
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_everything_in_the_window_has_a_name(desk: Desk) -> None:
    assert nameless(desk.window) == []
    for keys in (["Tab"], ["Space", "K"], ["Escape", "Ctrl+3"], ["Ctrl+Home", "Shift+Right", "Return"]):
        desk.press(*keys)
        assert nameless(desk.window) == []
    desk.press("Escape", "Escape")


@pytest.mark.parametrize("key", ["Ctrl+E", "Ctrl+I", "Ctrl+N", "?"])
def test_everything_in_a_dialog_has_a_name(desk: Desk, key: str) -> None:
    desk.press(key)
    assert nameless(desk.dialog()) == []


@pytest.fixture
def heard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the text announces; no screen reader runs, so it is caught on its way there."""
    words: list[str] = []
    tell = QAccessible.updateAccessibility

    def listen(event: object) -> None:
        if (message := getattr(event, "message", None)) is not None:
            words.append(message())
        tell(event)  # type: ignore[arg-type]

    monkeypatch.setattr("annotator.ui.canvas.view.QAccessible.updateAccessibility", listen)
    return words


def test_every_edit_is_announced_and_so_is_taking_it_back(desk: Desk, heard: list[str]) -> None:
    desk.press("Tab")
    assert any(words.startswith("Suggestion, ") for words in heard)
    for keys in (["Space"], ["X"], ["K", "2"], ["Shift+Right"], ["Ctrl+Z"], ["Ctrl+Shift+Z"], ["F"]):
        del heard[:]
        desk.press(*keys)
        assert heard, keys
    assert QApplication.focusWidget() is desk.canvas
