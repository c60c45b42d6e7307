"""The attributes of the focused item: a row each, to be set by keys or mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.app import commands, describing
from annotator.app.session import Session
from annotator.model import Relation, Span
from annotator.model.schema import Attribute
from annotator.ui.text import one_line, tooltip
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.widgets.elided import Elided
from annotator.ui.widgets.link_field import LinkField
from annotator.ui.widgets.options import OptionRow
from annotator.ui.widgets.value_field import ValueField

_NAME_PX, _LINE_PX = 63, 24
_HEIGHT_PX, _HEIGHT_COMPACT_PX = 270, 204
_YES_NO = {"yes": True, "no": False}

Editor = OptionRow | ValueField
Show = Callable[[object | None], None]


class AttributeRows(QScrollArea):
    """Editors for what the schema knows; what it does not know is shown and kept. Emits `left` for back to the text."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = LIGHT
        self._item: Span | Relation | None = None
        self._built_for: object = None
        self._editors: dict[str, tuple[Editor, Show]] = {}
        self._captions: dict[str, Elided] = {}
        self._is_compact = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._outer = QVBoxLayout(self._inner)
        self._outer.setContentsMargins(0, 2, 0, 0)
        self._rows = QWidget()
        self._outer.addWidget(self._rows)
        self._outer.addStretch(1)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for editor, _ in self._editors.values():
            if isinstance(editor, OptionRow | LinkField):
                editor.set_theme(theme)

    def set_compact(self, *, is_compact: bool) -> None:
        """Less of them at a time, for a low window."""
        self._is_compact = is_compact
        self._fit()

    @property
    def editors(self) -> list[Editor]:
        """In the order of the schema."""
        return [editor for editor, _ in self._editors.values()]

    # ---- what is shown

    def show_item(self, item: Span | Relation | None) -> None:
        """Show the attributes of an item. What was being typed for another one is taken over first."""
        is_editable = item is not None and describing.has_attributes(self._session, item)
        known = self._session.schema.attributes_of(item.label) if item is not None and is_editable else []
        foreign = _foreign(item, known)
        shape = item and (item.id, item.label, is_editable, foreign)
        if shape != self._built_for:
            self.commit()
            self._built_for = shape
            self._item = item
            self._build(known, foreign)
        self._item = item
        if item is not None:
            for name, (_, show) in self._editors.items():
                show(item.attrs.get(name))
        self.setVisible(bool(item is not None and (self._editors or item.attrs)))
        self._fit()

    def _build(self, known: list[Attribute], foreign: tuple[tuple[str, str], ...]) -> None:
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _NAME_PX)
        grid.setColumnStretch(1, 1)
        self._editors, self._captions = {}, {}
        for attribute in known:
            editor, show = self._editor(attribute)
            self._editors[attribute.name] = (editor, show)
            words = _name_of(attribute)
            words.setMinimumHeight(editor.sizeHint().height() if isinstance(editor, ValueField) else _LINE_PX)
            _add_row(grid, words, editor)
            if isinstance(editor, LinkField):
                grid.addWidget(self._captions[attribute.name], grid.rowCount(), 1)
        for name, value in foreign:
            title = self._session.schema.attribute_names.get(name)
            _add_row(grid, title.title if title else name, Elided(value, role="small"))
        self._outer.insertWidget(0, self._rows)

    def _fit(self) -> None:
        most = _HEIGHT_COMPACT_PX if self._is_compact else _HEIGHT_PX
        grid = self._rows.layout()
        if grid is None:
            return
        width = self.viewport().width()
        wanted = grid.heightForWidth(width) if grid.hasHeightForWidth() else grid.sizeHint().height()
        self.setFixedHeight(min(most, wanted + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- editors

    def _editor(self, attribute: Attribute) -> tuple[Editor, Show]:
        match attribute.kind:
            case "choice":
                return self._options(attribute, dict(zip(attribute.values, attribute.values, strict=True)))
            case "yes-no":
                return self._options(attribute, _YES_NO, keys=("y", "n"))
            case "link" if attribute.table:
                return self._link(attribute)
            case _:
                return self._field(attribute)

    def _options(
        self, attribute: Attribute, values: dict[str, str] | dict[str, bool], keys: tuple[str, ...] | None = None
    ) -> tuple[Editor, Show]:
        row = OptionRow(attribute.title, list(values), keys=keys)
        row.set_theme(self._theme)
        by_number = list(values.values())

        def show(value: object | None) -> None:
            row.show_chosen({by_number.index(known) for known in by_number if known is value or known == value})

        row.toggled.connect(partial(self._toggle, attribute.name, by_number))
        row.cleared.connect(partial(self._set, attribute.name, None))
        row.left.connect(self.left)
        row.setEnabled(not self._session.is_read_only)
        return row, show

    def _link(self, attribute: Attribute) -> tuple[Editor, Show]:
        """The id, and below it what it stands for."""
        session, table = self._session, attribute.table
        field = LinkField(attribute.title, lambda words: session.find_entries(table, words))
        field.set_theme(self._theme)
        field.setPlaceholderText("name or id")
        caption = self._captions[attribute.name] = Elided(role="muted")
        _, show_id = self._connected(field, attribute)

        def show(value: object | None) -> None:
            show_id(value)
            entry = session.entry(table, value) if isinstance(value, str) else None
            known = f"{entry.name}, {entry.description}".rstrip(", ") if entry else f"? not in {table}"
            caption.setText(known if value is not None else "")
            caption.setVisible(value is not None)

        return field, show

    def _field(self, attribute: Attribute) -> tuple[Editor, Show]:
        return self._connected(ValueField(attribute.title), attribute)

    def _connected(self, field: ValueField, attribute: Attribute) -> tuple[Editor, Show]:
        field.setReadOnly(self._session.is_read_only)
        field.entered.connect(partial(self._enter, attribute.name))
        field.left.connect(self.left)
        return field, lambda value: field.show_value("" if value is None else in_words(value))

    # ---- acts

    def edit_first(self) -> bool:
        """Put the keyboard into the first editor; False when there is none."""
        if not self._editors or not self.isVisible():
            return False
        self.editors[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def commit(self) -> None:
        """Take over what is being typed."""
        for editor in self.editors:
            if isinstance(editor, ValueField):
                editor.commit()

    def _toggle(self, name: str, values: list[object], number: int) -> None:
        has = self._item is not None and self._item.attrs.get(name) == values[number]
        self._set(name, None if has else values[number])

    def _enter(self, name: str, typed: str) -> None:
        self._set(name, typed or None)

    def _set(self, name: str, value: object | None) -> None:
        item = self._item
        if item is None or self._session.find(item.id) is None or item.attrs.get(name) == value:
            return
        session = self._session
        if not commands.attempt(session, lambda: describing.set_attribute(session, item.id, name, value)):
            self._editors[name][1](item.attrs.get(name))


def _foreign(item: Span | Relation | None, known: list[Attribute]) -> tuple[tuple[str, str], ...]:
    """What the item has and no editor can show: attributes, and values of a choice, that the schema does not know."""
    by_name = {attribute.name: attribute for attribute in known}

    def is_editable(name: str, value: object) -> bool:
        attribute = by_name.get(name)
        return attribute is not None and (attribute.kind in ("text", "link") or not attribute.problem_with(value))

    attrs = item.attrs if item is not None else {}
    return tuple((name, in_words(value)) for name, value in attrs.items() if not is_editable(name, value))


def in_words(value: object) -> str:
    """The value of an attribute, on one line."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else one_line(str(value), 1000)


def _name_of(attribute: Attribute) -> QWidget:
    name = _muted(attribute.title)
    name.setToolTip(tooltip(attribute.title, attribute.definition))
    return name


def _muted(words: str) -> QWidget:
    name = Elided(words, role="muted")
    name.setFixedWidth(_NAME_PX)
    name.setMinimumHeight(_LINE_PX)
    return name


def _add_row(grid: QGridLayout, name: QWidget | str, value: QWidget) -> None:
    number = grid.rowCount()
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(_muted(name) if isinstance(name, str) else name, number, 0, top)
    grid.addWidget(value, number, 1)
