"""The command table. One row per act feeds the keys, the menus, the hints, the key overlay and the docs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from annotator.app.session import Session
from annotator.model import AnnotatorError, Relation, Span

Scope = Literal["session", "view", "window"]
"""Who carries a command out: the session; the canvas (it needs what is on screen); the window (it needs a dialog)."""

Act = Callable[[Session], object]
When = Callable[[Session], bool]


def always(_session: Session) -> bool:
    return True


def on_suggestion(session: Session) -> bool:
    return session.focus is not None and session.pending.get(session.focus) is not None


def on_span(session: Session) -> bool:
    return isinstance(session.focused, Span)


def on_relation(session: Session) -> bool:
    return isinstance(session.focused, Relation)


def on_item(session: Session) -> bool:
    return session.focused is not None


def on_selection(session: Session) -> bool:
    return session.selection is not None


def with_pending(session: Session) -> bool:
    return len(session.pending) > 0


@dataclass(frozen=True, slots=True)
class Command:
    """One act: `name` is stable, `keys` are in Qt's portable form, `hint` is the word in the status bar (or empty)."""

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    hint: str = ""
    scope: Scope = "session"
    when: When = always
    act: Act | None = None


COMMANDS: dict[str, Command] = {}


def register(command: Command) -> None:
    if command.name in COMMANDS:
        raise ValueError(f"the command {command.name} stands twice")
    COMMANDS[command.name] = command


def command(name: str, title: str, *keys: str, hint: str = "", when: When = always) -> Callable[[Act], Act]:
    """Enter a function of the session into the table; the group is the first part of the name."""

    def enter(act: Act) -> Act:
        register(Command(name, title, keys, name.partition(".")[0], hint, "session", when, act))
        return act

    return enter


def declare(scope: Scope, name: str, title: str, *keys: str, hint: str = "", when: When = always) -> None:
    """Enter a command that the canvas or the window carries out."""
    register(Command(name, title, keys, name.partition(".")[0], hint, scope, when))


def run(session: Session, name: str) -> None:
    """Carry out a session command; what is refused is said in the status bar, and nothing has changed."""
    act = COMMANDS[name].act
    if act is None:
        raise ValueError(f"{name} is not a command of the session")
    attempt(session, lambda: act(session))


def attempt(session: Session, act: Callable[[], object]) -> bool:
    """Do something to the session; False when it was refused, which the status bar then says."""
    try:
        act()
    except AnnotatorError as error:
        session.say(f"{error.message} {error.hint}".strip(), is_refusal=True)
        return False
    return True


def keys_in_use() -> dict[str, str]:
    """Key to command name. Raises ValueError when two commands share a key."""
    found: dict[str, str] = {}
    for entry in COMMANDS.values():
        for key in entry.keys:
            if found.setdefault(key, entry.name) != entry.name:
                raise ValueError(f"{key} is given to both {found[key]} and {entry.name}")
    return found


_NEAREST = (on_suggestion, on_selection, on_item, on_relation, with_pending, on_span)
"""What a hint may hang on, the most pressing first."""


def hints(session: Session, limit: int = 4) -> list[Command]:
    """The commands worth a word in the status bar for what is focused now, the most pressing first."""
    fitting = [entry for entry in COMMANDS.values() if entry.hint and entry.when in _NEAREST and entry.when(session)]
    return sorted(fitting, key=lambda entry: _NEAREST.index(entry.when))[:limit]
