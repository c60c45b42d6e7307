"""The lines of the review by type of a whole project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.analysis.concordance import Context
from annotator.analysis.types import TypeKey, TypeRow
from annotator.ui.canvas.paragraph import score_text
from annotator.ui.panels.facts import label_title
from annotator.ui.panels.lines_model import TOP, LinesModel
from annotator.ui.text import counted, one_line


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A row; it never opens here: its mentions are in many texts."""

    row: TypeRow
    is_row: bool = True
    is_open: bool = False


class TypesModel(LinesModel[TypeLine]):
    def show(self, rows: Sequence[TypeRow]) -> None:
        self.beginResetModel()
        self._lines = [TypeLine(row) for row in rows]
        self.endResetModel()

    def settle(self, key: TypeKey, left: int) -> None:
        """Of this row so many are left, all of them held back; without any it goes. No other row moves."""
        number = self.number_of(key)
        if number is None:
            return
        if not left:
            self.beginRemoveRows(TOP, number, number)
            del self._lines[number]
            self.endRemoveRows()
            return
        row = self._lines[number].row
        documents = min(row.documents, left)
        self._lines[number] = TypeLine(replace(row, count=left, held=left, documents=documents))
        self.dataChanged.emit(self.index(number), self.index(number))

    def number_of(self, key: TypeKey) -> int | None:
        return next((number for number, line in enumerate(self._lines) if line.row.key == key), None)

    # ---- what a line says

    def words(self, line: TypeLine) -> str:
        return one_line(line.row.text, 80)

    def state(self, line: TypeLine) -> str:
        row = line.row
        where = f"{counted(row.count, 'time')} in {counted(row.documents, 'document')}"
        held = f"{row.held:,} held back" + (": has another label elsewhere" if row.is_contested else "")
        least = f"least certain in {one_line(row.sample.title, 60)}"
        return ", ".join((self._title(row), where, *((held,) if row.held else ()), least))

    def _title(self, row: TypeRow) -> str:
        return label_title(self._session, row.label)

    def pill(self, line: TypeLine) -> str:
        return f"{self._title(line.row)} {score_text(line.row.mean)}".rstrip()

    def hue(self, line: TypeLine) -> int | None:
        label = self._session.schema.label_names.get(line.row.label)
        return label.hue if label is not None else None

    def context(self, line: TypeLine) -> Context:
        return line.row.sample.around

    def count(self, line: TypeLine) -> str:
        return f"{line.row.count:,}"

    def aside(self, line: TypeLine) -> tuple[str, bool]:
        """What stands beside the count, and whether it is a warning."""
        row = line.row
        if row.held:
            return (f"{row.held:,} held back" if row.free else "look at it" if row.count == 1 else "look at each"), True
        return (f"in {counted(row.documents, 'document')}" if row.documents > 1 else ""), False

    def can_open(self, _line: TypeLine) -> bool:
        return False

    def is_held(self, line: TypeLine) -> bool:
        return bool(line.row.held)

    def is_relation(self, _line: TypeLine) -> bool:
        return False

    def runner_up(self, _line: TypeLine) -> str:
        return ""
