"""Offsets survive the way over pixels, and mouse and keyboard agree, whatever the text is made of."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.model import Label, Layer, Pending, Schema
from annotator.model.text import grapheme_after, snap_to_graphemes, tokens
from annotator.ui.canvas import Canvas, Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.page import Page
from annotator.ui.fonts import load_fonts

SCHEMA = Schema("s", (Label("A", "A"),))

LEFT_TO_RIGHT = [
    "word ",
    "x",
    "Ä",
    "e\u0301",
    "中",
    "国 ",
    "ไทย",
    "กำ",
    "ที่",
    " ",
    "(",
    ")",
    "12",
    "3.5",
    "한",
    "𝔹",
    "\xa0",
]
PICTURES = ["👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "क्षि"]
NOT_SEEN = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\x00", "\x07", "\x1b", "\x7f"]
RIGHT_TO_LEFT = ["שלום ", "שָׁ ", "بكين ", "بيت", "x ", "Ä", "中 ", "12 ", "(", ") "]
STEERING = ["\u200e", "\u200f", "\u061c", "\u2067", "\u2069"]


def graphemes(text):
    start = 0
    while start < len(text):
        end = grapheme_after(text, start)
        yield start, end
        start = end


def lost(text):
    """Graphemes that are painted somewhere but not found there: start to text and the offset found instead."""
    load_fonts()
    content = Content(text, SCHEMA, Layer("d", "p", []), Pending())
    page = Page(content, zoom=1.0, width=700, height=50_000, rails=Rails())
    found = {}
    for start, end in graphemes(text):
        place = page.place(start)
        boxes = [box for box in page.boxes(start, end) if box.width() > 0.6]
        if place is not None and start < place.line.visible_end and boxes:
            hit = page.hit(boxes[0].center(), None)
            if hit.offset != start:
                found[start] = (text[start:end], hit.offset)
    return found


def texts(pieces):
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=30).map("".join)


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(texts([*LEFT_TO_RIGHT, *PICTURES, *NOT_SEEN]))
def test_text_with_all_that_is_invisible_is_found_where_it_is_painted(qapp, text):
    assert lost(text) == {}


@quick
@given(texts([*RIGHT_TO_LEFT, *STEERING]))
def test_text_of_both_directions_is_found_where_it_is_painted(qapp, text):
    assert lost(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "He said سلام محمد to us",
        "x \u0645\u062d سلام x",
        "Ä لا\u2069لا Ä",
        "é لا لا 𝔹",
        "اجتمع الله مع 3.5 é في لا",
        "\ufeffمُحَمَّد",
        "\ufeff🇩🇪 שלום",
        "\ufeffplain",
        "\ufffeplain",
        "กำ שלום กำ",
        "क्षि שלום",
    ],
)
def test_ligatures_marks_and_byte_order_marks_keep_their_places(qapp, text):
    assert lost(text) == {}


@pytest.mark.xfail(reason="Qt's cursor gives such letters no width; the nearest letter is found", strict=False)
@pytest.mark.parametrize("text", ["بكين ไทย𝔹שלום ", "שלום ไทย𝔹(", "مُحَمَّد क्षि12سلام", "שלום 한\u00ad"])
def test_letters_of_several_scripts_without_a_space_between_two_directions(qapp, text):
    assert lost(text) == {}


@pytest.mark.parametrize("first", ["\ufeff", "\ufffe"])
def test_what_looks_like_a_byte_order_mark_shifts_nothing(qapp, first):
    load_fonts()
    pages = [
        Page(Content(text, SCHEMA, Layer("d", "p", []), Pending()), zoom=1.0, width=700, height=900, rails=Rails())
        for text in (f"{first}plain", "plain")
    ]
    widths = [next(iter(page.boxes(at, at + 5))).width() for page, at in zip(pages, (1, 0), strict=True)]
    assert widths[0] == pytest.approx(widths[1], abs=0.1)


# ---- mouse and keyboard


def drag(canvas, start, end, modifiers):
    """Press in the middle of one grapheme, move to the middle of another, release; what was selected."""
    heard = []
    canvas.selectionMade.connect(heard.append)
    places = [middle(canvas, offset) for offset in (start, end)]
    steps = [
        (QEvent.Type.MouseButtonPress, places[0]),
        (QEvent.Type.MouseMove, places[0] + QPointF(0, 6)),
        (QEvent.Type.MouseMove, places[1]),
        (QEvent.Type.MouseButtonRelease, places[1]),
    ]
    button = Qt.MouseButton.LeftButton
    for kind, place in steps:
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        event = QMouseEvent(kind, place, canvas.viewport().mapToGlobal(place), button, held, modifiers)
        QApplication.sendEvent(canvas.viewport(), event)
    canvas.selectionMade.disconnect(heard.append)
    return heard[-1] if heard else None


def middle(canvas, offset):
    return next(iter(canvas.page.boxes(offset, grapheme_after(canvas.content.text, offset)))).center()


@pytest.fixture
def canvas(qtbot):
    load_fonts()
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def seen(canvas, start):
    return any(box.width() > 0.6 for box in canvas.page.boxes(start, grapheme_after(canvas.content.text, start)))


@quick
@given(st.one_of(texts([*LEFT_TO_RIGHT, *PICTURES]), texts(RIGHT_TO_LEFT)), st.data())
def test_the_mouse_selects_what_the_keyboard_selects(canvas, text, data):
    canvas.show_content(Content(text, SCHEMA, Layer("d", "p", []), Pending()))
    words = [token for token in tokens(text) if seen(canvas, token[0])]
    if not words:
        return
    first, last = sorted((data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))))
    # The keyboard goes from the start of one token to the end of another.
    assert drag(canvas, first[0], last[0], Qt.KeyboardModifier.NoModifier) == (first[0], last[1])
    by_character = drag(canvas, first[0], last[0], Qt.KeyboardModifier.ControlModifier)
    assert by_character == snap_to_graphemes(text, first[0], grapheme_after(text, last[0]))


def test_a_drag_within_one_picture_takes_it_whole(canvas):
    text = "a 👩\u200d👩\u200d👧 b"
    canvas.show_content(Content(text, SCHEMA, Layer("d", "p", []), Pending()))
    assert drag(canvas, 2, 2, Qt.KeyboardModifier.ControlModifier) == (2, 7)
