"""White space at the edges of a selection."""

from annotator.app.deciding import trimmed


def test_a_space_with_a_mark_on_it_is_not_trimmed():
    assert trimmed("a \u0301b ", 1, 5) == (1, 4)
    assert trimmed(" ab ", 0, 4) == (1, 3)
