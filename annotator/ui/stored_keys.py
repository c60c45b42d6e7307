"""The user's key map between two runs: `keys.toml` beside the other settings, to be read and edited by hand."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.keymap_file import read_changes, write_changes
from annotator.model import Broken
from annotator.ui.settings import Settings


def keys_file(settings: Settings) -> Path:
    return settings.folder / "keys.toml"


def stored_keymap(settings: Settings) -> tuple[Keymap, Broken | None]:
    """The keys that were chosen last; the defaults, and what is wrong, when they cannot be read."""
    keymap, file = Keymap(COMMANDS), keys_file(settings)
    if not file.exists():
        return keymap, None
    try:
        keymap.load(read_changes(keymap, file))
    except Broken as error:
        return keymap, error
    return keymap, None


def store_keymap(settings: Settings, keymap: Keymap) -> None:
    """Keep the keys for the next run. A file that cannot be read is put aside, not lost. Raises Broken."""
    file = keys_file(settings)
    try:
        if file.exists():
            read_changes(keymap, file)
    except Broken:
        with suppress(OSError):
            file.replace(file.with_name("keys.damaged.toml"))
    write_changes(keymap, file)
