"""What comes out for whole texts, nasty ones too: always in range, on whole words, nested, never crossing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import Relation, Span
from annotator.model.text import is_grapheme_border
from annotator.suggest import suggester as module
from annotator.suggest.config import SuggestConfig
from annotator.suggest.suggester import Suggester

NASTY = [
    "",
    " \n\t ",
    "👩‍👩‍👧‍👦 Angela Merkel 🇩🇪 met Xi Jinping 🇨🇳 in Beijing 🎉.",
    "שלום Angela Merkel בברלין\u200f אמרה נשיא Xi Jinping.",
    "Café Zu\u0308rich in Zu\u0308rich, e\u0301te\u0301 2024; Angela\u00a0Merkel\u00a0spoke.",
    "习近平 said 北京 and President Xi Jinping of China（中国）agreed.",
    "$5 €10bn US$3.20 5% -3 % 12/12/2012 1,2,3,4,5 million million",
    "'''s 's’s “” ()()((( President President , , , of of of the the - - -",
    "President " * 300,
    "A" * 3000 + " Paris " + "b" * 1500,
    "PRESIDENT XI JINPING MEETS RUSSIAN PRESIDENT VLADIMIR PUTIN IN BEIJING, CHINA",
    "Line one about Paris\rLine two about Rome\u2028Line three\u2029Berlin\x0bMadrid\x0cOslo\x85Bern",
    "a\u0301" * 2000,
    "\u202eAngela Merkel\u202c \u2066Paris\u2069 \ufeffRome\u200b",
    "<b>Angela Merkel</b> {office} [capital] <head:PERSON> ../../etc %s %n \\u0041",
    "China-Russia-Mongolia-India-Iran-Cuba-Peru-Chile-US-UK-EU trade and Sino-Russian-Chinese ties",
    "ORG (" + ", ".join(["China"] * 80) + ")",
]


def checked(suggester, text):
    """The items of the last stage, after looking at every promise about them."""
    stages = [staged for staged in suggester.suggest(text) if staged is not None]
    assert [staged.stage for staged in stages] == ["entities", "relations"]
    items = stages[-1].items
    spans = {item.id: item for item in items if isinstance(item, Span)}
    assert [item for item in items if isinstance(item, Span)] == list(stages[0].items)
    assert len({item.id for item in items}) == len(items)
    places = sorted({(span.start, -span.end) for span in spans.values()})
    assert len(places) == len(spans), "two labels on the very same words"
    for span in spans.values():
        _check_span(text, span)
    _check_nesting(places)
    for item in items:
        if isinstance(item, Relation):
            assert item.head in spans
            assert item.tail in spans
            assert item.head != item.tail
            assert 0 <= item.score <= 1
    return items


def _check_span(text, span):
    assert 0 <= span.start < span.end <= len(text)
    covered = text[span.start : span.end]
    assert covered == covered.strip()
    assert any(char.isalnum() for char in covered)
    assert is_grapheme_border(text, span.start)
    assert is_grapheme_border(text, span.end)
    assert 0 <= span.score <= 1
    assert span.confirmed == "none"
    assert span.origin.startswith(("model:", "rules:"))
    for at in (span.start, span.end):
        assert not (0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()), "a word is cut"


def _check_nesting(places):
    open_ends = []
    for start, minus_end in places:
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        assert not open_ends or -minus_end <= open_ends[-1], "two labels cross"
        open_ends.append(-minus_end)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_get_sound_suggestions(suggester, text):
    checked(suggester, text)


NEWS = (
    "the President Xi Jinping Russian Putin of , . ( ) - 's China Beijing Ukraine crisis and first deputy chairman $5 "
    "billion 47.5 percent Friday 2024 UN BRICS meeting with told “ ” 👍🏽 é COVID-19 U.S. ’s שלום"
)
WORDS = st.sampled_from([*NEWS.split(), "\n", "\n\n", "e\u0301", "\u00a0"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_jumble_of_news_words_gets_sound_suggestions(suggester, text):
    checked(suggester, text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_gets_sound_suggestions(suggester, text):
    checked(suggester, text)


def test_the_same_text_gets_the_same_suggestions(suggester, article):
    assert checked(suggester, article) == checked(suggester, article)


def test_long_texts_are_read_in_batches_with_the_same_result(suggester, article, monkeypatch):
    kept = checked(suggester, article)
    monkeypatch.setattr(module, "KEEP_CHARS", 0)
    assert checked(suggester, article) == kept


def test_an_urgent_text_finds_a_pause_in_a_long_one(suggester, article):
    steps = suggester.suggest(article * 12)
    pauses = 0
    while next(steps) is None:
        pauses += 1
    assert pauses >= 3


def test_offsets_count_code_points_of_the_whole_text(suggester):
    text = "👍👍👍\r\n\r\n👍 Angela Merkel flew to Paris."
    covered = {(span.covered(text), span.label) for span in checked(suggester, text) if isinstance(span, Span)}
    assert covered == {("Angela Merkel", "PERSON"), ("Paris", "GPE")}


def test_the_author_says_how_the_layer_was_made(suggester, news_schema):
    author = suggester.author
    assert (author.kind, author.name) == ("model", "en_core_web_sm-3.8.0+news")
    assert author.info["verified"] == "yes"
    assert author.info["schema"] == news_schema.id
    assert {"model", "version", "rules", "label_map"} <= set(author.info)


def test_every_item_names_its_exact_source(suggester, news_config, article):
    origins = {item.origin for item in checked(suggester, article)}
    assert origins == {"model:en_core_web_sm-3.8.0", news_config.rules_origin}


def test_a_project_without_nesting_gets_flat_suggestions(pipeline, small_schema):
    schema = small_schema(
        words={"place": "China"},
        entities=[
            {"name": "p", "label": "GPE", "pattern": "{place}"},
            {"name": "t", "label": "TITLE", "pattern": "<GPE> president", "how": "replace"},
        ],
    )
    flat = SuggestConfig.from_schema(replace(schema, overlap="none"))
    found = checked(Suggester(flat, pipeline), "The China president spoke.")
    assert [(item.start, item.end, item.label) for item in found] == [(4, 19, "TITLE")]
