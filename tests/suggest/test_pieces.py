"""A text is cut into the pieces that a model reads one by one."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.pieces import BATCH_CHARS, PIECE_CHARS, WORD_CHARS, batches, pieces


def cut(text):
    return [text[start:end] for start, end in pieces(text)]


def test_blank_lines_and_single_lines_end_a_piece():
    assert cut("Head line\n\nBody one.\nBody two.\r\n \r\nEnd") == ["Head line", "Body one.", "Body two.", "End"]


def test_lines_wrapped_at_a_margin_stay_together():
    wrapped = (
        "The president of the republic met his\ncounterpart from the neighbouring country\non Monday in the capital."
    )
    assert cut(wrapped) == [wrapped]


def test_nothing_comes_of_white_space():
    assert cut("") == cut(" \n\t\n  \u00a0 \n") == []


def test_a_very_long_line_is_cut_behind_sentences():
    text = "A sentence ends here. " * 1000
    parts = cut(text)
    assert all(len(part) <= PIECE_CHARS and part.endswith(".") for part in parts)
    assert " ".join(parts) == text.strip()


def test_a_run_without_white_space_is_left_out():
    assert cut("before " + "x" * (WORD_CHARS + 5) + " after") == ["before", "after"]


def test_batches_hold_all_pieces_in_order():
    text = "One line of text.\n" * 5000
    grouped = list(batches(text))
    assert [piece for batch in grouped for piece in batch] == list(pieces(text))
    assert all(sum(end - start for start, end in batch) <= BATCH_CHARS + PIECE_CHARS for batch in grouped)


@given(st.text(alphabet=st.sampled_from("ab. \n\r\t\u2028\u00a0é👍"), max_size=200))
def test_pieces_are_in_order_apart_and_lose_only_white_space(text):
    found = list(pieces(text))
    last = 0
    for start, end in found:
        assert last <= start < end <= len(text)
        assert text[last:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        last = end
    assert text[last:].strip() == ""
