"""The arithmetic of the page: heights, lanes, ports, chips, nesting, blocks, rails."""

from itertools import combinations, pairwise, permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.model import RoleRange
from annotator.model.text import is_grapheme_border
from annotator.ui.canvas.geometry.blocks import LONGEST_BLOCK, PIECE, Blocks
from annotator.ui.canvas.geometry.chips import Wish, place_chips
from annotator.ui.canvas.geometry.heights import Heights
from annotator.ui.canvas.geometry.lanes import BARE, NAMED, TALL, Stretch, gather, rise, stack
from annotator.ui.canvas.geometry.names import nudged
from annotator.ui.canvas.geometry.nesting import depths
from annotator.ui.canvas.geometry.ports import Reach, fan
from annotator.ui.canvas.geometry.rails import Rails, Run

heights = st.lists(st.integers(1, 500), min_size=1, max_size=60) | st.integers(255, 520).map(
    lambda count: [7, 90] * count
)

# ---- heights


@given(heights, st.lists(st.tuples(st.integers(0, 59), st.integers(1, 500))))
def test_sums_of_heights_are_those_of_a_plain_list(start, changes):
    tree, plain = Heights(start), list(start)
    for block, height in changes:
        if block < len(plain):
            tree[block] = height
            plain[block] = height
    assert [tree.top(block) for block in range(len(plain) + 1)] == [sum(plain[:i]) for i in range(len(plain) + 1)]
    assert tree.total == sum(plain)
    assert [tree[block] for block in range(len(plain))] == plain


@given(heights, st.integers(-50, 40_000))
def test_a_place_is_found_in_the_block_that_holds_it(start, y):
    tree = Heights(start)
    block = tree.at(y)
    assert tree.top(block) <= max(y, 0)
    assert y < tree.top(block + 1) or block == len(start) - 1


# ---- lanes

stretches = st.lists(
    st.builds(
        lambda low, length, rows: Stretch(low, low + length, rows),
        st.integers(0, 700),
        st.integers(1, 700),
        st.sampled_from([BARE, NAMED, NAMED, TALL]),
    ),
    max_size=25,
)


ALL = 25 * TALL
"""Lanes enough for all of them."""


@given(stretches)
def test_arcs_in_one_lane_never_meet(wanted):
    lanes, count = stack(wanted, gap=4, most=ALL)
    taken = [(lane + row, stretch) for lane, stretch in zip(lanes, wanted, strict=True) for row in range(stretch.lanes)]
    for (lane, one), (other_lane, other) in combinations(taken, 2):
        if lane == other_lane and one is not other:
            assert one.high + 4 <= other.low or other.high + 4 <= one.low
    assert count == max((lane + 1 for lane, _ in taken), default=0)


@given(stretches)
def test_a_longer_arc_passes_above_the_shorter_ones_inside_it(wanted):
    lanes, _ = stack(wanted, gap=4, most=ALL)
    for one, other in combinations(range(len(wanted)), 2):
        inner, outer = sorted((one, other), key=lambda i: (wanted[i].high - wanted[i].low, i))
        if wanted[outer].low <= wanted[inner].low and wanted[inner].high <= wanted[outer].high:
            assert lanes[outer] >= lanes[inner] + wanted[inner].lanes


def test_apart_arcs_share_the_lowest_lane():
    assert stack([Stretch(0, 10), Stretch(20, 30), Stretch(40, 50)], gap=4) == ([0, 0, 0], 1)


@given(stretches, st.integers(1, 12))
def test_no_more_lanes_than_allowed_and_those_within_stand_as_ever(wanted, most):
    lanes, count = stack(wanted, gap=4, most=most)
    assert count <= most
    within = [number for number, lane in enumerate(lanes) if lane is not None]
    assert all(lanes[number] + wanted[number].lanes <= most for number in within)
    assert stack([wanted[n] for n in within], gap=4, most=ALL) == ([lanes[n] for n in within], count)


def test_the_longest_arcs_find_no_lane():
    nested = [Stretch(0, 10 * number, NAMED) for number in range(1, 6)]
    assert stack(nested, gap=4, most=6) == ([0, 2, 4, None, None], 6)


@given(st.lists(st.integers(0, 700), max_size=30), st.integers(1, 60))
def test_places_are_counted_together_so_that_counts_stand_apart(places, apart):
    groups = gather(places, apart=apart)
    assert sorted(at for group in groups for at in group) == list(range(len(places)))
    firsts = [places[group[0]] for group in groups]
    assert all(after - before >= apart for before, after in pairwise(firsts))
    assert all(places[at] - places[group[0]] < apart for group in groups for at in group)


NAME = 12 / 7
"""The height of a name in lanes, without the room around it: 12 pixels where a lane has 7."""


def line_and_name(lane, stretch):
    """The height of an arc's line and, if it has a name, from where to where that reaches; in lanes above the text."""
    line = lane + rise(stretch.lanes)
    middle = line + 9 / 7 if stretch.lanes == TALL else line
    return line, (middle - NAME / 2, middle + NAME / 2) if stretch.lanes != BARE else None


