"""From a place in the text to a place on the page and back, in every script."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from annotator.model import Label, Layer, Pending, Schema
from annotator.model.text import grapheme_after
from annotator.ui.canvas import Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.page import Page
from annotator.ui.fonts import load_fonts

SCHEMA = Schema("s", (Label("A", "A"),))

SAMPLES = {
    "latin": "President Xi Jinping met Vladimir Putin – “via video link”.",
    "combining": "cafe\u0301 nai\u0308ve Z\u0351\u036b\u0343alg",
    "arabic": "اجتمع الرئيس الصيني شي جين بينغ في بكين",
    "arabic with latin": "اجتمع مع Vladimir Putin في بكين يوم 24",
    "hebrew": "ראש הממשלה נפגש עם הנשיא",
    "latin with hebrew": "He said שלום עולם to (everybody) there",
    "chinese": "中国国家主席习近平在北京会谈。",
    "japanese": "東京スカイツリーで会いましょう",
    "thai": "รัฐบาลไทยประกาศนโยบายใหม่",
    "hangul": "한국어 \u1112\u1161\u11ab글",
    "emoji": "family 👩\u200d👩\u200d👧 flags 🇩🇪🇫🇷 thumbs 👍🏽 end",
    "astral": "𝔹erlin 𝒳𝒴 x",
    "long": "word " * 300,
    "long word": "abcdefghij" * 120,
    "long arabic": "الرئيس الصيني " * 60,
}

PIECES = [
    "word ",
    "Ä",
    "e\u0301",
    "中",
    "国 ",
    "שלום ",
    "بكين ",
    "x",
    " ",
    "(",
    "12",
    "👩\u200d👧",
    "🇩🇪",
    "𝔹",
    "ไทย",
    "é",
]


def make_page(text, *, width=700):
    load_fonts()
    content = Content(text, SCHEMA, Layer("d", "p", []), Pending())
    return Page(content, zoom=1.0, width=width, height=50_000, rails=Rails())


def graphemes(text):
    start = 0
    while start < len(text):
        end = grapheme_after(text, start)
        yield start, end
        start = end


def assert_round_trip(text):
    """Every grapheme that has a place is found again in the middle of it."""
    page = make_page(text)
    lost = {}
    for start, end in graphemes(text):
        place = page.place(start)
        if place is None or start >= place.line.visible_end:
            continue
        boxes = [box for box in page.boxes(start, end) if box.width() > 0.6]
        if boxes:
            middle = boxes[0].center()
            hit = page.hit(QPointF(middle.x(), middle.y()), None)
            if hit.offset != start:
                lost[start] = (text[start:end], hit.offset)
    assert lost == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_character_is_found_where_it_is_painted(qapp, name):
    assert_round_trip(SAMPLES[name])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join))
def test_a_character_is_found_in_any_mixture_of_scripts(qapp, text):
    assert_round_trip(text)


@pytest.mark.parametrize("name", SAMPLES)
def test_all_visible_text_has_a_place(qapp, name):
    text = SAMPLES[name]
    page = make_page(text)
    for start, end in graphemes(text):
        if not text[start:end].isspace():
            boxes = list(page.boxes(start, end))
            assert len(boxes) == 1
            assert boxes[0].width() > 0


def test_a_range_across_directions_has_several_boxes(qapp):
    page = make_page("He said שלום עולם to all")
    boxes = sorted(page.boxes(5, 12), key=lambda box: box.left())
    assert len(boxes) == 2
    assert boxes[0].right() < boxes[1].left()


@pytest.mark.parametrize(("name", "is_right"), [("arabic", True), ("hebrew", True), ("latin with hebrew", False)])
def test_a_paragraph_stands_on_the_side_where_it_begins(qapp, name, is_right):
    text = SAMPLES[name]
    page = make_page(text)
    first = next(iter(page.boxes(0, 1)))
    if is_right:
        assert first.right() == pytest.approx(page.x + page.setting.width, abs=1)
    else:
        assert first.left() == pytest.approx(page.x, abs=1)


def test_left_of_a_line_is_its_first_character_and_right_of_it_its_last(qapp):
    page = make_page("one two")
    y = next(iter(page.boxes(0, 1))).center().y()
    assert page.hit(QPointF(0, y), None).offset == 0
    assert page.hit(QPointF(690, y), None).offset == 6


def test_the_whole_width_of_a_character_is_that_character(qapp):
    page = make_page("mmm")
    for start in range(3):
        box = next(iter(page.boxes(start, start + 1)))
        for x in (box.left() + 0.5, box.right() - 0.5):
            assert page.hit(QPointF(x, box.center().y()), None).offset == start


def test_invisible_characters_are_marked(qapp):
    page = make_page("soft\u00adhyphen zero\u200bwidth \u202emirrored\u202c plain")
    ((block, _),) = page.shown()
    codes = [code for line in block.lines for _, code in line.marks]
    assert codes == ["U+00AD", "U+200B", "U+202E", "U+202C"]


@pytest.mark.parametrize(
    ("text", "places"), [("A\u200bB\u200cC\u00adD", ["A", "B", "C"]), ("א\u200bב\u200cג ד", ["א", "ב"])]
)
def test_a_mark_stands_behind_the_character_before_it(qapp, text, places):
    page = make_page(text)
    ((block, _),) = page.shown()
    (line,) = block.lines
    ends = [block.edge(line, text.index(char), is_start=False)[0] for char in places]
    assert [x for x, _ in line.marks] == pytest.approx(ends, abs=0.5)


def test_the_token_above_and_below_is_found(qapp):
    text = "alpha beta\n\ngamma delta\nepsilon"
    page = make_page(text)
    assert page.beside(0, down=True) == text.index("gamma")
    assert page.beside(text.index("delta"), down=False) == text.index("beta")
    assert page.beside(text.index("delta"), down=True) == text.index("epsilon")
    assert page.beside(3, down=False) is None
    assert page.beside(text.index("epsilon"), down=True) is None
