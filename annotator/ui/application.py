"""The program with a window: one entry for the command line, one project at a time, one theme for all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.app.session import Session
from annotator.model import AnnotatorError
from annotator.ui import crash
from annotator.ui.bridge import Bridge
from annotator.ui.collecting import Collecting
from annotator.ui.dialogs.files import PROJECTS, file_to_open
from annotator.ui.fonts import font, load_fonts
from annotator.ui.icons import app_icon
from annotator.ui.jobs import Jobs
from annotator.ui.settings import Settings
from annotator.ui.stylesheet import style_sheet
from annotator.ui.theme import DARK, LIGHT, Theme, qt_palette, strong, system_theme
from annotator.ui.window import MainWindow

if TYPE_CHECKING:
    from annotator.ui.start import StartWindow

_THEMES = {"light": LIGHT, "dark": DARK}


def make_application() -> QApplication:
    """The one QApplication, with face and style; for the program, the pictures and the tests."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        app = found
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(["annotator"])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(font(13))
    return app


def apply_theme(app: QApplication, theme: Theme) -> None:
    app.setPalette(qt_palette(theme))
    app.setStyleSheet(style_sheet(theme))


class Program(QObject):
    """Holds the window that is open: a project, or the start window.

    `theme` is "system", "light" or "dark"; "system" means what was chosen last, else what the desktop says. Without
    `is_suggesting` no worker is started: a project shows the suggestions that it has. Emits `windowGone` when a window
    was replaced and nothing is left of it.
    """

    windowGone = Signal()  # noqa: N815 - as Qt names signals

    def __init__(
        self,
        app: QApplication,
        settings: Settings | None = None,
        *,
        theme: str = "system",
        is_suggesting: bool = True,
    ) -> None:
        super().__init__()
        self._is_suggesting = is_suggesting
        self._app = app
        self.settings = settings or Settings()
        self._choice = theme if theme in _THEMES else self.settings.text("theme", "system")
        self._is_strong = self.settings.flag("contrast", default=False)
        self.theme = self._wanted_theme()
        self.window: MainWindow | StartWindow | None = None
        self._bridge: Bridge | None = None
        self._jobs = Jobs()
        self._told: set[str] = set()
        apply_theme(app, self.theme)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        app.aboutToQuit.connect(self._jobs.close)

    @property
    def is_loading(self) -> bool:
        """Whether the open document is still being read."""
        return isinstance(self.window, MainWindow) and self.window.session.is_loading

    def shut(self) -> None:
        """Close the window and wait for what still runs."""
        if self.window is not None:
            self.window.close()
        if self._bridge is not None:
            self._bridge.close()
        self._jobs.close()

    # ---- windows

    def open(self, path: Path) -> bool:
        """Open a project in place of what is shown; False, with the reason on screen, when that fails."""
        is_same = isinstance(self.window, MainWindow) and _is_same_file(self.window.session.path, path)
        if is_same and not self._leave():
            return False
        bridge = Bridge()
        try:
            session = Session(path, dispatch=bridge, repeat=bridge.repeat)
        except AnnotatorError as error:
            self._show_unopened(path, error)
            return False
        if not is_same and not self._leave():
            session.close()
            return False
        window = MainWindow(session, self.settings, self.theme, is_suggesting=self._is_suggesting)
        window.openWanted.connect(self.open, Qt.ConnectionType.QueuedConnection)
        window.newWanted.connect(self._make_new)
        window.themeWanted.connect(self.toggle_theme)
        window.contrastWanted.connect(self.toggle_contrast)
        self._replace_window(window, bridge)
        self.settings.remember_project(path)
        window.begin()
        window.show()
        self._app.setQuitOnLastWindowClosed(True)
        return True

    def _leave(self) -> bool:
        """Close the open window to make room for another; False when the user would rather stay."""
        self._app.setQuitOnLastWindowClosed(False)
        if self.window is not None and not self.window.close():
            self._app.setQuitOnLastWindowClosed(True)
            return False
        return True

    def show_start(self) -> None:
        from annotator.ui.start import StartWindow

        start = StartWindow(self.settings.recent())
        start.set_theme(self.theme)
        start.asked.connect(self._start_asked, Qt.ConnectionType.QueuedConnection)
        start.chosen.connect(self.open, Qt.ConnectionType.QueuedConnection)
        self._app.setQuitOnLastWindowClosed(False)
        self._replace_window(start, None)
        start.show()
        self._app.setQuitOnLastWindowClosed(True)

    def _replace_window(self, window: MainWindow | StartWindow, bridge: Bridge | None) -> None:
        old, old_bridge = self.window, self._bridge
        self.window, self._bridge = window, bridge
        if old_bridge is not None:
            old_bridge.close()
        if old is not None:
            if old.isVisible():
                old.close()
            old.destroyed.connect(self.windowGone)
            old.deleteLater()

    def _start_asked(self, what: str) -> None:
        {"sample": self._open_sample, "new": self._make_new, "open": self._choose_project}[what]()

    # ---- projects

    def _choose_project(self) -> None:
        path = file_to_open(self.window, "Open a project", folder=user_documents_path(), kinds=PROJECTS)
        if path is not None:
            self.open(path)

    def _make_new(self) -> None:
        from annotator.ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(user_documents_path(), self._jobs, self.theme, self.window)
        dialog.made.connect(self.open, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def _open_sample(self) -> None:
        from annotator.app.identity import current_identity
        from annotator.app.projects import open_sample

        path = user_documents_path() / "Annotator" / "news.annot"

        def work() -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            open_sample(path, current_identity())
            return path

        self._jobs.start(work, self._take_sample)

    def _take_sample(self, outcome: Path | AnnotatorError) -> None:
        if isinstance(outcome, AnnotatorError):
            self._show_trouble(outcome, "The sample could not be made")
        else:
            self.open(outcome)

    def _show_unopened(self, path: Path, error: AnnotatorError) -> None:
        """The file stays as it is; the doctor may say more about it."""
        from annotator.ui.dialogs.unopened import Unopened

        if self.window is None or not self.window.isVisible():
            self.show_start()
        Unopened(path, error, self._jobs, self.window).open()

    def _show_trouble(self, error: AnnotatorError, title: str) -> None:
        from annotator.ui.dialogs.trouble import Trouble

        Trouble.about(error, title, parent=self.window).open()

    # ---- theme

    def _wanted_theme(self) -> Theme:
        theme = _THEMES.get(self._choice) or system_theme()
        return strong(theme) if self._is_strong else theme

    def _follow_system(self) -> None:
        if self._choice == "system":
            self.set_theme(self._wanted_theme())

    def toggle_theme(self) -> None:
        """From light to dark or back; the choice is remembered."""
        self._choice = "light" if self.theme.is_dark else "dark"
        self.settings.set("theme", self._choice)
        self.set_theme(self._wanted_theme())

    def toggle_contrast(self) -> None:
        """More contrast or the usual one; the choice is remembered."""
        self._is_strong = not self._is_strong
        self.settings.set("contrast", self._is_strong)
        self.set_theme(self._wanted_theme())

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        apply_theme(self._app, theme)
        if self.window is not None:
            self.window.set_theme(theme)

    # ---- bugs

    def show_crash(self, kind: str, report: Path | None) -> None:
        """Say once for each kind that the program is at fault, when the event that failed is over."""
        if kind not in self._told:
            self._told.add(kind)
            QTimer.singleShot(0, self, lambda: self._show_bug(kind, report))

    def _show_bug(self, kind: str, report: Path | None) -> None:
        from annotator.ui.dialogs.trouble import Trouble

        words = f"This is a fault of the program ({kind}), not of yours."
        kept = "Every edit that was shown as saved is in the project file."
        where = [str(report)] if report else []
        hint = f"{kept} A report without any text of your documents was written:" if where else kept
        Trouble("Something went wrong inside", words, hint=hint, lines=where, parent=self.window).open()


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def run(path: Path | None = None, *, theme: str = "system") -> int:
    """Show the project, or the start window, until the last window is closed; the exit status."""
    app = make_application()
    app.setWindowIcon(app_icon())
    program = Program(app, theme=theme)
    program.windowGone.connect(Collecting(lambda: program.is_loading, app).expect_garbage)
    crash.install(program.show_crash)
    if path is None:
        program.show_start()
    else:
        program.open(path)
    status = app.exec()
    program.deleteLater()
    sys.excepthook = sys.__excepthook__
    return int(status)
