"""The commands that need the window or the canvas: one small function each, found by name in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.analysis.types import Sample
from annotator.app import commands, drawing, mentioning, moving, rewiring
from annotator.app.commands import attempt
from annotator.app.declared import COMMANDS
from annotator.app.possible import refusal
from annotator.app.radar import has_proposal
from annotator.app.relating import End
from annotator.model import Refused
from annotator.ui.copying import copy_words
from annotator.ui.dialogs.ask import ask_now
from annotator.ui.dialogs.files import PROJECTS, file_to_open, file_to_write, picture_path
from annotator.ui.text import caption, counted
from annotator.ui.text_menu import TEXT_ACTS
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.typography import Typography

if TYPE_CHECKING:
    from annotator.ui.canvas.sheets import Look
    from annotator.ui.popups.command_palette import CommandPalette
    from annotator.ui.window import MainWindow

_ZOOM_STEP = 1.1
_LEDGER_SHARE = 0.3
"""Of the window's width, which the review by type may take at first."""
_ACTING = ("decide", "label", "bounds", "relation", "note", "attributes")
"""Groups of commands that act on what is focused or selected."""
_NEEDING_LABELS = tuple(group for group in _ACTING if group != "label")
"""Groups of commands that mean nothing before the labels have been read; a label can be armed meanwhile."""


