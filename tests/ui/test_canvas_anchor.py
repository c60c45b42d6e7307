"""Nothing jumps: the line that is being read stays where it is, and scrolling happens only when it must."""

import pytest

from annotator.model import Change, Edit, Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Canvas, Content, damage
from annotator.ui.canvas.damage import Scene
from annotator.ui.fonts import load_fonts
from annotator.ui.theme import DARK

SCHEMA = Schema("s", (Label("GPE", "Place"),), (RelationType("near", "near"),))
SENTENCE = "Paragraph {} tells of Beijing and of Moscow, and then goes on about this and that for a line or two more."
TEXT = "\n\n".join(SENTENCE.format(number) for number in range(300))


def place(number, words="Beijing", span_id=None):
    start = TEXT.index(words, TEXT.index(f"Paragraph {number} "))
    return Span(span_id or f"{words}{number}", "GPE", ((start, start + len(words)),))


@pytest.fixture
def canvas(qtbot):
    load_fonts()
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.layer = Layer("d", "p", [place(number) for number in range(0, 300, 3)])
    made.show_content(Content(TEXT, SCHEMA, made.layer, Pending()))
    return made


def scroll_to(canvas, number):
    canvas.page.put(TEXT.index(f"Paragraph {number} "), 80)
    canvas._after_scroll()


def text_top(canvas, offset):
    found = canvas.page.place(offset)
    return found.text_top if found is not None else None


def apply(canvas, *changes):
    edit = Edit("", changes)
    canvas.layer.apply(edit)
    canvas.refresh(canvas.layer, Pending(), edit)


def first_read(canvas):
    return canvas.page.pin().offset


@pytest.mark.parametrize("zoom", [0.5, 0.8, 1.3, 2.0, 3.0])
def test_the_line_at_the_top_stays_through_zoom(canvas, zoom):
    scroll_to(canvas, 120)
    offset = first_read(canvas)
    before = text_top(canvas, offset)
    canvas.set_zoom(zoom)
    assert text_top(canvas, offset) == pytest.approx(before, abs=1)


@pytest.mark.parametrize("width", [400, 700, 1400])
def test_the_line_at_the_top_stays_through_a_change_of_width(canvas, width):
    scroll_to(canvas, 120)
    offset = first_read(canvas)
    before = text_top(canvas, offset)
    canvas.resize(width, 600)
    assert text_top(canvas, offset) == pytest.approx(before, abs=1)


def test_the_focused_line_stays_through_zoom_wherever_it_is(canvas):
    scroll_to(canvas, 120)
    focused = next(i for i in canvas.visible_span_ids() if text_top(canvas, canvas.content.span(i).start) > 250)
    canvas.set_focus(focused)
    offset = canvas.content.span(focused).start
    before = text_top(canvas, offset)
    canvas.set_zoom(1.6)
    assert text_top(canvas, offset) == pytest.approx(before, abs=1)


def test_adding_a_label_moves_nothing(canvas):
    scroll_to(canvas, 121)
    before = Scene.of(canvas.page)
    new = place(121, "Moscow")
    apply(canvas, Change(None, new))
    assert new.id in canvas.visible_span_ids()
    after = Scene.of(canvas.page)
    assert [(block.index, y) for block, y in after.shown] == [(block.index, y) for block, y in before.shown]


def test_deleting_a_label_moves_nothing(canvas):
    scroll_to(canvas, 120)
    gone = place(120)
    before = [(block.index, y) for block, y in canvas.page.shown()]
    apply(canvas, Change(gone, None))
    assert gone.id not in canvas.visible_span_ids()
    assert [(block.index, y) for block, y in canvas.page.shown()] == before


def test_an_arc_that_makes_room_for_itself_keeps_the_focused_text_in_place(canvas):
    scroll_to(canvas, 120)
    near, far = place(120), place(120, "Moscow")
    apply(canvas, Change(None, far))
    canvas.set_focus(near.id)
    before = text_top(canvas, near.start)
    height = canvas.page.place(near.start).line.height
    apply(canvas, Change(None, Relation("r", "near", near.id, far.id)))
    assert canvas.page.place(near.start).line.height > height
    assert text_top(canvas, near.start) == before


def test_arriving_suggestions_keep_the_line_at_the_top(canvas):
    scroll_to(canvas, 120)
    offset = first_read(canvas)
    before = text_top(canvas, offset)
    spans = {span.id: span for number in range(300) for span in [place(number, "Moscow")]}
    joins = (Relation(f"r{n}", "near", f"Moscow{n}", f"Moscow{n + 1}") for n in range(299))
    canvas.refresh(canvas.layer, Pending(spans, {relation.id: relation for relation in joins}))
    assert text_top(canvas, offset) == before


