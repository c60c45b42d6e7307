"""What is greyed out says why in words; what the palette finds is ranked by what is meant."""

from __future__ import annotations

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS
from annotator.app.offers import Offer, find
from annotator.app.placement import GROUPS
from annotator.model import Refused


def test_every_reason_has_its_words() -> None:
    for entry in COMMANDS.values():
        assert Refused(entry.otherwise).message.endswith(".")


def test_every_group_has_a_title() -> None:
    assert {entry.group for entry in COMMANDS.values()} <= set(GROUPS)


def titles(query: str, *offers: Offer, recent: tuple[str, ...] = ()) -> list[str]:
    return [found.offer.title for found in find(query, offers, [], recent)]


def command(title: str, reason: str = "") -> Offer:
    return Offer("command", title.lower(), title, "Go", reason=reason)


def test_without_a_query_what_was_used_lately_comes_first_then_what_is_possible() -> None:
    offers = (command("A", reason="No."), command("B"), command("C"), Offer("label", "P", "Label P", ""))
    assert titles("", *offers, recent=("label:P", "command:c")) == ["Label P", "C", "B", "A"]


def test_of_two_that_fit_alike_the_one_used_lately_comes_first_and_the_impossible_last() -> None:
    offers = (command("Next one"), command("Next two"), command("Next six", reason="No."))
    assert titles("next", *offers, recent=("command:next two",)) == ["Next two", "Next one", "Next six"]


def test_a_command_comes_before_a_document_of_the_same_name() -> None:
    document = Offer("document", "d", "Undo", "undo")
    found = find("undo", [command("Undo")], [document], [])
    assert [one.offer.kind for one in found] == ["command", "document"]


def test_letters_that_are_there_by_chance_are_left_out() -> None:
    assert titles("label", command("Label Person"), command("Close all bars and seek rules")) == ["Label Person"]
