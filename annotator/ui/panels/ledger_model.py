"""The lines of the review by type: rows, and below an open row its single suggestions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from annotator.analysis.concordance import Context, context
from annotator.analysis.ledger import Key, Ledger, Row
from annotator.app.reviewing import REASONS, only, reasons_in_words, runners_up
from annotator.model import Fragment, Relation, Span
from annotator.ui.canvas.paragraph import score_text
from annotator.ui.panels.facts import label_title, relation_title, score_in_words
from annotator.ui.panels.lines_model import LinesModel
from annotator.ui.text import counted, one_line


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or one suggestion of an open row; `item_id` is the one whose surroundings are shown."""

    row: Row
    item_id: str
    is_row: bool
    is_open: bool = False

    @property
    def name(self) -> tuple[Key, str]:
        """What stays the same when the list is made anew."""
        return self.row.key, "" if self.is_row else self.item_id


class LedgerModel(LinesModel[Line]):
    def show(self, ledger: Ledger | None, opened: Collection[Key]) -> None:
        """Show these rows, those of `opened` with their single suggestions."""
        self.beginResetModel()
        self._lines = []
        for row in ledger.rows() if ledger is not None else ():
            is_open = row.key in opened
            self._lines.append(Line(row, row.least, is_row=True, is_open=is_open))
            if is_open:
                self._lines += [Line(row, item_id, is_row=False) for item_id in self._least_certain_first(row)]
        self.endResetModel()

    def _least_certain_first(self, row: Row) -> list[str]:
        def certainty(item_id: str) -> float:
            item = self._session.pending.get(item_id)
            return 1.0 if item is None or item.score is None else item.score

        return sorted(row.ids, key=certainty)

    def number_of(self, name: tuple[Key, str]) -> int | None:
        return next((number for number, line in enumerate(self._lines) if line.name == name), None)

    # ---- what a line says

    def words(self, line: Line) -> str:
        """The text of the row, or the surroundings of the suggestion."""
        if line.is_row:
            return (" → " if self._is_directed(line.row) else " – ").join(one_line(text, 80) for text in line.row.texts)
        found = self.context(line)
        return f"{found.left}{''.join(piece for piece, _ in found.pieces)}{found.right}" if found is not None else ""

    def state(self, line: Line) -> str:
        """How many there are, how certain, and what is held back."""
        row = line.row
        if line.is_row:
            next_one = self.runner_up(line)
            parts = [self.label(row), counted(len(row.ids), "time"), reasons_in_words(row)]
            return ", ".join(part for part in (*parts, next_one and f"runner-up {next_one}") if part)
        item = self._session.pending.get(line.item_id)
        score = score_in_words(item.score) if item is not None and item.score is not None else "by a rule"
        reason = row.held.get(line.item_id)
        next_one = self.runner_up(line)
        parts = [score, next_one and f"runner-up {next_one}", f"held back: {REASONS[reason]}" if reason else ""]
        return " · ".join(part for part in parts if part)

    def runner_up(self, line: Line) -> str:
        """The label that would come instead, by its title; empty when there is none."""
        found = runners_up(self._session, line.row if line.is_row else only(line.row, line.item_id))
        return label_title(self._session, found[0]) if found else ""

    def label(self, row: Row) -> str:
        return (relation_title if row.is_relation else label_title)(self._session, row.label)

    def pill(self, line: Line) -> str:
        """Label and mean score, as on a chip."""
        return f"{self.label(line.row)} {score_text(line.row.mean)}".rstrip()

    def hue(self, line: Line) -> int | None:
        label = self._session.schema.label_names.get(line.row.label)
        return label.hue if label is not None and not line.row.is_relation else None

    def count(self, line: Line) -> str:
        return f"{len(line.row.ids):,}"

    def aside(self, line: Line) -> tuple[str, bool]:
        """What stands beside the count, and whether it is a warning."""
        row = line.row
        if not row.held:
            return "", False
        words = f"{len(row.held):,} held back"
        return (words if row.free else "look at it" if len(row.ids) == 1 else "look at each"), True

    def can_open(self, line: Line) -> bool:
        return len(line.row.ids) > 1 or line.is_open

    def is_held(self, line: Line) -> bool:
        """Whether the one suggestion of the line is held back."""
        return line.item_id in line.row.held

    def is_relation(self, line: Line) -> bool:
        return line.row.is_relation

    def context(self, line: Line) -> Context | None:
        fragments = self._fragments(self._session.pending.get(line.item_id))
        return context(self._session.text, fragments) if fragments else None

    def _fragments(self, item: Span | Relation | None) -> tuple[Fragment, ...]:
        if isinstance(item, Relation):
            ends = (self._session.find(item.head), self._session.find(item.tail))
            return tuple(piece for end in ends if isinstance(end, Span) for piece in end.fragments)
        return item.fragments if item is not None else ()

    def _is_directed(self, row: Row) -> bool:
        kind = self._session.schema.relation_names.get(row.label)
        return kind is not None and not kind.is_symmetric