@given(stretches)
def test_no_line_passes_through_the_name_of_another_arc(wanted):
    lanes, _ = stack(wanted, gap=4, most=ALL)
    for (lane, one), (other_lane, other) in permutations(zip(lanes, wanted, strict=True), 2):
        (line, name), (other_line, _) = line_and_name(lane, one), line_and_name(other_lane, other)
        if name is not None and one.low < other.high and other.low < one.high:
            assert not name[0] < other_line < name[1]
            assert abs(line - other_line) >= 0.75


@given(stretches)
def test_names_of_arcs_never_touch(wanted):
    lanes, _ = stack(wanted, gap=4, most=ALL)
    for (lane, one), (other_lane, other) in combinations(zip(lanes, wanted, strict=True), 2):
        name, other_name = line_and_name(lane, one)[1], line_and_name(other_lane, other)[1]
        if name and other_name and one.low < other.high and other.low < one.high:
            assert name[1] <= other_name[0] or other_name[1] <= name[0]


def test_bare_stubs_lie_closer_than_arcs_with_names():
    bare = [Stretch(-22, 10 * number, BARE) for number in range(1, 5)]
    named = [Stretch(-22, 10 * number, NAMED) for number in range(1, 5)]
    assert stack(bare, gap=4) == ([0, 1, 2, 3], 4)
    assert stack(named, gap=4)[1] == 8


def test_a_short_arc_with_its_name_above_takes_less_than_two_with_names():
    assert stack([Stretch(0, 40, TALL), Stretch(0, 90, BARE)], gap=4) == ([0, 3], 4)


# ---- names


@given(st.integers(0, 700), st.integers(5, 60), st.lists(st.integers(0, 700), max_size=12), st.integers(0, 60))
def test_a_name_gives_way_to_legs_no_further_than_it_may(middle, half, legs, most):
    place = nudged(middle, half, legs, most=most)
    assert abs(place - middle) <= most
    if place != middle:
        assert all(abs(leg - place) >= half - 0.001 for leg in legs)


def test_a_name_moves_aside_for_a_leg_and_stays_where_there_is_no_room():
    assert nudged(100, 20, [85], most=10) == 105
    assert nudged(100, 20, [115], most=10) == 95
    assert nudged(100, 20, [85, 115], most=10) == 100
    assert nudged(100, 20, [60, 140], most=10) == 100


# ---- ports


@given(st.lists(st.integers(40, 600) | st.integers(-600, -40), min_size=1, max_size=9, unique=True))
def test_arcs_of_one_chip_do_not_cross_one_another(distances):
    ports = fan([Reach(distance, str(distance)) for distance in distances], width=24, step=7)
    arcs = [Stretch(min(port, far), max(port, far)) for port, far in zip(ports, distances, strict=True)]
    lanes, _ = stack(arcs, gap=0)
    for one in range(len(arcs)):
        for other in range(len(arcs)):
            passes = lanes[other] < lanes[one] and arcs[other].low < ports[one] < arcs[other].high
            assert not passes, f"the leg of {distances[one]} crosses {distances[other]}"


@given(st.integers(1, 6), st.integers(50, 600))
def test_several_relations_between_the_same_two_spans_nest(count, distance):
    ranks = [str(number) for number in range(count)]
    here = fan([Reach(distance, rank) for rank in ranks], width=30, step=7)
    there = fan([Reach(-distance, rank) for rank in ranks], width=30, step=7)
    arcs = sorted((left, distance + right) for left, right in zip(here, there, strict=True))
    for (_, outer_right), (_, inner_right) in pairwise(arcs):
        assert inner_right < outer_right


@given(st.lists(st.integers(-500, 500), max_size=12), st.floats(1, 80))
def test_ports_stay_on_their_chip(distances, width):
    ports = fan([Reach(distance) for distance in distances], width=width, step=7)
    assert all(abs(port) <= width / 2 + 1e-6 for port in ports)


# ---- chips

wishes = st.lists(
    st.builds(
        lambda left, length, full: Wish(left, left + length, (full, full * 0.6, full * 0.3)),
        st.integers(0, 760),
        st.integers(5, 300),
        st.integers(15, 110),
    ),
    max_size=25,
)


@given(wishes)
def test_chips_never_overlap(wanted):
    places = place_chips(wanted, limit=780, gap=5)
    for one, other in combinations(places, 2):
        if one.lane == other.lane:
            assert one.x + one.width + 5 <= other.x + 1e-9 or other.x + other.width + 5 <= one.x + 1e-9


@given(wishes)
def test_a_chip_stands_above_its_own_span_or_at_its_start(wanted):
    for wish, place in zip(wanted, place_chips(wanted, limit=780, gap=5), strict=True):
        is_at_start = place.x == wish.left
        is_within = wish.left <= place.x and place.x + place.width <= wish.right
        ends_at_limit = place.x + place.width == 780
        assert is_at_start or is_within or ends_at_limit
        assert place.width == wish.widths[place.form]


def test_neighbours_are_shortened_before_they_are_stacked():
    places = place_chips([Wish(0, 20, (45, 18)), Wish(30, 70, (45, 18))], limit=780, gap=5)
    assert [(place.lane, place.form) for place in places] == [(0, 1), (0, 0)]


