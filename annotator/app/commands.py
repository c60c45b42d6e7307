"""The command table. One row per act feeds the keys, the menus, the hints, the key overlay and the docs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from annotator.app.keystrokes import normal
from annotator.app.session import Session
from annotator.model import AnnotatorError, Relation, Span

Scope = Literal["session", "view", "window"]
"""Who carries a command out: the session; the canvas (it needs what is on screen); the window (it needs a dialog)."""

Focus = Literal["nothing", "selection", "span", "relation"]
"""What the keys act on: exactly one of these holds at any time."""

Act = Callable[[Session], object]
When = Callable[[Session], bool]

EVERYWHERE: frozenset[Focus] = frozenset(("nothing", "selection", "span", "relation"))
_WHERE: dict[When, frozenset[Focus]] = {}
_OTHERWISE: dict[When, str] = {}


def state(otherwise: str, *where: Focus) -> Callable[[When], When]:
    """Enter a predicate that a command may hang on (`when`).

    `otherwise` is the code of the message that says why the command is not possible now; `where` names what can be
    focused while the predicate holds, and nothing means anything. Two commands may share a key when they can never be
    possible together.
    """

    def enter(when: When) -> When:
        _OTHERWISE[when] = otherwise
        _WHERE[when] = frozenset(where) or EVERYWHERE
        return when

    return enter


def always(_session: Session) -> bool:
    return True


def never(_session: Session) -> bool:
    return False


@state("no-document")
def with_document(session: Session) -> bool:
    return session.document is not None


@state("no-suggestion-focused", "span", "relation")
def on_suggestion(session: Session) -> bool:
    return session.focus is not None and session.pending.get(session.focus) is not None


@state("no-label-focused", "span")
def on_span(session: Session) -> bool:
    return isinstance(session.focused, Span)


@state("relation-not-focused", "relation")
def on_relation(session: Session) -> bool:
    return isinstance(session.focused, Relation)


@state("nothing-focused", "span", "relation")
def on_item(session: Session) -> bool:
    return session.focused is not None


@state("nothing-selected", "selection")
def on_selection(session: Session) -> bool:
    return session.selection is not None


@state("no-more-decisions")
def with_pending(session: Session) -> bool:
    return len(session.pending) > 0


@state("no-more-decisions")
def with_something_open(session: Session) -> bool:
    """Suggestions come first; where there are none, likely misses are walked."""
    return len(session.pending) > 0 or len(session.sweep) > 0


@dataclass(frozen=True, slots=True)
class Command:
    """One act: `name` is stable, `keys` are the default ones as `keystrokes` writes them, `hint` is the word in the
    status bar (or empty).

    `when` says whether it makes sense now, and greys it out otherwise; `in_context` whether it stands in the context
    menu now. Menus, palette, key overlay, hints and docs/commands.md all follow from this.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    hint: str = ""
    scope: Scope = "session"
    when: When = always
    act: Act | None = None
    in_context: When = never
    is_soft: bool = False
    """Whether it does something else while `when` does not hold; then nobody may share its keys."""

    @property
    def where(self) -> frozenset[Focus]:
        """What can be focused while it makes sense."""
        return EVERYWHERE if self.is_soft else _WHERE.get(self.when, EVERYWHERE)

    @property
    def otherwise(self) -> str:
        """The code of the message that says why it is not possible, when `when` does not hold."""
        return _OTHERWISE.get(self.when, "not-possible-now")


COMMANDS: dict[str, Command] = {}


def register(command: Command) -> None:
    if command.name in COMMANDS:
        raise ValueError(f"the command {command.name} stands twice")
    if wrong := [keys for keys in command.keys if normal(keys) is None]:
        raise ValueError(f"{command.name}: {wrong[0]} is no key; a sign stands for itself, without Shift")
    COMMANDS[command.name] = command


def command(
    name: str,
    title: str,
    *keys: str,
    hint: str = "",
    when: When = always,
    in_context: When = never,
    is_soft: bool = False,
) -> Callable[[Act], Act]:
    """Enter a function of the session into the table; the group is the first part of the name."""

    def enter(act: Act) -> Act:
        register(Command(name, title, keys, _group(name), hint, "session", when, act, in_context, is_soft))
        return act

    return enter


def declare(
    scope: Scope,
    name: str,
    title: str,
    *keys: str,
    hint: str = "",
    when: When = always,
    in_context: When = never,
) -> None:
    """Enter a command that the canvas or the window carries out."""
    register(Command(name, title, keys, _group(name), hint, scope, when, None, in_context))


def _group(name: str) -> str:
    return name.partition(".")[0]


def run(session: Session, name: str) -> None:
    """Carry out a session command; what is refused is said in the status bar, and nothing has changed."""
    act = COMMANDS[name].act
    if act is None:
        raise ValueError(f"{name} is not a command of the session")
    with session.bus.act():
        attempt(session, lambda: act(session))


def attempt(session: Session, act: Callable[[], object]) -> bool:
    """Do something to the session; False when it was refused, which the status bar then says."""
    try:
        act()
    except AnnotatorError as error:
        say_refusal(session, error)
        return False
    return True


def say_refusal(session: Session, error: AnnotatorError) -> None:
    """Say in the status bar why something is not done, and what to do instead."""
    session.say(f"{error.message} {error.hint}".strip(), is_refusal=True)


_NEAREST = (on_suggestion, on_selection, on_item, on_relation, with_pending, with_something_open, on_span)
"""What a hint may hang on, the most pressing first."""


def hints(session: Session, limit: int = 4) -> list[Command]:
    """The commands worth a word in the status bar for what is focused now, the most pressing first.

    Boundaries are what a suggestion may lack; once it is a label, its other mentions and relations come first.
    """
    fitting = [entry for entry in COMMANDS.values() if entry.hint and entry.when in _NEAREST and entry.when(session)]
    is_bounds_first = on_suggestion(session)

    def urgency(entry: Command) -> tuple[int, bool]:
        return _NEAREST.index(entry.when), (entry.group == "bounds") != is_bounds_first

    return sorted(fitting, key=urgency)[:limit]
