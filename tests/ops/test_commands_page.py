"""docs/commands.md says what the command table says."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def test_the_page_of_commands_is_up_to_date():
    made = runpy.run_path(str(DOCS / "commands.py"))["page"]()
    assert made == (DOCS / "commands.md").read_text("utf-8"), "run: python docs/commands.py"
