"""The suggestions for hand-labelled articles stay as good as they are. Figures: tests/bench/eval_suggest.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def evaluation():
    spec = importlib.util.spec_from_file_location("eval_suggest", ROOT / "tests" / "bench" / "eval_suggest.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["eval_suggest"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize(
    ("files", "strict", "relations"),
    [("tests/suggest/articles/*.jsonl", 0.92, 0.85), ("projects/news/gold.jsonl", 0.95, 0.90)],
)
def test_articles_keep_their_scores(evaluation, pipeline, news_schema, files, strict, relations):
    golds = [document for path in sorted(ROOT.glob(files)) for document in evaluation.read(path, news_schema)]
    scores = evaluation.score(golds, evaluation.suggested(golds, news_schema))
    assert scores["strict"].f1 >= strict
    assert scores["relations"].f1 >= relations
    assert scores["relations"].precision >= 0.85, "an annotator is helped, not flooded"


def test_the_hand_made_labels_are_sound(evaluation, news_schema):
    for path in evaluation.ARTICLES:
        (document,) = evaluation.read(path, news_schema)
        for start, end, label in document.spans:
            assert document.text[start:end] == document.text[start:end].strip() != ""
            assert label in news_schema.label_names
        for label, head, tail in document.links:
            assert news_schema.relation_names[label].allows(head[2], tail[2]), (path.name, label, head, tail)
