"""Which way a paragraph runs, and that tokens cut no character in two."""

import pytest

from annotator.model.text import is_grapheme_border, runs_right_to_left, tokens


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, False),
        ("שלום world", 8, True),
        ("world שלום", 8, False),
        ("(12) سلام", 0, True),
        ("\u2067שלום\u2069 world", 3, False),
        ("\u2066world\u2069 שלום", 3, True),
        ("world\nשלום", 6, True),
        ("world\nשלום", 5, False),
        ("12\nשלום", 0, False),
    ],
)
def test_the_first_letter_outside_isolates_says_which_way_a_paragraph_runs(text, offset, expected):
    assert runs_right_to_left(text, offset) is expected


@pytest.mark.parametrize("text", ["🇩🇪\u0301 x", "🇩🇪\u200d🇫🇷", "👍🏽\u200d🇫🇷 x", "(\u200d🇫🇷"])
def test_flags_with_what_joins_them_are_whole_tokens(text):
    assert all(is_grapheme_border(text, at) for token in tokens(text) for at in token)
