"""The schema: read from plain data, named by its content, and what it allows."""

import pytest

from annotator.model import Broken, Schema

DATA = {
    "name": "news",
    "labels": [{"name": "PERSON"}, {"name": "GPE", "title": "Place", "key": "x", "hue": 165, "examples": ["Beijing"]}],
    "relations": [{"name": "in", "heads": ["PERSON"], "tails": ["GPE"], "key": "q"}],
}


def test_a_schema_survives_its_own_data() -> None:
    schema = Schema.from_dict(DATA)
    assert Schema.from_dict(schema.to_dict()) == schema
    assert Schema.from_dict(schema.to_dict()).id == schema.id


def test_another_content_has_another_id() -> None:
    assert Schema.from_dict(DATA).id != Schema.from_dict({**DATA, "overlap": "nested"}).id


def test_what_is_left_out_gets_a_sensible_value() -> None:
    person = Schema.from_dict(DATA).label_names["PERSON"]
    assert (person.title, person.key, person.definition) == ("PERSON", "1", "")


def test_relations_between_labels_are_those_whose_ends_fit() -> None:
    schema = Schema.from_dict({**DATA, "relations": [*DATA["relations"], {"name": "any"}]})
    assert [kind.name for kind in schema.relations_between("PERSON", "GPE")] == ["in", "any"]
    assert [kind.name for kind in schema.relations_between("GPE", "PERSON")] == ["any"]


def test_a_relation_may_want_the_same_label_at_both_ends_whichever_it_is() -> None:
    schema = Schema.from_dict({**DATA, "relations": [*DATA["relations"], {"name": "alike", "same_label": True}]})
    assert [kind.name for kind in schema.relations_between("GPE", "GPE")] == ["alike"]
    assert [kind.name for kind in schema.relations_between("PERSON", "GPE")] == ["in"]
    assert Schema.from_dict(schema.to_dict()) == schema


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"labels": [{"title": "x"}]}, "'name' is missing"),
        ({"labels": [{"name": ""}]}, "no name"),
        ({"labels": [{"name": "A"}, {"name": "A", "key": "2"}]}, "A stands twice"),
        ({"labels": [{"name": "A", "key": "1"}, {"name": "B", "key": "1"}]}, "key 1 is given to both A and B"),
        ({"labels": [{"name": "A"}], "relations": [{"name": "r", "heads": ["B"]}]}, "names the label B"),
        ({"labels": [{"name": "A", "examples": "x"}]}, "not a list of texts"),
        ({"labels": [{"name": 5}]}, "not a text"),
        ({"labels": 5}, "cannot be read"),
        ({"labels": [], "overlap": "some"}, "overlap"),
    ],
)
def test_a_broken_schema_is_named_as_such(data, words: str) -> None:
    with pytest.raises(Broken, match=words):
        Schema.from_dict(data)
