"""How keys are written for people."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QKeySequence

from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.keystrokes import split
from annotator.model import Label

_NAMED = re.compile(r"\{([a-z-]+\.[a-z0-9-]+)\}")
SHOWN_ORDER = ("Meta", "Ctrl", "Shift", "Alt")
"""Of modifiers, as people write them."""
_SHORT = {
    "Return": "Enter",
    "Enter": "Num Enter",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "Page ↓",
    "PgUp": "Page ↑",
}


def key_parts(keys: str) -> list[str]:
    """The caps of a key combination: "Ctrl+Shift+Right" is Ctrl, Shift, →. On a Mac the marks of its keyboard."""
    if not keys:
        return []
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if native and not native.isascii():
        return [native]
    held, last = split(keys)
    return [*(modifier for modifier in SHOWN_ORDER if modifier in held), _SHORT.get(last, last)]


@lru_cache(maxsize=512)
def key_text(keys: str) -> str:
    """The keys in one word; empty for none."""
    return "+".join(key_parts(keys))


def first_key(name: str, keymap: Keymap) -> str:
    """The key of a command to name when there is room for one; empty when it has none."""
    return key_text(keymap.first_key(name))


def spelt(text: str, keymap: Keymap) -> str:
    """A sentence with the keys that hold now: "{document.finish} finishes it" becomes "Ctrl+Enter finishes it".

    A command without keys is called by its title.
    """

    def key(found: re.Match[str]) -> str:
        name = found[1]
        if name not in keymap.names:
            return found[0]
        return first_key(name, keymap) or f"“{COMMANDS[name].title}”"

    return _NAMED.sub(key, text)


def label_key(label: Label, keymap: Keymap, group: str = "label") -> str:
    """The key that gives this label now: that of the command of its digit."""
    name = f"{group}.{label.key}"
    return first_key(name, keymap) if name in keymap.names else label.key.upper()


def titled(name: str, keymap: Keymap) -> str:
    """A command's title with its key, for a tooltip."""
    key = first_key(name, keymap)
    return f"{COMMANDS[name].title} ({key})" if key else COMMANDS[name].title
