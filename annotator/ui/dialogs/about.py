"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from annotator import __version__
from annotator.ui.dialogs.layout import lay_out, main_button, paragraph
from annotator.ui.icons import app_icon


class About(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(56, 56), self.devicePixelRatioF()))
        close = main_button("Close")
        close.clicked.connect(self.accept)
        layout = lay_out(
            self,
            title="Annotator",
            words="Label entities and relations in texts, with suggestions, and export gold-standard data.",
            body=[
                paragraph(f"Version {__version__}, Python {platform.python_version()}, Qt {qVersion()}", role="muted"),
                paragraph(
                    "Free software under the MIT licence. The typeface is Inter (SIL Open Font Licence).\n"
                    "Nothing leaves this machine: no account, no network, no telemetry.",
                    role="muted",
                ),
            ],
            buttons=[close],
        )
        layout.insertWidget(0, mark)
