"""Effort, counted: an expert reviews the task of `review_task` at a real window, and every key that goes down counts.

The expert knows what is right, looks at what is focused, and presses the key that an annotator who knows the program
would press. There is no other way in: no mouse, no dialog, no call past the keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.app.swapping import next_label
from annotator.model import Relation, Span
from driving import Desk
from review_task import Place, Task

KEY_S = 0.28
"""Seconds for a key, average non-secretary typist: the keystroke-level model of Card, Moran & Newell (1980)."""

_HELD_KEYS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
_MOUSE = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel}
_LIMIT = 200
"""So many keys are far beyond any goal: the expert is going in circles."""


class Counter(QObject):
    """Counts keys that go down and what a mouse does anywhere in the program, and dialogs that stop the window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._down: set[int] = set()
        self.keys = self.mouse = self.dialogs = 0
        self.held = 0
        """Shift, Ctrl and Alt, which are held besides a key."""
        app.installEventFilter(self)

    def stop(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            self._take_key(event)
        elif event.type() in _MOUSE:
            self.mouse += 1
        elif event.type() == QEvent.Type.WindowBlocked:
            self.dialogs += 1
        return False

    def _take_key(self, event: QKeyEvent) -> None:
        """The same press comes to one widget after another, and before that to shortcuts: a key is down once."""
        key = event.key()
        if event.type() == QEvent.Type.KeyRelease:
            self._down.discard(key)
        elif key not in self._down:
            self._down.add(key)
            if key in _HELD_KEYS:
                self.held += 1
            else:
                self.keys += 1


class Expert:
    """Knows the task and the keys."""

    def __init__(self, desk: Desk, task: Task, counter: Counter) -> None:
        self._desk, self._task, self._counter = desk, task, counter
        self.log: list[str] = []
        """What was pressed, and at what."""
        self.keys: list[str] = []
        """What was pressed."""

    # ---- the two ways

    def review_singly(self) -> None:
        """Every suggestion is looked at and decided by itself."""
        self._press("Tab")
        self._decide_what_is_open()
        self._label_what_is_missing(is_bulk_allowed=False)
        self._press("Ctrl+Return")

    def review_by_type(self) -> None:
        """Suggestions that say the same are settled together, the rest by itself."""
        self._press("L")
        self._settle_rows()
        if self._desk.session.pending:
            self._press("Escape", "Tab")
            self._decide_what_is_open()
        self._label_what_is_missing(is_bulk_allowed=True)
        self._press("Ctrl+Return")

    def _press(self, *keys: str) -> None:
        for key in keys:
            self.log.append(f"{key:12} {self._what()}")
            assert self._counter.keys < _LIMIT, "in circles, without " + "\n".join([str(self._missing()), *self.log])
            self.keys.append(key)
            self._desk.press(key)

    def _what(self) -> str:
        chosen = self._desk.session.selection
        return f"[{self._desk.text[slice(*chosen)]}]" if chosen is not None else self._desk.focused_words

    # ---- one by one

    def _decide_what_is_open(self) -> None:
        session = self._desk.session
        while session.pending:
            focused = session.focused
            if focused is None or session.pending.get(focused.id) is None:
                self._press("Space")
            else:
                self._decide(focused)

    def _decide(self, item: Span | Relation) -> None:
        """Settle the suggestion in focus."""
        if isinstance(item, Span) and self._draws_relation(item):
            return
        key = self._verdict(item)
        if key:
            self._press(key)
        elif isinstance(item, Span):
            self._press(*_moves(self._desk.text, item.fragments[0], self._place(item)))

    def _verdict(self, item: Span | Relation) -> str:
        """The key that this suggestion wants; empty when it wants its boundaries moved, or an end that does."""
        if isinstance(item, Relation):
            if not self._is_right_relation(item):
                return "X"
            ends = (self._desk.session.pending.spans.get(end) for end in (item.head, item.tail))
            # Open ends would be accepted with it.
            return "Space" if all(end is None or self._verdict(end) == "Space" for end in ends) else ""
        label = self._task.labels.get(self._place(item))
        if label is None:
            return "X"
        if self._place(item) != item.fragments[0]:
            return ""
        return "Space" if label == item.label else self._key_of(label, item)

    def _key_of(self, label: str, item: Span) -> str:
        is_runner_up = self._desk.session.focus == item.id and next_label(self._desk.session) == label
        return ";" if is_runner_up and self._desk.canvas.hasFocus() else self._digit(label)

    def _digit(self, label: str) -> str:
        return self._desk.session.schema.label_names[label].key

    def _place(self, span: Span) -> Place:
        """The name that is meant, also where the boundaries are wrong."""
        return self._task.meant.get(span.id, span.fragments[0])

    # ---- relations

    def _is_right_relation(self, relation: Relation) -> bool:
        head, tail = (self._desk.session.find(end) for end in (relation.head, relation.tail))
        assert isinstance(head, Span)
        assert isinstance(tail, Span)
        return (self._place(head), relation.label, self._place(tail)) in self._task.relations

    def _draws_relation(self, span: Span) -> bool:
        """Draw a relation that begins here and was not suggested; both ends are thereby accepted."""
        found = next((one for one in self._task.missing_relations if one[0] == span.fragments[0]), None)
        if found is None:
            return False
        session = self._desk.session
        tail = next(one for one in session.spans() if one.fragments == (found[2],))
        self._press("R")
        assert session.relating is not None
        self._press(*session.relating.hints[tail.id])
        if session.relating is not None:
            choices = [(one.kind.name, one.is_reversed) for one in session.relating.choices]
            number = choices.index((found[1], False))
            self._press(session.relating.choices[number].key if number else "Return")
        return True

    # ---- by type

    def _settle_rows(self) -> None:
        """Once through the rows; what cannot be settled there is passed over."""
        panel = self._desk.window.ledger
        seen: set[object] = set()
        while panel.isVisible() and (line := panel.line) is not None and panel.view.hasFocus():
            focused = self._desk.session.focused
            if isinstance(focused, Span) and self._desk.session.pending.get(focused.id) is None:
                self._press("Space")  # it has its boundaries now
                continue
            if line.row.key in seen:
                break
            seen.add(line.row.key)
            if isinstance(focused, Span) and self._draws_relation(focused):
                continue
            if isinstance(focused, Span) and not self._verdict(focused):
                self._decide(focused)
            else:
                self._press(self._key_for_row(line.row.ids, line.row.free) or "Tab")

    def _key_for_row(self, ids: tuple[str, ...], free: tuple[str, ...]) -> str:
        """The key that settles the row as it should be; empty when there is none."""
        wanted = {self._verdict_on(item_id) for item_id in ids}
        if len(wanted) == 1 and (key := wanted.pop()) != "Space":
            return key
        return "Space" if free and {self._verdict_on(item_id) for item_id in free} == {"Space"} else ""

    def _verdict_on(self, item_id: str) -> str:
        item = self._desk.session.find(item_id)
        assert item is not None
        return self._verdict(item)

    # ---- what is missing

    def _missing(self) -> set[Place]:
        return self._task.labels.keys() - {one.fragments[0] for one in self._desk.session.layer.spans.values()}

    def _label_what_is_missing(self, *, is_bulk_allowed: bool) -> None:
        text, session = self._desk.text, self._desk.session
        while missing := self._missing():
            current = session.sweep.current
            if current is None or current.place not in missing:
                self._press("Tab")
                continue
            label, words = self._task.labels[current.place], text[slice(*current.place)]
            self._press("Space" if current.label == label else self._digit(label))
            if is_bulk_allowed and sum(text[slice(*place)] == words for place in self._missing()) > 1:
                self._press(".", ".")


def _moves(text: str, there: Place, wanted: Place) -> list[str]:
    """The keys that move the boundaries, a word each."""
    keys = []
    for edge, now, then in zip(("Alt", "Shift"), there, wanted, strict=True):
        words = len(text[min(now, then) : max(now, then)].split())
        keys += [f"{edge}+{'Right' if then > now else 'Left'}"] * words
    return keys
