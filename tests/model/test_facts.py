"""Attributes, document labels, fragments and the ends of relations, as edits."""

import pytest

from annotator.model import Broken, Decision, Edit, Layer, Pending, Refused, Relation, Schema, Span, facts

TEXT = "President Xi Jinping of China met Vladimir Putin in Beijing."
SCHEMA = Schema.from_dict(
    {
        "labels": [{"name": "PERSON"}, {"name": "GPE"}],
        "relations": [{"name": "meets", "symmetric": True}, {"name": "from", "heads": ["PERSON"], "tails": ["GPE"]}],
        "attributes": [
            {"name": "certainty", "kind": "choice", "values": ["sure", "doubtful"]},
            {"name": "fictional", "kind": "yes-no", "on": ["PERSON"]},
            {"name": "entry", "kind": "link", "on": ["GPE"], "table": "places"},
            {"name": "since", "on": ["from"]},
        ],
        "document_labels": [{"name": "politics"}, {"name": "sports"}],
    }
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def layer() -> Layer:
    spans = [
        Span("xi", "PERSON", (at("Xi Jinping"),)),
        Span("putin", "PERSON", (at("Vladimir Putin"),)),
        Span("china", "GPE", (at("China"),)),
        Span("beijing", "GPE", (at("Beijing"),)),
    ]
    return Layer("d", "p", [*spans, Relation("r", "from", "xi", "china"), Relation("m", "meets", "xi", "putin")])


def done(layer: Layer, edit: Edit) -> None:
    layer.check(edit)
    layer.apply(edit)


def refused(code: str, act) -> None:
    with pytest.raises(Refused) as error:
        act()
    assert error.value.code == code


def test_the_schema_says_which_attributes_an_item_has() -> None:
    assert [attribute.name for attribute in SCHEMA.attributes_of("PERSON")] == ["certainty", "fictional"]
    assert [attribute.name for attribute in SCHEMA.attributes_of("GPE")] == ["certainty", "entry"]
    assert [attribute.name for attribute in SCHEMA.attributes_of("from")] == ["since"]
    assert Schema.from_dict(SCHEMA.to_dict()) == SCHEMA


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ({"name": "a", "kind": "colour"}, "kind of a"),
        ({"name": "a", "kind": "choice"}, "no values"),
        ({"name": "a", "on": ["NOTHING"]}, "names NOTHING"),
    ],
)
def test_a_broken_attribute_is_named(attribute, words: str) -> None:
    with pytest.raises(Broken, match=words):
        Schema.from_dict({"labels": [{"name": "A"}], "attributes": [attribute]})


def test_an_attribute_is_set_changed_and_taken_away(layer: Layer) -> None:
    done(layer, facts.set_attribute(layer, SCHEMA, "xi", "certainty", "sure"))
    done(layer, facts.set_attribute(layer, SCHEMA, "xi", "fictional", value=False))
    assert layer.spans["xi"].attrs == {"certainty": "sure", "fictional": False}
    done(layer, facts.set_attribute(layer, SCHEMA, "xi", "certainty", None))
    assert layer.spans["xi"].attrs == {"fictional": False}
    done(layer, facts.set_attribute(layer, SCHEMA, "r", "since", "2013"))
    assert layer.relations["r"].attrs == {"since": "2013"}


def test_values_that_do_not_fit_are_refused(layer: Layer) -> None:
    for item, name, value, code in (
        ("xi", "certainty", "perhaps", "attribute-value"),
        ("xi", "fictional", "no", "attribute-value"),
        ("china", "entry", " ", "attribute-value"),
        ("xi", "entry", "Q1", "attribute-unknown"),
        ("gone", "entry", "Q1", "item-missing"),
        ("xi", "certainty", None, "attribute-same"),
    ):
        refused(code, lambda item=item, name=name, value=value: facts.set_attribute(layer, SCHEMA, item, name, value))


