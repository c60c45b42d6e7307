"""Which text is sent to the worker when, and what becomes of it when the worker ends."""

from annotator.suggest.requests import Requests


def send(requests):
    return [request.document for request in requests.to_send()]


def test_one_text_is_sent_at_a_time_in_order():
    requests = Requests()
    requests.add("a", "", urgent=False)
    requests.add("b", "", urgent=False)
    assert send(requests) == ["a"]
    assert send(requests) == []


def test_urgent_texts_are_sent_at_once():
    requests = Requests()
    requests.add("a", "", urgent=False)
    assert send(requests) == ["a"]
    requests.add("b", "", urgent=False)
    requests.add("c", "", urgent=True)
    assert send(requests) == ["c"]


def test_a_document_waits_once_and_may_become_urgent():
    requests = Requests()
    requests.add("a", "", urgent=False)
    requests.add("b", "", urgent=False)
    requests.add("b", "", urgent=True)
    assert send(requests) == ["b"]
    assert len(requests) == 2


def test_a_text_in_hand_is_hurried_up_only_once():
    requests = Requests()
    requests.add("a", "", urgent=False)
    (sent,) = requests.to_send()
    assert requests.add("a", "", urgent=True) == sent.ticket
    assert requests.add("a", "", urgent=True) is None


def test_a_forgotten_document_is_gone():
    requests = Requests()
    requests.add("a", "", urgent=False)
    (sent,) = requests.to_send()
    assert requests.remove("a") == sent.ticket
    assert requests.sent(sent.ticket) is None
    assert len(requests) == 0


def test_the_text_that_ended_two_workers_is_given_up_and_the_others_are_not():
    requests = Requests()
    requests.add("poison", "", urgent=True)
    requests.add("good", "", urgent=True)
    for expected in (None, "poison"):
        by_document = {request.document: request for request in requests.to_send()}
        requests.working_on(by_document["poison"].ticket)
        given_up = requests.worker_ended()
        assert (given_up and given_up.document) == expected
    assert send(requests) == ["good"]
