"""A mention in its line."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.concordance import context

TEXT = "First line.\nPresident Xi Jinping met\tVladimir Putin in Beijing on Friday.\nLast line."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_the_surroundings_end_with_the_paragraph() -> None:
    found = context(TEXT, [at("Xi Jinping")])
    assert (found.left, found.pieces) == ("President ", (("Xi Jinping", True),))
    assert found.right == " met Vladimir Putin in Beijing on Friday."


def test_both_ends_of_a_relation_are_marked_with_what_lies_between() -> None:
    found = context(TEXT, [at("Vladimir Putin"), at("Xi Jinping")])
    assert found.pieces == (("Xi Jinping", True), (" met ", False), ("Vladimir Putin", True))


def test_ends_that_lie_in_one_another_are_marked_once() -> None:
    assert context(TEXT, [at("President Xi Jinping"), at("Xi Jinping")]).pieces == (("President Xi Jinping", True),)


def test_what_lies_far_apart_is_cut_in_the_middle() -> None:
    text = f"Xi {'met and met ' * 20}Putin"
    [_, (between, is_marked), _] = context(text, [(0, 2), (len(text) - 5, len(text))]).pieces
    assert "…" in between
    assert len(between) < 40
    assert not is_marked


@given(st.text("ab \n.", min_size=1, max_size=300), st.data())
def test_it_is_one_line_around_the_mention_whatever_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = context(text, [(start, end)])
    whole = found.left + "".join(piece for piece, _ in found.pieces) + found.right
    assert "\n" not in whole
    assert "".join(whole.split()) in "".join(text.split())