def test_document_labels_are_switched_on_and_off(layer: Layer) -> None:
    done(layer, facts.toggle_document_label(layer, SCHEMA, "politics"))
    done(layer, facts.toggle_document_label(layer, SCHEMA, "sports"))
    assert facts.document_labels(layer) == {"politics", "sports"}
    done(layer, facts.toggle_document_label(layer, SCHEMA, "politics"))
    assert facts.document_labels(layer) == {"sports"}
    refused("document-label-unknown", lambda: facts.toggle_document_label(layer, SCHEMA, "weather"))


def test_a_span_gets_and_loses_a_fragment(layer: Layer) -> None:
    done(layer, facts.add_fragment(layer, SCHEMA, TEXT, "putin", at("President")))
    assert layer.spans["putin"].covered(TEXT) == "President Vladimir Putin"
    done(layer, facts.remove_fragment(layer, SCHEMA, TEXT, "putin", at("President")))
    assert layer.spans["putin"].fragments == (at("Vladimir Putin"),)
    refused("fragment-last", lambda: facts.remove_fragment(layer, SCHEMA, TEXT, "putin", at("Vladimir Putin")))


def test_fragments_that_touch_become_one_and_overlapping_ones_are_refused(layer: Layer) -> None:
    done(layer, facts.add_fragment(layer, SCHEMA, TEXT, "xi", (at("President")[0], at("Xi")[0])))
    assert layer.spans["xi"].fragments == ((0, at("Xi Jinping")[1]),)
    refused("fragment-overlap", lambda: facts.add_fragment(layer, SCHEMA, TEXT, "xi", at("Jinping of")))


def test_a_relation_is_retargeted_where_the_schema_allows(layer: Layer) -> None:
    done(layer, facts.retarget_relation(layer, SCHEMA, "r", tail="beijing"))
    done(layer, facts.retarget_relation(layer, SCHEMA, "r", head="putin"))
    assert (layer.relations["r"].head, layer.relations["r"].tail) == ("putin", "beijing")
    refused("relation-ends", lambda: facts.retarget_relation(layer, SCHEMA, "r", tail="xi"))


def test_a_relation_is_reversed_unless_it_has_no_direction_or_its_ends_forbid(layer: Layer) -> None:
    refused("relation-symmetric", lambda: facts.reverse_relation(layer, SCHEMA, "m"))
    refused("relation-ends", lambda: facts.reverse_relation(layer, SCHEMA, "r"))
    loose = Schema.from_dict({**SCHEMA.to_dict(), "relations": [{"name": "from"}], "attributes": []})
    done(layer, facts.reverse_relation(layer, loose, "r"))
    assert (layer.relations["r"].head, layer.relations["r"].tail) == ("china", "xi")


def test_a_suggested_relation_is_taken_over_with_another_end_and_counts_as_corrected(layer: Layer) -> None:
    suggested = Relation("s", "from", "putin", "china", origin="rules:r", confirmed="none", score=0.5)
    pending = Pending({}, {"s": suggested})
    edit = facts.correct_relation_ends(layer, SCHEMA, TEXT, pending, "s", head="putin", tail="beijing")
    done(layer, edit)
    made = next(relation for relation in layer.relations.values() if relation.head == "putin")
    assert (made.label, made.tail, made.confirmed) == ("from", "beijing", "single")
    [decision] = layer.decisions.values()
    assert isinstance(decision, Decision)
    assert (decision.answer, decision.result) == ("corrected", made.id)
    done(layer, edit.inverse())
    assert set(layer.relations) == {"r", "m"}
    assert not layer.decisions


def test_a_suggested_relation_is_not_taken_over_with_ends_that_the_schema_forbids(layer: Layer) -> None:
    pending = Pending({}, {"s": Relation("s", "from", "putin", "china", confirmed="none")})
    refused(
        "relation-ends",
        lambda: facts.correct_relation_ends(layer, SCHEMA, TEXT, pending, "s", head="china", tail="putin"),
    )
