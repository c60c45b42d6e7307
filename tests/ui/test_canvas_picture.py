"""Pictures: whole, in the theme that was asked for, and words stay words."""

import re

import pytest
from PySide6.QtGui import QImage

from annotator.model import Broken, Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import _sheets, _whole, grab_document, render_document
from annotator.ui.fonts import load_fonts
from annotator.ui.theme import DARK, LIGHT

SCHEMA = Schema("s", (Label("PERSON", "Person"),), (RelationType("meets", "meets"),))
LINE = "Anna Berg met Bo Larsen in the harbour, and they talked about boats."


def content(lines=3):
    text = "\n\n".join([LINE] * lines)
    spans = [Span("a", "PERSON", ((0, 9),)), Span("b", "PERSON", ((14, 23),))]
    last = text.rindex("Bo Larsen")
    far = Span("far", "PERSON", ((last, last + 9),))
    relations = [Relation("r", "meets", "a", "b"), Relation("q", "meets", "a", "far")]
    return Content(text, SCHEMA, Layer("d", "p", [*spans, *relations]), Pending({"far": far}, {}))


@pytest.fixture(autouse=True)
def faces(qapp):
    load_fonts()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_png_has_the_width_and_ground_that_were_asked_for(tmp_path, theme):
    render_document(content(), theme, tmp_path / "page.png", width_px=800, scale=2)
    image = QImage(str(tmp_path / "page.png"))
    assert image.width() == 1600
    assert image.pixelColor(2, 2).name() == theme.page
    assert {image.pixelColor(x, y).name() for x in range(0, 1600, 3) for y in range(0, 300, 3)} != {theme.page}


def test_a_picture_grows_with_the_text():
    assert grab_document(content(9), LIGHT, scale=1).height() > grab_document(content(3), LIGHT, scale=1).height()


def test_an_svg_keeps_its_words(tmp_path):
    render_document(content(), LIGHT, tmp_path / "page.svg")
    svg = (tmp_path / "page.svg").read_text(encoding="utf-8")
    assert ">PERSON" in svg
    assert ">meets" in svg
    assert "Larsen" in svg
    assert 'viewBox="0 0 1000 ' in svg


def pages(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_a_pdf_embeds_its_faces_and_breaks_into_pages(tmp_path):
    render_document(content(60), LIGHT, tmp_path / "page.pdf")
    pdf = (tmp_path / "page.pdf").read_bytes()
    assert pages(pdf) >= 3
    assert b"Inter-Regular" in pdf
    assert b"/ToUnicode" in pdf


def test_a_short_text_is_one_page(tmp_path):
    render_document(content(), DARK, tmp_path / "page.pdf")
    assert pages((tmp_path / "page.pdf").read_bytes()) == 1


def test_no_line_is_cut_by_the_end_of_a_page(qapp):
    page = _whole(content(60), 1000)
    sheets = list(_sheets(page, 1400.0))
    lines = [(y + line.y, y + line.bottom) for block, y in page.shown() for line in block.lines]
    assert len(sheets) >= 3
    for top, bottom in lines:
        assert sum(sheet_top <= top and bottom <= sheet_bottom for _, sheet_top, sheet_bottom in sheets) == 1


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_an_empty_text_makes_an_empty_page(tmp_path, suffix):
    empty = Content("", SCHEMA, Layer("d", "p"), Pending())
    render_document(empty, LIGHT, tmp_path / f"page{suffix}")
    assert (tmp_path / f"page{suffix}").stat().st_size > 100


def test_another_kind_of_picture_is_refused(tmp_path):
    with pytest.raises(Broken, match=r"\.png, \.svg, \.pdf"):
        render_document(content(), LIGHT, tmp_path / "page.gif")


def test_a_picture_higher_than_qt_can_paint_is_refused(tmp_path):
    with pytest.raises(Broken) as caught:
        render_document(content(900), LIGHT, tmp_path / "page.png")
    assert caught.value.code == "picture-too-tall"
    assert caught.value.where == str(tmp_path / "page.png")
    assert not list(tmp_path.iterdir())


def test_a_picture_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(Broken) as caught:
        render_document(content(), LIGHT, tmp_path / "missing" / "page.png")
    assert caught.value.code == "picture-unwritable"
