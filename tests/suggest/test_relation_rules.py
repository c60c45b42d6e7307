"""Relation rules by pattern, by the parse, and over a document."""

from __future__ import annotations

import pytest

from annotator.model import Relation, Span

HEADLINES = {
    "President Xi Jinping spoke.": [("holds_title", "Xi Jinping", "President")],
    "Ivan Melnikov, first deputy chairman of the Russian State Duma, left.": [
        ("holds_title", "Ivan Melnikov", "first deputy chairman of the Russian State Duma"),
        ("has_member", "Russian State Duma", "Ivan Melnikov"),
    ],
    "Leaders of BRICS (Brazil, Russia, India and South Africa) agreed.": [
        ("has_member", "BRICS", place) for place in ("Brazil", "Russia", "India", "South Africa")
    ],
    "China-Russia-Mongolia trade grew.": [
        ("partner_of", "China", "Russia"),
        ("partner_of", "China", "Mongolia"),
        ("partner_of", "Russia", "Mongolia"),
    ],
    "Trade between Peru and Chile rose.": [("partner_of", "Peru", "Chile")],
    "Sino-Russian relations improved.": [("partner_of", "Sino", "Russian")],
    "Angela Merkel met Emmanuel Macron on Monday.": [("meets", "Angela Merkel", "Emmanuel Macron")],
    "Emmanuel Macron was met by Angela Merkel.": [("meets", "Emmanuel Macron", "Angela Merkel")],
    "Angela Merkel made the remarks while meeting with Emmanuel Macron.": [
        ("meets", "Angela Merkel", "Emmanuel Macron")
    ],
    "Narendra Modi thanked Joe Biden.": [("speaks_to", "Narendra Modi", "Joe Biden")],
    "A storm hit Izmir, Turkey, on Friday.": [("located_in", "Izmir", "Turkey")],
    "The Ukraine crisis goes on.": [("located_in", "Ukraine crisis", "Ukraine")],
    "The World Health Organization (WHO) warned.": [("same_as", "World Health Organization", "WHO")],
    "Germany, France and Italy are large.": [],
    "Angela Merkel did not meet Emmanuel Macron.": [],
    "The Russian-Chinese Friendship Society met.": [],
    "He asked more countries to join BRICS.": [],
}


def relations(suggester, text):
    *_, last = (staged for staged in suggester.suggest(text) if staged is not None)
    spans = {item.id: item.covered(text) for item in last.items if isinstance(item, Span)}
    return [(item.label, spans[item.head], spans[item.tail]) for item in last.items if isinstance(item, Relation)]


@pytest.mark.parametrize("text", HEADLINES)
def test_the_news_rules_read_single_sentences(suggester, text):
    assert sorted(relations(suggester, text)) == sorted(HEADLINES[text])


def test_a_pronoun_stands_for_the_subject_of_the_paragraph_before(suggester):
    text = "Angela Merkel spoke in parliament.\n\nShe told Emmanuel Macron that it was time."
    assert ("speaks_to", "Angela Merkel", "Emmanuel Macron") in relations(suggester, text)


def test_new_wordings_of_a_name_are_joined_once(suggester):
    text = "Angela Merkel came.\n\nMerkel spoke.\n\nMerkel left, and Angela Merkel too."
    assert relations(suggester, text) == [("same_as", "Angela Merkel", "Merkel")]


def test_scores_follow_the_rule_and_the_weaker_end(suggester):
    text = "President Xi Jinping spoke."
    *_, last = (staged for staged in suggester.suggest(text) if staged is not None)
    weakest = min(item.score for item in last.items if isinstance(item, Span))
    (relation,) = (item for item in last.items if isinstance(item, Relation))
    assert relation.score == pytest.approx(0.95 * weakest, abs=1e-3)
