"""What the inspector says, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Span
from annotator.ui.panels.facts import same_text, score_in_words, source


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (None, "by hand"),
        ("model:en_core_web_sm-3.8.0", "en_core_web_sm-3.8.0"),
        ("model:en_core_web_sm-3.8.0#s123", "en_core_web_sm-3.8.0"),
        ("rules:news@1a2b3c4d", "rules of news"),
        ("import:brat", "import of brat"),
    ],
)
def test_an_origin_is_said_as_a_person_would(origin: str | None, words: str) -> None:
    assert source(origin) == words


def test_a_score_is_a_rank_in_words_first() -> None:
    assert [score_in_words(score) for score in (0.2, 0.5, 0.79, 0.8, 1.0)] == [
        "low, 0.20",
        "middle, 0.50",
        "middle, 0.79",
        "high, 0.80",
        "high, 1.00",
    ]


def test_the_same_text_is_counted_as_whole_words() -> None:
    text = "Xi met Xi. Xinhua and (Xi) agree; xi does not."
    assert same_text(text, Span("s", "PERSON", ((0, 2),))) == 2
    assert same_text("C++ and C++", Span("s", "X", ((0, 3),))) == 1
    assert same_text("a.b", Span("s", "X", ((1, 2),))) == 0


@given(st.text("ab_ 1.", min_size=1, max_size=3), st.lists(st.sampled_from(["a", "b", "ab", "_", " ", "1", "."])))
def test_the_same_text_is_found_wherever_no_word_runs_across_its_borders(words: str, around: list[str]) -> None:
    text = words + " " + "".join(around)

    def is_free(left: int, right: int) -> bool:
        return left < 0 or right >= len(text) or not (text[left].isalnum() and text[right].isalnum())

    ends, at = [], 0
    while (at := text.find(words, at)) != -1:
        end = at + len(words)
        if is_free(at - 1, at) and is_free(end - 1, end):
            ends.append(end)
            at = end
        else:
            at += 1
    assert same_text(text, Span("s", "X", ((0, len(words)),))) == max(0, len(ends) - 1)
