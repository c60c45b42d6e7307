"""What the README and the installation notes say is so."""

import re
from pathlib import Path

from annotator.app import (  # noqa: F401 - they fill the table
    deciding,
    growing,
    jumping,
    moving,
    piecing,
    rewiring,
    swapping,
)
from annotator.app.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
INSTALL = (ROOT / "docs/INSTALL.md").read_text("utf-8")


def _portable(key: str) -> str:
    """A key as the command table writes it."""
    return key.replace("←", "Left").replace("→", "Right").replace("Enter", "Return")


def test_the_readme_leads_with_a_picture_and_has_two_commands():
    assert README.startswith("![")
    assert set(re.findall(r"^make \w+", README, re.MULTILINE)) == {"make run", "make test"}


def test_the_keys_of_the_readme_are_those_of_the_program():
    known = {key for command in COMMANDS.values() for key in command.keys} | set("123456789")
    rows = re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)
    keys = {_portable(key) for row in rows for key in re.findall(r"`(.+?)`", row)}
    assert len(keys) > 5
    assert keys <= known


def test_the_links_of_the_readme_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)", README) + [f"docs/{link}" for link in re.findall(r"\]\(([^)#]+)", INSTALL)]
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_the_packages_to_install_by_hand_are_those_of_the_setup():
    setup = (ROOT / ".ci/setup").read_text("utf-8")
    named = set(re.findall(r"\blib[\w.+-]+", INSTALL)) - {"libraries"}
    assert named
    assert all(re.search(rf"^\S+ {re.escape(name)}$", setup, re.MULTILINE) for name in named)
