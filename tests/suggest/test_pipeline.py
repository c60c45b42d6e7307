"""Which model is loaded, and how its files are checked before."""

from __future__ import annotations

import shutil

import pytest

from annotator.suggest import pipeline as pipelines
from annotator.suggest.pipeline import find_model, load_pipeline
from annotator.suggest.verify import reference_list, verify

REFERENCE = "en_core_web_sm-3.8.0"


@pytest.fixture(scope="module")
def copy(pipeline, tmp_path_factory):
    """A copy of the installed model's folder that tests may change."""
    target = tmp_path_factory.mktemp("model") / "en_core_web_sm-3.8.0"
    shutil.copytree(pipeline.folder, target)
    return target


def test_the_installed_model_has_the_files_of_the_reference_list(pipeline):
    assert len(reference_list(REFERENCE)) == 24
    assert verify(pipeline.folder, REFERENCE).verified == "yes"
    assert pipeline.info.title == REFERENCE


def test_a_changed_file_a_missing_file_and_a_strange_file_are_named(copy):
    original = (copy / "tokenizer").read_bytes()
    (copy / "tokenizer").write_bytes(original[:-1] + b"x")
    (copy / "extra.py").write_text("pass")
    (copy / "senter" / "cfg").rename(copy / "senter" / "cfg.away")
    try:
        found = verify(copy, REFERENCE)
    finally:
        (copy / "tokenizer").write_bytes(original)
        (copy / "extra.py").unlink()
        (copy / "senter" / "cfg.away").rename(copy / "senter" / "cfg")
    assert found.verified == "no"
    assert set(found.mismatches) == {"tokenizer", "extra.py", "senter/cfg", "senter/cfg.away"}
    assert verify(copy, REFERENCE).verified == "yes"


def test_without_a_list_nothing_is_known(copy):
    assert verify(copy, "some_other_model-1.0").verified == "unknown"


def test_a_chosen_path_is_loaded_and_recognised(copy):
    assert load_pipeline(str(copy)).info.verified == "yes"


def test_a_chosen_model_with_changed_files_is_loaded_and_said(copy):
    meta = copy / "accuracy.json"
    original = meta.read_bytes()
    meta.write_bytes(original + b" ")
    try:
        loaded = load_pipeline(str(copy))
    finally:
        meta.write_bytes(original)
    assert loaded.can_name
    assert loaded.info.verified in {"no", "unknown"}
    assert loaded.info.detail


def test_a_model_with_changed_files_is_refused_unless_chosen(copy, monkeypatch):
    monkeypatch.setattr(pipelines, "PACKAGES", ("nowhere",))
    monkeypatch.setattr(pipelines, "find_model", lambda _: copy)
    readme = copy / "accuracy.json"
    original = readme.read_bytes()
    readme.write_bytes(original + b" ")
    try:
        loaded = load_pipeline()
    finally:
        readme.write_bytes(original)
    assert not loaded.info.name
    assert "1 of its files differ from the reference list, first accuracy.json" in loaded.info.detail


def test_without_a_model_the_reason_is_said_and_there_is_an_empty_pipeline(monkeypatch):
    monkeypatch.setattr(pipelines, "PACKAGES", ())
    loaded = load_pipeline()
    assert loaded.info.title == ""
    assert "no language model" in loaded.info.detail
    assert [token.text for token in next(iter(loaded.parse([loaded.nlp.make_doc("Hello there")])))] == [
        "Hello",
        "there",
    ]


@pytest.mark.parametrize("name", ["no_such_model", "../etc", "a.b.c", "os", ""])
def test_names_that_are_no_model_are_not_found(name):
    assert find_model(name) is None


def test_a_damaged_model_is_told_and_the_rules_remain(copy, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(copy, broken)
    (broken / "ner" / "model").write_bytes(b"no weights")
    loaded = load_pipeline(str(broken))
    assert not loaded.can_name
    assert "cannot be loaded" in loaded.info.detail


def test_only_the_entity_recogniser_is_loaded_at_first(copy):
    loaded = load_pipeline(str(copy))
    assert loaded.nlp.pipe_names == ["ner"]
    (doc,) = loaded.parse([loaded.nlp.make_doc("She met him in Paris.")])
    assert [token.lemma_ for token in doc][:2] == ["she", "meet"]
