"""Write docs/commands.md from the command table: python docs/commands.py"""

from __future__ import annotations

from pathlib import Path

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS, EVERYWHERE, Command
from annotator.app.keymap import Keymap
from annotator.app.placement import GROUPS, MENUS, Menu, in_order, names_of

FILE = Path(__file__).resolve().parent / "commands.md"
HEAD = """\
# Commands and keys

Made from the command table by `python docs/commands.py`; do not edit it.

`Ctrl+K` finds every command, label and document by a few letters. `?` shows the keys at a glance. *Help › Change keys*
gives a command other keys, which hold at once and are kept in `keys.toml` among your settings; its *Import* and
*Export* read and write such files. A sign stands for the character, by whatever keys your keyboard makes it; on a Mac,
`Ctrl` is the Command key and `Alt` is Option. The last column is the name of the command in a key map.
"""
FOCUS = {"nothing": "nothing", "selection": "selected text", "span": "a label", "relation": "a relation"}


def page() -> str:
    """The whole file."""
    keymap, menus = Keymap(COMMANDS), menu_paths()
    parts = [HEAD]
    for group, title in GROUPS.items():
        entries = [COMMANDS[name] for name in in_order() if COMMANDS[name].group == group]
        rows = [_row(entry, keymap.keys_of(entry.name), menus.get(entry.name, "")) for entry in entries]
        parts.append(f"## {title}\n\n| command | keys | menu | name |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def menu_paths() -> dict[str, str]:
    """Where each command stands in the menus."""
    found: dict[str, str] = {}

    def walk(menu: Menu, before: str) -> None:
        path = before + menu.title.replace("&", "")
        for entry in menu.entries:
            if isinstance(entry, Menu):
                walk(entry, f"{path} › ")
            else:
                found.update((name, path) for name in names_of(entry))

    for menu in MENUS:
        walk(menu, "")
    return found


def _row(entry: Command, keys: tuple[str, ...], menu: str) -> str:
    where = (
        "" if entry.where == EVERYWHERE else " or ".join(words for kind, words in FOCUS.items() if kind in entry.where)
    )
    title = f"{entry.title} (on {where})" if where else entry.title
    return f"| {title} | {', '.join(f'`{key}`' for key in keys)} | {menu} | `{entry.name}` |"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
