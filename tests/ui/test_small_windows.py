"""In a small window nothing that names a key is cut."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator.analysis.checking import Finding
from annotator.app.declared import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.sources import load_schema
from annotator.ui.dialogs.key_overlay import KeyOverlay
from annotator.ui.popups.findings import FindingsCard


@pytest.mark.parametrize("width", [960, 1280, 1440])
def test_the_key_overlay_is_never_scrolled_sideways(qtbot: QtBot, qapp: QApplication, width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(width, 700)
    overlay = KeyOverlay(load_schema("news"), Keymap(COMMANDS), window)
    qtbot.addWidget(overlay)
    overlay.show()
    qapp.processEvents()
    [area] = overlay.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    assert overlay.width() <= max(width, overlay.screen().availableSize().width())


@pytest.mark.parametrize("canvas_width", [380, 900])
def test_the_buttons_of_the_finishing_card_are_whole(qtbot: QtBot, qapp: QApplication, canvas_width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(canvas_width + 500, 600)
    card = FindingsCard(window)
    card.show_finish_key("Ctrl+Enter")
    window.show()
    room = window.rect().adjusted(250, 50, -250, -30)
    card.open_over([Finding("unseen", "“Oslo”: Place is unsure and was not looked at.", "x")], room, sure=149)
    qapp.processEvents()
    for button in card.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
            assert card.rect().contains(button.geometry())
    assert window.rect().contains(card.geometry())
