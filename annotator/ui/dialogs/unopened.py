"""A project file that does not open: why, and what the doctor finds in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from annotator.model import AnnotatorError
from annotator.store.doctor import Finding, examine
from annotator.ui.dialogs.layout import lay_out, main_button, paragraph
from annotator.ui.dialogs.trouble import fit_lines, read_only_text
from annotator.ui.jobs import Jobs
from annotator.ui.widgets.parts import button


class Unopened(QDialog):
    def __init__(self, path: Path, error: AnnotatorError, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._jobs = jobs
        self.findings = read_only_text("")
        self._examine = button("Examine the file")
        self._examine.clicked.connect(self._ask_doctor)
        close = main_button("Close")
        close.clicked.connect(self.accept)
        lay_out(
            self,
            title="The project does not open",
            words=str(error),
            body=[paragraph(f"The file was not changed. {error.hint}".strip(), role="muted"), self.findings],
            buttons=[self._examine, close],
        )
        self.findings.hide()
        self._examine.setVisible(path.is_file())
        close.setFocus()

    def _ask_doctor(self) -> None:
        self._examine.setEnabled(False)
        self._jobs.start(lambda: examine(self._path), self._show)

    def _show(self, found: list[Finding] | AnnotatorError) -> None:
        lines = [str(found)] if isinstance(found, AnnotatorError) else [f"{one.where}: {one.message}" for one in found]
        fit_lines(self.findings, "\n".join(lines) or "The doctor finds nothing wrong in the file.")
        self.findings.show()
        self.adjustSize()
