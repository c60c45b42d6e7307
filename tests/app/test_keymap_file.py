"""Key maps as files: what is written comes back, and what is wrong is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.app import declared  # noqa: F401 - it fills the table
from annotator.app.commands import COMMANDS
from annotator.app.keymap import Keymap
from annotator.app.keymap_file import read_changes, to_toml, write_changes
from annotator.model import Broken


def read(folder: Path, source: str | bytes) -> dict[str, tuple[str, ...]]:
    file = folder / "keys.toml"
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    return read_changes(Keymap(COMMANDS), file)


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    keymap = Keymap(COMMANDS)
    keymap.give("decide.accept", ["Space", '"', "\\", "Ctrl+Shift+F9"])
    keymap.give("go.search", [])
    keymap.give("label.1", ["É"])
    write_changes(keymap, tmp_path / "new folder" / "keys.toml")
    assert read_changes(Keymap(COMMANDS), tmp_path / "new folder" / "keys.toml") == keymap.changes


def test_a_file_can_be_read_by_people(tmp_path: Path) -> None:
    keymap = Keymap(COMMANDS)
    keymap.give("go.next-span", ["N", "Ctrl+J"])
    lines = to_toml(keymap).splitlines()
    assert 'go.next-span = ["N", "Ctrl+J"]' in lines
    assert '# decide.accept = ["Space", "Return", "Enter"]' in lines
    assert "# note.write = []" in lines, "its key was taken"


def test_commands_of_another_version_are_kept_and_written_again(tmp_path: Path) -> None:
    changes = read(tmp_path, '[keys]\nfuture.act = ["Ctrl+9"]\ngo.next-span = "n"\n')
    keymap = Keymap(COMMANDS)
    keymap.load(changes)
    assert keymap.unknown == {"future.act": ("Ctrl+9",)}
    assert keymap.changes == {"go.next-span": ("N",)}
    write_changes(keymap, tmp_path / "again.toml")
    assert read_changes(Keymap(COMMANDS), tmp_path / "again.toml") == {
        "go.next-span": ("N",),
        "future.act": ("Ctrl+9",),
    }


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("[keys]\ndecide.accept = [\n", "", "not TOML"),
        ("[keys]\n\nx = = 1\n", ":3", "not TOML"),
        ("[keys]\ndecide.accept = 1\n", ":2", "must be a list of texts"),
        ('[keys]\n# hm\ndecide.accept = ["Hyper+X"]\n', ":3", "“Hyper+X” is no key"),
        ('[keys]\ndecide.accept = ["Shift+."]\n', ":2", "“Shift+.” is no key"),
        ('[keys]\ngo.search = ["Q"]\n"go.next-span" = ["q"]\n', ":3", "Q is given to both go.search and go.next-span"),
        ("keys = 3\n", "", "no table [keys]"),
        ("", "", "no table [keys]"),
        (b"[keys]\nx = '\xff'\n", "", "not UTF-8"),
        (b"[keys]\n" + b"#" * 1_000_000, "", "too large"),
        ("x = " + "[" * 50_000, "", "not TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, source: str | bytes, line: str, words: str) -> None:
    with pytest.raises(Broken) as caught:
        read(tmp_path, source)
    assert words in caught.value.message
    assert caught.value.where.endswith(f"keys.toml{line}")


def test_a_file_that_is_not_there_or_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="cannot be read"):
        read_changes(Keymap(COMMANDS), tmp_path / "none.toml")
    with pytest.raises(Broken, match="cannot be written"):
        write_changes(Keymap(COMMANDS), tmp_path)
    assert not list(tmp_path.iterdir()), "nothing half written is left"
