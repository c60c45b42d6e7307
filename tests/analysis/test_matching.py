"""Where the same words stand again."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.matching import Matching, find_places, forms
from annotator.model.text import is_grapheme_border, tokens

PLAIN = Matching()
PARTS = Matching(is_whole=False)
ANY_CASE = Matching(is_case_kept=False)
INFLECTED = Matching(is_inflected=True)


def found(text: str, words: str, matching: Matching) -> list[str]:
    """What is found, each with the two characters around it."""
    return [text[max(0, start - 1) : end + 1] for start, end in find_places(text, words, matching)]


def test_whole_words_leave_out_what_is_a_part_of_a_word() -> None:
    text = "China, Indochina and China's Chinatown; China-Russia"
    assert found(text, "China", PLAIN) == ["China,", " China'", " China-"]
    assert len(found(text, "China", PARTS)) == 4


def test_several_words_and_punctuation_are_whole_too() -> None:
    assert found("the U.S. and xU.S. met Xi Jinpings, Xi Jinping", "U.S.", PLAIN) == [" U.S. "]
    assert found("Xi Jinpings, Xi Jinping", "Xi Jinping", PLAIN) == [" Xi Jinping"]


def test_where_a_script_has_no_spaces_every_place_is_whole() -> None:
    assert len(found("北京是中国的首都。我在北京。", "北京", PLAIN)) == 2


def test_case_is_kept_unless_asked_otherwise() -> None:
    text = "BEIJING Beijing beijing ÉCOLE école"
    assert len(found(text, "Beijing", PLAIN)) == 1
    assert len(found(text, "Beijing", ANY_CASE)) == 3
    assert len(found(text, "école", ANY_CASE)) == 2


def test_a_letter_is_not_found_in_a_letter_with_an_accent() -> None:
    assert found("cafe\u0301 cafe", "cafe", PARTS) == [" cafe"]


def test_plural_singular_and_possessive_are_found_when_asked_for() -> None:
    assert forms("city", INFLECTED) == ("city", "cities")
    assert forms("cities", INFLECTED) == ("cities", "citieses", "city")
    assert forms("class", INFLECTED) == ("class", "classes")
    assert "box" in forms("boxes", INFLECTED)
    assert "company" in forms("company's", INFLECTED)
    assert "minister" in forms("ministers’", INFLECTED)
    assert forms("EU", INFLECTED) == ("EU",)
    assert forms("city", PLAIN) == ("city",)


def test_what_is_inflected_is_the_last_word() -> None:
    text = "prime minister, prime ministers, primes minister"
    assert len(found(text, "prime minister", INFLECTED)) == 2


ALPHABET = "abA eé\u0301 \n'’s-.北京😀👍🏽"


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_places_hold_the_words_cut_no_character_and_are_whole_words(
    text: str, words: str, is_whole: bool, is_case_kept: bool
) -> None:
    last = 0
    borders = tokens(text)
    for start, end in find_places(text, words, Matching(is_whole, is_case_kept)):
        assert start >= last
        last = end
        same = text[start:end] if is_case_kept else text[start:end].lower()
        assert same == (words if is_case_kept else words.lower())
        assert is_grapheme_border(text, start)
        assert is_grapheme_border(text, end)
        if is_whole:
            assert any(start == low for low, _ in borders)
            assert any(end == high for _, high in borders)
