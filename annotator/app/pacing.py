"""When things are done that others ask for: at once on the command line, in turn with the user's acts in a window."""

from __future__ import annotations

from collections.abc import Callable

Dispatch = Callable[[Callable[[], None]], None]
"""Runs a function on the session's own thread: at once on the command line, through a queued signal in the window."""

Repeat = Callable[[Callable[[], bool]], None]
"""Calls a step again and again until it is False; in the window with room for other work between the calls."""


def run_at_once(work: Callable[[], None]) -> None:
    work()


def run_through(step: Callable[[], bool]) -> None:
    while step():
        pass


def from_next_turn(step: Callable[[], bool]) -> Callable[[], bool]:
    """The same step, but its first call does nothing: a key that has done its part hands the rest on."""
    is_begun = False

    def later() -> bool:
        nonlocal is_begun
        if is_begun:
            return step()
        is_begun = True
        return True

    return later