def test_nested_labels_stand_side_by_side():
    outer, inner = Wish(100, 220, (40, 18)), Wish(100, 150, (35, 18))
    places = place_chips([outer, inner], limit=780, gap=5)
    assert [place.lane for place in places] == [0, 0]
    assert places[1].x == 100
    assert places[0].x == 140


# ---- nesting


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=15))
def test_a_span_is_deeper_than_what_it_lies_in(raw):
    places = sorted(((start, start + length) for start, length in raw), key=lambda place: (place[0], -place[1]))
    found = depths(places)
    for (i, one), (j, other) in combinations(enumerate(places), 2):
        if other[0] < one[1]:
            assert found[j] > found[i]


def test_spans_apart_are_not_nested():
    assert depths([(0, 3), (3, 6), (8, 9)]) == [0, 0, 0]


# ---- blocks


@given(st.text(alphabet="ab \n\u0301é界👩\u200d\r", max_size=200))
def test_blocks_and_line_ends_are_the_whole_text(text):
    blocks = Blocks(text)
    pieces = [text[start:end] for start, end in zip(blocks.starts, blocks.ends, strict=True)]
    assert "\n".join(pieces) == text


def test_a_very_long_paragraph_is_cut_behind_spaces():
    text = "word " * 4_000
    blocks = Blocks(text)
    assert len(blocks) > 1
    assert all(end - start <= PIECE for start, end in zip(blocks.starts, blocks.ends, strict=True))
    assert all(text[end - 1] == " " for end in blocks.ends)
    assert blocks.starts[1:] == blocks.ends[:-1]
    assert [blocks.ends_paragraph(block) for block in range(len(blocks))] == [False] * (len(blocks) - 1) + [True]


def test_a_very_long_word_is_cut_between_graphemes():
    text = "e\u0301👩\u200d👧" * 3_000
    blocks = Blocks(text)
    assert len(blocks) > 1
    assert all(is_grapheme_border(text, end) for end in blocks.ends)


def test_an_endless_cluster_is_cut_all_the_same():
    blocks = Blocks("e" + "\u0301" * (LONGEST_BLOCK + 1_000))
    assert max(end - start for start, end in zip(blocks.starts, blocks.ends, strict=True)) <= PIECE


@given(st.text(alphabet="ab\n", max_size=80), st.data())
def test_every_offset_is_in_its_block(text, data):
    blocks = Blocks(text)
    offset = data.draw(st.integers(0, len(text)))
    block = blocks.at(offset)
    assert blocks.starts[block] <= offset <= blocks.ends[block]


def test_a_role_holds_for_every_block_of_its_paragraph():
    blocks = Blocks("Title\n\nBody", [RoleRange(0, 5, "headline")])
    assert [blocks.role(block) for block in range(3)] == ["headline", "body", "body"]


# ---- rails

runs = st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 2_500)), min_size=1, max_size=20)


@given(runs)
def test_rails_beside_one_another_have_different_lanes(raw):
    wanted = [Run(f"r{number}", start, start + length) for number, (start, length) in enumerate(raw)]
    lanes = Rails().lanes(-1, wanted)
    for one, other in combinations(wanted, 2):
        if one.start < other.end and other.start < one.end:
            assert lanes[one.relation] != lanes[other.relation]


@given(runs, runs)
def test_a_rail_keeps_its_lane_when_others_come_into_view(first, more):
    rails = Rails()
    before = [Run(f"a{number}", start, start + length) for number, (start, length) in enumerate(first)]
    after = [Run(f"b{number}", start, start + length) for number, (start, length) in enumerate(more)]
    lanes = rails.lanes(1, before)
    both = rails.lanes(1, [*after, *before])
    assert {relation: both[relation] for relation in lanes} == lanes


@given(runs)
def test_lanes_are_free_again_when_relations_go(raw):
    wanted = [Run(f"r{number}", start, start + length) for number, (start, length) in enumerate(raw)]
    rails = Rails()
    rails.lanes(-1, wanted)
    rails.keep_only(lambda _relation: False)
    assert rails.lanes(-1, [Run("new", 0, 10_000)]) == {"new": 0}


def test_a_relation_keeps_its_gutter():
    rails = Rails()
    assert rails.side("r", 1) == 1
    assert rails.side("r", -1) == 1


def test_a_relation_whose_end_has_moved_is_placed_anew():
    rails = Rails()
    rails.lanes(-1, [Run("inner", 100, 200), Run("outer", 0, 1_000)])
    assert rails.lanes(-1, [Run("outer", 2_000, 3_000)]) == {"outer": 0}


@given(st.integers(10_000, 10_000_000))
def test_a_far_rail_is_in_the_way_only_near_its_ends(length):
    rails = Rails()
    rails.lanes(-1, [Run("far", 0, length)])
    assume(length > 9_000)
    assert rails.lanes(-1, [Run("between", 3_000, 4_000)]) == {"between": 0}
    assert rails.lanes(-1, [Run("near", 100, 300)]) == {"near": 1}
