"""While an act is done in many documents: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from annotator.ui.dialogs.layout import lay_out, paragraph
from annotator.ui.text import counted
from annotator.ui.widgets.parts import button


class SpreadingDialog(QDialog):
    """Closing it, or Escape, stops the act; what is written by then stays and is one step of undo."""

    def __init__(self, title: str, stop: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = paragraph("", role="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._leave = button("Stop")
        self._leave.clicked.connect(self.reject)
        self.rejected.connect(stop)
        self.finished.connect(self.deleteLater)
        lay_out(self, title=title, body=[self._bar, self._words], buttons=[self._leave])

    def show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(f"{done:,} of {counted(total, 'document')}")
