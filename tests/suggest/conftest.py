"""What the tests of the suggestions share: a small schema, the news project, and a real pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.app.sources import load_schema
from annotator.model import Label, RelationType, Schema
from annotator.suggest.config import SuggestConfig

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "seeds" / "000_cd11cc6e04f149dc.txt"


def _small_schema(**suggest) -> Schema:
    """Three labels and two relations, with these settings for the suggestions."""
    return Schema(
        name="small",
        labels=(Label("PERSON", "Person"), Label("GPE", "Place"), Label("TITLE", "Title")),
        relations=(
            RelationType("holds", "holds", heads=("PERSON",), tails=("TITLE",)),
            RelationType("knows", "knows", heads=("PERSON",), tails=("PERSON",), is_symmetric=True),
        ),
        suggest=suggest,
    )


@pytest.fixture
def small_schema():
    return _small_schema


@pytest.fixture(scope="session")
def news_schema() -> Schema:
    return load_schema("news")


@pytest.fixture(scope="session")
def news_config(news_schema) -> SuggestConfig:
    return SuggestConfig.from_schema(news_schema)


@pytest.fixture(scope="session")
def article() -> str:
    return ARTICLE.read_bytes().decode()


@pytest.fixture(scope="session")
def pipeline():
    """The installed model; skips visibly where there is none."""
    from annotator.suggest.pipeline import load_pipeline

    loaded = load_pipeline()
    if not loaded.info.name:
        pytest.skip(f"no language model: {loaded.info.detail}")
    return loaded


@pytest.fixture(scope="session")
def suggester(news_config, pipeline):
    from annotator.suggest.suggester import Suggester

    return Suggester(news_config, pipeline)
