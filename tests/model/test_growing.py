"""Growing and shrinking: along phrases where a parse found some, by capitals and signs elsewhere, there and back."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.growing import Ladder, grown
from annotator.model.phrases import LONGEST, NO_PHRASES, Phrases
from annotator.model.text import is_grapheme_border, snap_to_graphemes
from odd_texts import TEXTS

TEXT = (
    "On Friday, Chinese President Xi Jinping met J. K. Rowling of the Bank of America in Beijing (see below). It ended."
)


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def phrase(*steps):
    return tuple(at(words) for words in steps)


PARSE = Phrases.of(
    sorted(
        [
            phrase("Friday"),
            phrase("Jinping", "Xi Jinping", "President Xi Jinping", "Chinese President Xi Jinping"),
            phrase("Rowling", "J. K. Rowling", "J. K. Rowling of the Bank of America"),
            phrase("Bank", "Bank of America"),
            phrase("America"),
        ]
    )
)


def climbed(place, phrases, step, text=TEXT):
    """The words on the way, this place first, until there is no further step."""
    ladder, words = Ladder(), []
    while place is not None:
        words.append(text[slice(*place)])
        place, ladder = ladder.climb(text, phrases, place, step)
    return words


def test_along_the_parse_a_name_grows_by_what_belongs_to_it_up_to_the_noun_phrase():
    assert climbed(at("ping"), PARSE, 1) == [
        "ping",
        "Jinping",
        "Xi Jinping",
        "President Xi Jinping",
        "Chinese President Xi Jinping",
    ]


def test_a_noun_inside_another_phrase_grows_into_that_one():
    assert climbed(at("America"), PARSE, 1) == ["America", "Bank of America", "J. K. Rowling of the Bank of America"]


def test_shrinking_goes_back_to_the_noun_of_the_phrase_and_not_to_a_longer_part_of_it():
    assert climbed(at("J. K. Rowling of the Bank of America"), PARSE, -1)[1:] == ["J. K. Rowling", "Rowling"]


def test_what_is_no_phrase_shrinks_to_the_longest_one_in_it():
    assert grown(TEXT, PARSE, at("met J. K. Rowling of"), -1) == at("J. K. Rowling")


def test_what_no_phrase_holds_grows_by_signs():
    assert climbed(at("see"), PARSE, 1)[:2] == ["see", "see below"]


def test_without_a_parse_come_capitals_then_the_part_of_the_sentence_then_the_sentence():
    assert climbed(at("Jinping"), NO_PHRASES, 1) == [
        "Jinping",
        "Chinese President Xi Jinping",
        "Chinese President Xi Jinping met J. K. Rowling of the Bank of America in Beijing",
        TEXT[: TEXT.index(". It")],
    ]
    assert grown(TEXT, NO_PHRASES, at("K"), 1) == at("J. K. Rowling of the Bank of America")
    assert grown(TEXT, NO_PHRASES, at("met"), 1) == at(
        "Chinese President Xi Jinping met J. K. Rowling of the Bank of America in Beijing"
    )


def test_without_a_parse_shrinking_goes_the_same_way_back():
    assert climbed((0, TEXT.index(" It")), NO_PHRASES, -1) == [
        TEXT[: TEXT.index(" It")],
        "Chinese President Xi Jinping met J. K. Rowling of the Bank of America in Beijing",
        "J. K. Rowling of the Bank of America",
        "America",
    ]


def test_a_full_stop_ends_a_name_unless_it_belongs_to_a_letter():
    text = "He met Xi. Jinping left."
    assert grown(text, NO_PHRASES, at("Xi", text), 1) == at("He met Xi", text)


def test_rows_that_do_not_fit_the_text_are_passed_over():
    for rows in ([[-5, 3]], [[3, 0]], [[3, 4, 1]], [[3, 4, 50, 0]], [[0, 2], [500, 9, 1, 1]], [[3, 4, 1, 9999]]):
        place = at("Friday")
        found = grown(TEXT, Phrases(rows), place, 1)
        assert found is None or (0 <= found[0] <= place[0] < place[1] <= found[1] <= len(TEXT))


@st.composite
def texts_with_phrases(draw):
    """A text, nested places around some of its characters, and a place to begin with."""
    text = draw(TEXTS.filter(lambda text: text.strip() != ""))
    chains = []
    for _ in range(draw(st.integers(0, 6))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=8)))
        rungs = []
        for low, high in zip(reversed(edges[: len(edges) // 2]), edges[-(len(edges) // 2) :], strict=True):
            if low < high:
                rungs.append((low, high))
        if rungs:
            chains.append(tuple(dict.fromkeys(rungs)))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, Phrases.of(sorted(chains)), snap_to_graphemes(text, start, end)


def is_sound(text, place):
    start, end = place
    return 0 <= start < end <= len(text) and is_grapheme_border(text, start) and is_grapheme_border(text, end)


@given(texts_with_phrases(), st.lists(st.sampled_from([-1, 1]), max_size=8))
def test_every_step_is_sound_and_the_step_against_it_takes_it_back(case, steps):
    text, phrases, place = case
    ladder = Ladder()
    for step in steps:
        to, ladder = ladder.climb(text, phrases, place, step)
        if to is None:
            continue
        assert is_sound(text, to)
        inner, outer = (place, to) if step > 0 else (to, place)
        assert outer[0] <= inner[0]
        assert inner[1] <= outer[1]
        assert inner != outer
        back, ladder = ladder.climb(text, phrases, to, -step)
        assert back == place
        place, ladder = ladder.climb(text, phrases, back, step)
        assert place == to


@given(texts_with_phrases())
def test_the_compact_form_holds_the_same_phrases(case):
    text, phrases, _ = case
    found = list(phrases.near(0, len(text)))
    assert Phrases.of(found).rows == phrases.rows
    assert len(found) == len(phrases.rows)


def test_only_what_is_near_is_looked_at():
    far = Phrases.of([((at, at + 2),) for at in range(0, 100_000, 10)])
    assert len(list(far.near(50_000, 50_005))) <= 2 * LONGEST // 10 + 2
