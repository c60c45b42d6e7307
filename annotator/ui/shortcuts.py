"""How keys are written for people."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from annotator.app.commands import Command

_SHORT = {
    "Return": "Enter",
    "Escape": "Esc",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "Page ↓",
    "PgUp": "Page ↑",
}


def key_parts(keys: str) -> list[str]:
    """The caps of a key combination: "Ctrl+Shift+Right" is Ctrl, Shift, →. On a Mac the marks of its keyboard."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if native and not native.isascii():
        return [native]
    head, plus, last = keys.rpartition("+") if not keys.endswith("++") else (keys[:-2], "+", "+")
    return [*(head.split("+") if plus and head else []), _SHORT.get(last, last)]


def key_text(keys: str) -> str:
    return "+".join(key_parts(keys))


def first_key(command: Command) -> str:
    """The key to name when there is room for one."""
    return key_text(command.keys[0]) if command.keys else ""
