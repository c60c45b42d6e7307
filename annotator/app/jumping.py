"""Commands that jump: the caret and the selection by sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from annotator.app.commands import command
from annotator.app.deciding import trimmed
from annotator.app.moving import extend_selection_to, put_caret_at
from annotator.app.session import Session
from annotator.model import Refused
from annotator.model.sentences import (
    last_token_of_sentence,
    next_paragraph,
    next_sentence,
    previous_paragraph,
    previous_sentence,
    sentence_start,
)
from annotator.model.text import token_at

Find = Callable[[str, int], int | None]


@command("caret.next-sentence", "Next sentence", "Ctrl+Right")
def to_next_sentence(session: Session) -> None:
    _jump(session, next_sentence)


@command("caret.previous-sentence", "Beginning of the sentence, or the one before", "Ctrl+Left")
def to_previous_sentence(session: Session) -> None:
    _jump(session, previous_sentence)


@command("caret.next-paragraph", "Next paragraph", "Ctrl+Down")
def to_next_paragraph(session: Session) -> None:
    _jump(session, next_paragraph)


@command("caret.previous-paragraph", "Beginning of the paragraph, or the one before", "Ctrl+Up")
def to_previous_paragraph(session: Session) -> None:
    _jump(session, previous_paragraph)


@command("caret.sentence-start", "Beginning of the sentence", "Home")
def to_start_of_sentence(session: Session) -> None:
    _jump(session, sentence_start)


@command("caret.sentence-end", "End of the sentence", "End")
def to_end_of_sentence(session: Session) -> None:
    _jump(session, last_token_of_sentence)


@command("caret.select-sentence-start", "Select to the beginning of the sentence", "Shift+Home")
def select_to_start_of_sentence(session: Session) -> None:
    _select(session, sentence_start)


@command("caret.select-sentence-end", "Select to the end of the sentence", "Shift+End")
def select_to_end_of_sentence(session: Session) -> None:
    _select(session, last_token_of_sentence)


@command("caret.select-paragraph", "Select the paragraph, then all the text", "Ctrl+A")
def select_paragraph(session: Session) -> None:
    text, at = session.text, session.caret
    end = text.find("\n", at)
    paragraph = trimmed(text, text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))
    everything = trimmed(text, 0, len(text))
    chosen = everything if session.selection == paragraph or paragraph[0] == paragraph[1] else paragraph
    if chosen[0] == chosen[1]:
        raise Refused("boundary-end")
    session.set_selection(chosen)
    session.anchor = token_at(text, chosen[0])


def _jump(session: Session, find: Find) -> None:
    """Put the caret there. Raises Refused when there is nothing further."""
    offset = find(session.text, session.caret)
    if offset is None:
        raise Refused("caret-end")
    put_caret_at(session, offset)


def _select(session: Session, find: Find) -> None:
    offset = find(session.text, session.caret)
    if offset is None:
        raise Refused("caret-end")
    extend_selection_to(session, offset)
