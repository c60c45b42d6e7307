"""A line for a path, with a button that opens the desktop's file dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.ui.dialogs.files import file_to_write
from annotator.ui.widgets.parts import button


class FileField(QWidget):
    """Asks for a file to write. `suffix` (with its dot) is added to a name without one."""

    def __init__(self, path: Path, *, suffix: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suffix = suffix
        self._kinds = kinds
        self.line = QLineEdit(str(path))
        self.line.setAccessibleName("File")
        choose = button("Choose…")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(choose)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        """What the line says; None when it is empty."""
        words = self.line.text().strip()
        if not words:
            return None
        path = Path(words).expanduser()
        return path if path.suffix else path.with_name(path.name + self._suffix)

    def _choose(self) -> None:
        path = file_to_write(
            self, "Choose a file", suggested=Path(self.line.text()), kinds=self._kinds, asks_to_replace=False
        )
        if path is not None:
            self.line.setText(str(path))
