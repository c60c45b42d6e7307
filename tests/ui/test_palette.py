"""Every hue that a user can pick is legible in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.palette import contrast, from_oklch, mix
from annotator.ui.theme import DARK, LIGHT, STRONG_DARK, STRONG_LIGHT, Theme
from driving import Desk

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK, STRONG_LIGHT, STRONG_DARK], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize("hue", range(0, 360, 3))
def test_label_colours_reach_their_contrast_for_every_hue(theme: Theme, hue: int) -> None:
    label = theme.label(hue)
    assert contrast(label.ink, theme.page) >= 5.2
    assert contrast(label.ink, label.tint) >= 5.2
    assert contrast(label.line, theme.page) >= 3
    assert contrast(theme.text, label.tint) >= 7
    assert contrast(theme.muted, label.tint) >= 4.5


@THEMES
@pytest.mark.parametrize("words", ["text", "muted", "faint", "accent", "ok", "warn", "bad"])
@pytest.mark.parametrize("ground", ["page", "panel", "card"])
def test_words_are_legible_on_every_ground(theme: Theme, words: str, ground: str) -> None:
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


@THEMES
def test_lines_and_chosen_rows_are_legible(theme: Theme) -> None:
    assert contrast(theme.arc, theme.page) >= 3
    assert contrast(theme.text, theme.accent_tint) >= 4.5
    assert contrast(theme.text, theme.selection) >= 4.5
    assert contrast(theme.on_accent, theme.button) >= 4.5


def test_contrast_knows_its_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@given(st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_every_oklch_colour_has_a_place_in_srgb(lightness: float, chroma: float, hue: float) -> None:
    colour = from_oklch(lightness, chroma, hue)
    assert len(colour) == 7
    assert 0 <= int(colour[1:], 16) <= 0xFFFFFF


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#123456", "#ffffff", 1) == "#123456"
    assert mix("#123456", "#ffffff", 0) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("theme", [STRONG_LIGHT, STRONG_DARK], ids=lambda theme: theme.name)
def test_high_contrast_is_high(theme: Theme) -> None:
    for words in ("text", "muted", "faint", "accent"):
        assert contrast(getattr(theme, words), theme.page) >= 7
    assert contrast(theme.arc, theme.page) >= 7
    assert contrast(theme.rule, theme.page) >= 4.5


def test_high_contrast_goes_with_light_and_with_dark_and_is_remembered(desk: Desk) -> None:
    program = desk.program
    program.set_theme(LIGHT)
    desk.window.carry_out("view.contrast")
    assert program.theme in (STRONG_LIGHT, STRONG_DARK)
    desk.window.carry_out("view.theme")
    assert program.theme in (STRONG_LIGHT, STRONG_DARK)
    assert program.settings.flag("contrast", default=False)
    desk.window.carry_out("view.contrast")
    assert program.theme in (LIGHT, DARK)
