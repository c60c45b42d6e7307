"""From sentence to sentence and from paragraph to paragraph. Sentences are guessed from punctuation. Pure functions."""

from __future__ import annotations

from annotator.model.text import SENTENCE_END, sentence_end, token_after, token_at, token_before

_LOOK_BACK = 1_000
"""Code points to look back at a time for the sentence before: a whole paragraph may be as long as the text."""

_LOOK_ON = 20
"""Code points behind such a stretch that may belong to an end of a sentence in it: quotes, brackets, the space."""


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence that holds the offset begins; its first character that is no white space."""
    high = offset
    found = 0
    while high > 0 and not found:
        low = max(0, high - _LOOK_BACK)
        for match in SENTENCE_END.finditer(text, low, min(len(text), high + _LOOK_ON)):
            if match.start() < high and match.end() <= offset:
                found = match.end()
        high = low
    while found < offset and text[found].isspace():
        found += 1
    return found


def next_sentence(text: str, offset: int) -> int | None:
    """Where the first token of the next sentence begins; None in the last one."""
    found = _first_token(text, sentence_end(text, offset))
    if found is not None and found <= offset:  # a sentence that ends inside a token ends with it
        token = token_after(text, offset)
        found = token[0] if token else None
    return found


def previous_sentence(text: str, offset: int) -> int | None:
    """Where the sentence begins, or the one before when the offset is there already; None at the very first."""
    before = token_before(text, offset)
    return None if before is None else _first_token(text, sentence_start(text, before[0]))


def last_token_of_sentence(text: str, offset: int) -> int | None:
    """Where the last token of the sentence begins; None where there is none."""
    last = token_before(text, sentence_end(text, offset))
    return last[0] if last else None


def next_paragraph(text: str, offset: int) -> int | None:
    """Where the first token of the next paragraph that has one begins; None in the last one."""
    end = text.find("\n", offset)
    return None if end == -1 else _first_token(text, end)


def previous_paragraph(text: str, offset: int) -> int | None:
    """Where the paragraph begins, or the one before when the offset is there already; None at the very first."""
    before = token_before(text, offset)
    return None if before is None else _first_token(text, text.rfind("\n", 0, before[0]) + 1)


def _first_token(text: str, offset: int) -> int | None:
    token = token_at(text, offset)
    return token[0] if token else None
