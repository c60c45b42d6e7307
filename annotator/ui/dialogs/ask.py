"""A question with a few answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from annotator.ui.dialogs.layout import lay_out, main_button
from annotator.ui.widgets.parts import button


class Question(QDialog):
    """`answered` carries the index of the chosen answer; the last one is the main answer. Escape answers nothing."""

    answered = Signal(int)

    def __init__(self, title: str, words: str, answers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: int | None = None
        made = [button(text) for text in answers[:-1]] + [main_button(answers[-1])]
        for number, entry in enumerate(made):
            entry.setProperty("answer", number)
            entry.clicked.connect(self._choose)
        lay_out(self, title=title, words=words, buttons=made)
        self.finished.connect(self.deleteLater)
        made[-1].setFocus()

    def _choose(self) -> None:
        self.answer = self.sender().property("answer")
        self.accept()
        self.answered.emit(self.answer)


def ask(title: str, words: str, answers: Sequence[str], *, parent: QWidget, then: Callable[[int], object]) -> Question:
    """Ask without halting anything; `then` gets the index of the answer, if there is one."""
    question = Question(title, words, answers, parent)
    question.answered.connect(then)
    question.open()
    return question


def ask_now(title: str, words: str, answers: Sequence[str], *, parent: QWidget) -> int | None:
    """Ask and wait: for the one place that cannot go on otherwise, closing a window. None when dismissed."""
    question = Question(title, words, answers, parent)
    question.exec()
    return question.answer
