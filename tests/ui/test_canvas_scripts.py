"""Offsets survive the way over pixels, and mouse and keyboard agree, whatever the text is made of."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.model import Label, Layer, Pending, Schema
from annotator.model.graphemes import may_join
from annotator.model.text import grapheme_after, is_grapheme_border, snap_to_graphemes, tokens
from annotator.ui.canvas import Canvas, Content
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.canvas.page import Page
from annotator.ui.fonts import load_fonts

SCHEMA = Schema("s", (Label("A", "A"),))

KINDS = {
    "latin": ["word ", "x", "Ä", "fi", "(", ") ", "12", "3.5", " ", "\xa0", "\t"],
    "combining marks": ["e\u0301", "Z\u0351\u036b", "\u0301", "\u20dd", "\u0651"],
    "unspaced": ["中", "国 ", "カ", "ｶﾞ", "한", "\u1112\u1161\u11ab"],
    "thai": ["ไทย", "กำ", "ที่", "\u0e49"],
    "indic": ["क्षि", "नरेन्द्र ", "தமிழ்", "বাংলা", "മലയാളം "],
    "right to left": ["שלום ", "שָׁ ", "بكين ", "بيت", "لا", "مُحَمَّد", "٣٤"],
    "emoji": ["👩\u200d👩\u200d👧", "👩🏽\u200d🚀", "👍🏽", "❤\ufe0f", "1\ufe0f\u20e3"],
    "flags": ["🇩🇪", "🇫🇷", "🇩", "🏴\U000e0067\U000e0062\U000e007f"],
    "beyond U+FFFF": ["𝔹", "𝒳 "],
    "zero width": ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e"],
    "bidi controls": [*"\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"],
    "control characters": ["\x00", "\x07", "\x0b", "\x1b", "\x1f", "\x7f", "\x85"],
}


@st.composite
def texts(draw, *kinds):
    """Pieces of some of these kinds (of all, when none is named), in any order."""
    chosen = draw(st.lists(st.sampled_from(kinds or tuple(KINDS)), min_size=1, max_size=5, unique=True))
    pieces = st.sampled_from([piece for kind in chosen for piece in KINDS[kind]])
    return "".join(draw(st.lists(pieces, min_size=1, max_size=24)))


def graphemes(text):
    start = 0
    while start < len(text):
        end = grapheme_after(text, start)
        yield start, end
        start = end


def make_page(text, *, width=700, zoom=1.0):
    load_fonts()
    content = Content(text, SCHEMA, Layer("d", "p", []), Pending())
    return Page(content, zoom=zoom, width=width, height=50_000, rails=Rails())


def is_something_to_see(grapheme):
    return any(unicodedata.category(char)[0] in "LNPS" for char in grapheme)


def lost(text, *, width=700, zoom=1.0):
    """What is wrong with the way from a grapheme to its pixels and back: by offset, the grapheme and what is found."""
    page = make_page(text, width=width, zoom=zoom)
    wrong = {}
    for start, end in graphemes(text):
        place = page.place(start)
        if place is None or start >= place.line.visible_end:
            continue
        boxes = [box for box in page.boxes(start, end) if box.width() > 0.6]
        # Where no word ends Qt breaks lines anywhere, also before a mark that the font has no glyph for.
        if is_something_to_see(text[start:end]) and (not boxes or (len(boxes) > 1 and end <= place.line.end)):
            wrong[start] = (text[start:end], boxes)
        for box in boxes:
            points = [QPointF(box.left() + share * box.width(), box.center().y()) for share in (0.2, 0.5, 0.8)]
            found = [page.hit(point, None).offset for point in points]
            if found != [start] * 3:
                wrong[start] = (text[start:end], found)
    return wrong


quick = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_text_occurs_by_itself_and_in_mixtures(kind):
    characters = set("".join(KINDS[kind]))
    assert find(texts(), lambda text: set(text) <= characters)
    others = set("".join(KINDS["right to left"] if kind != "right to left" else KINDS["latin"])) - {" "}
    assert find(texts(), lambda text: set(text) & characters and set(text) & others)


@quick
@given(texts(), st.sampled_from([180, 700]), st.sampled_from([0.5, 1.0, 3.0]))
def test_every_grapheme_is_found_where_it_is_painted(qapp, text, width, zoom):
    assert lost(text, width=width, zoom=zoom) == {}


@quick
@given(texts("right to left", "latin", "bidi controls", "indic", "beyond U+FFFF"))
def test_text_of_both_directions_is_found_where_it_is_painted(qapp, text):
    assert lost(text) == {}


@quick
@given(st.one_of(texts(), texts("right to left"), texts("thai", "latin"), texts("indic")), st.data())
def test_a_range_covers_what_its_graphemes_cover(qapp, text, data):
    text = text.replace("\t", " ")  # a tab has room, but no glyph that says so
    page = make_page(text)
    borders = [0, *(end for _, end in graphemes(text))]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(borders), st.sampled_from(borders))))
    for line in (line for block, _ in page.shown() for line in block.lines if line.is_mixed):
        block = page.place(line.start).block
        low, high = max(start, line.start), min(end, line.visible_end)
        cells = [cell for cell in block.cells(line) if low < cell.end and cell.start < high and cell.right > cell.left]
        xs = block.xs(line, low, high)
        for cell in cells:
            middle = (cell.left + cell.right) / 2
            assert any(left - 0.5 <= middle <= right + 0.5 for left, right in xs), (cell, xs)
        covered = sum(right - left for left, right in xs)
        assert covered <= sum(cell.right - cell.left for cell in cells) + 2


@given(texts())
def test_text_of_which_no_characters_may_join_has_none_that_do(text):
    assert may_join(text) or all(is_grapheme_border(text, at) for at in range(len(text) + 1))


def test_no_character_that_joins_is_forgotten():
    # Each character there is, between two that join with much.
    wrong = []
    for number in range(0x110000):
        char = chr(number)
        if unicodedata.category(char) not in ("Cn", "Co", "Cs") and not may_join(char):
            wrong += [number for text in (f"a{char}", f"{char}a") if not is_grapheme_border(text, 1)]
    assert wrong == []


@quick
@given(texts())
def test_no_two_graphemes_of_a_line_lie_on_one_another(qapp, text):
    for block, _ in make_page(text).shown():
        for line in block.lines:
            if line.is_mixed:
                cells = sorted((cell.left, cell.right) for cell in block.cells(line) if cell.right - cell.left > 0.01)
                assert all(one[1] <= other[0] + 0.01 for one, other in pairwise(cells))


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
        "بكين ไทย𝔹שלום ",
        "שלום ไทย𝔹(",
        "مُحَمَّد क्षि12سلام",
        "שלום 한\u00ad",
        "\u202eabc (d\u202c) e",
        "a\u202eशि\u202c",
        "🇩🇩🇪🇷",
        "ｶﾞ国",
        "ழ்ழ",
        "لا\u0301",
        "\x00\u094d",
    ],
)
def test_ligatures_marks_controls_and_overrides_keep_their_places(qapp, text):
    assert lost(text) == {}


def test_a_grapheme_that_a_line_cuts_is_found_from_both_lines(qapp):
    # Marks that no font on the machine has stand one beside the other.
    page = make_page("𝒳" + "\u0e49" * 300)
    ((block, y),) = page.shown()
    points = [QPointF(page.x + 40, y + line.text_y + 5) for line in block.lines]
    assert {page.hit(point, None).offset for point in points} == {0}


@pytest.mark.parametrize(
    ("text", "words", "start_side", "end_side"),
    [
        ("He said سلام to us", "سلام", 1, -1),
        ("قال Putin اليوم", "Putin", -1, 1),
        ("قال محمد اليوم", "محمد", 1, -1),
        ("He said hello to us", "hello", -1, 1),
    ],
)
def test_the_edges_of_a_span_are_where_its_letters_begin_and_end(qapp, text, words, start_side, end_side):
    start = text.index(words)
    page = make_page(text)
    ((block, _),) = page.shown()
    ((left, right),) = block.xs(block.lines[0], start, start + len(words))
    edges = {-1: pytest.approx(left, abs=1), 1: pytest.approx(right, abs=1)}
    for offset, is_start, side in ((start, True, start_side), (start + len(words) - 1, False, end_side)):
        x, outward = block.edge(block.lines[0], offset, is_start=is_start)
        assert (outward, x) == (side, edges[side])


@pytest.mark.parametrize("first", ["\ufeff", "\ufffe"])
def test_what_looks_like_a_byte_order_mark_shifts_nothing(qapp, first):
    pages = [make_page(text) for text in (f"{first}plain", "plain")]
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
@given(texts(), st.data())
def test_the_mouse_selects_what_the_keyboard_selects(canvas, text, data):
    canvas.show_content(Content(text, SCHEMA, Layer("d", "p", []), Pending()))
    words = [token for token in tokens(text) if seen(canvas, token[0])]
    if not words:
        return
    first, last = sorted((data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))))
    # The keyboard goes from the start of one token to the end of another.
    whole = snap_to_graphemes(text, first[0], last[1])
    assert drag(canvas, first[0], last[0], Qt.KeyboardModifier.NoModifier) == whole
    by_character = drag(canvas, first[0], last[0], Qt.KeyboardModifier.ControlModifier)
    assert by_character == snap_to_graphemes(text, first[0], grapheme_after(text, last[0]))


def test_a_drag_within_one_picture_takes_it_whole(canvas):
    text = "a 👩\u200d👩\u200d👧 b"
    canvas.show_content(Content(text, SCHEMA, Layer("d", "p", []), Pending()))
    assert drag(canvas, 2, 2, Qt.KeyboardModifier.ControlModifier) == (2, 7)
