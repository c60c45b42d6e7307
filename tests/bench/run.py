"""Runs the benchmarks, prints each figure beside its peer and its goal, and writes build/bench.json.

    python tests/bench/run.py [NAME ...]          all of them, or bench_NAME.py only
    python tests/bench/run.py --docs              put the figures of build/bench.json into docs/SPEED.md

Each bench_*.py has `measure()`, which returns rows of {name, value, unit, lower_is_better, goal, peer, peer_value}.
Figures depend on the machine and on what else it does: compare ours with the peer's of the same run.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
RESULT = HERE.parent.parent / "build" / "bench.json"
DOCS = HERE.parent.parent / "docs" / "SPEED.md"
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"


def rows_of(file: Path) -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return list(module.measure())


def met(row: dict[str, Any]) -> bool | None:
    """Whether the goal is reached; None where there is none."""
    if row.get("goal") is None:
        return None
    return bool(row["value"] <= row["goal"] if row["lower_is_better"] else row["value"] >= row["goal"])


def show(rows: list[dict[str, Any]], console: Console) -> None:
    table = Table("figure", "value", "goal", "", "peer", "its value", box=None, header_style="bold")
    for row in rows:
        mark = {True: "met", False: "missed", None: ""}[met(row)]
        table.add_row(
            row["name"],
            f"{row['value']:,.6g} {row['unit']}",
            "" if row.get("goal") is None else f"{row['goal']:,.6g}",
            mark,
            row.get("peer") or "",
            "" if row.get("peer_value") is None else f"{row['peer_value']:,.6g}",
        )
    console.print(table)


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def write_docs() -> None:
    """The table in docs/SPEED.md, between its two marks."""
    rows = json.loads(RESULT.read_text(encoding="utf-8"))
    lines = ["| figure | ours | goal | beside it | its value |", "|---|---:|---:|---|---:|"]
    lines += [
        f"| `{row['name']}` | {number(row['value'])} {row['unit']} | {number(row.get('goal'))} "
        f"| {row.get('peer') or ''} | {number(row.get('peer_value'))} |"
        for row in rows
    ]
    before, mark, rest = DOCS.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    DOCS.write_text(before + mark + "\n".join(["", *lines, ""]) + end + after, encoding="utf-8")


def main(names: list[str]) -> None:
    files = [HERE / f"bench_{name}.py" for name in names] or sorted(HERE.glob("bench_*.py"))
    console = Console(width=150)
    rows: list[dict[str, Any]] = []
    for file in files:
        console.print(f"[bold]{file.stem.removeprefix('bench_')}[/bold]")
        found = rows_of(file)
        show(found, console)
        rows += found
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if names and RESULT.is_file() else []
    fresh = {row["name"] for row in rows}
    rows = [row for row in kept if row["name"] not in fresh] + rows
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    console.print(f"Written to {RESULT.relative_to(RESULT.parent.parent)}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--docs"]:
        write_docs()
    else:
        main(sys.argv[1:])
