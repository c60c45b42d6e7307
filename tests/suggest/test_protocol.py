"""Messages and items survive the way between the two processes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Alternative, Relation, Span
from annotator.suggest.protocol import answer_from, decode, encode, items_from_json, items_to_json

OTHERS = (Alternative("ORG", 0.25), Alternative("GPE", 0.0))
json_text = st.text(alphabet=st.characters(codec=None), max_size=20)


@given(json_text)
def test_any_text_passes_on_one_line(text):
    line = encode({"kind": "ask", "text": text})
    assert line.count(b"\n") == 1
    assert decode(line) == {"kind": "ask", "text": text}


@pytest.mark.parametrize("line", [b"", b"hello\n", b"[]\n", b"{}\n", b'{"kind": 3}\n', b"\xff\xfe\n"])
def test_what_is_no_message_is_refused(line):
    with pytest.raises(ValueError, match=r".*"):
        decode(line)


def test_items_come_back_as_they_were():
    items = (
        Span("s1", "PERSON", ((0, 2),), origin="model:m", confirmed="none", score=0.5, alternatives=OTHERS),
        Span("s2", "GPE", ((3, 4), (6, 7)), origin="rules:r", confirmed="none", score=None),
        Relation("r1", "in", "s1", "s2", origin="rules:r", confirmed="none", score=0.25),
    )
    assert items_from_json(decode(encode({"kind": "x", "items": items_to_json(items)}))["items"]) == items


def test_an_answer_is_read_with_its_author():
    message = {
        "kind": "answer",
        "ticket": 1,
        "stage": "relations",
        "items": [],
        "author": {"id": "model:m", "kind": "model", "name": "m", "info": {"version": "1"}},
        "seconds": 0.25,
    }
    answer = answer_from(message, "doc")
    assert (answer.document, answer.is_last, answer.author.title) == ("doc", True, "model:m")


def test_phrases_come_with_the_answer_behind_those_of_its_parts():
    author = {"id": "model:m", "kind": "model", "name": "m", "info": {}}
    message = {"kind": "answer", "ticket": 1, "stage": "relations", "items": [], "author": author, "seconds": 0.1}
    assert not answer_from(message, "doc").phrases
    answer = answer_from({**message, "phrases": [[3, 2, 0, 4]]}, "doc", phrases=([1, 2],))
    assert list(answer.phrases.near(0, 9)) == [((1, 3),), ((4, 6), (4, 10))]


def test_an_answer_with_parts_missing_is_refused():
    with pytest.raises(KeyError):
        answer_from({"kind": "answer", "ticket": 1}, "doc")
