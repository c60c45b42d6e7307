"""File › Import: which files, how far it is, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from annotator.app.importing import Imported
from annotator.app.session import Session
from annotator.formats import NotRead
from annotator.model import AnnotatorError
from annotator.ui.dialogs.files import TEXTS, files_to_open
from annotator.ui.dialogs.layout import cancel_button, lay_out, main_button, paragraph
from annotator.ui.dialogs.trouble import fit_lines, read_only_text
from annotator.ui.text import counted
from annotator.ui.widgets.parts import button


class ImportDialog(QDialog):
    """All of a file comes in, or nothing of any file when one is bad."""

    def __init__(self, session: Session, paths: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paths = list(paths)
        self._files = read_only_text("")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self.outcome = paragraph("")
        self.details = read_only_text("")
        self._add = button("Add files…")
        self._add.clicked.connect(self._choose)
        self.go = main_button("Import")
        self.go.clicked.connect(self._import)
        self._leave = cancel_button(self)
        lay_out(
            self,
            title="Import",
            words="Plain texts (.txt) and annotated documents (.jsonl). Text stays exactly as it is in the file.",
            body=[self._files, self._progress, self.outcome, self.details],
            buttons=[self._add, self._leave, self.go],
        )
        for part in (self._progress, self.outcome, self.details):
            part.hide()
        self._show_files()

    def _choose(self) -> None:
        chosen = files_to_open(self, "Files to import", kinds=TEXTS)
        self._paths += [path for path in chosen if path not in self._paths]
        self._show_files()

    def _show_files(self) -> None:
        fit_lines(self._files, "\n".join(map(str, self._paths)) or "No files chosen yet.", most=7)
        self.go.setEnabled(bool(self._paths))
        (self.go if self._paths else self._add).setFocus()

    def _import(self) -> None:
        for part in (self.go, self._add):
            part.setEnabled(False)
        self._progress.show()
        self._session.import_files(self._paths, self._show_outcome)

    def _show_outcome(self, outcome: Imported) -> None:
        self._progress.hide()
        self._add.setEnabled(True)
        if isinstance(outcome, AnnotatorError):
            self._show_failure(outcome)
            return
        counts, report = outcome
        words = f"Imported {counted(counts.documents, 'document')}, {counted(counts.spans, 'label')}, "
        words += counted(counts.relations, "relation")
        if counts.merged:
            words += f". {counted(counts.merged, 'text')} of them were here already"
        self._show(f"{words}.", list(report.lines("warning", "notice")))
        self._paths = []
        self._leave.setText("Close")

    def _show_failure(self, error: AnnotatorError) -> None:
        lines = list(error.report.lines("problem", "warning")) if isinstance(error, NotRead) else [str(error)]
        self._show("Nothing was imported; the project is as it was. What is wrong:", lines)
        self.go.setEnabled(True)

    def _show(self, words: str, lines: list[str]) -> None:
        self.outcome.setText(words)
        self.outcome.show()
        fit_lines(self.details, "\n".join(lines))
        self.details.setVisible(bool(lines))
        self.adjustSize()
