"""Where popups go: never over what they are about, and not over the lines around it where there is room."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from annotator.ui.popups.placing import place_near

ROOM = QRect(8, 8, 1200, 800)
sizes = st.builds(QSize, st.integers(100, 360), st.integers(40, 380))
anchors = st.builds(QRect, st.integers(250, 700), st.integers(20, 760), st.integers(1, 200), st.integers(10, 30))


def lines_around(anchor: QRect) -> QRect:
    return QRect(240, anchor.top() - 10, 700, anchor.height() + 45)


@given(anchors, sizes)
def test_a_popup_stays_in_the_room_and_off_the_lines_around_its_anchor(anchor: QRect, size: QSize) -> None:
    placed = QRect(place_near(anchor, size, ROOM, clear=lines_around(anchor)), size)
    assert ROOM.contains(placed)
    assert not placed.intersects(anchor)
    assert not placed.intersects(lines_around(anchor))


def test_below_comes_first_and_above_when_the_room_ends() -> None:
    size = QSize(200, 300)
    high, low = QRect(300, 100, 80, 20), QRect(300, 700, 80, 20)
    assert place_near(high, size, ROOM, clear=lines_around(high)).y() > lines_around(high).bottom()
    assert place_near(low, size, ROOM, clear=lines_around(low)).y() + 300 < lines_around(low).top()


def test_where_neither_fits_a_popup_stands_beside_the_lines() -> None:
    anchor, size, room = QRect(300, 150, 80, 20), QSize(200, 250), QRect(0, 0, 1200, 330)
    placed = QRect(place_near(anchor, size, room, clear=lines_around(anchor)), size)
    assert placed.left() > lines_around(anchor).right()
    assert room.contains(placed)


def test_where_the_lines_take_all_room_only_the_anchor_is_kept_clear() -> None:
    anchor, size, room = QRect(300, 20, 80, 20), QSize(200, 250), QRect(0, 0, 900, 330)
    placed = QRect(place_near(anchor, size, room, clear=QRect(0, 0, 900, 330)), size)
    assert not placed.intersects(anchor)
    assert room.contains(placed)
