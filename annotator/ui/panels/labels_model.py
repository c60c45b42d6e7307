"""The rows of the labels list: headings, labels and relations, and how often each stands in the open document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.app.keymap import Keymap
from annotator.model import Label, RelationType, Schema
from annotator.ui.shortcuts import label_key
from annotator.ui.text import tooltip

GAP = ""
"""The heading of an empty row between two sections. All rows are of one height, so that 10,000 are laid out at once."""

EntryRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Count:
    """How many are decided, and how many are only suggested."""

    decided: int = 0
    pending: int = 0

    @property
    def total(self) -> int:
        return self.decided + self.pending


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a heading when `kind` is a text."""

    kind: str | Label | RelationType
    count: Count
    is_armed: bool = False
    is_lit: bool = False
    key: str = ""
    """What to press for it, as it is shown."""

    @property
    def is_heading(self) -> bool:
        return isinstance(self.kind, str)


class LabelsModel(QAbstractListModel):
    def __init__(self, schema: Schema, parent: QObject | None = None, keymap: Keymap | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self._keymap = keymap
        self._kinds: list[str | Label | RelationType] = []
        self._query = ""
        self._counts: Mapping[str, Count] = {}
        self._relation_counts: Mapping[str, Count] = {}
        self._armed: str | None = None
        self._lit: tuple[bool, str] | None = None
        self._told: list[Entry] = []
        """The rows as the view was last told of them."""
        self._fill()

    def set_filter(self, query: str) -> None:
        self._query = query.strip().casefold()
        self._fill()

    def _fill(self) -> None:
        self.beginResetModel()
        self._kinds = []
        for title, kinds in (("Labels", self._schema.labels), ("Relations", self._schema.relations)):
            fitting = [kind for kind in kinds if self._query in f"{kind.title}\n{kind.name}".casefold()]
            if fitting:
                self._kinds += [*([GAP] if self._kinds else []), title, *fitting]
        self._told = []
        self.endResetModel()

    def show_counts(self, labels: Mapping[str, Count], relations: Mapping[str, Count]) -> None:
        if (labels, relations) != (self._counts, self._relation_counts):
            self._counts, self._relation_counts = labels, relations
            self._show_changes()

    def mark(self, *, armed: str | None, lit: tuple[bool, str] | None) -> None:
        """`armed` waits for the next selection; `lit` is what is focused: (whether it is a span, its label)."""
        if (armed, lit) != (self._armed, self._lit):
            self._armed, self._lit = armed, lit
            self._show_changes()

    def _show_changes(self) -> None:
        """Let only those rows be painted anew that look different: a key press changes two or three of them."""
        before, self._told = self._told, [self.entry(number) for number in range(len(self._kinds))]
        for number, (was, now) in enumerate(zip_longest(before, self._told)):
            if was != now:
                self.dataChanged.emit(self.index(number), self.index(number))

    def _all_changed(self) -> None:
        if self._kinds:
            self.dataChanged.emit(self.index(0), self.index(len(self._kinds) - 1))

    def entry(self, number: int) -> Entry:
        kind = self._kinds[number]
        if isinstance(kind, str):
            counts = self._counts if kind == "Labels" else self._relation_counts
            return Entry(kind, Count(sum(c.decided for c in counts.values()), sum(c.pending for c in counts.values())))
        counts = self._counts if isinstance(kind, Label) else self._relation_counts
        name = kind.name
        is_label = isinstance(kind, Label)
        is_armed = is_label and name == self._armed
        return Entry(kind, counts.get(name, Count()), is_armed, (is_label, name) == self._lit, self._key(kind))

    def _key(self, kind: Label | RelationType) -> str:
        if isinstance(kind, Label) and self._keymap is not None:
            return label_key(kind, self._keymap)
        return kind.key.upper()

    def show_keys(self) -> None:
        """Labels may have other keys now."""
        self._told = []
        self._all_changed()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        return 0 if parent.isValid() else len(self._kinds)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        is_heading = isinstance(self._kinds[index.row()], str)
        return Qt.ItemFlag.NoItemFlags if is_heading else super().flags(index)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._told[index.row()] if self._told else self.entry(index.row())
        kind = entry.kind
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return kind if isinstance(kind, str) else kind.title
            case Qt.ItemDataRole.AccessibleTextRole:
                name = kind if isinstance(kind, str) else f"{kind.title}, key {entry.key or 'none'}"
                return f"{name}, {entry.count.decided} here, {entry.count.pending} suggested"
            case Qt.ItemDataRole.ToolTipRole:
                return "" if isinstance(kind, str) else explanation(kind, self._schema)
            case _:
                return entry if role == EntryRole else None


def counts(decided: Counter[str], pending: Counter[str]) -> dict[str, Count]:
    """How often each label stands; those that stand nowhere are left out."""
    both = {name: Count(decided[name], pending[name]) for name in decided.keys() | pending.keys()}
    return {name: count for name, count in both.items() if count.total}


def explanation(kind: Label | RelationType, schema: Schema) -> str:
    """Definition and examples of a label, for a tooltip."""
    ends = ""
    if isinstance(kind, RelationType):
        ends = f"{_titles(kind.heads, schema)} {'–' if kind.is_symmetric else '→'} {_titles(kind.tails, schema)}"
        ends += ", both of the same label" if kind.joins_alike else ""
    examples = f"For example: {'; '.join(kind.examples)}" if kind.examples else ""
    name = kind.title if kind.name == kind.title else f"{kind.title} ({kind.name})"
    return tooltip(name, kind.definition, ends, examples)


def _titles(names: tuple[str, ...], schema: Schema) -> str:
    return ", ".join(schema.label_names[name].title for name in names) or "any label"
