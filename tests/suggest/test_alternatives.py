"""What a suggested span could be instead: from the model's scores, from what a rule overrode, from other places."""

import pytest

from annotator.model import Alternative, Label, Schema, Span, span_suggestion_id
from annotator.model.text import tokens as words_of
from annotator.suggest.config import SuggestConfig
from annotator.suggest.consistency import harmonise
from annotator.suggest.passages import Passage
from annotator.suggest.reading import mentions_of
from annotator.suggest.suggester import ALTERNATIVES, Suggester
from annotator.suggest.tokens import Mention, Tokens

TEXT = "Orbix rose."
SCHEMA = Schema(
    "places",
    (Label("Person", "Person"), Label("Place", "Place"), Label("Firm", "Firm")),
    suggest={"label_map": {"PERSON": "Person", "GPE": "Place", "LOC": "Place", "ORG": "Firm", "DATE": "ignore"}},
)


@pytest.fixture
def read(pipeline):
    """The one mention of TEXT when the model gives these scores to its first word, found as the first of them."""

    def read(scores):
        doc = pipeline.nlp.make_doc(TEXT)
        label = next(iter(scores))
        doc.set_ents([doc.char_span(0, 5, label=label)])
        config = SuggestConfig.from_schema(SCHEMA)
        (mention,) = mentions_of(TEXT, doc, 0, {(0, 1, label): scores}, config=config, origin="model:m")
        return mention

    return read


def test_labels_of_the_model_that_mean_the_same_count_together_and_ignored_ones_not(read):
    mention = read({"PERSON": 0.5, "DATE": 0.2, "ORG": 0.12, "GPE": 0.1, "LOC": 0.05})
    assert (mention.label, mention.score) == ("Person", 0.5)
    assert mention.others == (Alternative("Place", 0.15), Alternative("Firm", 0.12))


def test_what_means_the_same_as_the_label_itself_is_no_alternative(read):
    assert read({"GPE": 0.5, "LOC": 0.4, "ORG": 0.1}).others[0] == Alternative("Firm", 0.1)


def passage_of(text, *mentions):
    passage = Passage(text, (0, len(text)), "model:m", {}, lambda _: Tokens(text, words_of(text)))
    for mention in mentions:
        passage.propose(mention)
    return passage


def test_the_label_that_a_rule_overrode_becomes_the_runner_up():
    model = Mention(0, 5, "ORG", 0.7, "model:m", (Alternative("GPE", 0.2), Alternative("PERSON", 0.1)))
    passage = passage_of(TEXT, model)
    assert passage.propose(Mention(0, 5, "PERSON", 0.9, "rules:r"), wins=True)
    (left,) = passage.mentions
    assert left.others == (Alternative("ORG", 0.7), Alternative("GPE", 0.2))


def test_what_a_longer_rule_covered_is_no_alternative_for_it():
    passage = passage_of(TEXT, Mention(0, 5, "ORG", 0.7, "model:m"))
    assert passage.propose(Mention(0, 10, "EVENT", 0.9, "rules:r"), wins=True)
    assert passage.mentions[0].others == ()


def test_the_label_that_the_majority_overrode_becomes_the_runner_up():
    text = "Orbix rose. Orbix fell. Orbix stood."
    found = [Mention(at, at + 5, label, score, "model:m") for at, label, score in ((0, "ORG", 0.9), (12, "ORG", 0.9))]
    passage = passage_of(text, *found, Mention(24, 29, "PERSON", 0.6, "model:m", (Alternative("GPE", 0.1),)))
    for _ in harmonise([passage], SuggestConfig.from_schema(SCHEMA).consistency, "rules:r"):
        pass
    last = passage.mentions[-1]
    assert (last.label, last.others) == ("ORG", (Alternative("PERSON", 0.6), Alternative("GPE", 0.1)))


def test_alternatives_are_ranked_never_the_label_itself_and_no_part_of_the_id(suggester, news_schema, article):
    spans = [item for item in [*suggester.suggest(article)][-1].items if isinstance(item, Span)]
    with_others = [span for span in spans if span.alternatives]
    assert len(with_others) > len(spans) * 0.75, "most suggestions have a runner-up"
    for span in spans:
        labels = [span.label, *(other.label for other in span.alternatives)]
        assert len(set(labels)) == len(labels) <= ALTERNATIVES + 1
        assert set(labels) <= set(news_schema.label_names)
        assert all(0 <= other.score <= 1 for other in span.alternatives)
        assert span.id == span_suggestion_id(span.label, span.fragments)


def test_without_scores_there_are_no_alternatives(news_config):
    from annotator.suggest.pipeline import load_pipeline

    suggester = Suggester(news_config, load_pipeline("no-such-model"))
    spans = [item for item in [*suggester.suggest("XINHUA spoke of COVID-19.")][-1].items if isinstance(item, Span)]
    assert spans
    assert all(span.alternatives == () for span in spans)
