"""The canvas under real mouse and keyboard: what is pointed at is what is meant, and a click changes nothing."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.model import Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.canvas import Canvas, Content
from annotator.ui.fonts import load_fonts

SCHEMA = Schema(
    "s",
    (Label("PERSON", "Person"), Label("TITLE", "Title", hue=45), Label("GPE", "Place", hue=165)),
    (RelationType("meets", "meets"), RelationType("holds", "holds title")),
)
TEXT = (
    "President Xi Jinping met Russian President Vladimir Putin.\n\nThey spoke in Beijing on Friday about cafe\u0301s."
)
LONG = "\n\n".join(f"Paragraph {number} tells of Beijing and of Moscow at some length." for number in range(200))


def span(span_id, words, label="PERSON", *, text=TEXT, score=None, after=0):
    start = text.index(words, after)
    return Span(span_id, label, ((start, start + len(words)),), score=score)


XI, PUTIN = span("xi", "Xi Jinping"), span("putin", "Vladimir Putin")
TITLE = span("title", "Russian President", "TITLE")
INNER = span("inner", "Russian", "GPE")
BEIJING = span("beijing", "Beijing", "GPE")


@pytest.fixture
def show(qtbot):
    """Shows a text with spans and relations on a canvas of 900 x 600 pixels."""
    load_fonts()

    def make(text=TEXT, items=(), suggested=(), *, size=(900, 600)):
        canvas = Canvas()
        qtbot.addWidget(canvas)
        canvas.resize(*size)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.show_content(Content(text, SCHEMA, Layer("d", "p", items), Pending({s.id: s for s in suggested}, {})))
        canvas.heard = []
        for name in (
            "itemClicked",
            "emptyClicked",
            "selectionMade",
            "relationDragged",
            "boundaryDragged",
            "menuRequested",
            "zoomRequested",
        ):
            getattr(canvas, name).connect(lambda *values, name=name: canvas.heard.append((name, *values)))
        return canvas

    return make


def point(canvas, offset, share=0.5):
    """The place of a character in the viewport, `share` of the way through it."""
    box = next(iter(canvas.page.boxes(offset, offset + 1)))
    return QPoint(round(box.left() + box.width() * share), round(box.center().y()))


def click(qtbot, canvas, offset):
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(canvas, offset))


def drag(qtbot, canvas, start, end, *, modifier=Qt.KeyboardModifier.NoModifier):
    """Press, move in steps, release; ends are offsets or points."""
    begin, finish = (place if isinstance(place, QPoint) else point(canvas, place) for place in (start, end))
    viewport = canvas.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, modifier, begin)
    for step in range(1, 6):
        at = begin + (finish - begin) * step / 5
        move(viewport, at, modifier)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, modifier, finish)


def move(viewport, at, modifier=Qt.KeyboardModifier.NoModifier, buttons=Qt.MouseButton.LeftButton):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        viewport.mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton,
        buttons,
        modifier,
    )
    QApplication.sendEvent(viewport, event)


# ---- clicks


def test_a_click_on_a_label_names_it(show, qtbot):
    canvas = show(items=[XI])
    click(qtbot, canvas, XI.start + 3)
    assert canvas.heard == [("itemClicked", "xi")]


def test_a_click_on_a_chip_names_its_label(show, qtbot):
    canvas = show(items=[XI])
    box = next(iter(canvas.page.boxes(XI.start, XI.end)))
    qtbot.mouseClick(
        canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(box.left()) + 6, round(box.top()) - 4)
    )
    assert canvas.heard == [("itemClicked", "xi")]


def test_repeated_clicks_go_outward_through_nested_labels(show, qtbot):
    canvas = show(items=[TITLE, INNER])
    heard = []
    canvas.itemClicked.connect(canvas.set_focus)
    canvas.itemClicked.connect(heard.append)
    for _ in range(3):
        click(qtbot, canvas, INNER.start + 2)
        QApplication.sendPostedEvents()
    assert heard == ["inner", "title", "inner"]


def test_a_click_on_plain_text_gives_the_start_of_its_token(show, qtbot):
    canvas = show(items=[XI])
    click(qtbot, canvas, TEXT.index("met") + 2)
    assert canvas.heard == [("emptyClicked", TEXT.index("met"))]


def test_a_click_leaves_everything_as_it_was(show, qtbot):
    canvas = show(items=[XI, PUTIN, Relation("r", "meets", "xi", "putin")], suggested=[BEIJING])
    before = list(canvas.content.spans()), list(canvas.content.relations())
    for offset in (XI.start, BEIJING.start, TEXT.index("spoke")):
        click(qtbot, canvas, offset)
    assert (list(canvas.content.spans()), list(canvas.content.relations())) == before


def test_a_click_on_an_arc_names_the_relation(show, qtbot):
    canvas = show(items=[XI, PUTIN, Relation("r", "meets", "xi", "putin")])
    (block, y), *_ = canvas.page.shown()
    arc = block.lines[0].arcs[0]
    at = QPoint(round(canvas.page.x + arc.low + 20), round(y + arc.y))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert canvas.heard == [("itemClicked", "r")]


def far_relation(show):
    near, far = span("near", "Beijing", "GPE", text=LONG), span("far", "Moscow", "GPE", text=LONG, after=9_000)
    return show(LONG, [near, far, Relation("r", "meets", "near", "far")], size=(1100, 600))


def test_a_click_on_a_rail_names_its_relation(show, qtbot):
    canvas = far_relation(show)
    (rail,) = canvas.page.rails(canvas.page.shown()).rails
    at = QPoint(round(rail.x), round((rail.top + rail.bottom) / 2))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert canvas.heard == [("itemClicked", "r")]


def test_a_click_on_the_words_of_a_far_end_names_that_end(show, qtbot):
    canvas = far_relation(show)
    (rail,) = canvas.page.rails(canvas.page.shown()).rails
    assert rail.far.words == "Moscow"
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=rail.far.box.center().toPoint())
    assert canvas.heard == [("itemClicked", "far")]


def test_the_right_button_asks_for_a_menu(show):
    canvas = show(items=[XI])
    for offset, item in ((XI.start + 1, "xi"), (TEXT.index("met"), None)):
        at = point(canvas, offset)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.viewport().mapToGlobal(at))
        QApplication.sendEvent(canvas.viewport(), event)
        assert canvas.heard.pop() == ("menuRequested", item, canvas.viewport().mapToGlobal(at))


# ---- selecting


def test_a_drag_selects_whole_tokens(show, qtbot):
    canvas = show()
    start, end = TEXT.index("Xi") + 1, TEXT.index("Jinping") + 3
    drag(qtbot, canvas, start, end)
    assert canvas.heard == [("selectionMade", (TEXT.index("Xi"), TEXT.index("Jinping") + 7))]


def test_a_drag_backwards_selects_the_same(show, qtbot):
    canvas = show()
    drag(qtbot, canvas, TEXT.index("Jinping") + 3, TEXT.index("Xi") + 1)
    assert canvas.heard == [("selectionMade", (TEXT.index("Xi"), TEXT.index("Jinping") + 7))]


def test_a_drag_that_begins_in_the_right_half_of_a_character_takes_it_too(show, qtbot):
    canvas = show()
    start = TEXT.index("Xi")
    drag(qtbot, canvas, point(canvas, start, 0.9), point(canvas, start + 1, 0.9))
    assert canvas.heard == [("selectionMade", (start, start + 2))]


def test_a_hand_that_trembles_still_clicks(show, qtbot):
    canvas = show()
    at = point(canvas, TEXT.index("met"))
    drag(qtbot, canvas, at, at + QPoint(2, 1))
    assert canvas.heard == [("emptyClicked", TEXT.index("met"))]


def test_with_ctrl_a_drag_selects_characters(show, qtbot):
    canvas = show()
    start = TEXT.index("Jinping")
    drag(qtbot, canvas, start + 1, start + 3, modifier=Qt.KeyboardModifier.ControlModifier)
    assert canvas.heard == [("selectionMade", (start + 1, start + 4))]


def test_with_ctrl_a_grapheme_is_never_cut(show, qtbot):
    canvas = show()
    accent = TEXT.index("e\u0301")
    drag(qtbot, canvas, accent - 2, accent, modifier=Qt.KeyboardModifier.ControlModifier)
    assert canvas.heard == [("selectionMade", (accent - 2, accent + 2))]


def test_a_drag_may_cross_paragraphs(show, qtbot):
    canvas = show()
    drag(qtbot, canvas, TEXT.index("Putin"), TEXT.index("spoke"))
    assert canvas.heard == [("selectionMade", (TEXT.index("Putin"), TEXT.index("spoke") + 5))]


def test_a_double_click_selects_the_token(show, qtbot):
    canvas = show()
    qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(canvas, TEXT.index("Jinping") + 2))
    assert ("selectionMade", (TEXT.index("Jinping"), TEXT.index("Jinping") + 7)) in canvas.heard


def test_a_drag_in_an_endless_word_selects_the_part_that_is_laid_out_in_one_piece(show, qtbot):
    canvas = show("word" * 50_000)
    drag(qtbot, canvas, 700, 710)
    ((name, (start, end)),) = canvas.heard
    assert name == "selectionMade"
    assert start <= 700 < 710 < end < start + 5_000


def test_the_selection_shows_while_dragging(show, qtbot):
    canvas = show()
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(canvas, TEXT.index("Xi")))
    move(canvas.viewport(), point(canvas, TEXT.index("Jinping") + 2))
    assert canvas._overlay.selection == (TEXT.index("Xi"), TEXT.index("Jinping") + 7)
    assert canvas.heard == []
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(canvas, TEXT.index("Jinping") + 2))


def test_a_drag_in_text_from_right_to_left_selects_its_words(show, qtbot):
    text = "اجتمع الرئيس الصيني شي جين بينغ"
    canvas = show(text)
    start, end = text.index("الرئيس"), text.index("الصيني")
    drag(qtbot, canvas, start + 1, end + 2)
    assert canvas.heard == [("selectionMade", (start, end + len("الصيني")))]


def test_characters_beyond_the_basic_plane_do_not_shift_offsets(show, qtbot):
    text = "𝔹𝔹𝔹 👩\u200d👩\u200d👧 Xi Jinping"
    canvas = show(text)
    drag(qtbot, canvas, text.index("Xi"), text.index("Jinping") + 3)
    assert canvas.heard == [("selectionMade", (text.index("Xi"), len(text)))]


# ---- relations and boundaries


def test_a_drag_from_label_to_label_draws_a_relation(show, qtbot):
    canvas = show(items=[XI, PUTIN])
    drag(qtbot, canvas, XI.start + 2, PUTIN.start + 5)
    assert canvas.heard == [("relationDragged", "xi", "putin")]


def test_a_relation_begins_at_the_focused_label_where_several_nest(show, qtbot):
    canvas = show(items=[TITLE, INNER, PUTIN])
    canvas.set_focus("title")
    drag(qtbot, canvas, INNER.start + 2, PUTIN.start + 5)
    assert canvas.heard == [("relationDragged", "title", "putin")]


def test_a_drag_from_a_label_into_plain_text_selects(show, qtbot):
    canvas = show(items=[XI])
    drag(qtbot, canvas, XI.start, TEXT.index("met") + 1)
    assert canvas.heard == [("selectionMade", (XI.start, TEXT.index("met") + 3))]


def test_with_shift_a_drag_between_labels_selects(show, qtbot):
    canvas = show(items=[XI, PUTIN])
    drag(qtbot, canvas, XI.start, PUTIN.end - 1, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert canvas.heard == [("selectionMade", (XI.start, PUTIN.end))]


def edge(canvas, item, side):
    box = next(iter(canvas.page.boxes(item.start, item.end)))
    x = box.left() - 2 if side == "start" else box.right() + 2
    return QPoint(round(x), round(box.center().y()))


def test_dragging_the_end_of_the_focused_label_moves_it_by_tokens(show, qtbot):
    canvas = show(items=[XI])
    canvas.set_focus("xi")
    drag(qtbot, canvas, edge(canvas, XI, "end"), TEXT.index("met") + 1)
    assert canvas.heard == [("boundaryDragged", "xi", "end", TEXT.index("met") + 3)]


def test_dragging_the_start_of_the_focused_label_moves_it_by_tokens(show, qtbot):
    canvas = show(items=[XI])
    canvas.set_focus("xi")
    drag(qtbot, canvas, edge(canvas, XI, "start"), TEXT.index("President") + 4)
    assert canvas.heard == [("boundaryDragged", "xi", "start", 0)]


def test_with_ctrl_an_edge_moves_by_characters(show, qtbot):
    canvas = show(items=[XI])
    canvas.set_focus("xi")
    target = point(canvas, XI.start + 6)
    drag(qtbot, canvas, edge(canvas, XI, "end"), target, modifier=Qt.KeyboardModifier.ControlModifier)
    assert canvas.heard == [("boundaryDragged", "xi", "end", XI.start + 7)]


def test_an_edge_that_is_put_back_means_nothing(show, qtbot):
    canvas = show(items=[XI])
    canvas.set_focus("xi")
    drag(qtbot, canvas, edge(canvas, XI, "end"), XI.end - 1)
    assert [name for name, *_ in canvas.heard if name == "boundaryDragged"] == []


def test_labels_cannot_be_dragged_where_nothing_can_be_edited(show, qtbot):
    canvas = show(items=[XI, PUTIN])
    canvas.is_editable = False
    drag(qtbot, canvas, XI.start + 2, PUTIN.start + 5)
    assert [name for name, *_ in canvas.heard] == ["selectionMade"]


# ---- hover, keys, wheel


def test_the_pointer_over_a_relation_rings_both_ends(show):
    canvas = show(items=[XI, PUTIN, Relation("r", "meets", "xi", "putin")])
    (block, y), *_ = canvas.page.shown()
    arc = block.lines[0].arcs[0]
    at = QPoint(round(canvas.page.x + arc.low + 20), round(y + arc.y))
    move(canvas.viewport(), at, buttons=Qt.MouseButton.NoButton)
    assert canvas._overlay.ringed == {"xi", "putin"}
    assert canvas._overlay.lit == {"r"}
    move(canvas.viewport(), QPoint(5, 590), buttons=Qt.MouseButton.NoButton)
    assert canvas._overlay.lit == frozenset()


def test_keys_go_to_the_handler_first_tab_too(show, qtbot):
    canvas = show()
    keys = []
    canvas.key_handler = lambda event: keys.append(event.key()) is None
    canvas.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_Down):
        qtbot.keyClick(canvas, key)
    assert keys == [Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_Down]


def test_a_key_that_nobody_wants_scrolls(show, qtbot):
    canvas = show(LONG)
    canvas.key_handler = lambda _event: False
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.page.flow.position > 300


def test_the_wheel_with_ctrl_asks_for_another_zoom(show):
    canvas = show(LONG)
    at = QPointF(100, 100)
    event = QWheelEvent(
        at,
        canvas.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)
    ((name, zoom),) = canvas.heard
    assert (name, zoom) == ("zoomRequested", pytest.approx(1.1))
    assert canvas.page.flow.position == 0


# ---- what can be asked


def test_only_spans_in_view_are_visible(show):
    items = [span(f"s{n}", "Beijing", "GPE", text=LONG, after=LONG.index(f"Paragraph {n} ")) for n in range(0, 200, 5)]
    canvas = show(LONG, items)
    visible = canvas.visible_span_ids()
    assert visible[:2] == ["s0", "s5"]
    assert len(visible) < 10
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    assert canvas.visible_span_ids()[-1] == "s195"


def test_the_rectangle_of_a_span_lies_where_it_is_painted(show):
    canvas = show(items=[XI])
    rect = canvas.item_rect("xi")
    assert rect.contains(point(canvas, XI.start + 4))
    assert canvas.item_rect("nobody") is None
    assert canvas.range_rect(XI.start, XI.end) == rect


def test_lines_above_and_below_are_found(show):
    canvas = show()
    below = canvas.offset_below(TEXT.index("Xi"))
    assert below > TEXT.index("They") - 1
    assert canvas.offset_above(below) is not None
    assert canvas.offset_above(0) is None


def test_an_empty_canvas_answers_everything(show, qtbot):
    canvas = show()
    canvas.show_content(None)
    assert canvas.visible_span_ids() == []
    assert canvas.offset_below(0) is None
    assert canvas.range_rect(0, 5) is None
    canvas.refresh(Layer("d", "p"), Pending())
    canvas.set_focus("gone")
    canvas.set_caret(3)
    canvas.set_zoom(2)
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    canvas.grab()
    assert canvas.heard == []


@pytest.mark.parametrize(
    "text", ["", "\n\n", "   ", "\t", "\x00\x07", "\r\n\r\n", "\u2028a\u2029b", "\ufffc", "a" * 20_000]
)
def test_any_text_can_be_shown_and_pointed_at(show, qtbot, text):
    canvas = show(text)
    canvas.set_caret(0)
    canvas.set_selection((0, len(text)))
    canvas.grab()
    drag(qtbot, canvas, QPoint(120, 30), QPoint(600, 300))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    canvas.offset_below(0)
    assert all(name in ("selectionMade", "emptyClicked") for name, *_ in canvas.heard)


def test_hints_show_and_go(show):
    canvas = show(items=[XI, PUTIN])
    bare = canvas.grab().toImage()
    canvas.set_hints({"xi": "a", "putin": "s"})
    assert canvas.grab().toImage() != bare
    canvas.set_hints({})
    assert canvas.grab().toImage() == bare


def test_the_caret_shows_only_where_nothing_is_focused(show):
    canvas = show(items=[XI])
    bare = canvas.grab().toImage()
    canvas.set_caret(TEXT.index("met"))
    assert canvas.grab().toImage() != bare
    canvas.set_focus("xi")
    focused = canvas.grab().toImage()
    canvas.set_caret(None)
    assert canvas.grab().toImage() == focused


def test_suggestions_look_different_from_decided_labels(show):
    decided, suggested = show(items=[XI]).grab().toImage(), show(suggested=[XI]).grab().toImage()
    assert decided != suggested


def test_a_screen_reader_is_told_what_is_shown(show):
    canvas = show(items=[XI, PUTIN], suggested=[BEIJING])
    assert canvas.accessibleName() == "Text"
    assert canvas.accessibleDescription() == "2 labels and 1 suggestion."
    canvas.announce("Added Person, Xi Jinping")
