"""The bar below: how safe the work is, what is left, what the model does, which keys serve now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.app import radar, swapping
from annotator.app.commands import Command, hints, on_suggestion
from annotator.app.events import (
    Changed,
    Focused,
    KeysChanged,
    Loaded,
    Opened,
    Previewed,
    Relating,
    Said,
    Saved,
    Selected,
    Suggested,
    Swept,
    WorkerChanged,
)
from annotator.app.keymap import Keymap
from annotator.app.session import Session
from annotator.ui.icons import pixmap
from annotator.ui.shortcuts import first_key, spelt
from annotator.ui.text import counted, one_line, plain
from annotator.ui.theme import LIGHT, Theme, colour
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.parts import KeyCap, rule

HEIGHT_PX = 30
_SAID_MS = 7000
_SAVING_SHOWN_AFTER_MS = 250
"""A save is quicker than this; words that flash by only disturb."""


class StatusBar(QWidget):
    """Emits `retry` and `copy` when saving has failed and the user chooses."""

    retry = Signal()
    copy = Signal()

    def __init__(self, session: Session, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keymap = keymap
        self._theme = LIGHT
        self._saved = Saved("saved")
        self.setProperty("role", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._build()
        self._silence = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._silence.timeout.connect(self._hush)
        self._slow = QTimer(self, singleShot=True, interval=_SAVING_SHOWN_AFTER_MS)
        self._slow.timeout.connect(self._show_saved)
        bus = session.bus
        bus.subscribe(Saved, self._take_saved)
        bus.subscribe(Said, self._take_said)
        bus.subscribe(WorkerChanged, self._take_worker)
        bus.refresh_after((Opened, Loaded, Changed, Suggested, Swept), self._show_left)
        bus.subscribe(Relating, self._end_of_relating)
        bus.subscribe(Previewed, self._end_of_preview)
        for moved in (Opened, Focused, Selected):
            bus.subscribe(moved, self._move_on)
        bus.refresh_after(
            (Opened, Loaded, Changed, Suggested, Focused, Selected, Relating, Previewed, KeysChanged), self._show_hints
        )

    def _build(self) -> None:
        self._icon = QLabel()
        self._state = Elided(role="muted", is_greedy=False)
        self._retry = _link("Retry", self.retry)
        self._copy = _link("Save a copy…", self.copy)
        self._left = Elided(role="muted", is_greedy=False)
        self._said = Elided(role="small")
        self._worker = Elided(role="muted", is_greedy=False)
        self._hints = QWidget()
        self._hint_row = QHBoxLayout(self._hints)
        self._hint_row.setContentsMargins(0, 0, 0, 0)
        self._hint_row.setSpacing(7)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 14, 0)
        row.setSpacing(8)
        for part in (self._icon, self._state, self._retry, self._copy):
            row.addWidget(part)
        self._left_rule = rule(vertical=True, length_px=16)
        row.addWidget(self._left_rule)
        row.addWidget(self._left)
        row.addWidget(self._said, 1)
        row.addWidget(self._worker)
        self._hints_rule = rule(vertical=True, length_px=16)
        row.addWidget(self._hints_rule)
        row.addWidget(self._hints)
        self._worker.setVisible(False)
        self._shown_hints: tuple[tuple[str, str], ...] | None = None
        self._hint_pairs: list[tuple[KeyCap, QLabel]] = []
        self._spare_pairs: list[tuple[KeyCap, QLabel]] = []
        self._show_saved()
        self._show_hints()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_saved()

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """Retry and Save a copy; shown while something could not be saved."""
        return self._retry, self._copy

    # ---- saving

    def _take_saved(self, event: Saved) -> None:
        self._saved = event
        if event.state == "saving":
            self._slow.start()
        else:
            self._slow.stop()
            self._show_saved()

    def _show_saved(self) -> None:
        theme = self._theme
        name, ink, words = {
            "saved": ("saved", theme.ok, "All changes saved"),
            "saving": ("saving", theme.muted, "Saving…"),
            "not-saved": ("warning", theme.bad, f"NOT SAVED: {self._saved.cause.removeprefix('Not saved: ')}"),
        }[self._saved.state]
        if self._session.is_read_only:
            name, ink, words = "lock", theme.warn, "Read-only"
        self._icon.setPixmap(pixmap(name, 15, colour(ink), ratio=self.devicePixelRatioF()))
        self._state.setText(words)
        has_failed = self._saved.state == "not-saved"
        _set_role(self._state, "bad" if has_failed else "muted")
        self._retry.setVisible(has_failed)
        self._copy.setVisible(has_failed)
        self._fit_hints()

    # ---- what is left, what was said

    def _show_left(self) -> None:
        session = self._session
        if session.document is None:
            words = ""
        elif session.is_loading:
            words = "Reading the labels of this text …"
        elif session.pending:
            words = f"{counted(len(session.pending), 'suggestion')} left in this document"
        else:
            misses = spelt(radar.in_words(session), self._keymap)
            words = (misses or "Nothing left to decide") if session.machine is not None else "No suggestions yet"
            words += f". {misses}" if misses and session.machine is None else ""
        self._left.setText(words)
        self._left_rule.setVisible(bool(words))

    def _take_said(self, event: Said) -> None:
        self._said.setText(spelt(event.text, self._keymap))
        _set_role(self._said, "warn" if event.is_refusal else "strong-small")
        self._left.hide()
        self._silence.start()

    def _move_on(self, event: object) -> None:
        """What was said belongs to where one was; a selection that merely ends does not lead away."""
        is_staying = isinstance(event, Selected) and not event.reveal
        if self._silence.isActive() and not is_staying:
            self._silence.stop()
            self._hush()

    def _end_of_relating(self, _event: Relating) -> None:
        """What to type next is stale once the relation is drawn or dropped."""
        if self._session.relating is None:
            self._hush()

    def _end_of_preview(self, _event: Previewed) -> None:
        """What would be done is said as long as it is shown."""
        if self._session.preview is None:
            self._silence.stop()
            self._hush()

    def _hush(self) -> None:
        if self._session.preview is not None:
            return
        self._said.setText("")
        self._left.show()

    def _take_worker(self, event: WorkerChanged) -> None:
        self._worker.setText(event.text)
        self._worker.setVisible(bool(event.text))
        _set_role(self._worker, "warn" if event.kind in ("failed", "no-model") else "muted")

    # ---- keys

    def _key(self, name: str) -> str:
        return first_key(name, self._keymap)

    def _serving_keys(self) -> list[tuple[str, str]]:
        """Keys that serve now, and what for."""
        session = self._session
        if session.preview is not None:
            return [(self._key("mention.document"), "apply"), (self._key("go.nothing"), "leave")]
        if session.relating is not None:
            find = [(self._key("go.search"), "find")] if session.relating.tail is None else []
            return [("a…z", "choose"), *find, (self._key("go.nothing"), "let go")]
        if (miss := session.sweep.current) is not None:
            accept = [(self._key("decide.accept"), "label")] if miss.label else []
            others = [(self._key("decide.reject"), "no label"), (self._key("go.next-decision"), "next")]
            return [*accept, ("1–9", "label as"), *others]
        found = [(self._key(entry.name), self._word(entry)) for entry in hints(session, limit=5)]
        if (label := swapping.likely_label(session)) is not None:
            title = one_line(session.schema.label_names[label].title, 24)
            found.insert(1, (self._key(swapping.SWAP), title))
        return found

    def _show_hints(self) -> None:
        found = tuple((key, words) for key, words in self._serving_keys() if key)
        found = found or ((self._key("help.keys"), "all keys"),)
        if found == self._shown_hints:
            return
        self._shown_hints = found
        self._take_pairs(len(found))
        for (cap, label), (key, words) in zip(self._hint_pairs, found, strict=True):
            cap.setText(key)
            label.setText(words)
        self._fit_hints()

    def _take_pairs(self, count: int) -> None:
        """Have so many pairs of a key and words. They are kept: one that comes or goes lays out the window."""
        while len(self._hint_pairs) > count:
            pair = self._hint_pairs.pop()
            for part in pair:
                part.hide()
            self._spare_pairs.append(pair)
        while len(self._hint_pairs) < count:
            self._hint_pairs.append(self._spare_pairs.pop() if self._spare_pairs else self._make_pair())

    def _make_pair(self) -> tuple[KeyCap, QLabel]:
        cap, words = KeyCap(""), plain(role="muted")
        self._hint_row.addWidget(cap)
        self._hint_row.addWidget(words)
        return cap, words

    def _fit_hints(self) -> None:
        """Leave out the last hints when there is no room for all."""
        for cap, words in self._hint_pairs:
            cap.show()
            words.show()
        for cap, words in reversed(self._hint_pairs):
            if self._row.minimumSize().width() <= self.width():
                break
            cap.hide()
            words.hide()

    def _word(self, entry: Command) -> str:
        """One key rejects suggestions and deletes labels."""
        is_mine = entry.name == "decide.reject" and not on_suggestion(self._session)
        return "delete" if is_mine else entry.hint

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """What has no room gives way; it does not widen the window."""
        return QSize(320, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hints()


def _link(text: str, signal: object) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setProperty("role", "link")
    made.clicked.connect(signal)
    made.hide()
    return made


def _set_role(widget: QWidget, role: str) -> None:
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().polish(widget)
