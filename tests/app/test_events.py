"""The event bus: handlers at once, refreshes when the act is over."""

import pytest

from annotator.app.events import Armed, Bus, Focused, KeysChanged


def test_a_refresh_comes_once_at_the_end_of_the_act_however_much_happened_in_it() -> None:
    bus, seen = Bus(), []
    bus.subscribe(Focused, lambda event: seen.append(event.item_id))
    bus.refresh_after((Focused, Armed), lambda: seen.append("refresh"))
    with bus.act():
        bus.emit(Focused("a", reveal=False))
        with bus.act():
            bus.emit(Armed(None))
        bus.emit(Focused("b", reveal=False))
    assert seen == ["a", "b", "refresh"]


def test_outside_of_an_act_each_event_is_followed_by_its_refreshes() -> None:
    bus, seen = Bus(), []
    bus.refresh_after((Armed,), lambda: seen.append("refresh"))
    bus.emit(Armed("GPE"))
    bus.emit(KeysChanged())
    bus.emit(Armed(None))
    assert seen == ["refresh", "refresh"]


def test_what_a_refresh_does_itself_is_followed_too() -> None:
    bus, seen = Bus(), []

    def refresh() -> None:
        seen.append("focus")
        bus.emit(Armed(None))

    bus.refresh_after((Focused,), refresh)
    bus.refresh_after((Focused, Armed), lambda: seen.append("armed"))
    bus.emit(Focused(None, reveal=False))
    assert seen == ["focus", "armed"]


def test_an_act_that_fails_is_still_shown_as_far_as_it_went() -> None:
    bus, seen = Bus(), []
    bus.refresh_after((Armed,), lambda: seen.append("refresh"))

    def fail() -> None:
        bus.emit(Armed("GPE"))
        raise ValueError("in the middle of it")

    with pytest.raises(ValueError, match="in the middle"), bus.act():
        fail()
    assert seen == ["refresh"]
