"""Paragraph roles: an article is taken apart, and prose that is no article is left alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import recognise
from annotator.formats.structure import ARTICLE_LIMIT, describe

SAMPLE = Path(__file__).parents[2] / "seeds" / "000_cd11cc6e04f149dc.txt"
BODY = "The council met on Monday to vote on the new harbour, which has been planned since 2011."
MORE = "Mayor Ida Lund said that the city would borrow the money and build the harbour in three years."


def roles(*paragraphs: str, gap: str = "\n\n") -> list[str]:
    return [part.role for part in recognise(gap.join(paragraphs))]


def test_the_sample_article_is_taken_apart():
    text = SAMPLE.read_text()
    found = recognise(text)
    named = {
        role: [text[part.start : part.end] for part in found if part.role == role]
        for role in ("headline", "subheadline", "caption", "quote", "link")
    }
    assert named["headline"] == ["China-Russia ties key to global stability"]
    assert named["subheadline"] == ["Xi, Putin discuss boosting strategic coordination, closer partnership"]
    assert [caption[:23] for caption in named["caption"]] == ["President Xi Jinping in"]
    assert [quote[:49] for quote in named["quote"]] == ["President Xi Jinping expressed Beijing's readines"]
    assert [link[:10] for link in named["link"]] == ["ALSO READ:"] * 3
    assert len(found) == 27


def test_the_description_names_the_title_and_leaves_the_body_out():
    text = f"Harbour to be built\n\n{BODY}"
    assert describe(text) == {"title": "Harbour to be built", "roles": [{"start": 0, "end": 19, "role": "headline"}]}
    assert describe(BODY) == {}


@pytest.mark.parametrize(
    "line",
    [
        "ALSO READ: Harbour costs rise",
        "Read also: Harbour costs rise",
        "READ ALSO Harbour costs rise",
        "See also: Harbour costs rise",
        "Related: Harbour costs rise",
        "Related stories: Harbour costs rise",
        "Read more: Harbour costs rise",
    ],
)
def test_lines_that_lead_elsewhere_are_links(line):
    assert roles("Harbour to be built", BODY, line, MORE) == ["headline", "body", "link", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Ida Lund opens the harbour. (PHOTO / XINHUA)",
        "Ida Lund opens the harbour. [Photo/Agencies]",
        "Photo: Jan Moe / Nordfoto",
        "Ida Lund, pictured above in May, wants the harbour.",
        "Ida Lund is pictured at the harbour on Friday.",
        "Ida Lund opens the harbour. (Reuters)",
    ],
)
def test_what_stands_under_a_picture_is_a_caption(line):
    assert roles("Harbour to be built", line, BODY, MORE) == ["headline", "caption", "body", "body"]


def test_a_weak_sign_makes_no_caption_late_in_the_article():
    late = "The bank did not answer. (Reuters)"
    assert roles("Harbour to be built", *[BODY, MORE] * 3, late)[-1] == "body"


def test_a_repeated_sentence_without_its_full_stop_is_a_pull_quote():
    pulled = "The city would borrow the money and build the harbour in three years"
    assert roles("Harbour to be built", BODY, pulled, MORE) == ["headline", "body", "quote", "body"]
    assert roles("Harbour to be built", BODY, MORE, pulled) == ["headline", "body", "body", "quote"]


def test_a_new_sentence_without_a_full_stop_is_no_pull_quote():
    fresh = "Nobody knows yet who will pay for the cranes and the railway"
    assert roles("Harbour to be built", BODY, fresh, MORE)[2] == "body"


def test_a_question_is_not_quoted_from_itself():
    question = "Who will pay for the harbour and all its cranes and railways?"
    assert roles("Harbour to be built", BODY, question, MORE)[2] == "body"


def test_a_byline_is_no_sub_headline():
    assert roles("Harbour to be built", "By Jan Moe", BODY, MORE) == ["headline", "body", "body", "body"]
    assert roles("Harbour to be built", "12 May 2022 | 10:30", BODY, MORE)[1] == "body"


def test_a_question_may_be_a_headline():
    assert roles("Who will pay for the harbour?", BODY)[0] == "headline"


@pytest.mark.parametrize(
    "paragraphs",
    [
        [BODY],
        ["Harbour to be built"],
        ["Harbour to be built", "No money yet"],
        ["The harbour is to be built.", BODY],
        [BODY.rstrip(".") + " and so on" * 20, MORE],
        ["he walked along the harbour", BODY],
        ["Dear Ida Lund", BODY],
        ["Things to do:", BODY],
        ["- buy cranes", BODY],
        ["Harbour", BODY],
        [BODY, BODY, MORE],
    ],
)
def test_prose_that_is_no_article_is_all_body(paragraphs):
    assert set(roles(*paragraphs)) == {"body"}


def test_a_first_line_without_a_blank_line_after_it_is_no_headline():
    assert roles("Harbour to be built", BODY, MORE, gap="\n") == ["body"] * 3


def test_windows_line_ends_change_nothing_but_stay_outside():
    text = f"Harbour to be built\r\n\r\n{BODY}\r\n"
    found = recognise(text)
    assert [part.role for part in found] == ["headline", "body"]
    assert [text[part.start : part.end] for part in found] == ["Harbour to be built", BODY]


def test_long_texts_are_not_searched():
    text = f"Harbour to be built\n\n{BODY}" + " harbour" * ARTICLE_LIMIT
    assert {part.role for part in recognise(text)} == {"body"}
    assert describe(text) == {}


@given(st.text(st.sampled_from("Aa .\n\r\t“(/):\u2028\U0001f469"), max_size=80))
def test_every_visible_paragraph_has_one_role_in_text_order(text):
    found = recognise(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[part.start : part.end].strip() for part in found)
    covered = "".join(text[part.start : part.end] for part in found)
    assert "".join(covered.split()) == "".join(text.split())
