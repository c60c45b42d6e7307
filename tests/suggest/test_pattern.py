"""The pattern language of the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.text import tokens as words_of
from annotator.suggest.pattern import PatternError, matches
from annotator.suggest.pattern_reader import Reader
from annotator.suggest.tokens import Mention, Tokens

LISTS = {
    "office": ("president", "prime minister"),
    "country": ("China", "South Africa", "US"),
    "verb": ("meet", "greet"),
    "stop": ("said",),
}
LABELS = dict.fromkeys(("PERSON", "GPE", "TITLE"))


def read(source):
    return Reader(LISTS, LABELS).read(source)


def tokens_with(text, *mentions, **parse):
    tokens = Tokens(text, words_of(text), **parse)
    tokens.place(
        Mention(text.index(covered), text.index(covered) + len(covered), label, 0.9, "test")
        for covered, label in mentions
    )
    return tokens


def found(source, tokens):
    """What the pattern matches, at its first place, the longest way."""
    node = read(source)
    for at in tokens.where(node.starts()):
        ends = [end for end, _ in matches(node, tokens, at)]
        if ends:
            start, stop = tokens.offsets(at, max(ends))
            return tokens.text[start:stop]
    return None


@pytest.mark.parametrize(
    ("source", "text", "match"),
    [
        ("president", "The President spoke", "President"),
        ("China", "china and China", "China"),
        ("China", "CHINA WINS", "CHINA"),
        ("{country}", "give us the US", "US"),
        ("{country}", "in South Africa now", "South Africa"),
        ("{office}", "A Prime Minister", "Prime Minister"),
        ("[capital]+", "by Ban Ki Moon of", "Ban Ki Moon"),
        ("[year]", "about 1200 in 2024", "2024"),
        ("[amount] (million | billion)?", "paid 5 billion", "5 billion"),
        ('"(" [upper] ")"', "the Bank (ECB) said", "(ECB)"),
        ("the ..2 {office}", "the very new president", "the very new president"),
        ("[word not {stop}]+", "he said no", "he"),
        ("a b? c", "a c", "a c"),
        ("(a | b)+ c", "x a b a c", "a b a c"),
    ],
)
def test_words_lists_classes_groups(source, text, match):
    assert found(source, tokens_with(text)) == match


def test_a_list_entry_never_ends_inside_a_word():
    assert found("{country}", tokens_with("Chinatown and USA")) is None


def test_mentions_are_matched_whole_by_label_and_by_list():
    tokens = tokens_with("President Xi Jinping of China", ("Xi Jinping", "PERSON"), ("China", "GPE"))
    assert found("<PERSON>", tokens) == "Xi Jinping"
    assert found("<PERSON|GPE> of <*>", tokens) == "Xi Jinping of China"
    assert found("of <GPE in {country}>", tokens) == "of China"
    assert found("of <GPE not {country}>", tokens) is None


def test_a_gap_crosses_no_mention_and_no_sentence():
    tokens = tokens_with("Xi and Putin. Then China", ("Putin", "PERSON"), ("China", "GPE"))
    assert found("Xi ..5 <PERSON>", tokens) == "Xi and Putin"
    assert found("Xi ..9 <GPE>", tokens) is None


def test_ends_of_a_relation_are_kept_with_their_roles():
    tokens = tokens_with("President Xi", ("President", "TITLE"), ("Xi", "PERSON"))
    ((_, kept),) = matches(read("<tail:TITLE> <head:PERSON>"), tokens, 0)
    assert [(role, mention.label) for role, mention in kept] == [("tail", "TITLE"), ("head", "PERSON")]


def test_lemmas_are_used_where_there_are_some():
    text = "They met and greet"
    assert found("@{verb}", tokens_with(text, lemmas=["they", "meet", "and", "greet"])) == "met"
    assert found("@{verb}", tokens_with(text)) == "greet"


def test_named_patterns_can_be_used_in_others():
    reader = Reader(LISTS, LABELS)
    reader.name("rank", "first | vice")
    reader.name("role", "{rank}? {office}")
    tokens = tokens_with("the first prime minister")
    assert max(end for end, _ in matches(reader.read("the {role}"), tokens, 0)) == 4


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "nothing to match"),
        ("a?", "nothing at all"),
        ("(a | b", "without"),
        ("a ) b", "too many"),
        ("{nowhere}", "no word list or pattern"),
        ("[purple]", "no class"),
        ("<NOBODY>", "no label NOBODY"),
        ("<head PERSON>", "not understood"),
        ("a | | b", "nothing to match"),
        ("{broken", "not understood"),
    ],
)
def test_a_wrong_pattern_is_explained(source, reason):
    with pytest.raises(PatternError, match=reason):
        read(source)


def test_a_pattern_that_tries_too_much_gives_up():
    tokens = tokens_with("a " * 400)
    assert found("((a+)+)+ z", tokens) is None


@given(st.text(alphabet='ab(){}[]<>|?*+." @', max_size=20))
def test_any_source_is_either_read_or_explained(source):
    tokens = tokens_with("a b a", ("b", "GPE"))
    try:
        node = read(source)
    except PatternError:
        return
    for at in tokens.where(node.starts()):
        assert all(at < end <= 3 for end, _ in matches(node, tokens, at) if end != at)
