"""Places in text: tokens, graphemes, UTF-16 units, paragraphs, sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import text as places

SCRIPTS = (
    "ab Z-9'’.,\n\r\t \u00a0\u2028é\u0301\u200d\u200b"
    "سלक\u094dनि國ไ\u0e31👍🏽👨👩👧🇮🇳🇺🇸𝕳\u20e3\ufe0f한\u1100\u1161\u11a8"
)
any_text = st.text(alphabet=SCRIPTS, max_size=40) | st.text(max_size=40)


@given(any_text)
def test_utf16_offsets_agree_with_the_encoding(text: str) -> None:
    mapped = places.Utf16Map(text)
    for offset in range(len(text) + 1):
        unit = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert mapped.to_utf16(offset) == unit
        assert mapped.to_code_point(unit) == offset


def test_a_unit_inside_a_surrogate_pair_belongs_to_its_character() -> None:
    assert places.Utf16Map("a👍b").to_code_point(2) == 1


@given(any_text)
def test_paragraphs_and_line_ends_make_up_the_text(text: str) -> None:
    assert "\n".join(text[start:end] for start, end in places.paragraphs(text)) == text


@given(any_text, st.integers(0, 40))
def test_tokens_around_an_offset_are_those_of_the_whole_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    every = places.tokens(text)
    assert places.token_at(text, offset) == next((token for token in every if token[1] > offset), None)
    assert places.token_after(text, offset) == next((token for token in every if token[0] > offset), None)
    assert places.token_before(text, offset) == next((token for token in reversed(every) if token[0] < offset), None)
    assert places.token_end_before(text, offset) == next(
        (token[1] for token in reversed(every) if token[1] < offset), None
    )


@given(any_text, st.integers(0, 40), st.integers(0, 40))
def test_snapping_covers_exactly_the_tokens_that_are_touched(text: str, one: int, other: int) -> None:
    low, high = sorted((min(one, len(text)), min(other, len(text))))
    touched = [token for token in places.tokens(text) if token[1] > low and token[0] < max(high, low + 1)]
    expected = (touched[0][0], touched[-1][1]) if touched else None
    assert places.snap_to_tokens(text, one, other) == expected if low < len(text) else True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China-Russia ties", "China|-|Russia|ties"),
        ("COVID-19 hit China's 19-year-old", "COVID-19|hit|China|'s|19-year|-|old"),
        ("O’Brien’s Rights' $172.4", "O’Brien|’s|Rights|'|$|172|.|4"),
        ("習近平在東京タワー、北京", "習|近|平|在|東|京|タワー|、|北|京"),
        ("हिन्दी में।", "हिन्दी|में|।"),
        ("مُحَمَّد بن سلمان، القاهرة", "مُحَمَّد|بن|سلمان|،|القاهرة"),
        ("שָׁלוֹם־עולם", "שָׁלוֹם|־|עולם"),
        ("e\u0301tude Va\u0308th", "e\u0301tude|Va\u0308th"),
        ("👩🏽\u200d🚀 Sally 🇨🇳🇷🇺 1\ufe0f\u20e3 ❤\ufe0f!", "👩🏽\u200d🚀|Sally|🇨🇳|🇷🇺|1\ufe0f\u20e3|❤\ufe0f|!"),
    ],
)
def test_tokens_end_where_labels_do(text: str, words: str) -> None:
    assert "|".join(text[start:end] for start, end in places.tokens(text)) == words


@given(any_text)
def test_graphemes_walked_forwards_and_backwards_have_the_same_borders(text: str) -> None:
    forwards, offset = [0], 0
    while offset < len(text):
        offset = places.grapheme_after(text, offset)
        forwards.append(offset)
    backwards, offset = [len(text)], len(text)
    while offset > 0:
        offset = places.grapheme_before(text, offset)
        backwards.append(offset)
    assert forwards == backwards[::-1]
    assert all(places.is_grapheme_border(text, border) for border in forwards)


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "👍🏽",
        "👨\u200d👩\u200d👧\u200d👦",
        "🇮🇳",
        "1\ufe0f\u20e3",
        "\r\n",
        "\u1100\u1161\u11a8",
        "กั",
        "กำ",
        "नि",
        "क्षि",
        "\u0600\u0661",
    ],
)
def test_what_a_reader_sees_as_one_character_is_never_cut(cluster: str) -> None:
    text = f"a{cluster}b"
    assert places.grapheme_after(text, 1) == 1 + len(cluster)
    assert places.grapheme_before(text, 1 + len(cluster)) == 1
    assert places.snap_to_graphemes(text, 1, 2) == (1, 1 + len(cluster))


def test_two_flags_are_two_characters() -> None:
    assert places.grapheme_after("🇮🇳🇺🇸", 0) == 2


def test_a_sentence_ends_at_its_full_stop_or_with_the_paragraph() -> None:
    text = "He said “no.” Then left\nNew"
    assert text[: places.sentence_end(text, 0)] == "He said “no.”"
    assert text[: places.sentence_end(text, 15)] == "He said “no.” Then left\n"
    assert places.sentence_end(text, 25) == len(text)
