"""The phrases of a real parse: nested, sound, trimmed as the project trims, and there for every text with a model."""

from __future__ import annotations

import io
import queue
from itertools import pairwise

from annotator.model.growing import grown
from annotator.model.text import is_grapheme_border
from annotator.suggest import worker as worker_module
from annotator.suggest.phrases import phrases_of
from annotator.suggest.protocol import decode
from annotator.suggest.suggester import Suggester
from annotator.suggest.worker import Job, Worker

TEXT = "The Chinese President Xi Jinping met Ivan Melnikov, the first deputy chairman of the State Duma, in Beijing."


def phrases(pipeline, config, text):
    (doc,) = pipeline.parse([pipeline.nlp.make_doc(text)])
    return list(phrases_of(text, doc, 0, config.boundaries))


def test_a_name_grows_by_its_title_and_by_its_apposition(pipeline, news_config):
    found = [[TEXT[slice(*rung)] for rung in rungs] for rungs in phrases(pipeline, news_config, TEXT)]
    assert ["Jinping", "Xi Jinping", "Chinese President Xi Jinping"] in found, "no article"
    melnikov = next(rungs for rungs in found if rungs[0] == "Melnikov")
    assert melnikov[1] == "Ivan Melnikov"
    assert melnikov[-1].startswith("Ivan Melnikov, the first deputy chairman of the State Duma")


def test_every_phrase_is_nested_and_sound(pipeline, news_config, article):
    text = article + "\n👩\u200d👧 met e\u0301te\u0301 🇩🇪 people, \u0600 5 Zu\u0308rich men’s 1\ufe0f\u20e3 things."
    found = phrases(pipeline, news_config, text)
    assert len(found) > 200
    for rungs in found:
        for start, end in rungs:
            assert 0 <= start < end <= len(text)
            assert is_grapheme_border(text, start)
            assert is_grapheme_border(text, end)
        for inner, outer in pairwise(rungs):
            assert outer[0] <= inner[0] < inner[1] <= outer[1]
            assert inner != outer


def test_the_last_stage_brings_phrases_on_the_offsets_of_the_whole_text(suggester):
    text = f"👍 A first line\n\n{TEXT}"
    first, last = [staged for staged in suggester.suggest(text) if staged is not None]
    assert not first.phrases
    start = text.index("Jinping")
    place = grown(text, last.phrases, (start, start + 7), 1)
    assert place is not None
    assert text[slice(*place)] == "Xi Jinping"


def test_without_a_model_there_are_none(news_config):
    from annotator.suggest.pipeline import load_pipeline

    suggester = Suggester(news_config, load_pipeline("no-such-model"))
    assert not any(staged.phrases for staged in suggester.suggest(TEXT) if staged is not None)


def test_many_phrases_are_sent_in_parts_that_fit_together(pipeline, suggester, article, monkeypatch):
    monkeypatch.setattr(worker_module, "PART_PHRASES", 50)
    output = io.BytesIO()
    worker = Worker(queue.SimpleQueue(), output)
    worker._suggester = suggester
    job = worker._jobs[1] = Job(1, is_urgent=False, steps=suggester.suggest(article))
    while worker._jobs:
        worker._step(job)
    sent = [decode(line) for line in output.getvalue().splitlines(keepends=True)]
    rows = [row for message in sent for row in message.get("phrases", ())]
    assert sum("phrases" in message for message in sent) > 5
    assert rows == [list(row) for row in [*suggester.suggest(article)][-1].phrases.rows]
