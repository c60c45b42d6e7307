"""Different wordings of one name are joined, each once."""

import pytest

from annotator.suggest.aliases import ACRONYM, SHORT_FORM, is_acronym, is_short_form, join_wordings
from annotator.suggest.tokens import Mention


def joined(words, likeness):
    """The pairs joined in a text made of these wordings."""
    text = " ".join(words)
    mentions, start = [], 0
    for word in words:
        mentions.append(Mention(start, start + len(word), "X", 0.9, "m"))
        start += len(word) + 1
    return [(text[a.start : a.end], text[b.start : b.end]) for a, b in join_wordings(text, mentions, likeness)]


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        ("Xi", "Xi Jinping", True),
        ("Guterres", "Antonio Guterres", True),
        ("Marcos", "Ferdinand Marcos Jr.", True),
        ("Orbix", "Orbix Technologies", True),
        ("Antonio Guterres", "Guterres", False),
        ("Jinping", "Jinping", False),
        ("Van", "Tran Van Minh", False),
    ],
)
def test_short_forms(short, long, is_one):
    assert is_short_form(short, long) is is_one


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        ("UN", "United Nations", True),
        ("U.S.", "United States", True),
        ("IMF", "International Monetary Fund", True),
        ("DRC", "Democratic Republic of the Congo", True),
        ("Un", "United Nations", False),
        ("EU", "United Nations", False),
    ],
)
def test_acronyms(short, long, is_one):
    assert is_acronym(short, long) is is_one


def test_each_new_wording_is_joined_once_to_the_nearest_other_before_it():
    words = ["Xi", "Xi", "Xi Jinping", "Xi", "Xi Jinping"]
    assert joined(words, SHORT_FORM) == [("Xi", "Xi Jinping")]


def test_a_surname_of_two_people_is_left_alone():
    assert joined(["Anna Keller", "Bert Keller", "Keller"], SHORT_FORM) == []


def test_wordings_that_share_nothing_are_not_joined():
    assert joined(["United Nations", "European Union", "UN", "EU", "UN"], ACRONYM) == [
        ("United Nations", "UN"),
        ("European Union", "EU"),
    ]
