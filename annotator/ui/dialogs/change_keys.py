"""Help › Change keys: give commands other keys. Every change holds at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.keymap_file import read_changes, write_changes
from annotator.model import AnnotatorError, Schema
from annotator.ui.dialogs.ask import ask
from annotator.ui.dialogs.change_panel import ChangePanel
from annotator.ui.dialogs.files import file_to_open, file_to_write
from annotator.ui.dialogs.keys_table import ROW_HEIGHT_PX, KeysModel, RowPainter
from annotator.ui.dialogs.layout import cancel_button, paragraph
from annotator.ui.text import counted, plain
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import button

_FILES = "Key maps (*.toml)"
_SIZE_PX = (860, 680)
_KEYS_PX, _WORKS_PX = 250, 230


class _Table(QTableView):
    """Enter changes the keys of the row, Insert adds some, Delete takes the last ones away."""

    asked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_Return: "change", Qt.Key.Key_Enter: "change", Qt.Key.Key_Insert: "add"}
        acts |= {Qt.Key.Key_Delete: "take", Qt.Key.Key_Backspace: "take", Qt.Key.Key_Plus: "add"}
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            self.asked.emit(act)
        else:
            super().keyPressEvent(event)


class ChangeKeysDialog(QDialog):
    """Emits `changed` after every change of the key map."""

    changed = Signal()

    def __init__(self, keymap: Keymap, schema: Schema, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.setWindowTitle("Keys – Annotator")
        self.setModal(True)
        self.model = KeysModel(keymap, schema)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a command by its name or its keys: finish, Ctrl+K")
        self.search.setAccessibleName("Find a command by its name or its keys")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.view = self._make_table(theme)
        self.panel = ChangePanel(keymap, schema)
        self.panel.changed.connect(self._after_change)
        self.panel.left.connect(self.view.setFocus)
        self.told = paragraph("", role="muted")
        self.told.hide()
        self._lay_out()
        self._select(0)
        self.search.setFocus()

    def _make_table(self, theme: Theme) -> _Table:
        view = _Table()
        painter = RowPainter(view)
        painter.theme = theme
        view.setModel(self.model)
        view.setItemDelegate(painter)
        view.setProperty("role", "boxed")
        view.setAccessibleName("Commands and their keys")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT_PX)
        head = view.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, _KEYS_PX)
        head.resizeSection(2, _WORKS_PX)
        view.selectionModel().currentRowChanged.connect(self._show_row)
        view.doubleClicked.connect(lambda: self._act("change"))
        view.asked.connect(self._act)
        return view

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(plain("Keys", role="display"))
        for part in (self.search, self.view, self.panel, self.told):
            layout.addWidget(part, 1 if part is self.view else 0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.reset_all = self._button("Usual keys for all…", self._ask_to_reset)
        self.load = self._button("Import…", self._import)
        self.save = self._button("Export…", self._export)
        for made in (self.reset_all, self.load, self.save):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(cancel_button(self, "Close"))
        layout.addLayout(foot)
        self.resize(*_SIZE_PX)

    def _button(self, words: str, act: object) -> QPushButton:
        made = button(words)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made

    def reject(self) -> None:
        """Escape first ends what is being recorded."""
        if self.panel.is_busy:
            self.panel.cancel()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    # ---- the rows

    def _filter(self, query: str) -> None:
        self.model.set_filter(query)
        self._select(0)

    def _select(self, number: int) -> None:
        self.view.setCurrentIndex(self.model.index(number, 0))
        self._show_row(self.view.currentIndex())

    def _show_row(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        self.panel.show_command(row.name if row is not None else None)

    def _act(self, act: str) -> None:
        {"change": self.panel.change_first, "add": self.panel.add, "take": self.panel.take_last}[act]()

    def _after_change(self) -> None:
        """Show the keys as they are now, the same command selected."""
        row = self.model.row_at(self.view.currentIndex().row())
        self.model.reload()
        number = self.model.number_of(row.name) if row is not None else None
        self._select(number or 0)
        self.told.hide()
        self.changed.emit()

    # ---- all of them

    def _ask_to_reset(self) -> None:
        count = len(self._keymap.changes)
        words = f"{counted(count, 'command')} of {len(COMMANDS)} {'has' if count == 1 else 'have'} keys of your own."
        ask("Usual keys for all?", words, ["Keep mine", "Usual keys for all"], parent=self, then=self._reset)

    def _reset(self, answer: int) -> None:
        if answer == 1:
            self._keymap.reset_all()
            self._after_change()

    def _import(self) -> None:
        path = file_to_open(self, "Import keys", kinds=_FILES)
        if path is not None:
            self.import_from(path)

    def import_from(self, path: Path) -> None:
        """Take over the keys of a file in place of the own ones; nothing when something in it is wrong."""
        try:
            self._keymap.load(read_changes(self._keymap, path))
        except AnnotatorError as error:
            self._tell(f"Nothing was imported. {error} {error.hint}".strip(), role="bad")
            return
        self._after_change()
        words = f"{counted(len(self._keymap.changes), 'command')} got other keys."
        if unknown := self._keymap.unknown:
            words += f" Kept, but not known to this version: {', '.join(unknown)}."
        self._tell(words)

    def _export(self) -> None:
        path = file_to_write(self, "Export keys", suggested=Path("annotator-keys.toml"), kinds=_FILES)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        try:
            write_changes(self._keymap, path)
        except AnnotatorError as error:
            self._tell(f"{error}", role="bad")
        else:
            self._tell(f"Written: {path}")

    def _tell(self, words: str, *, role: str = "muted") -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(words)
        self.told.show()
