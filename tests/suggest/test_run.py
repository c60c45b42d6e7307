"""Suggestions for a row of texts, as the command line asks for them."""

from functools import partial

import pytest

from annotator.model import Broken
from annotator.suggest import run as module
from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.run import suggest_texts


def test_every_text_is_answered_in_order_stage_by_stage(small_schema, pipeline):
    config = SuggestConfig.from_schema(small_schema())
    texts = [(f"d{number}", f"Angela Merkel flew to Paris {number} times.") for number in range(7)]
    said = []
    answers = list(suggest_texts(config, texts, on_state=said.append))
    assert [(answer.document, answer.stage) for answer in answers] == [
        (document, stage) for document, _ in texts for stage in ("entities", "relations")
    ]
    assert any("Suggesting" in text for text in said)


def test_no_texts_no_answers(small_schema):
    assert list(suggest_texts(SuggestConfig.from_schema(small_schema()), [])) == []


def test_a_worker_that_cannot_run_is_told(small_schema, monkeypatch):
    monkeypatch.setattr(module, "Host", partial(Host, command=["/no/such/program"], backoff_s=()))
    with pytest.raises(Broken, match="cannot be started"):
        list(suggest_texts(SuggestConfig.from_schema(small_schema()), [("a", "text")]))


def test_leaving_early_leaves_nothing_behind(small_schema, pipeline):
    answers = suggest_texts(SuggestConfig.from_schema(small_schema()), [("a", "Paris"), ("b", "Rome")])
    assert next(answers).document == "a"
    answers.close()
