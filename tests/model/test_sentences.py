"""Jumps from sentence to sentence and paragraph to paragraph: always to a token, always onwards, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import sentences
from annotator.model.text import token_at, token_before, tokens
from odd_texts import TEXTS

TEXT = "Mr. Xi met J. Doe. “Was it so?” Yes!\n\n \nThe second paragraph… goes on"
FORWARDS = (sentences.next_sentence, sentences.next_paragraph)
BACKWARDS = (sentences.previous_sentence, sentences.previous_paragraph)


def walked(jump, offset, text=TEXT):
    found = []
    while (offset := jump(text, offset)) is not None:
        found.append(text[offset : offset + 3])
    return found


def test_sentences_are_walked_in_both_directions():
    assert walked(sentences.next_sentence, 0) == ["“Wa", "Yes", "The", "goe"]
    assert walked(sentences.previous_sentence, len(TEXT)) == ["goe", "The", "Yes", "“Wa", "Mr."]


def test_paragraphs_are_walked_in_both_directions_over_empty_lines():
    assert walked(sentences.next_paragraph, 0) == ["The"]
    assert walked(sentences.previous_paragraph, len(TEXT)) == ["The", "Mr."]


def test_from_inside_the_jump_back_goes_to_the_beginning_first():
    assert sentences.previous_sentence(TEXT, TEXT.index("Doe")) == 0
    assert sentences.previous_paragraph(TEXT, TEXT.index("Yes")) == 0


def test_the_last_token_of_a_sentence_is_its_full_stop():
    assert sentences.last_token_of_sentence(TEXT, 5) == TEXT.index(". “")
    assert sentences.last_token_of_sentence(TEXT, len(TEXT)) == TEXT.index("on", TEXT.index("goes"))


def test_scripts_without_spaces_have_sentences_too():
    text = "他来了。她走了。"
    assert sentences.next_sentence(text, 0) == 4
    assert sentences.previous_sentence(text, 7) == 4


def test_a_sentence_begins_behind_the_white_space_before_it():
    assert sentences.sentence_start(TEXT, TEXT.index("Was")) == TEXT.index("“Was")
    assert sentences.sentence_start(TEXT, TEXT.index("second")) == TEXT.index("The")
    long = "A word. " + "b " * 2_000
    assert sentences.sentence_start(long, len(long)) == 8


@given(TEXTS, st.data())
def test_jumps_land_on_tokens_and_go_on(text, data):
    offset = data.draw(st.integers(0, len(text)))
    starts = [token[0] for token in tokens(text)]
    for jump in FORWARDS:
        to = jump(text, offset)
        assert to is None or (to > offset and to in starts)
    for jump in BACKWARDS:
        to = jump(text, offset)
        assert to is None or (to < offset and to in starts)
        assert (to is None) == (token_before(text, offset) is None)


def test_a_sentence_that_ends_inside_a_token_is_left_behind_too() -> None:
    text = "\u3002\u0928\u092e\u0938\u094d\u0924\u0947"
    assert sentences.next_sentence(text, 0) is None
    assert sentences.next_sentence(f"{text} on", 0) == len(text) + 1


@given(TEXTS)
@pytest.mark.parametrize(("there", "back"), list(zip(FORWARDS, BACKWARDS, strict=True)))
def test_the_jump_back_comes_to_where_the_jump_on_began(there, back, text):
    first = token_at(text, 0)
    at = first[0] if first else None
    while at is not None and (to := there(text, at)) is not None:
        assert back(text, to) == at
        at = to
