"""The bar on top: menus, where one is, and the acts that concern the whole document."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QSizePolicy, QToolButton, QWidget

from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.ui.icons import app_icon, icon, pixmap
from annotator.ui.shortcuts import titled
from annotator.ui.text import counted, plain, tooltip
from annotator.ui.theme import Theme, colour
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.parts import button, icon_button, rule

HEIGHT_PX = 50
_LEAST_WIDTH_PX = 820

_ICONS = {
    "edit.undo": "undo",
    "edit.redo": "redo",
    "document.previous": "previous",
    "document.next": "next",
}


class TopBar(QWidget):
    """Emits `asked` with the name of a command."""

    asked = Signal(str)

    def __init__(self, menus: QMenuBar, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._mark = QLabel()
        self._project = Elided(role="strong", is_greedy=False)
        self._arrow = QLabel()
        self._document = Elided(role="muted-title")
        self._place = plain(role="muted")
        self._buttons = {name: self._make_button(name) for name in _ICONS}
        self.accept_all = button("", role="ghost")
        self.accept_all.setIconSize(QSize(15, 15))
        self.accept_all.clicked.connect(lambda: self.asked.emit("decide.accept-all"))
        self.finish = button("Finish document", role="primary")
        self.finish.clicked.connect(self._finish)
        self._is_done = False
        self._acceptable = 0
        self._lay_out(menus)
        self.show_keys()

    def _lay_out(self, menus: QMenuBar) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        menus.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(rule(vertical=True, length_px=18))
        row.addSpacing(8)
        row.addWidget(self._project)
        row.addWidget(self._arrow)
        row.addWidget(self._document, 1)
        row.addSpacing(12)
        for name in ("edit.undo", "edit.redo"):
            row.addWidget(self._buttons[name])
        row.addSpacing(4)
        row.addWidget(rule(vertical=True, length_px=18))
        row.addSpacing(4)
        row.addWidget(self._buttons["document.previous"])
        row.addWidget(self._place)
        row.addWidget(self._buttons["document.next"])
        row.addSpacing(4)
        row.addWidget(rule(vertical=True, length_px=18))
        row.addSpacing(6)
        row.addWidget(self.accept_all)
        row.addSpacing(4)
        row.addWidget(self.finish)

    def _make_button(self, name: str) -> QToolButton:
        made = icon_button(COMMANDS[name].title)
        made.clicked.connect(lambda: self.asked.emit(name))
        return made

    def show_keys(self) -> None:
        """Name the keys that hold now in the tips."""
        for name, made in self._buttons.items():
            made.setToolTip(tooltip(titled(name, self._keymap)))
        self.accept_all.setToolTip(tooltip(titled("decide.accept-all", self._keymap)))
        self._tip_finish()

    def _tip_finish(self) -> None:
        name = "document.reopen" if self._is_done else "document.finish"
        self.finish.setToolTip(tooltip(titled(name, self._keymap)))

    def _finish(self) -> None:
        self.asked.emit("document.reopen" if self._is_done else "document.finish")

    def set_theme(self, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(_app_mark(ratio))
        self._arrow.setPixmap(pixmap("next", 13, colour(theme.faint), ratio=ratio))
        for name, made in self._buttons.items():
            made.setIcon(icon(_ICONS[name], colour(theme.muted)))
        self.accept_all.setIcon(icon("checks", colour(theme.muted)))

    @property
    def undo(self) -> QToolButton:
        return self._buttons["edit.undo"]

    @property
    def redo(self) -> QToolButton:
        return self._buttons["edit.redo"]

    # ---- what is shown

    def show_project(self, name: str) -> None:
        self._project.setText(name)

    def show_document(self, title: str, number: int | None, total: int) -> None:
        self._document.setText(title)
        self._arrow.setVisible(bool(title))
        self._place.setText(f"{number + 1:,} of {total:,}" if number is not None else "")
        self._buttons["document.previous"].setEnabled(number is not None and number > 0)
        self._buttons["document.next"].setEnabled(number is not None and number < total - 1)

    def show_state(self, *, can_undo: bool, can_redo: bool, acceptable: int, is_done: bool, is_writable: bool) -> None:
        """What can be done to the open document now."""
        self._buttons["edit.undo"].setEnabled(can_undo and is_writable)
        self._buttons["edit.redo"].setEnabled(can_redo and is_writable)
        self._acceptable = acceptable
        self.accept_all.setVisible(acceptable > 0)
        self.accept_all.setEnabled(is_writable)
        self._is_done = is_done
        self.finish.setText("Reopen document" if is_done else "Finish document")
        self._tip_finish()
        role = "ghost" if is_done else "primary"
        if self.finish.property("role") != role:
            self.finish.setProperty("role", role)
            self.finish.style().polish(self.finish)
        self.finish.setEnabled(is_writable)
        self._fit()

    def _fit(self) -> None:
        """Say things in fewer words when there is no room."""
        self.accept_all.setText(f" Accept {counted(self._acceptable, 'suggestion')}")
        if self._row.minimumSize().width() > self.width():
            self.accept_all.setText(f" {self._acceptable:,}")
        self.accept_all.setAccessibleName(f"Accept {counted(self._acceptable, 'suggestion')}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH_PX, HEIGHT_PX)


def _app_mark(ratio: float) -> QPixmap:
    return app_icon().pixmap(QSize(22, 22), ratio)
