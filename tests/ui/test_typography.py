"""How the text is set can be chosen, is remembered, and moves nothing that is being read."""

import pytest

from annotator.model import Label, Layer, Pending, Schema
from annotator.ui.canvas import Canvas, Content
from annotator.ui.fonts import family, load_fonts
from annotator.ui.settings import Settings
from annotator.ui.text_menu import TEXT_ACTS, store_typography, stored_typography
from annotator.ui.typography import TEXT_SIZES, Typography

TEXT = "\n\n".join(
    f"Paragraph {number} goes on about this and that for a line or two more." * 3 for number in range(99)
)
OTHERS = [Typography("serif"), Typography("mono", 20), Typography(size=13), Typography(line_width="wide")]


@pytest.fixture
def canvas(qtbot):
    load_fonts()
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(1400, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_content(Content(TEXT, Schema("s", (Label("A", "A"),)), Layer("d", "p", []), Pending()))
    return made


@pytest.mark.parametrize("typography", OTHERS, ids=str)
def test_the_line_that_is_read_stays_through_a_change_of_face_size_and_width(canvas, typography):
    canvas.page.put(TEXT.index("Paragraph 50 "), 80)
    offset = canvas.page.pin().offset
    before = canvas.page.place(offset).text_top
    canvas.set_typography(typography)
    assert canvas.page.place(offset).text_top == pytest.approx(before, abs=1)


def test_wide_lines_are_wider_and_large_text_is_higher(canvas):
    def measures(typography):
        canvas.set_typography(typography)
        setting = canvas.page.setting
        return setting.width, setting.faces.text("body").height

    usual = measures(Typography())
    assert measures(Typography(line_width="wide"))[0] > usual[0] > measures(Typography(line_width="narrow"))[0]
    assert measures(Typography(size=22))[1] > usual[1] > measures(Typography(size=13))[1]


def test_wide_lines_leave_room_for_rails_in_a_narrow_view(canvas):
    canvas.resize(600, 600)
    canvas.set_typography(Typography(size=22, line_width="wide"))
    assert canvas.page.gutter >= 40


def test_sizes_end_at_the_largest_and_the_smallest():
    largest, smallest = Typography(size=TEXT_SIZES[-1]), Typography(size=TEXT_SIZES[0])
    assert largest.resized(1) == largest
    assert smallest.resized(-1) == smallest
    assert largest.resized(-1).resized(1) == largest


@pytest.mark.parametrize("face", ["serif", "sans", "mono"])
def test_every_face_is_there_on_this_machine(qapp, face):
    assert family(face)


@pytest.mark.parametrize("typography", OTHERS, ids=str)
def test_what_was_chosen_is_remembered(qapp, tmp_path, typography):
    settings = Settings(tmp_path / "window.ini")
    store_typography(settings, typography)
    settings.save()
    assert stored_typography(Settings(tmp_path / "window.ini")) == typography


def test_settings_that_make_no_sense_are_passed_over(qapp, tmp_path):
    settings = Settings(tmp_path / "window.ini")
    for name, value in (("text/face", "comic"), ("text/size", "enormous"), ("text/width", "7")):
        settings.set(name, value)
    assert stored_typography(settings) == Typography()


def test_the_menu_marks_what_holds(desk):
    for name in ("view.face-serif", "view.width-wide", "view.text-larger"):
        desk.window.carry_out(name)
    now = desk.window.canvas.typography
    assert now == Typography("serif", 17, "wide")
    marked = {action.text() for action in desk.window.menus.text.actions() if action.isChecked()}
    assert marked == {"System face with serifs", "Wide lines"}
    assert len(desk.window.menus.text.actions()) == len(TEXT_ACTS) + 2
