"""Weak hits: what the model nearly named, under the project's labels, where nothing is proposed in the end."""

from annotator.model import Span
from annotator.suggest.protocol import answer_from, decode, encode, items_to_json
from annotator.suggest.reading import WORTH_A_LOOK
from annotator.suggest.suggester import Suggester

TEXT = "👍 The match\n\nHalcyon won the match in the rain. Angela Merkel sang in Oslo on Friday."


def last(suggester: Suggester, text: str):
    return [staged for staged in suggester.suggest(text) if staged is not None][-1]


def test_a_name_that_the_model_is_not_sure_of_comes_with_the_last_stage_on_offsets_of_the_whole_text(suggester):
    first, end = [staged for staged in suggester.suggest(TEXT) if staged is not None]
    assert first.weak == ()
    [hit] = end.weak
    assert TEXT[hit.start : hit.end] == "Halcyon"
    assert hit.label == "ORG"
    assert WORTH_A_LOOK <= hit.score < 0.5


def test_none_touches_a_suggestion_and_none_is_all_small_letters(suggester, article):
    text = f"{TEXT}\n\n{article}\n\nIn the valley bell peppers and leeks grow, said medics. Bravik Tower fell."
    staged = last(suggester, text)
    spans = [item for item in staged.items if isinstance(item, Span)]
    assert staged.weak
    for hit in staged.weak:
        assert not any(span.start < hit.end and hit.start < span.end for span in spans)
        assert not text[hit.start : hit.end].islower()


def test_without_a_model_there_are_none(news_config):
    from annotator.suggest.pipeline import load_pipeline

    assert last(Suggester(news_config, load_pipeline("no-such-model")), TEXT).weak == ()


def test_they_pass_from_the_worker_to_the_program(suggester):
    staged = last(suggester, TEXT)
    author = suggester.author
    line = encode(
        {
            "kind": "answer",
            "ticket": 1,
            "stage": staged.stage,
            "items": items_to_json(staged.items),
            "author": {"id": author.id, "kind": author.kind, "name": author.name, "info": dict(author.info)},
            "seconds": 0.1,
            "weak": [hit.row for hit in staged.weak],
        }
    )
    assert answer_from(decode(line), "d").weak == staged.weak
