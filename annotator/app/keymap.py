"""Which keys run which command: the defaults of the table, and what the user has made of them. Free of Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.app.commands import Command
from annotator.app.keystrokes import normal
from annotator.app.session import Session
from annotator.model import Refused

Keys = tuple[str, ...]


class Keymap:
    """The keys of every command. No two commands that can be possible together ever have the same.

    What the user has given beats the defaults of other commands; so a later version with new defaults never takes a
    key from him. Keys are written as `keystrokes.normal` does.
    """

    def __init__(self, table: Mapping[str, Command]) -> None:
        self._table = table
        self.names = tuple(table)
        """All commands, in the order of the table."""
        self._defaults = {name: _tidy(entry.keys) for name, entry in table.items()}
        self._changes: dict[str, Keys] = {}
        self.unknown: dict[str, Keys] = {}
        """Keys of commands that this version does not have; kept for the one that has them."""
        self._index()

    # ---- what holds

    def keys_of(self, name: str) -> Keys:
        """All keys of a command, the one to name first."""
        return self._keys[name]

    def first_key(self, name: str) -> str:
        """The key to name when there is room for one; empty when the command has none."""
        return next(iter(self._keys[name]), "")

    def default_keys(self, name: str) -> Keys:
        return self._defaults[name]

    def commands_of(self, keys: str) -> tuple[str, ...]:
        """All commands of these keys: several only when they are never possible together."""
        return self._commands.get(keys, ())

    def command_of(self, keys: str, session: Session | None = None) -> str | None:
        """The command that these keys run now."""
        names = self.commands_of(keys)
        possible = (name for name in names if session is not None and self._table[name].when(session))
        return next(possible, names[0] if names else None)

    def conflicts(self, name: str, keys: str) -> list[str]:
        """The other commands that would lose these keys if this one got them."""
        return [other for other in self.commands_of(keys) if other != name and self._collide(name, other)]

    def _collide(self, one: str, other: str) -> bool:
        return bool(self._table[one].where & self._table[other].where)

    # ---- what the user changes

    @property
    def changes(self) -> dict[str, Keys]:
        """What differs from the defaults by the user's will."""
        return dict(self._changes)

    def is_changed(self, name: str) -> bool:
        return name in self._changes

    def give(self, name: str, keys: Iterable[str]) -> None:
        """Give a command these keys and no others; commands that had one of them lose it.

        Raises Refused for keys that cannot be written.
        """
        wanted = _checked(keys)
        for key in wanted:
            for other in self.conflicts(name, key):
                if other in self._changes:
                    self._changes[other] = tuple(kept for kept in self._changes[other] if kept != key)
        self._put(name, wanted)
        self._index()

    def swap(self, name: str, old: str, new: str) -> None:
        """Give a command `new` in place of `old` (empty: it gets one more); whoever had `new` gets `old`."""
        losers = self.conflicts(name, new)
        theirs = {other: _replaced(self._keys[other], new, old) for other in losers}
        self.give(name, (*_replaced(self._keys[name], old, new), new))
        for other, keys in theirs.items():
            self.give(other, keys)

    def reset(self, name: str) -> None:
        """Back to the defaults; those that the user has given to another command stay there."""
        self._changes.pop(name, None)
        self._index()

    def reset_all(self) -> None:
        self._changes = {}
        self._index()

    def load(self, changes: Mapping[str, Iterable[str]]) -> None:
        """Put these changes in place of all there are; commands that the table lacks are kept in `unknown`."""
        known = {name: _checked(keys) for name, keys in changes.items() if name in self._table}
        self.unknown = {name: tuple(keys) for name, keys in changes.items() if name not in self._table}
        self._changes = {}
        for name, keys in known.items():
            self._put(name, keys)
        self._index()

    def clashes(self, changes: Mapping[str, Iterable[str]]) -> list[tuple[str, str, str]]:
        """(keys, command, other command) wherever these changes give the same keys twice."""
        found = []
        seen: dict[str, list[str]] = {}
        for name, keys in changes.items():
            for key in _tidy(keys) if name in self._table else ():
                found += [(key, name, other) for other in seen.get(key, ()) if self._collide(name, other)]
                seen.setdefault(key, []).append(name)
        return found

    def _put(self, name: str, keys: Keys) -> None:
        if keys == self._defaults[name]:
            self._changes.pop(name, None)
        else:
            self._changes[name] = keys

    def _index(self) -> None:
        """Work out what holds, the user's keys first."""
        taken: dict[str, list[str]] = {}
        self._keys: dict[str, Keys] = dict.fromkeys(self._table, ())
        for name in (*self._changes, *(name for name in self._table if name not in self._changes)):
            wanted = self._changes.get(name, self._defaults[name])
            free = [key for key in wanted if not any(self._collide(name, other) for other in taken.get(key, ()))]
            self._keys[name] = tuple(free)
            for key in free:
                taken.setdefault(key, []).append(name)
        order = {name: number for number, name in enumerate(self._table)}
        self._commands = {key: tuple(sorted(names, key=order.__getitem__)) for key, names in taken.items()}


def _replaced(keys: Keys, old: str, new: str) -> Keys:
    """The same keys with one of them changed; an empty new one leaves it out."""
    return tuple(key for key in (new if key == old else key for key in keys) if key)


def _tidy(keys: Iterable[str]) -> Keys:
    """Normal keys, each once; what is no key is left out."""
    return tuple(dict.fromkeys(key for key in map(normal, keys) if key is not None))


def _checked(keys: Iterable[str]) -> Keys:
    wanted = list(keys)
    for key in wanted:
        if normal(key) is None:
            raise Refused("keys-unknown", keys=key)
    return _tidy(wanted)
