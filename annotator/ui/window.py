"""The main window of one open project: bar, documents, text, labels, status. It shows and asks; the session decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.app import drawing
from annotator.app.commands import attempt
from annotator.app.events import KeysChanged
from annotator.app.session import Session
from annotator.model import Refused
from annotator.ui.canvas import Canvas
from annotator.ui.context_menu import context_menu
from annotator.ui.finishing import Finishing
from annotator.ui.following import Following
from annotator.ui.jobs import Jobs
from annotator.ui.keys import KeyRouter
from annotator.ui.mentions import Spreading, restore_matching, store_matching
from annotator.ui.menus import build_menus
from annotator.ui.offering import Offering
from annotator.ui.orders import restore_orders, store_orders
from annotator.ui.panels.banner import Banner
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.labels import LabelsPanel
from annotator.ui.panels.ledger import WIDTH_PX as LEDGER_PX
from annotator.ui.panels.ledger import LedgerPanel
from annotator.ui.panels.relations import RelationsPanel
from annotator.ui.panels.status import StatusBar
from annotator.ui.panels.topbar import TopBar
from annotator.ui.pointing import Pointing
from annotator.ui.popups.end_finder import EndFinder
from annotator.ui.popups.findings import FindingsCard
from annotator.ui.popups.label_palette import LabelPalette
from annotator.ui.popups.relation_chooser import RelationChooser
from annotator.ui.popups.relation_list import RelationList
from annotator.ui.settings import Settings
from annotator.ui.stored_keys import store_keymap, stored_keymap
from annotator.ui.sweeper import Sweeper
from annotator.ui.text_menu import store_typography, stored_typography
from annotator.ui.theme import Theme
from annotator.ui.typography import Typography
from annotator.ui.widgets.parts import heading
from annotator.ui.window_acts import Acts

_LEFT_PX, _RIGHT_PX = 272, 304
_COMPACT_BELOW_PX = 880


class MainWindow(QMainWindow):
    """Emits `openWanted` with a path; `newWanted`, `themeWanted`, `contrastWanted` for what the program has to do."""

    openWanted = Signal(object)  # noqa: N815 - as Qt names signals
    newWanted = Signal()  # noqa: N815
    themeWanted = Signal()  # noqa: N815
    contrastWanted = Signal()  # noqa: N815

    def __init__(self, session: Session, settings: Settings, theme: Theme, *, is_suggesting: bool = True) -> None:
        super().__init__()
        self._is_suggesting = is_suggesting
        self.session = session
        self.settings = settings
        self.theme = theme
        self.jobs = Jobs()
        self.keymap, self._keymap_error = stored_keymap(settings)
        self._acts = Acts(self)
        self.setObjectName("main")
        self.setWindowTitle(f"{session.project_name} – Annotator")
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._restore()
        self.set_theme(theme)

    # ---- parts

    def _build(self) -> None:
        session = self.session
        self.menus = build_menus(self, self.carry_out, self.keymap)
        self.top_bar = TopBar(self.menus.bar, self.keymap)
        self.banner = Banner()
        self.documents = DocumentsPanel(lambda offset, limit: session.documents(offset=offset, limit=limit))
        self.canvas = Canvas(theme=self.theme)
        self.canvas.is_editable = not session.is_read_only
        self.labels = LabelsPanel(session, self.keymap)
        self.inspector = Inspector(session, self.keymap)
        self.status = StatusBar(session, self.keymap)
        self.right = self._right_panel()
        self.relations = RelationsPanel(session, self.carry_out, self.keymap)
        self.ledger = LedgerPanel(session, self.keymap, self.jobs)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (self.ledger, self.documents, self.canvas, self.right, self.relations):
            self.splitter.addWidget(part)
        for number, stretch in enumerate((0, 0, 1, 0, 0)):
            self.splitter.setStretchFactor(number, stretch)
        self.splitter.setSizes([LEDGER_PX, _LEFT_PX, 1000, _RIGHT_PX, _RIGHT_PX])
        self.ledger.hide()
        self.relations.hide()
        self.root = root = QWidget()
        layout = QVBoxLayout(root)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.top_bar, self.banner, self.splitter, self.status):
            layout.addWidget(part, 1 if part is self.splitter else 0)
        self.setCentralWidget(root)
        self.chooser = RelationChooser(session, root)
        self.router = KeyRouter(session, self.chooser, self.carry_out, self.keymap)
        self.relation_list = RelationList(self.relations.model.row_text, root)
        self.palette_popup = LabelPalette(session.schema, self.router, self.keymap, root)
        self.end_finder = EndFinder(session, root)
        self.findings = FindingsCard(root)

    def _right_panel(self) -> QWidget:
        panel = QWidget()
        panel.setProperty("role", "side")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        panel.setMinimumWidth(232)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(0)
        layout.addWidget(self.labels, 1000)
        head = QHBoxLayout()
        head.setContentsMargins(18, 16, 18, 8)
        head.addWidget(heading("Selection"))
        layout.addLayout(head)
        card = QHBoxLayout()
        card.setContentsMargins(14, 0, 14, 0)
        card.addWidget(self.inspector)
        layout.addLayout(card)
        layout.addStretch(1)
        return panel

    def _connect(self) -> None:
        self.pointing = Pointing(self.session, self.canvas, self)
        self.spreading = Spreading(self.session, self)
        self.offering = Offering(self.session, self.canvas, self.palette_popup, self.root, self.rect_of)
        self.finishing = Finishing(self.session, self.canvas, self.findings, self.keymap, self.root)
        self.sweeper = Sweeper(self.session, self.canvas, self.jobs, self)
        self.canvas.key_handler = self.router
        self.canvas.menuRequested.connect(self._show_menu)
        self.canvas.crowdClicked.connect(self.list_relations)
        self.relation_list.chosen.connect(self.session.set_focus)
        self.relation_list.closed.connect(self.canvas.setFocus)
        self.canvas.zoomRequested.connect(self.canvas.set_zoom)
        self.end_finder.closed.connect(self.canvas.setFocus)
        self.top_bar.asked.connect(self.carry_out)
        self.documents.chosen.connect(self.open_document)
        self.ledger.meaning, self.ledger.route = self.router.meaning, self.router
        self.ledger.types.meaning, self.ledger.types.route = self.router.meaning, self.router
        self.ledger.pointed.connect(self.canvas.set_group)
        self.ledger.wanted.connect(self._acts.show_sample)
        for panel in (self.documents, self.labels, self.inspector, self.relations, self.ledger):
            panel.left.connect(self.canvas.setFocus)
        self.status.retry.connect(self.session.retry_saving)
        self.status.copy.connect(self._acts.save_copy)
        self.menus.recent.aboutToShow.connect(self._fill_recent)
        self.following = Following(self)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        parts = (self.top_bar, self.banner, self.documents, self.canvas, self.labels, self.inspector, self.status)
        popups = (self.chooser, self.relation_list, self.palette_popup, self.end_finder, self.findings)
        for part in (*parts, self.relations, self.ledger, *popups):
            part.set_theme(theme)

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another face, size or width."""
        self.canvas.set_typography(typography)
        self.menus.text.mark(typography)

    # ---- beginning and end

    def begin(self) -> None:
        """Show the document one was at. The list and the worker wait until the text is on screen."""
        session = self.session
        self.top_bar.show_project(session.project_name)
        told = [f"Open for reading only. {session.read_only_reason}"] if session.is_read_only else []
        told += [f"The usual keys hold. {self._keymap_error}"] if self._keymap_error is not None else []
        self.banner.show_words("\n".join(told))
        if not self._open_where_one_was():
            self.top_bar.show_document("", None, 0)
            self.following.show_state()
        self.canvas.setFocus()
        QTimer.singleShot(0, self, self._begin_rest)

    def _begin_rest(self) -> None:
        QTimer.singleShot(0, self, self.documents.model.reload)
        if self._is_suggesting:
            QTimer.singleShot(0, self, lambda: attempt(self.session, self.session.start_suggesting))

    def _open_where_one_was(self) -> bool:
        """Open the last document of this project, else its first; False when it has none."""
        last = self.settings.last_document(self.session.path)
        first = [row.document.id for row in self.session.documents(limit=1)]
        return any(self._open(wanted) for wanted in (last, *first) if wanted)

    def _open(self, document_id: str) -> bool:
        return attempt(self.session, lambda: self.session.open_document(document_id))

    def _restore(self) -> None:
        self.resize(1440, 900)
        if not (geometry := self.settings.value("window/geometry")).isEmpty():
            self.restoreGeometry(geometry)
        if not (sizes := self.settings.value("window/panes")).isEmpty():
            self.splitter.restoreState(sizes)
            self.splitter.setHandleWidth(1)
        self.documents.setVisible(self.settings.flag("window/documents", default=True))
        self.right.setVisible(self.settings.flag("window/labels", default=True))
        self.canvas.set_zoom(self.settings.number("window/zoom", 1.0))
        restore_orders(self.session, self.settings)
        self.set_typography(stored_typography(self.settings))
        restore_matching(self.settings, self.session)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_compact = event.size().height() < _COMPACT_BELOW_PX
        self.labels.set_compact(is_compact=is_compact)
        self.inspector.set_compact(is_compact=is_compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._acts.may_close():
            event.ignore()
            return
        settings = self.settings
        settings.set("window/geometry", self.saveGeometry())
        settings.set("window/panes", self.splitter.saveState())
        settings.set("window/documents", self._acts.shows_documents)
        settings.set("window/labels", not self.right.isHidden())
        settings.set("window/zoom", self.canvas.zoom)
        store_orders(self.session, settings)
        store_typography(settings, self.canvas.typography)
        store_matching(settings, self.session)
        if self.session.document is not None:
            settings.remember_document(self.session.path, self.session.document.id)
        settings.save()
        self.documents.model.stop()
        self.sweeper.stop()
        self.ledger.types.end()  # or its thread would count to the end first
        self.jobs.close()
        self.session.close()
        super().closeEvent(event)

    # ---- commands

    def carry_out(self, name: str) -> None:
        """Run a command of the table, whoever it belongs to."""
        self._acts.carry_out(name)

    def keys_changed(self) -> None:
        """Show the keys of the key map everywhere, and keep them for the next time."""
        self.session.bus.emit(KeysChanged())
        attempt(self.session, lambda: store_keymap(self.settings, self.keymap))

    # ---- popups

    def find_end(self) -> None:
        """Let the other end of the relation in the making be found by its words."""
        relation = self.session.relating
        if relation is None or not drawing.while_relating(self.session):
            raise Refused("not-relating")
        self.end_finder.open_at(self.rect_of(relation.head.start, relation.head.end))

    def list_relations(self, relation_ids: tuple[str, ...], rect: QRect) -> None:
        """Offer relations to go to, beside a place of the canvas's viewport."""
        anchor = QRect(self.canvas.viewport().mapTo(self.root, rect.topLeft()), rect.size())
        in_reading_order = sorted(relation_ids, key=lambda relation_id: self.canvas.offsets_of(relation_id) or (0, 0))
        self.relation_list.open_at(in_reading_order, anchor)

    def rect_of(self, start: int, end: int) -> QRect:
        """Where this text is, for a popup to stand near; the middle of the page when it is out of sight."""
        viewport = self.canvas.viewport()
        rect = self.canvas.range_rect(start, end) or QRect(viewport.rect().center(), QSize(1, 1))
        return QRect(viewport.mapTo(self.root, rect.topLeft()), rect.size())

    def _show_menu(self, item_id: str | None, place: QPoint) -> None:
        if item_id is not None:
            self.session.set_focus(item_id, reveal=False, caret=self.canvas.pointed_at)
        menu = context_menu(self, self.session, self.carry_out, self.keymap)
        menu.popup(place)

    # ---- documents and files

    def open_document(self, document_id: str) -> None:
        if self.session.document is None or document_id != self.session.document.id:
            self._open(document_id)

    def _fill_recent(self) -> None:
        self._acts.fill_recent(self.menus.recent)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        projects = [path for path in paths if path.suffix == ".annot"]
        if projects:
            self.openWanted.emit(projects[0])
        elif paths:
            QTimer.singleShot(0, self, lambda: self._acts.import_files(paths))


def _dropped(event: QDropEvent) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
