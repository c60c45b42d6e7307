"""Pictures: whole, in the theme that was asked for, and words stay words."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPageSize, QPdfWriter

from annotator.model import Broken, Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Content, picture
from annotator.ui.canvas.picture import grab_document, print_document, render_document
from annotator.ui.canvas.sheets import Look, Sheets
from annotator.ui.dialogs.files import picture_path
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


def height(drawn, look=None):
    """In pixels of the screen."""
    (image,) = grab_document(drawn, look)
    return image.height() / 2


@pytest.fixture(autouse=True)
def faces(qapp):
    load_fonts()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_png_has_the_width_and_ground_that_were_asked_for(tmp_path, theme):
    render_document(content(), tmp_path / "page.png", Look(theme, width_px=800))
    image = QImage(str(tmp_path / "page.png"))
    assert image.width() == 1600
    assert image.pixelColor(2, 2).name() == theme.page
    assert {image.pixelColor(x, y).name() for x in range(0, 1600, 3) for y in range(0, 300, 3)} != {theme.page}


def test_a_picture_grows_with_the_text():
    assert height(content(9)) > height(content(3))


def test_an_svg_keeps_its_words(tmp_path):
    render_document(content(), tmp_path / "page.svg")
    svg = (tmp_path / "page.svg").read_text(encoding="utf-8")
    assert ">PERSON" in svg
    assert ">meets" in svg
    assert "Larsen" in svg
    assert 'viewBox="0 0 1000 ' in svg


def pages(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_a_pdf_embeds_its_faces_and_breaks_into_pages(tmp_path):
    render_document(content(60), tmp_path / "page.pdf")
    pdf = (tmp_path / "page.pdf").read_bytes()
    assert pages(pdf) >= 3
    assert b"Inter-Regular" in pdf
    assert b"/ToUnicode" in pdf


def test_a_short_text_is_one_page(tmp_path):
    render_document(content(), tmp_path / "page.pdf", Look(DARK))
    assert pages((tmp_path / "page.pdf").read_bytes()) == 1


def test_no_line_is_cut_by_the_end_of_a_page():
    whole = Sheets(content(60), Look())
    sheets = list(whole.cut(1400.0))
    lines = [(y + line.y, y + line.bottom) for block, y in whole.shown for line in block.lines]
    assert len(sheets) >= 3
    for top, bottom in lines:
        assert sum(sheet.top <= top and bottom <= sheet.bottom for sheet in sheets) == 1


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_an_empty_text_makes_an_empty_page(tmp_path, suffix):
    empty = Content("", SCHEMA, Layer("d", "p"), Pending())
    render_document(empty, tmp_path / f"page{suffix}")
    assert (tmp_path / f"page{suffix}").stat().st_size > 100


def test_another_kind_of_picture_is_refused(tmp_path):
    with pytest.raises(Broken, match=r"\.png, \.svg, \.pdf"):
        render_document(content(), tmp_path / "page.gif")


def test_a_document_too_high_for_one_picture_becomes_several(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "TALLEST_PX", 2000)
    written = render_document(content(40), tmp_path / "page.png")
    assert [path.name for path in written] == [f"page-{number}.png" for number in range(1, len(written) + 1)]
    images = [QImage(str(path)) for path in written]
    assert len(images) >= 2
    assert all(200 < image.height() <= 2000 for image in images)


def test_a_picture_wider_than_qt_can_paint_is_refused(tmp_path):
    with pytest.raises(Broken) as caught:
        render_document(content(), tmp_path / "page.png", Look(width_px=20_000))
    assert caught.value.code == "picture-too-wide"
    assert not list(tmp_path.iterdir())


def test_only_the_lines_of_a_range_are_drawn(tmp_path):
    whole = content(5)
    second = whole.text.index(LINE, 10)
    part = Look(only=(second + 3, second + 9))
    assert height(whole, part) < height(whole) / 2
    (svg,) = render_document(whole, tmp_path / "part.svg", part)
    words = svg.read_text(encoding="utf-8")
    assert "they talked" in words
    assert ">PERSON" not in words


def test_a_range_over_two_paragraphs_draws_both(tmp_path):
    whole = content(5)
    one = height(whole, Look(only=(0, 4)))
    assert height(whole, Look(only=(0, len(LINE) + 6))) > one


@pytest.mark.parametrize("zoom", [0.5, 2.0, 3.0])
def test_zoom_enlarges_what_is_on_the_page_and_not_the_page(zoom):
    (image,) = grab_document(content(), Look(zoom=zoom, scale=1))
    (usual,) = grab_document(content(), Look(scale=1))
    assert image.width() == usual.width()
    assert (image.height() > usual.height()) == (zoom > 1)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_printing_makes_the_pages_that_were_chosen(tmp_path, theme):
    for pages, fewest in ((None, 3), (range(2, 4), 2)):
        writer = QPdfWriter(str(tmp_path / "printed.pdf"))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
        printed = print_document(content(60), writer, Look(theme), pages)
        del writer
        made = len(re.findall(rb"/Type /Page\b", (tmp_path / "printed.pdf").read_bytes()))
        assert printed == made
        assert printed >= fewest


def test_a_picture_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(Broken) as caught:
        render_document(content(), tmp_path / "missing" / "page.png")
    assert caught.value.code == "picture-unwritable"


def test_a_text_that_would_fill_too_many_pictures_is_refused_before_any_is_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "TALLEST_PX", 2000)
    monkeypatch.setattr(picture, "MOST_PICTURES", 2)
    with pytest.raises(Broken) as caught:
        render_document(content(60), tmp_path / "page.png")
    assert caught.value.code == "picture-too-long"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("only", [(-1, 3), (5, 5), (9, 2), (0, 10_000)])
def test_a_range_outside_the_text_is_refused(tmp_path, only):
    with pytest.raises(Broken) as caught:
        render_document(content(), tmp_path / "page.svg", Look(only=only))
    assert caught.value.code == "picture-outside"


def test_a_picture_that_cannot_replace_a_folder_leaves_nothing_behind(tmp_path):
    (tmp_path / "page.svg").mkdir()
    with pytest.raises(Broken, match="directory"):
        render_document(content(), tmp_path / "page.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["page.svg"]


# ---- text in a PDF is text


def text_of(pdf):
    """The words of a PDF in reading order, letters that have a form of their own as usual ones."""
    if (reader := shutil.which("pdftotext")) is None:
        pytest.skip("needs pdftotext (poppler-utils)")
    done = subprocess.run([reader, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    return unicodedata.normalize("NFKC", done.stdout.decode())


def test_all_words_of_a_pdf_can_be_selected_and_found(tmp_path):
    lines = [
        f"Line {number} tells of Anna Berg, of an office in Zürich and of €{number} offered." for number in range(90)
    ]
    text = "\n".join(lines)
    spans = [Span("a", "PERSON", ((text.index("Anna"), text.index("Anna") + 9),))]
    whole = Content(text, SCHEMA, Layer("d", "p", spans), Pending())
    render_document(whole, tmp_path / "page.pdf")
    words = text_of(tmp_path / "page.pdf")
    assert pages((tmp_path / "page.pdf").read_bytes()) >= 2
    places = [words.find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)
    assert words.count("PERSON") == 1


def test_words_that_run_from_right_to_left_are_found_in_a_pdf(tmp_path):
    text = "בירושלים אמר יצחק רבין\nقال محمد بن سلمان"
    render_document(Content(text, SCHEMA, Layer("d", "p"), Pending()), tmp_path / "page.pdf")
    found = text_of(tmp_path / "page.pdf")
    assert {"בירושלים", "יצחק", "قال", "محمد", "سلمان"} <= set(re.findall(r"\w+", found))


# ---- names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("summit", "news-summit.png"),
        ("<b>bold</b> & %s/../x", "news-_b_bold__b_ _ _s____x.png"),
        ("習近平", "news-習近平.png"),
        (" ", "news.png"),
        ("a\nb", "news-a_b.png"),
        ("x" * 300, f"news-{'x' * 60}.png"),
    ],
)
def test_the_suggested_file_is_named_after_project_and_document(title, name):
    assert picture_path(Path("/data/news.annot"), title) == Path("/data") / name
