"""A question with a few answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from annotator.ui.dialogs.layout import lay_out, main_button
from annotator.ui.widgets.parts import button


class Question(QDialog):
    """`answer` is the index of the chosen one, None when it was dismissed. The last one is the main answer."""

    def __init__(self, title: str, words: str, answers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: int | None = None
        made = [button(text) for text in answers[:-1]] + [main_button(answers[-1])]
        for number, entry in enumerate(made):
            entry.setProperty("answer", number)
            entry.clicked.connect(self._choose)
        lay_out(self, title=title, words=words, buttons=made)
        made[-1].setFocus()

    def _choose(self) -> None:
        self.answer = self.sender().property("answer")
        self.accept()


def ask(title: str, words: str, answers: Sequence[str], *, parent: QWidget | None) -> int | None:
    """The index of the answer; None when the user would rather not."""
    question = Question(title, words, answers, parent)
    question.exec()
    question.deleteLater()
    return question.answer
