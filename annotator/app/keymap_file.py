"""Key maps as files: TOML, one line for each command, to be read and edited by hand.

[keys]
decide.accept = ["Space", "Return"]
go.search = []                        # no key at all
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.app.keymap import Keymap
from annotator.app.keystrokes import normal
from annotator.model import Broken

_MOST_BYTES = 1_000_000
_HEAD = """\
# Keys of Annotator. A line gives a command its keys, and no others; [] takes them all away.
# The lines that begin with # say what the other commands have.
"""


def read_changes(keymap: Keymap, file: Path) -> dict[str, tuple[str, ...]]:
    """What a file says of keys, by command; `keymap` knows the commands and is not changed.

    Raises Broken with the line of the first thing that is wrong. Commands that nobody knows are no error: the file may
    come from a newer version.
    """
    source = _read(file)
    try:
        content = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{file}:{line[1]}" if line else str(file)
        raise Broken("keymap-toml", where=where, reason=str(error).partition(" (at")[0]) from None
    if not isinstance(content.get("keys"), dict):
        raise Broken("keymap-no-keys", where=str(file))
    changes = {}
    for name, value in _flat(content["keys"]):
        changes[name] = _keys(value, name=name, where=_where(file, source, name))
    for keys, name, other in keymap.clashes(changes):
        raise Broken("keymap-twice", where=_where(file, source, name), keys=keys, first=other, second=name)
    return changes


def write_changes(keymap: Keymap, file: Path) -> None:
    """Write the user's keys, and as comments all the others. The file is whole at any time. Raises Broken."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(to_toml(keymap), encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Broken("keymap-unwritable", where=str(file), reason=error.strerror or str(error)) from None


def to_toml(keymap: Keymap) -> str:
    changes = keymap.changes
    lines = [_HEAD, "[keys]"]
    lines += [f"{name} = {_list(keys)}" for name, keys in (changes | keymap.unknown).items()]
    lines += ["", *(f"# {name} = {_list(keymap.keys_of(name))}" for name in keymap.names if name not in changes)]
    return "\n".join(lines) + "\n"


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Broken("keymap-large", where=str(file))
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise Broken("keymap-unreadable", where=str(file), reason=error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise Broken("keymap-unreadable", where=str(file), reason="it is not UTF-8") from None


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """`decide.accept` is a table in a table to TOML, and one name to us."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _keys(value: object, *, name: str, where: str) -> tuple[str, ...]:
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(entry, str) for entry in written):
        raise Broken("keymap-value", where=where, command=name)
    for entry in written:
        if normal(entry) is None:
            raise Broken("keymap-keys", where=where, command=name, keys=entry)
    return tuple(normal(entry) or entry for entry in written)


def _where(file: Path, source: str, name: str) -> str:
    """The line that speaks of this command; the file alone when it is written in some other way."""
    spelt = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
    number = next((number for number, line in enumerate(source.split("\n"), 1) if spelt.match(line)), None)
    return f"{file}:{number}" if number else str(file)


def _list(keys: tuple[str, ...]) -> str:
    return "[" + ", ".join('"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in keys) + "]"
