"""Entity rules propose, replace and drop; mentions nest only where the project lets them."""

import pytest

from annotator.model.text import tokens as words_of
from annotator.suggest.config import SuggestConfig
from annotator.suggest.entity_rules import EntityRules
from annotator.suggest.passages import Passage
from annotator.suggest.tokens import Mention, Tokens

WORDS = {"office": "president, mayor", "place": "China, Paris, York, New York"}


@pytest.fixture
def proposed(small_schema):
    def propose(text, rules, mentions=(), nesting=None):
        schema = small_schema(words=WORDS, entities=rules, nesting=nesting or {"TITLE": ["GPE"]})
        config = SuggestConfig.from_schema(schema)
        passage = Passage(text, (0, len(text)), "model:m", config.nesting, lambda _: Tokens(text, words_of(text)))
        for covered, label in mentions:
            start = text.index(covered)
            passage.propose(Mention(start, start + len(covered), label, 0.9, "model:m"))
        EntityRules(config.rules.entities, "rules:small").apply(passage)
        passage.reconsider()
        return {(text[m.start : m.end], m.label) for m in passage.mentions}

    return propose


def rule(pattern, label="GPE", **more):
    return {"name": "r", "label": label, "pattern": pattern, **more}


def test_a_word_list_proposes_its_longest_entry(proposed):
    assert proposed("in New York now", [rule("{place}")]) == {("New York", "GPE")}


def test_add_stays_away_from_what_is_there(proposed):
    assert proposed("Paris Hilton", [rule("{place}")], [("Paris Hilton", "PERSON")]) == {("Paris Hilton", "PERSON")}


def test_replace_takes_the_same_place_but_not_a_part_of_a_longer_name(proposed):
    assert proposed("Paris", [rule("{place}", how="replace")], [("Paris", "PERSON")]) == {("Paris", "GPE")}
    longer = [("Paris Hilton", "PERSON")]
    assert proposed("Paris Hilton", [rule("{place}", how="replace")], longer) == {("Paris Hilton", "PERSON")}


def test_cut_takes_a_part_of_a_longer_name_too(proposed):
    assert proposed("about Paris", [rule("{place}", how="cut")], [("about Paris", "PERSON")]) == {("Paris", "GPE")}


def test_nesting_is_as_the_project_says(proposed):
    rules = [rule("{place}", how="replace"), rule("<GPE> {office}", "TITLE", how="replace")]
    assert proposed("China president", rules) == {("China", "GPE"), ("China president", "TITLE")}
    assert proposed("China president", rules, nesting={"GPE": []}) == {("China president", "TITLE")}


def test_surroundings_are_asked_for_and_forbidden(proposed):
    before = [rule("{office}", "TITLE", before="<PERSON> ,", after=",")]
    assert proposed("Doe, president, said", before, [("Doe", "PERSON")]) == {("Doe", "PERSON"), ("president", "TITLE")}
    assert proposed("Doe, president said", before, [("Doe", "PERSON")]) == {("Doe", "PERSON")}
    unless = [rule("{place}", unless_before="Real", unless_after="Hilton")]
    assert proposed("Real Paris and Paris Hilton", unless) == set()
    assert proposed("in Paris", unless) == {("Paris", "GPE")}


def test_a_rule_can_take_proposals_away(proposed):
    assert proposed("Paris and York", [rule("Paris", "ignore")], [("Paris", "GPE"), ("York", "GPE")]) == {
        ("York", "GPE")
    }


def test_what_was_declined_comes_back_when_its_rival_goes(proposed):
    rules = [rule("{place}"), rule("Paris Match", "ignore")]
    assert proposed("Paris Match", rules, [("Paris Match", "PERSON")]) == {("Paris", "GPE")}


def test_what_a_rule_finds_is_signed_by_the_rules(small_schema):
    config = SuggestConfig.from_schema(small_schema(words=WORDS, entities=[rule("{place}")]))
    passage = Passage("Paris", (0, 5), "model:m", config.nesting, lambda _: Tokens("Paris", [(0, 5)]))
    EntityRules(config.rules.entities, config.rules_origin).apply(passage)
    assert [mention.origin for mention in passage.mentions] == [f"rules:small@{config.rules_hash}"]
