"""One place of a document learns from the others."""

from annotator.model.text import tokens as words_of
from annotator.suggest.config import Consistency
from annotator.suggest.consistency import harmonise
from annotator.suggest.passages import Passage
from annotator.suggest.tokens import Mention, Tokens

RULES = "rules:x"


def harmonised(text, *mentions, switches=None):
    """Mentions are (covered text, which occurrence, label, score[, origin]); returns (covered, start, label)."""
    passage = Passage(text, (0, len(text)), "model:m", {}, lambda _: Tokens(text, words_of(text)))
    for covered, occurrence, label, score, *origin in mentions:
        start = -1
        for _ in range(occurrence):
            start = text.index(covered, start + 1)
        passage.propose(Mention(start, start + len(covered), label, score, *(origin or ["model:m"])))
    for _ in harmonise([passage], switches or Consistency(), RULES):
        pass
    return {(text[m.start : m.end], m.start, m.label) for m in passage.mentions}


def labels_of(found, covered):
    return [label for word, _, label in sorted(found, key=lambda entry: entry[1]) if word == covered]


def test_a_surname_is_the_person_of_the_full_name():
    found = harmonised("Anna Keller won. Keller smiled, and keller too.", ("Anna Keller", 1, "PERSON", 0.9))
    assert labels_of(found, "Keller") == ["PERSON"]


def test_a_surname_with_another_label_is_put_right():
    found = harmonised("Anna Keller won. Keller smiled.", ("Anna Keller", 1, "PERSON", 0.9), ("Keller", 2, "ORG", 0.8))
    assert labels_of(found, "Keller") == ["PERSON"]


def test_a_first_word_counts_only_where_it_was_seen_alone():
    will = harmonised("Will Smith won. Will he smile?", ("Will Smith", 1, "PERSON", 0.9))
    assert labels_of(will, "Will") == []
    xi = harmonised(
        "Xi Jinping met him. Xi left. Xi spoke.", ("Xi Jinping", 1, "PERSON", 0.9), ("Xi", 2, "PERSON", 0.9)
    )
    assert labels_of(xi, "Xi") == ["PERSON", "PERSON"]


def test_the_clear_majority_decides_on_a_label():
    text = "Orbix rose. Orbix fell. Orbix stood."
    found = harmonised(text, ("Orbix", 1, "ORG", 0.9), ("Orbix", 2, "ORG", 0.9), ("Orbix", 3, "PERSON", 0.6))
    assert labels_of(found, "Orbix") == ["ORG", "ORG", "ORG"]


def test_a_close_call_is_left_as_it_is():
    found = harmonised("Orbix rose. Orbix fell.", ("Orbix", 1, "ORG", 0.9), ("Orbix", 2, "PERSON", 0.85))
    assert labels_of(found, "Orbix") == ["ORG", "PERSON"]


def test_word_lists_outweigh_the_model_and_are_not_relabelled():
    found = harmonised("Paris here. Paris there.", ("Paris", 1, "PERSON", 0.99), ("Paris", 2, "GPE", 0.7, RULES))
    assert labels_of(found, "Paris") == ["GPE", "GPE"]


def test_a_name_is_proposed_wherever_it_stands_but_not_within_longer_ones():
    text = "Orbix rose. Then Orbix fell. Orbix Street is long."
    assert labels_of(harmonised(text, ("Orbix", 1, "ORG", 0.9)), "Orbix") == ["ORG", "ORG"]


def test_words_without_a_capital_do_not_spread():
    assert labels_of(harmonised("the bank rose, the bank fell", ("bank", 1, "ORG", 0.9)), "bank") == ["ORG"]


def test_each_habit_can_be_switched_off():
    text = "Anna Keller won. Keller smiled. Orbix rose. Orbix fell."
    off = Consistency(surnames=False, same_string=False)
    found = harmonised(text, ("Anna Keller", 1, "PERSON", 0.9), ("Orbix", 1, "ORG", 0.9), switches=off)
    assert len(found) == 2
