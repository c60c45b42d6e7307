"""The host keeps suggestions coming whatever becomes of its worker, and leaves nothing behind."""

from __future__ import annotations

import os
import queue
import signal
import sys
from pathlib import Path

import pytest

from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.protocol import Answer

ODD_WORKER = Path(__file__).with_name("odd_worker.py")
WAIT_S = 60


class Office:
    """A host with what it said, in order."""

    def __init__(self, config, **how):
        self.events = queue.Queue()
        self.host = Host(config, self.events.put, self.events.put, **how)

    def until(self, wanted):
        """The first event for which `wanted` holds; fails when none comes."""
        seen = []
        while True:
            try:
                event = self.events.get(timeout=WAIT_S)
            except queue.Empty:
                pytest.fail(f"it never came; there were {seen}")
            seen.append(event)
            if wanted(event):
                return event

    def last_answer(self, document):
        return self.until(lambda e: isinstance(e, Answer) and e.document == document and e.is_last)

    def state(self, kind):
        return self.until(lambda event: not isinstance(event, Answer) and event.kind == kind)

    def rest(self):
        found = []
        while not self.events.empty():
            found.append(self.events.get())
        return found


@pytest.fixture
def config(small_schema):
    return SuggestConfig.from_schema(small_schema())


@pytest.fixture
def odd(config, tmp_path):
    """Starts offices with the odd worker."""
    opened = []

    def start(*arguments, **how):
        command = [sys.executable, str(ODD_WORKER), str(tmp_path / "log"), *arguments]
        opened.append(Office(config, command=command, **{"backoff_s": (0.01, 0.01, 0.01), **how}))
        opened[-1].log = tmp_path / "log"
        return opened[-1]

    yield start
    for office in opened:
        office.host.close()


def test_answers_come_in_stages_for_each_document(odd):
    office = odd()
    office.host.ask("a", "text a")
    office.host.ask("b", "text b")
    first = office.until(lambda event: isinstance(event, Answer))
    assert (first.document, first.stage, first.author.name) == ("a", "entities", "odd-1")
    assert office.last_answer("a").stage == "relations"
    assert office.last_answer("b").author.kind == "model"
    assert office.state("ready").model == "odd-1"


def test_urgent_texts_overtake(odd):
    office = odd()
    office.host.ask("first", "slow")
    for number in range(5):
        office.host.ask(f"queued {number}", "slow")
    office.host.ask("open document", "quick", urgent=True)
    order = []
    while "open document" not in order:
        order.append(office.until(lambda event: isinstance(event, Answer) and event.is_last).document)
    assert "queued 4" not in order


def test_a_worker_that_dies_once_is_replaced_and_the_text_asked_again(odd):
    office = odd()
    office.host.ask("a", "die once")
    assert office.state("restarted")
    assert office.last_answer("a")


def test_a_poisonous_text_is_reported_and_the_next_one_answered(odd):
    office = odd()
    office.host.ask("poison", "die")
    office.host.ask("good", "text")
    failed = office.until(lambda event: not isinstance(event, Answer) and event.document)
    assert (failed.kind, failed.document) == ("failed", "poison")
    assert office.last_answer("good")
    assert office.log.read_text().count("die") == 2


def test_a_text_the_worker_refuses_is_reported_without_a_restart(odd):
    office = odd()
    office.host.ask("bad", "fail")
    assert office.state("failed").document == "bad"
    office.host.ask("good", "text")
    assert office.last_answer("good")
    assert office.log.read_text().count("started") == 1


def test_a_hung_worker_is_replaced(odd):
    office = odd(patience_s=0.5)
    office.host.ask("a", "hang once")
    assert office.state("restarted")
    assert office.last_answer("a")


def test_a_worker_that_babbles_is_replaced(odd):
    office = odd()
    office.host.ask("a", "babble")
    assert office.state("restarted")
    assert office.state("failed").document == "a"


def test_a_forgotten_document_is_not_answered(odd):
    office = odd()
    office.host.ask("a", "slow")
    office.host.ask("b", "slow")
    office.host.forget("b")
    office.host.ask("c", "text")
    office.last_answer("c")
    office.host.ask("a again", "slow")
    office.host.forget("a again")
    office.host.ask("d", "text")
    office.last_answer("d")
    assert not [event for event in office.rest() if isinstance(event, Answer)]


def test_a_worker_that_cannot_start_is_given_up_and_tried_again_when_asked(odd):
    office = odd("dies-at-start")
    assert office.state("failed").document == ""
    starts = office.log.read_text().count("started")
    assert starts == 4
    office.host.ask("a", "text")
    assert office.state("failed")
    assert office.log.read_text().count("started") == 2 * starts


def test_a_worker_that_says_it_is_broken_is_not_started_again(odd):
    office = odd("broken")
    assert office.state("failed").text == "No suggestions: no luck"
    assert office.log.read_text().count("started") == 1


def test_a_command_that_does_not_exist_is_told(config):
    office = Office(config, command=["/no/such/program"], backoff_s=())
    assert "cannot be started" in office.state("failed").text
    office.host.close()


def test_closing_ends_a_hung_worker_at_once(odd):
    office = odd()
    office.host.ask("a", "hang")
    office.state("busy")
    pid = office.host.worker_pid
    office.host.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert office.host.worker_pid is None


def test_nothing_is_said_after_closing(odd):
    office = odd()
    office.host.ask("a", "slow")
    office.state("busy")
    office.host.close()
    office.rest()
    office.host.ask("b", "text")
    assert office.rest() == []


@pytest.mark.slow
def test_the_real_worker_survives_kill_9(config, pipeline):
    office = Office(config)
    try:
        office.host.ask("a", "Angela Merkel went to Paris.")
        assert len(office.last_answer("a").items) == 2
        os.kill(office.host.worker_pid, signal.SIGKILL)
        office.host.ask("b", "Angela Merkel went to Paris and Rome.")
        assert len(office.last_answer("b").items) == 3
    finally:
        office.host.close()
