"""Zoom from 50 to 300 %, and screens of twice the pixels: what is painted is where it is pointed at, and sharp."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.model import Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Canvas, Content
from annotator.ui.canvas.geometry.metrics import MAX_ZOOM, MIN_ZOOM
from annotator.ui.fonts import load_fonts
from driving import Desk

TEXT = "Anna Berg met Bo Larsen in Oslo, where they talked for hours about boats, and nobody took notes.\n" * 40
SCHEMA = Schema("s", (Label("PERSON", "Person"),), (RelationType("meets", "meets"),))
SPANS = [
    Span(f"{name}{at}", "PERSON", ((start, start + len(name)),))
    for at in range(40)
    for name in ("Anna Berg", "Bo Larsen", "Oslo")
    for start in [TEXT.index(name, at * (len(TEXT) // 40))]
]
JOINS = [Relation(f"r{at}", "meets", f"Anna Berg{at}", f"Bo Larsen{at}") for at in range(0, 40, 2)]


@pytest.fixture
def canvas(qtbot):
    load_fonts()
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_content(Content(TEXT, SCHEMA, Layer("d", "p", [*SPANS, *JOINS]), Pending()))
    return made


@pytest.mark.parametrize("zoom", [0.5, 0.75, 1.25, 2.0, 3.0])
def test_at_every_zoom_labels_chips_and_arcs_are_where_they_are_painted(canvas, zoom):
    canvas.set_zoom(zoom)
    page = canvas.page
    spans = canvas.visible_span_ids()
    assert spans
    for item in spans:
        assert canvas.hit(canvas.item_rect(item).center().toPointF()).item == item
    for block, _ in page.shown():
        for line in block.lines:
            assert line.text_height >= line.qline.height()
            for fragment in line.fragments:
                chip = fragment.chip
                assert chip is None or line.y <= chip.y <= line.text_y + line.text_height / 2
            for arc in line.arcs:
                assert line.y <= arc.y < line.text_y


def test_zoom_ends_at_its_limits(canvas):
    for asked, got in ((0.01, MIN_ZOOM), (9.0, MAX_ZOOM), (1.0, 1.0)):
        canvas.set_zoom(asked)
        assert canvas.zoom == got
    assert (MIN_ZOOM, MAX_ZOOM) == (0.5, 3.0)


def test_keys_zoom_to_the_ends_and_back(desk: Desk) -> None:
    for key, end in (("Ctrl++", MAX_ZOOM), ("Ctrl+-", MIN_ZOOM)):
        for _ in range(25):
            desk.press(key)
        assert desk.canvas.zoom == end
    desk.press("Ctrl+0")
    assert desk.canvas.zoom == 1.0


def test_in_and_out_again_leaves_the_line_that_is_read_in_place(canvas):
    canvas.show_content(Content(TEXT * 5, SCHEMA, Layer("d", "p", [*SPANS, *JOINS]), Pending()))
    canvas.page.put(TEXT.index("\n", 2000) + 1, 80)
    offset = canvas.page.pin().offset
    before = canvas.page.place(offset).text_top
    for zoom in (1.1, 1.5, 3.0, 0.5, 1.0):
        canvas.set_zoom(zoom)
        assert canvas.page.place(offset).text_top == pytest.approx(before, abs=1)


_AT_TWICE = """
import sys
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
app = QApplication([])
sys.path.insert(0, sys.argv[1])
from test_canvas_zoom import Canvas, Content, Layer, Pending, SCHEMA, SPANS, TEXT, load_fonts
load_fonts()
canvas = Canvas()
canvas.resize(600, 300)
canvas.show_content(Content(TEXT, SCHEMA, Layer("d", "p", SPANS), Pending()))
image = canvas.viewport().grab().toImage()
ratio = image.devicePixelRatio()
assert ratio == 2.0 and image.width() == 2 * canvas.viewport().width(), (ratio, image.width())
item = canvas.visible_span_ids()[0]
assert canvas.hit(canvas.item_rect(item).center().toPointF()).item == item
odd = sum(image.pixel(x, y) != image.pixel(x + 1, y) for y in range(0, 400) for x in range(0, 1000, 2))
assert odd > 300, "pixels come in pairs: the picture was only enlarged"
"""


def test_a_screen_of_twice_the_pixels_is_sharp_and_pointed_at_right():
    done = subprocess.run(
        [sys.executable, "-c", _AT_TWICE, str(Path(__file__).parent)],
        env=os.environ | {"QT_SCALE_FACTOR": "2", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
