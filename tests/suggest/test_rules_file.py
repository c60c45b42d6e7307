"""The settings in a schema are checked when they are read, and the entry at fault is named."""

import pytest

from annotator.model import Broken
from annotator.suggest.config import SuggestConfig
from annotator.suggest.rules import DocumentRule, PatternRule, TriggerRule

TITLE_RULE = {"name": "office", "label": "TITLE", "pattern": "{office}"}
HOLDS = {"name": "before", "relation": "holds", "pattern": "<tail:TITLE> <head:PERSON>"}
MEETS = {
    "name": "meeting",
    "relation": "knows",
    "trigger": ["meet", "hold talk"],
    "head": "subject:PERSON",
    "tail": "object|with:PERSON",
}


def test_a_whole_set_of_rules_is_read(small_schema):
    config = SuggestConfig.from_schema(
        small_schema(
            label_map={"PERSON": "PERSON", "DATE": "ignore"},
            boundaries={"article": False},
            consistency={"surnames": False},
            nesting={"TITLE": ["GPE"]},
            words={"office": "president, prime minister,\nmayor"},
            entities=[TITLE_RULE],
            relations=[HOLDS, MEETS, {"name": "n", "relation": "knows", "kind": "short-form", "heads": ["PERSON"]}],
        )
    )
    assert config.boundaries.article is False
    assert config.nesting == {"TITLE": frozenset({"GPE"})}
    assert [type(rule) for rule in config.rules.relations] == [PatternRule, TriggerRule, DocumentRule]


def test_a_schema_without_settings_is_enough(small_schema):
    config = SuggestConfig.from_schema(small_schema())
    assert config.label_map["LOC"] == "GPE"
    assert config.rules.entities == ()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"entitys": []}, "entitys"),
        ({"label_map": {"ORG": "COMPANY"}}, "label_map.ORG: the schema has no label COMPANY"),
        ({"label_map": ["ORG"]}, "label_map must be a table"),
        ({"boundaries": {"artcle": True}}, "no switch artcle"),
        ({"consistency": {"surname": True}}, "no setting surname"),
        ({"consistency": {"labels": ["ORG"]}}, "no label ORG"),
        ({"nesting": {"TITLE": ["ORG"]}}, "no label ORG"),
        ({"words": {"office": 3}}, "office must be a list of words"),
        ({"patterns": {"p": "("}}, "patterns.p"),
        ({"entities": {"name": "x"}}, "list of"),
        ({"entities": [{**TITLE_RULE, "colour": "red"}]}, "entities 1 “office”: there is no setting colour"),
        ({"entities": [TITLE_RULE]}, "entities 1 “office”: pattern: there is no word list or pattern {office}"),
        ({"entities": [{**TITLE_RULE, "pattern": "x", "label": "ORG"}]}, "the schema has no label ORG"),
        ({"entities": [{**TITLE_RULE, "pattern": "x", "how": "maybe"}]}, "how must be one of"),
        ({"entities": [{**TITLE_RULE, "pattern": "x", "score": 2}]}, "score must be a number from 0 to 1"),
        ({"entities": [{"label": "TITLE", "pattern": "x"}]}, "name must be a text"),
        ({"relations": [{**HOLDS, "relation": "owns"}]}, "relations 1 “before”: the schema has no relation owns"),
        ({"relations": [{**HOLDS, "pattern": "<tail:TITLE>"}]}, "needs a <head:…> and a <tail:…>"),
        ({"relations": [{**MEETS, "head": "PERSON"}]}, "written as places:labels"),
        ({"relations": [{**MEETS, "tail": "object:ROBOT"}]}, "no label ROBOT"),
        ({"relations": [{**MEETS, "trigger": ["have a long talk"]}]}, "one lemma, or a verb and its object"),
        (
            {"relations": [{"name": "l", "relation": "knows", "kind": "magic", "heads": ["PERSON"]}]},
            "kind must be one of",
        ),
        (
            {"relations": [{"name": "l", "relation": "knows", "kind": "holder", "via": "x", "heads": ["GPE"]}]},
            "no relation x",
        ),
    ],
)
def test_what_is_wrong_is_named(small_schema, settings, said):
    with pytest.raises(Broken) as caught:
        SuggestConfig.from_schema(small_schema(**settings))
    assert said in str(caught.value)


def test_the_hashes_follow_what_they_stand_for(small_schema):
    plain = SuggestConfig.from_schema(small_schema())
    mapped = SuggestConfig.from_schema(small_schema(label_map={"PERSON": "PERSON"}))
    ruled = SuggestConfig.from_schema(small_schema(words={"office": ["mayor"]}))
    assert plain.rules_hash == mapped.rules_hash != ruled.rules_hash
    assert plain.map_hash == ruled.map_hash != mapped.map_hash


def test_the_news_project_has_rules_for_every_label_and_relation(news_config, news_schema):
    made = set(news_config.label_map.values()) | {rule.label for rule in news_config.rules.entities}
    assert set(news_schema.label_names) <= made
    assert {rule.relation for rule in news_config.rules.relations} == set(news_schema.relation_names)
