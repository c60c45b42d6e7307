"""Every entity gets a score from the parser's own actions; spaCy's ordinary decoding is the yardstick."""

import warnings

import pytest

from annotator.suggest.confidence import Named, name_entities

TEXTS = ["Angela Merkel met Xi Jinping in Beijing on 4 May 2014.", "", "Nothing here", "   ", "Paris\n\nRome"]


def entities(doc):
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def test_the_half_public_way_still_works_and_finds_what_the_public_one_finds(pipeline, article):
    nlp = pipeline.nlp
    texts = [*TEXTS, *article.split("\n\n")]
    docs = [nlp.make_doc(text) for text in texts]
    scores = [named.scores for named in name_entities(nlp, docs)]
    assert None not in scores, "spaCy has changed: scores cannot be had in this way any more"
    for text, doc, found in zip(texts, docs, scores, strict=True):
        assert entities(doc) == entities(nlp(text))
        assert sorted(found) == sorted(entities(doc))
        for (_, _, label), by_label in found.items():
            assert next(iter(by_label)) == label
            assert 0 < by_label[label] <= 1
            assert len(by_label) == 18, "every label of the model has a score for these words"
            assert all(0 <= score <= 1 for score in by_label.values())


def test_a_plain_name_is_surer_than_an_odd_one(pipeline):
    docs = [pipeline.nlp.make_doc(text) for text in ("He lives in Germany.", "Grumbly Wocks of Zorp flew.")]
    plain, odd = (named.scores for named in name_entities(pipeline.nlp, docs))
    best = [max((scores[key[2]] for key, scores in found.items()), default=0) for found in (plain, odd)]
    assert best[0] > best[1]


def test_the_runner_up_of_a_name_that_could_be_two_things_is_the_other_one(pipeline):
    doc = pipeline.nlp.make_doc("Washington said that it would talk.")
    (found,) = name_entities(pipeline.nlp, [doc])
    (scores,) = found.scores.values()
    assert set(sorted(scores, key=scores.get)[-3:]) <= {"GPE", "ORG", "PERSON"}


class Changed:
    """A pipeline whose recogniser does not let itself be driven by steps."""

    pipe_names = ("ner",)

    def __init__(self, nlp):
        self._nlp = nlp

    def get_pipe(self, name):
        ner = self._nlp.get_pipe(name)
        return _NoMoves(ner)


class _NoMoves:
    def __init__(self, ner):
        self._ner = ner

    def __call__(self, doc):
        return self._ner(doc)


def test_when_it_fails_entities_are_found_without_scores(pipeline):
    doc = pipeline.nlp.make_doc(TEXTS[0])
    assert name_entities(Changed(pipeline.nlp), [doc]) == [Named()]
    assert entities(doc) == entities(pipeline.nlp(TEXTS[0]))


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_empty_texts_do_no_harm(pipeline, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (found,) = name_entities(pipeline.nlp, [pipeline.nlp.make_doc(text)])
    assert found == Named({})


DOUBTFUL = "The Lakewood Quarto was sold to Mira Holm, and the Bravik Tower will follow (PHOTO / XINHUA)."


def test_what_a_more_eager_model_would_name_besides_is_weak_and_below_what_it_names(pipeline, article):
    texts = ["Angela Merkel met Xi Jinping in Beijing on 4 May 2014.", DOUBTFUL, *lines_of(article)]
    docs = [pipeline.nlp.make_doc(text) for text in texts]
    found = name_entities(pipeline.nlp, docs)
    assert any(named.weak for named in found)
    for doc, named in zip(docs, found, strict=True):
        taken = {at for entity in doc.ents for at in range(entity.start, entity.end)}
        for (first, end, label), by_label in named.weak.items():
            assert taken.isdisjoint(range(first, end))
            assert by_label[label] <= 0.5, "else the model would have named it"
            assert next(iter(by_label)) == label


def test_weak_hits_do_not_depend_on_what_else_is_read_beside_a_text(pipeline, article):
    nlp = pipeline.nlp
    lines = [DOUBTFUL, *lines_of(article)]
    together = name_entities(nlp, [nlp.make_doc(line) for line in lines])
    for line, named in zip(lines, together, strict=True):
        (alone,) = name_entities(nlp, [nlp.make_doc(line)])
        assert alone.weak.keys() == named.weak.keys()


def lines_of(article: str) -> list[str]:
    return [line for line in article.split("\n") if line.strip()]
