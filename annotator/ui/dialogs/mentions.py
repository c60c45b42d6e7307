"""Same mentions in the project: every one in its sentence, ticked or not, before anything is changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFrame, QHBoxLayout, QProgressBar, QWidget

from annotator.analysis.mentions import Wish
from annotator.app.commands import attempt
from annotator.app.mention_search import Progress, search
from annotator.app.mentioning import apply_in_project
from annotator.app.session import Session
from annotator.model import AnnotatorError
from annotator.ui.dialogs.layout import lay_out, main_button
from annotator.ui.dialogs.mentions_delegate import ROW_HEIGHT_PX, MentionsDelegate
from annotator.ui.dialogs.mentions_model import MentionsModel
from annotator.ui.jobs import Jobs
from annotator.ui.reporting import Reporter
from annotator.ui.text import caption, counted, one_line, plain
from annotator.ui.theme import Theme
from annotator.ui.widgets.options import OptionRow
from annotator.ui.widgets.parts import button, steady_scroll_bar
from annotator.ui.widgets.row_list import RowList

_SIZE = QSize(1080, 680)
_MOST_ROWS = 200_000
"""With more mentions than these the search ends: nobody reads them, and they would fill the memory."""
_OPTIONS = ("Whole words", "Same case", "Plural and possessive too")
_FIELDS = ("is_whole", "is_case_kept", "is_inflected")


class MentionsView(RowList):
    """Space ticks, D ticks a document, A all, N none; more keys go to the dialog."""

    toggled = Signal()
    documentToggled = Signal()  # noqa: N815 - as Qt names signals
    allWanted = Signal(bool)  # noqa: N815

    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        match event.key():
            case Qt.Key.Key_Space:
                self.toggled.emit()
            case Qt.Key.Key_D if is_plain:
                self.documentToggled.emit()
            case Qt.Key.Key_A if is_plain:
                self.allWanted.emit(True)
            case Qt.Key.Key_N if is_plain:
                self.allWanted.emit(False)
            case _:
                super().keyPressEvent(event)


class MentionsDialog(QDialog):
    """Searches as soon as it is made. Enter applies what is ticked; Escape ends the search, then leaves."""

    def __init__(self, session: Session, jobs: Jobs, wish: Wish, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._wish = session, jobs, wish
        self._search: Reporter[Progress] | None = None
        self.model = MentionsModel(self)
        self.model.counted.connect(self._show_counts)
        self.view = self._make_view(theme)
        self.options = OptionRow("What counts as the same", _OPTIONS)
        self.options.set_theme(theme)
        self.options.toggled.connect(self._change_option)
        self.options.left.connect(self.view.setFocus)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._counts = plain("", role="muted")
        self._trouble = plain("", role="warn")
        self._leave = button("Cancel")
        self._leave.clicked.connect(self.reject)
        self._go = main_button("Apply")
        self._go.clicked.connect(self._apply)
        layout = lay_out(
            self,
            title=f"{_verb(wish)} “{one_line(wish.words, 60)}” {_title(session, wish)} in the whole project",
            words="Space ticks or unticks, D a whole document, A all, N none. Enter applies what is ticked.",
            body=[self.options, self.view, self._progress, self._foot()],
            buttons=[self._leave, self._go],
        )
        layout.setStretchFactor(self.view, 1000)
        self.finished.connect(self._end)
        self.resize(_SIZE)
        self.view.setFocus()
        self._begin()

    def _make_view(self, theme: Theme) -> MentionsView:
        view = MentionsView()
        view.setModel(self.model)
        label = self._session.schema.label_names.get(self._wish.label)
        view.setItemDelegate(MentionsDelegate(theme, label, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setProperty("role", "boxed")
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAccessibleName("Mentions")
        steady_scroll_bar(view)
        # the topmost row names its document, so it is another one after each step
        view.verticalScrollBar().valueChanged.connect(view.viewport().update)
        view.toggled.connect(lambda: self.model.toggle(self._rows()))
        view.documentToggled.connect(self._toggle_document)
        view.allWanted.connect(lambda is_ticked: self.model.tick_all(is_ticked=is_ticked))
        return view

    def _foot(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._counts)
        row.addWidget(self._trouble)
        row.addStretch(1)
        acts = (
            ("All", lambda: self.model.tick_all(is_ticked=True)),
            ("None", lambda: self.model.tick_all(is_ticked=False)),
            ("This document", self._toggle_document),
        )
        for words, act in acts:
            made = button(words)
            made.clicked.connect(act)
            row.addWidget(made)
        return box

    # ---- the search

    def _begin(self) -> None:
        """Search anew, from nothing."""
        self._stop()
        self.model.clear()
        self._trouble.setText("")
        self._show_options()
        if not self._session.wait_until_saved():
            self._trouble.setText("There are edits that could not be saved; see the bar below the text.")
            return
        session, wish, made = self._session, self._wish, Reporter(self._take)
        self._search = made
        path, author, schema, matching = session.path, session.author.id, session.schema, session.matching
        self._progress.setValue(0)
        self._progress.show()
        self._show_counts()
        self._jobs.start(
            lambda: search(path, author, schema, wish, matching, report=made.report, is_cancelled=made.is_ended),
            lambda outcome: made.bridge(lambda: self._finish(made, outcome)),
        )

    def _take(self, progress: Progress) -> None:
        self.model.append(progress.lines)
        self._progress.setValue(round(progress.share * 1000))
        if not self.view.currentIndex().isValid() and len(self.model):
            self.view.setCurrentIndex(self.model.index(0))
        if len(self.model) > _MOST_ROWS:
            self._stop()
            self._trouble.setText("More are not listed; apply these, then search again.")

    def _finish(self, made: Reporter[Progress], outcome: AnnotatorError | None) -> None:
        if self._search is made:
            self._stop()
            if isinstance(outcome, AnnotatorError):
                self._trouble.setText(str(outcome))

    def _stop(self) -> None:
        if self._search is not None:
            self._search.drop()
            self._search = None
        self._progress.hide()
        self._show_counts()

    @property
    def is_over(self) -> bool:
        """Whether the search has ended, for one reason or another."""
        return self._search is None

    def reject(self) -> None:
        """While it searches, end that; then leave."""
        if self._search is not None:
            self._stop()
            self._trouble.setText("Stopped; these are not all.")
        else:
            super().reject()

    def _end(self, _result: int) -> None:
        self._stop()
        self.view.setModel(None)
        self._session.in_portions(self.model.let_go)
        self.deleteLater()

    # ---- ticks and options

    def _rows(self) -> list[int]:
        return [index.row() for index in self.view.selectedIndexes()]

    def _toggle_document(self) -> None:
        if self.view.currentIndex().isValid():
            self.model.toggle_document(self.view.currentIndex().row())

    def _change_option(self, number: int) -> None:
        field = _FIELDS[number]
        matching = self._session.matching
        self._session.matching = replace(matching, **{field: not getattr(matching, field)})
        self._begin()

    def _show_options(self) -> None:
        matching = self._session.matching
        self.options.show_chosen([number for number, field in enumerate(_FIELDS) if getattr(matching, field)])

    def _show_counts(self) -> None:
        model, is_searching = self.model, self._search is not None
        if len(model):
            words = f"{model.ticked:,} of {counted(len(model), 'mention')} ticked"
            words += f", in {counted(model.documents, 'document')}"
            if model.conflicts:
                words += f"; {counted(model.conflicts, 'conflict')} left alone"
        else:
            words = "Searching…" if is_searching else "No other mention needs this."
        self._counts.setText(words)
        self._go.setText(caption(f"Apply to {model.ticked:,}" if model.ticked else "Apply"))
        self._go.setEnabled(model.ticked > 0 and not is_searching)
        self._leave.setText("Stop searching" if is_searching else "Cancel")

    def _apply(self) -> None:
        chosen = self.model.chosen()
        session, wish = self._session, self._wish
        self.accept()
        attempt(session, lambda: apply_in_project(session, wish, chosen))


def _verb(wish: Wish) -> str:
    return {"label": "Label", "reject": "Reject", "delete": "Delete"}[wish.doing]


def _title(session: Session, wish: Wish) -> str:
    label = session.schema.label_names.get(wish.label)
    title = one_line(label.title if label is not None else wish.label, 60)
    return f"as {title}" if wish.doing == "label" else title
