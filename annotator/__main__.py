"""`python -m annotator`: the command line, or the suggestion worker, which wants neither Qt nor the command line."""

import sys


def main() -> None:
    if sys.argv[1:2] == ["--worker"]:
        from annotator.suggest.worker import main as work

        sys.exit(work())
    from annotator.cli import main as run

    run()


if __name__ == "__main__":
    main()