class Acts:
    """Carries commands out for one window. Dialogs are imported when they are first needed: the start must be quick."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._has_stepped_aside = False
        self._palette: CommandPalette | None = None
        self._table: dict[str, Callable[[], object]] = {
            "caret.down": lambda: self._put_caret(self._window.canvas.offset_below),
            "caret.up": lambda: self._put_caret(self._window.canvas.offset_above),
            "caret.select-down": lambda: self._extend(self._window.canvas.offset_below, len(self._window.session.text)),
            "caret.select-up": lambda: self._extend(self._window.canvas.offset_above, 0),
            "relation.start": self._start_relation,
            "relation.find-end": window.find_end,
            "relation.move-head": lambda: self._move_end("head"),
            "relation.move-tail": lambda: self._move_end("tail"),
            "view.page-down": lambda: self._page(1),
            "view.page-up": lambda: self._page(-1),
            "view.top": lambda: moving.put_caret_at(window.session, 0),
            "view.bottom": lambda: moving.put_caret_at(window.session, len(window.session.text)),
            "view.zoom-in": lambda: self._zoom(_ZOOM_STEP),
            "view.zoom-out": lambda: self._zoom(1 / _ZOOM_STEP),
            "view.zoom-reset": lambda: window.canvas.set_zoom(1.0),
            **{name: partial(self._set_text, act) for name, act in TEXT_ACTS.items()},
            "view.documents": lambda: self._toggle("documents"),
            "view.labels": lambda: self._toggle("right"),
            "view.relations": self._toggle_relations,
            "view.by-type": self._toggle_ledger,
            "view.by-type-project": lambda: self._toggle_ledger(is_of_project=True),
            "view.next-pane": self._next_pane,
            "view.theme": window.themeWanted.emit,
            "view.contrast": window.contrastWanted.emit,
            "edit.copy": lambda: copy_words(window.session),
            "note.write": self._write_note,
            "attributes.edit": self._edit_attributes,
            "mention.project": self._same_in_project,
            "go.search": self._search,
            "go.crowded": self._list_crowded,
            "file.new": window.newWanted.emit,
            "file.open": self._open,
            "file.import": lambda: self.import_files(()),
            "file.export": self._export,
            "file.picture": self._save_picture,
            "file.picture-selection": self._save_picture_of_selection,
            "file.print": self._print,
            "file.close": window.close,
            "help.commands": self._show_palette,
            "help.keys": self._show_keys,
            "help.remap": self._change_keys,
            "help.about": self._show_about,
        }

    def carry_out(self, name: str) -> None:
        """Run a command. What is refused is said in the status bar."""
        window, entry = self._window, COMMANDS[name]
        window.inspector.commit()
        if (error := refusal(window.session, entry)) is not None:
            commands.say_refusal(window.session, error)
        elif entry.group in _NEEDING_LABELS and window.session.is_loading:
            attempt(window.session, window.session.check_loaded)
        elif entry.group in _ACTING and self._brings_into_view():
            window.session.say("This was out of sight. Press again.")
        elif name == "decide.accept" and window.session.selection is not None and not has_proposal(window.session):
            window.offering.offer()
        elif name == "document.finish":
            window.finishing.ask()
        elif entry.act is not None:
            commands.run(window.session, name)
        elif entry.scope == "view":
            with window.session.bus.act():
                attempt(window.session, self._table[name])
        else:
            attempt(window.session, self._table[name])

    # ---- on the text

    def _brings_into_view(self) -> bool:
        """No key acts on what cannot be seen: it is scrolled to instead."""
        session, canvas = self._window.session, self._window.canvas
        place = canvas.offsets_of(session.focus) if session.focus is not None else session.selection
        if not place or canvas.is_in_view(*place):
            return False
        canvas.reveal(*place)
        return True

    def _put_caret(self, find: Callable[[int], int | None]) -> None:
        offset = find(self._window.session.caret)
        if offset is not None:
            moving.put_caret_at(self._window.session, offset)

    def _extend(self, find: Callable[[int], int | None], end: int) -> None:
        """Select to another line; from the outermost one to the end of the text."""
        offset = find(self._window.session.caret)
        moving.extend_selection_to(self._window.session, end if offset is None else offset)

    def _start_relation(self) -> None:
        drawing.begin_relation(self._window.session, self._window.canvas.visible_span_ids())

    def _move_end(self, end: End) -> None:
        rewiring.begin_moving(self._window.session, end, self._window.canvas.visible_span_ids())

    def _page(self, step: int) -> None:
        bar = self._window.canvas.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def _zoom(self, factor: float) -> None:
        self._window.canvas.set_zoom(self._window.canvas.zoom * factor)

    def _set_text(self, act: Callable[[Typography], Typography]) -> None:
        window = self._window
        window.set_typography(act(window.canvas.typography))

    def _write_note(self) -> None:
        self._window.right.show()
        self._window.inspector.write_note()

    def _edit_attributes(self) -> None:
        self._window.right.show()
        self._window.inspector.edit_attributes()

    def _same_in_project(self) -> None:
        from annotator.ui.dialogs.mentions import MentionsDialog

        window = self._window
        window.session.check_writable()
        wish = mentioning.find_wish(window.session)
        window.session.show_preview(None)
        MentionsDialog(window.session, window.jobs, wish, window.theme, window).open()

    # ---- panels

    def _toggle(self, name: str) -> None:
        panel = getattr(self._window, name)
        panel.setVisible(panel.isHidden())
        self._window.canvas.setFocus()

    def _toggle_relations(self) -> None:
        """Show the relations and hand them the keyboard; or hide them."""
        self._toggle("relations")
        if self._window.relations.isVisible():
            self._window.relations.view.setFocus()

    def _toggle_ledger(self, *, is_of_project: bool = False) -> None:
        """Show the review by type in the place of the documents and hand it the keyboard; or hide it."""
        window = self._window
        if window.ledger.isHidden():
            self._has_stepped_aside = not window.documents.isHidden()
            window.documents.hide()
            window.ledger.show()
            self._leave_room_for_text()
        elif window.ledger.list.hasFocus() and window.ledger.is_of_project == is_of_project:
            self._give_way_to_documents(is_shown=self.shows_documents)
            window.canvas.setFocus()
            return
        window.ledger.begin(is_of_project=is_of_project)

    def show_sample(self, sample: Sample) -> None:
        """Open the document of a mention, if it is not open, and focus it there."""
        window, session = self._window, self._window.session
        window.open_document(sample.document)
        if session.document is not None and session.document.id == sample.document:
            spans = session.pending.spans.values()
            found = next((span.id for span in spans if span.fragments == sample.fragments), None)
            session.set_focus(found)
            window.canvas.setFocus()

    def _give_way_to_documents(self, *, is_shown: bool) -> None:
        """Take the review by type away; the documents come back to its place, when they shall be shown."""
        self._window.documents.setVisible(is_shown)
        self._window.ledger.hide()

    def _leave_room_for_text(self) -> None:
        """In a narrow window the rows get by with less."""
        splitter = self._window.splitter
        splitter.refresh()
        sizes = splitter.sizes()
        spare = sizes[0] - max(self._window.ledger.minimumWidth(), round(_LEDGER_SHARE * splitter.width()))
        if spare > 0:
            sizes[0] -= spare
            sizes[splitter.indexOf(self._window.canvas)] += spare
            splitter.setSizes(sizes)

    @property
    def shows_documents(self) -> bool:
        """Whether the documents are beside the text, or stand aside for the review by type only."""
        return not self._window.documents.isHidden() or (self._has_stepped_aside and not self._window.ledger.isHidden())

    def _next_pane(self) -> None:
        """Hand the keyboard on: text, documents, labels, attributes, note, and round again."""
        window = self._window
        inspector = window.inspector
        editors = inspector.attributes.editors
        panes = [
            window.canvas,
            window.ledger.list,
            window.documents.view,
            window.labels.view,
            *editors[:1],
            inspector.note,
        ]
        panes = [pane for pane in panes if pane.isVisible()]
        held = [editors[0] if focus in editors else focus for focus in (window.focusWidget(),)]
        here = next((number for number, pane in enumerate(panes) if pane in held), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _list_crowded(self) -> None:
        """All relations in view that have no room in a gutter, in one list."""
        crowds = self._window.canvas.crowd_rects()
        if not crowds:
            raise Refused("relation-none-crowded")
        ids = dict.fromkeys(relation for _, relations in crowds for relation in relations)
        self._window.list_relations(tuple(ids), crowds[0][0])

    def _search(self) -> None:
        self._give_way_to_documents(is_shown=True)
        self._window.documents.search.setFocus()
        self._window.documents.search.selectAll()

    # ---- files

    def _open(self) -> None:
        folder = self._window.session.path.parent
        path = file_to_open(self._window, "Open a project", folder=folder, kinds=PROJECTS)
        if path is not None:
            self._window.openWanted.emit(path)

    def fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for path in self._window.settings.recent():
            action = menu.addAction(caption(f"{path.stem}  –  {path.parent}"))
            action.triggered.connect(lambda _checked=False, path=path: self._window.openWanted.emit(path))
        menu.setEnabled(True)
        if menu.isEmpty():
            menu.addAction("No other project yet").setEnabled(False)

    def import_files(self, paths: Sequence[Path]) -> None:
        from annotator.ui.dialogs.importing import ImportDialog

        ImportDialog(self._window.session, paths, self._window).open()

    def _export(self) -> None:
        from annotator.ui.dialogs.exporting import ExportDialog

        window = self._window
        ExportDialog(window.session, window.jobs, window.theme, window).open()

    def _save_picture(self) -> None:
        self._draw("Save a picture", only=None)

    def _save_picture_of_selection(self) -> None:
        selection = self._window.session.selection
        if selection is None:
            raise Refused("picture-no-selection")
        self._draw("Save a picture of the selected lines", only=selection)

    def _draw(self, title: str, *, only: tuple[int, int] | None) -> None:
        from annotator.ui.canvas.picture import render_document

        window = self._window
        if window.canvas.content is None:
            raise Refused("no-document")
        window.session.check_loaded()
        document = window.session.document
        suggested = picture_path(window.session.path, document.title if document is not None else "")
        path = file_to_write(window, title, suggested=suggested, kinds="Pictures (*.png *.svg *.pdf)")
        if path is not None:
            written = render_document(window.canvas.content, path, self._look(window.theme, only))
            window.session.say(f"Picture written: {', '.join(map(str, written))}")

    def _look(self, theme: Theme, only: tuple[int, int] | None) -> Look:
        """As on screen, at the usual zoom."""
        from annotator.ui.canvas.sheets import Look

        return Look(theme, typography=self._window.canvas.typography, only=only)

    def _print(self) -> None:
        """On paper dark means light: nobody wants to print a black page."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from annotator.ui.canvas.picture import print_document

        window = self._window
        content, selection = window.canvas.content, window.session.selection
        if content is None:
            raise Refused("no-document")
        window.session.check_loaded()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(window.session.document.title if window.session.document is not None else "")
        dialog = QPrintDialog(printer, window)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, on=selection is not None)
        if not dialog.exec():
            return
        is_part = printer.printRange() == QPrinter.PrintRange.Selection
        pages = range(printer.fromPage(), printer.toPage() + 1) if printer.toPage() else None
        look = self._look(LIGHT, selection if is_part else None)
        printed = print_document(content, printer, look, pages)
        window.session.say(f"Printed: {counted(printed, 'page')}")

    def save_copy(self) -> None:
        """Write the project, with what could not be saved, to another place."""
        window = self._window
        suggested = window.session.path.with_stem(f"{window.session.path.stem}-copy")
        path = file_to_write(window, "Save a copy", suggested=suggested, kinds=PROJECTS)
        if path is not None:
            attempt(window.session, lambda: window.session.save_copy(path))

    def may_close(self) -> bool:
        """Whether nothing would be lost, or the user accepts that."""
        session = self._window.session
        self._window.inspector.commit()
        while not session.wait_until_saved():
            words = "Your last edits could not be written. If you close now they are lost."
            answers = ["Close and lose them", "Save a copy…", "Try again"]
            match ask_now("Not everything is saved", words, answers, parent=self._window):
                case 0:
                    return True
                case 1:
                    self.save_copy()
                    return True
                case 2:
                    session.retry_saving()
                case _:
                    return False
        return True

    # ---- help

    def _show_palette(self) -> None:
        from annotator.ui.popups.command_palette import CommandPalette

        window = self._window
        if self._palette is None:
            self._palette = CommandPalette(window.session, window.keymap, window.settings, window.jobs, window.root)
            self._palette.asked.connect(self.carry_out)
            self._palette.left.connect(window.canvas.setFocus)
        self._palette.open_with(window.theme)

    def _show_keys(self) -> None:
        from annotator.ui.dialogs.key_overlay import KeyOverlay

        KeyOverlay(self._window.session.schema, self._window.keymap, self._window).open()

    def _change_keys(self) -> None:
        from annotator.ui.dialogs.change_keys import ChangeKeysDialog

        window = self._window
        dialog = ChangeKeysDialog(window.keymap, window.session.schema, window.theme, window)
        dialog.changed.connect(window.keys_changed)
        dialog.open()

    def _show_about(self) -> None:
        from annotator.ui.dialogs.about import About

        About(self._window).open()
