"""Keys in writing: "Ctrl+Shift+Right", "X", "?". Free of Qt.

A sign or digit stands for the character that a keyboard makes, by whatever keys: "?" is Shift and / here, Shift and ß
there. So Shift is never written before a sign, and a command that wants Shift and a sign cannot be had: it is another
sign. Letters, arrows and the rest are keys, and Shift counts.
"""

from __future__ import annotations

MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
"""In the order in which they are written. On a Mac, Ctrl is the Command key and Meta is Control."""

NAMED = frozenset(
    (
        *("Space", "Tab", "Return", "Enter", "Esc", "Backspace", "Del", "Ins", "Home", "End", "PgUp", "PgDown"),
        *("Left", "Right", "Up", "Down", "Menu", "Help", "Print", "Pause"),
        *(f"F{number}" for number in range(1, 25)),
    )
)
"""Keys that have a name instead of a character. Enter is the one of the number pad."""

_OTHER_NAMES = {
    "escape": "Esc",
    "delete": "Del",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDown",
    "pgdn": "PgDown",
    "backtab": "Tab",
    "command": "Ctrl",
    "cmd": "Ctrl",
    "control": "Ctrl",
    "option": "Alt",
}
_NAMES = {name.casefold(): name for name in (*NAMED, *MODIFIERS)} | _OTHER_NAMES


def normal(keys: str) -> str | None:
    """The one way of writing these keys; None when they are none.

    "ctrl+x", "Ctrl+X" and "Control+x" are the same, "Backtab" is "Shift+Tab".
    """
    *before, last = _parts(keys)
    held = {_NAMES.get(part.casefold(), part) for part in before}
    if not held <= set(MODIFIERS) or len(held) != len(before):
        return None
    if last.casefold() == "backtab":
        held.add("Shift")
    key = _key(last)
    if key is None or (is_sign(key) and "Shift" in held):
        return None
    return "+".join([*(modifier for modifier in MODIFIERS if modifier in held), key])


def _parts(keys: str) -> list[str]:
    """The keys one by one; a plus at the end is the key itself."""
    if keys == "+" or keys.endswith("++"):
        return [*(part for part in keys[:-1].split("+") if part), "+"]
    return keys.strip().split("+")


def _key(written: str) -> str | None:
    name = _NAMES.get(written.casefold())
    if name is not None:
        return name if name in NAMED else None
    if len(written) != 1 or not written.isprintable() or written.isspace():
        return None
    capital = written.upper()
    return capital if len(capital) == 1 else written


def is_sign(key: str) -> bool:
    """Whether the key stands for a character that is no letter."""
    return len(key) == 1 and not key.isalpha()


def split(keys: str) -> tuple[frozenset[str], str]:
    """Modifiers and key of normal keys."""
    *held, last = _parts(keys)
    return frozenset(held), last


def is_typed(keys: str) -> bool:
    """Whether these keys write a character in a field of text."""
    held, key = split(keys)
    return held <= {"Shift"} and (len(key) == 1 or key == "Space")