def test_only_the_touched_lines_are_painted_again(canvas):
    scroll_to(canvas, 120)
    before = Scene.of(canvas.page)
    new = place(121, "Moscow")
    edit = Edit("", (Change(None, new),))
    canvas.layer.apply(edit)
    touched = canvas.content.refresh(canvas.layer, Pending(), edit)
    canvas.page.typesetter.drop(touched)
    (rect,) = damage.since(canvas.page, before, touched)
    assert rect.height() < 120
    assert rect.contains(canvas.range_rect(new.start, new.end))


def test_hovering_paints_only_its_own_lines(canvas):
    scroll_to(canvas, 120)
    rects = list(damage.of_items(canvas.page, {"Beijing120"}))
    assert len(rects) == 1
    assert rects[0].height() < 60


def test_focusing_what_is_comfortably_visible_does_not_scroll(canvas):
    scroll_to(canvas, 120)
    before = canvas.page.flow.position
    middle = [i for i in canvas.visible_span_ids() if 150 < text_top(canvas, canvas.content.span(i).start) < 450]
    for item in middle:
        canvas.set_focus(item)
    assert middle
    assert canvas.page.flow.position == before


def test_focusing_what_is_out_of_view_brings_it_in(canvas):
    canvas.set_focus("Beijing210")
    assert 100 < text_top(canvas, place(210).start) < 400


def test_focus_without_revealing_does_not_scroll(canvas):
    canvas.set_focus("Beijing210", reveal=False)
    assert canvas.page.flow.position == 0


def test_the_first_label_is_comfortable_at_the_very_top(canvas):
    canvas.set_focus("Beijing0")
    assert canvas.page.flow.position == 0


def test_walking_through_all_labels_shows_each_of_them(canvas):
    for number in range(0, 300, 3):
        canvas.set_focus(f"Beijing{number}")
        assert f"Beijing{number}" in canvas.visible_span_ids()


def test_the_caret_brings_its_token_into_view(canvas):
    canvas.set_caret(TEXT.index("Paragraph 200 "))
    assert text_top(canvas, TEXT.index("Paragraph 200 ")) is not None
    canvas.set_caret(None)
    assert canvas._overlay.caret is None


def test_the_scroll_bar_goes_from_the_first_line_to_the_last(canvas):
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert text_top(canvas, len(TEXT) - 1) is not None
    bar.setValue(0)
    assert canvas.page.flow.position == 0
    assert text_top(canvas, 0) is not None


def test_a_relation_keeps_its_rail_while_scrolling(canvas):
    near, far = place(120), place(126)
    apply(canvas, Change(None, Relation("r", "near", near.id, far.id)))
    apply(canvas, Change(None, Relation("q", "near", place(123).id, place(129).id)))
    canvas.set_focus(near.id)
    xs = set()
    for _ in range(12):
        canvas.scroll_by(40)
        rails = canvas.page.rails(canvas.page.shown()).rails
        xs |= {(rail.relation.id, rail.x) for rail in rails}
    assert {relation for relation, _ in xs} == {"r", "q"}
    assert len(xs) == 2


def test_a_far_end_says_where_it_leads(canvas):
    apply(canvas, Change(None, Relation("r", "near", place(0).id, place(150).id)))
    (rail,) = canvas.page.rails(canvas.page.shown()).rails
    assert (rail.far.span_id, rail.far.words, rail.far.is_above) == ("Beijing150", "Beijing", False)
    canvas.set_focus("Beijing150")
    (rail,) = canvas.page.rails(canvas.page.shown()).rails
    assert (rail.far.span_id, rail.far.is_above) == ("Beijing0", True)


def test_rails_without_room_are_counted(canvas):
    canvas.resize(1100, 600)
    joins = [Relation(f"r{n}", "near", place(0).id, place(30 + 3 * n).id) for n in range(14)]
    apply(canvas, *(Change(None, relation) for relation in joins))
    view = canvas.page.rails(canvas.page.shown())
    assert len(view.rails) == 8
    assert [crowd.words for crowd in view.crowds] == ["+6"]


def test_colours_change_without_laying_out_anew(canvas):
    blocks = [block for block, _ in canvas.page.shown()]
    canvas.set_theme(DARK)
    assert [block for block, _ in canvas.page.shown()] == blocks
    assert canvas.grab().toImage().pixelColor(3, 3).name() == DARK.page
