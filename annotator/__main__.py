"""Where the program starts: as the suggestion worker, as the window at once, or as the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Start what the arguments ask for, importing nothing that it does not need.

    The plain ways into the window leave the command line's libraries out, which cost more than a tenth of a second.
    """
    match sys.argv[1:]:
        case ["--worker", *_]:
            from annotator.suggest.worker import main as work

            sys.exit(work())
        case []:
            _open_window(None)
        case ["open", file] if not file.startswith("-"):
            _open_window(Path(file))
        case _:
            from annotator.cli import main as command_line

            command_line()


def _open_window(file: Path | None) -> None:
    from annotator.ui.application import run

    sys.exit(run(file))


if __name__ == "__main__":
    main()
