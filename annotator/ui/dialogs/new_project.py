"""File › New project: where it lies, which labels it has, which texts are in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QWidget

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema, load_tables
from annotator.formats import NotRead
from annotator.model import AnnotatorError
from annotator.ui.dialogs.file_field import FileField
from annotator.ui.dialogs.files import TEXTS, file_to_open, files_to_open
from annotator.ui.dialogs.layout import cancel_button, lay_out, main_button, paragraph
from annotator.ui.dialogs.trouble import fit_lines, read_only_text
from annotator.ui.jobs import Jobs
from annotator.ui.text import counted, one_line
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import button, heading
from annotator.ui.widgets.segmented import Segmented


class NewProjectDialog(QDialog):
    """Emits `made` with the path of the new project."""

    made = Signal(object)

    def __init__(self, folder: Path, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._texts: list[Path] = []
        self._schema_file: Path | None = None
        self.file = FileField(folder / "untitled.annot", suffix=".annot", kinds="Projects (*.annot)")
        self._schema = Segmented(["News", "From a file…"])
        self._schema.set_theme(theme)
        self._schema.chosen.connect(self._choose_schema)
        self._schema_words = paragraph("", role="muted")
        self._texts_words = paragraph("", role="muted")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self.outcome = paragraph("", role="bad")
        self.details = read_only_text("")
        self._go = main_button("Make the project")
        self._go.clicked.connect(self._make)
        parts: list[QWidget] = [
            heading("File"),
            self.file,
            heading("Labels"),
            self._schema,
            self._schema_words,
            heading("Texts"),
        ]
        parts += [self._texts_row(), self._progress, self.outcome, self.details]
        lay_out(self, title="New project", body=parts, buttons=[cancel_button(self), self._go])
        for part in (self._progress, self.outcome, self.details):
            part.hide()
        self._explain()
        self.file.setFocus()
        self.file.line.selectAll()

    def _texts_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        add = button("Add texts…")
        add.clicked.connect(self._add_texts)
        row.addWidget(add)
        row.addWidget(self._texts_words, 1)
        return box

    def _explain(self) -> None:
        try:
            schema = load_schema(self._schema_file or "news")
        except AnnotatorError as error:
            self._schema_words.setText(str(error))
            self._go.setEnabled(False)
            return
        titles = ", ".join(label.title for label in schema.labels)
        self._schema_words.setText(one_line(f"{titles}; and {counted(len(schema.relations), 'relation')}.", 240))
        names = ", ".join(path.name for path in self._texts)
        self._texts_words.setText(one_line(names, 160) if names else "None yet; they can be imported later.")
        self._go.setEnabled(True)

    def _choose_schema(self, index: int) -> None:
        self._schema_file = None
        if index == 1:
            self._schema_file = file_to_open(self, "Schema", kinds="Schemas (*.toml *.json);;All files (*)")
            if self._schema_file is None:
                self._schema.choose(0)
        self._explain()

    def _add_texts(self) -> None:
        chosen = files_to_open(self, "Texts", kinds=TEXTS)
        self._texts += [path for path in chosen if path not in self._texts]
        self._explain()

    def _make(self) -> None:
        path = self.file.path
        if path is None:
            return
        texts, schema_source = list(self._texts), self._schema_file or "news"

        def work() -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            schema = load_schema(schema_source)
            tables = load_tables(schema_source, schema)
            create_project(path, schema, texts, current_identity(), tables=tables)
            return path

        self._go.setEnabled(False)
        self._progress.show()
        self._jobs.start(work, self._show_outcome)

    def _show_outcome(self, outcome: Path | AnnotatorError) -> None:
        self._progress.hide()
        self._go.setEnabled(True)
        if isinstance(outcome, AnnotatorError):
            self.outcome.setText(f"No project was made. {outcome} {outcome.hint}".strip())
            lines = list(outcome.report.lines("problem")) if isinstance(outcome, NotRead) else []
            fit_lines(self.details, "\n".join(lines))
            self.details.setVisible(bool(lines))
            self.outcome.show()
            return
        self.accept()
        self.made.emit(outcome)
