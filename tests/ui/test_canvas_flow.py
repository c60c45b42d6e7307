"""Scrolling by an anchor: nothing hops when estimated heights turn out wrong."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.canvas.geometry.flow import Flow

VIEW = 300


def make(true_heights, *, estimate=40.0, top=20.0, bottom=50.0):
    measured = []

    def measure(block):
        measured.append(block)
        return true_heights[block]

    flow = Flow([estimate] * len(true_heights), measure, top=top, bottom=bottom)
    flow.resize(VIEW)
    return flow, measured


true_heights = st.lists(st.integers(1, 400), min_size=1, max_size=40)


@given(true_heights, st.floats(0, 1))
def test_what_is_in_view_fills_it_without_gaps(real, share):
    flow, _ = make(real)
    flow.scroll_to(flow.limit * share)
    shown = flow.in_view()
    for (block, y), (next_block, next_y) in pairwise(shown):
        assert next_block == block + 1
        assert next_y == pytest.approx(y + real[block])
    first, y = shown[0]
    assert y <= 0 or (first == 0 and y <= 20)
    last, y = shown[-1]
    assert y + real[last] >= VIEW or last == len(real) - 1


@given(true_heights, st.integers(-250, 250), st.floats(0, 1))
def test_a_step_moves_what_is_seen_by_exactly_that_step(real, step, share):
    flow, _ = make(real)
    flow.scroll_to(flow.limit * share)
    before = dict(flow.in_view())
    flow.scroll_by(step)
    after = dict(flow.in_view())
    moved = {round(before[block] - after[block], 6) for block in before.keys() & after.keys()}
    assert len(moved) <= 1
    travelled = moved.pop() if moved else step
    is_stopped = flow.in_view()[0] == (0, 20.0) or flow.position >= flow.limit - 1e-6
    assert travelled == pytest.approx(step) or is_stopped


@given(true_heights, st.data())
def test_a_held_place_stands_where_it_is_held(real, data):
    flow, _ = make(real)
    block = data.draw(st.integers(0, len(real) - 1))
    flow.hold(block, 0, 100)
    y = dict(flow.in_view()).get(block)
    at_top = flow.in_view()[0] == (0, 20.0)
    at_end = flow.position >= flow.limit - 1e-6
    assert y == pytest.approx(100) or at_top or at_end


@given(true_heights)
def test_the_end_of_the_scroll_bar_is_the_end_of_the_text(real):
    flow, _ = make(real)
    flow.scroll_to_end()
    block, y = flow.in_view()[-1]
    assert block == len(real) - 1
    bottom = y + real[block] + 50
    assert bottom == pytest.approx(VIEW) or (bottom < VIEW and flow.in_view()[0] == (0, 20.0))


def test_scrolling_up_over_blocks_of_unknown_height_does_not_hop():
    flow, _ = make([200] * 100, estimate=20)
    flow.scroll_to(1_000)
    block, y = flow.in_view()[0]
    for _ in range(30):
        flow.scroll_by(-7)
        now = dict(flow.in_view())
        if block in now:
            assert now[block] == pytest.approx(y + 7)
        block, y = flow.in_view()[0]


def test_only_blocks_near_the_view_are_measured():
    flow, measured = make([40] * 10_000)
    flow.scroll_to(200_000)
    assert len(set(measured)) < 40


def test_the_page_begins_below_its_margin():
    flow, _ = make([40] * 100)
    assert flow.in_view()[0] == (0, 20.0)
    assert flow.position == 0
    flow.scroll_by(-500)
    assert flow.position == 0


def test_a_higher_view_shows_the_end_without_a_hole():
    flow, _ = make([40] * 20)
    flow.scroll_to_end()
    flow.resize(500)
    assert flow.in_view()[-1][1] + 40 + 50 == pytest.approx(500)
