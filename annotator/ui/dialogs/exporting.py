"""File › Export: whose labels, of which documents, to which file; then what went out."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from annotator.app.exporting import LayerChoice, StatusChoice, export, summary
from annotator.app.session import Session
from annotator.formats import Written
from annotator.model import AnnotatorError
from annotator.store import Project
from annotator.ui.dialogs.ask import ask
from annotator.ui.dialogs.file_field import FileField
from annotator.ui.dialogs.layout import cancel_button, lay_out, main_button, paragraph
from annotator.ui.jobs import Jobs
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import heading
from annotator.ui.widgets.segmented import Segmented

_LAYERS: tuple[LayerChoice, ...] = get_args(LayerChoice)
_STATUSES: tuple[StatusChoice, ...] = get_args(StatusChoice)

_LAYER_WORDS = {
    "person": "What people have labelled, each person's layer as a record of its own.",
    "gold": "The adjudicated layer, or gold that was imported.",
    "suggestions": "What the model proposes, as it is. Nobody has looked at it.",
}


class ExportDialog(QDialog):
    def __init__(self, session: Session, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self.layer = Segmented(["People's labels", "Gold", "Suggestions"])
        self.status = Segmented(["Done only", "All"])
        for choice in (self.layer, self.status):
            choice.set_theme(theme)
        self.layer.chosen.connect(self._explain)
        path = session.path.with_suffix(".jsonl")
        self.file = FileField(path, suffix=".jsonl", kinds="JSON lines (*.jsonl)")
        self._words = paragraph("", role="muted")
        self.outcome = paragraph("")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._go = main_button("Export")
        self._go.clicked.connect(self._export)
        self._leave = cancel_button(self)
        parts: list[QWidget] = [heading("Labels"), self.layer, self._words, heading("Documents"), self.status]
        parts += [heading("File"), self.file, self._progress, self.outcome]
        lay_out(self, title="Export", body=parts, buttons=[self._leave, self._go])
        self._progress.hide()
        self.outcome.hide()
        self._explain()
        self.file.setFocus()

    def _explain(self, *_args: object) -> None:
        chosen = _LAYERS[self.layer.index]
        self._words.setText(_LAYER_WORDS[chosen])
        self.status.setEnabled(chosen != "suggestions")

    def _export(self) -> None:
        path = self.file.path
        if path is None:
            self._show("Name a file first.")
        elif path.exists():
            words = f"{path.name} exists already. The new export takes its place."
            ask("Replace the file?", words, ["Cancel", "Replace"], parent=self, then=self._answer_replace)
        else:
            self._write(path)

    def _answer_replace(self, answer: int) -> None:
        if answer == 1 and (path := self.file.path) is not None:
            self._write(path)

    def _write(self, path: Path) -> None:
        if not self._session.wait_until_saved():
            self._show("There are edits that could not be saved; see the bar below the text. Nothing was exported.")
            return
        layer, status = _LAYERS[self.layer.index], _STATUSES[self.status.index]
        source, identity = self._session.path, self._session.identity

        def work() -> Written:
            with Project.open(source, for_writing=False) as project:
                return export(project, path, layer=layer, status=status, identity=identity)

        self._go.setEnabled(False)
        self._progress.show()
        self._jobs.start(work, self._show_outcome)

    def _show_outcome(self, outcome: Written | AnnotatorError) -> None:
        self._progress.hide()
        self._go.setEnabled(True)
        if isinstance(outcome, AnnotatorError):
            self._show(f"{outcome} {outcome.hint}".strip())
            return
        self._show(f"{summary(outcome)} → {outcome.path}")
        self._session.say(f"Exported {summary(outcome)}")
        self._leave.setText("Close")

    def _show(self, words: str) -> None:
        self.outcome.setText(words)
        self.outcome.show()
        self.adjustSize()
