"""Open suggestions of many documents by type: what is counted, what is held back, and that the rules of one hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.ledger import Ledger
from annotator.analysis.types import Types, settled_by
from annotator.model import Label, Layer, Pending, Schema, Span, edits

SCHEMA = Schema("test", tuple(Label(name, name.title()) for name in ("PERSON", "GPE")))


def pending(text: str, *wanted: tuple[str, int, str, float | None]) -> Pending:
    spans = []
    for number, (words, start, label, score) in enumerate(wanted):
        assert text.startswith(words, start)
        spans.append(Span(f"s{number}", label, ((start, start + len(words)),), score=score))
    return Pending({span.id: span for span in spans})


def layer_with(text: str, *wanted: tuple[int, int, str]) -> Layer:
    layer = Layer("d", "p")
    for start, end, label in wanted:
        layer.apply(edits.add_span(layer, SCHEMA, text, ((start, end),), label))
    return layer


def types_of(*documents: tuple[str, Layer, Pending]) -> Types:
    types = Types("any")
    for number, (text, layer, still_open) in enumerate(documents):
        types.add(f"d{number}", f"Document {number}", text, layer, still_open)
    return types


def test_a_text_is_one_row_with_its_documents_and_its_least_certain_mention() -> None:
    one, two = "Oslo and Oslo", "So Oslo\nslept"
    types = types_of(
        (one, Layer("d", "p"), pending(one, ("Oslo", 0, "GPE", 0.9), ("Oslo", 9, "GPE", 0.8))),
        (two, Layer("d", "p"), pending(two, ("Oslo", 3, "GPE", 0.7))),
    )
    [row] = types.rows(10)
    assert (row.key, row.count, row.documents, row.held) == (("GPE", "Oslo"), 3, 2, 0)
    assert row.mean == pytest.approx(0.8)
    assert (row.sample.document, row.sample.fragments) == ("d1", ((3, 7),))
    assert (row.sample.around.left, row.sample.around.right) == ("So ", "")
    assert types.documents(row.key) == ["d0", "d1"]
    assert types.suggestions == 3


def test_what_is_unsure_in_the_way_or_an_outlier_is_held_back_there_and_here() -> None:
    text = "Oslo Oslo Oslo Oslo"
    layer = layer_with(text, (5, 9, "GPE"))
    wanted = [("Oslo", 0, "GPE", 0.99), ("Oslo", 5, "GPE", 0.99), ("Oslo", 10, "GPE", 0.4), ("Oslo", 15, "GPE", 0.5)]
    still_open = pending(text, *wanted)
    [row] = types_of((text, layer, still_open), (text, Layer("e", "p"), pending(text, *wanted[:2]))).rows(10)
    assert (row.count, row.held) == (6, 3)
    assert settled_by(row, text, layer, still_open, "any") == ["s0"]


def test_a_text_with_two_labels_is_held_back_wholly_wherever_the_other_label_stands() -> None:
    text = "Paris"
    person = layer_with(text, (0, 5, "PERSON"))
    done = layer_with(text, (0, 5, "PERSON"))
    done.apply(edits.set_status(done, "done"))
    for other in (person, done):
        [row] = types_of(
            (text, other, Pending()), (text, Layer("e", "p"), pending(text, ("Paris", 0, "GPE", 0.9)))
        ).rows(5)
        assert row.is_contested
        assert (row.free, row.held) == (0, 1)


def test_finished_documents_are_left_out() -> None:
    text = "Oslo"
    done = Layer("d", "p")
    done.apply(edits.set_status(done, "done"))
    assert types_of((text, done, pending(text, ("Oslo", 0, "GPE", 0.9)))).rows(5) == []


def test_rows_stand_by_what_one_key_saves_and_only_the_first_are_given() -> None:
    text = "Ana Ana Bo Bo Bo Cy"
    found = types_of(
        (
            text,
            Layer("d", "p"),
            pending(
                text,
                ("Ana", 0, "PERSON", 0.9),
                ("Ana", 4, "PERSON", 0.9),
                *(("Bo", start, "PERSON", 0.2) for start in (8, 11, 14)),
                ("Cy", 17, "PERSON", None),
            ),
        )
    )
    assert [row.text for row in found.rows(10)] == ["Ana", "Cy", "Bo"]
    assert [row.text for row in found.rows(1)] == ["Ana"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ana", "Bo", "Cy"]),
            st.sampled_from(["PERSON", "GPE"]),
            st.one_of(st.none(), st.integers(0, 100).map(lambda n: n / 100)),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_of_one_document_it_says_what_the_review_of_that_document_says(words) -> None:
    text, wanted, decided = "", [], []
    for word, label, score, is_decided in words:
        start = len(text)
        text += f"{word} "
        if is_decided:
            decided.append((start, start + len(word), label))
        else:
            wanted.append((word, start, label, score))
    layer, still_open = layer_with(text, *decided), pending(text, *wanted)
    types = types_of((text, layer, still_open))
    ledger = Ledger(text, layer, still_open, ())
    assert {row.key for row in types.rows(100)} == {row.key for row in ledger.rows()}
    for row in ledger.rows():
        found = types.row((row.label, row.texts[0]))
        assert found is not None
        assert (found.count, found.mean) == (len(row.ids), row.mean)
        assert found.held == len(row.held)
        if not found.is_contested:
            assert sorted(settled_by(found, text, layer, still_open, "any")) == sorted(row.free)
