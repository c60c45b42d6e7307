"""The command line: the same work without a window. Every command says in one line what it did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

from annotator import __version__
from annotator.app.exporting import LayerChoice, StatusChoice, count_of, summary
from annotator.app.identity import current_identity
from annotator.formats import NotRead, Report
from annotator.model import AnnotatorError, Broken

app = typer.Typer(
    name="annotator",
    help="Label entities and relations in texts, with suggestions, and export gold-standard data.",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
_out = Console(highlight=False, soft_wrap=True, markup=False)
_err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

Theme = Literal["system", "light", "dark"]
ProjectFile = Annotated[Path, typer.Argument(help="The project file, NAME.annot.", metavar="FILE.annot")]


def main() -> NoReturn:
    """Run the command line. Exit status: 0 done, 1 refused or broken, 2 wrong usage."""
    try:
        app()
    except AnnotatorError as error:
        fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    raise SystemExit(0)


def fail(error: AnnotatorError) -> NoReturn:
    """Print `file:line: what` for everything that is wrong, then what to do, and end with status 1."""
    if isinstance(error, NotRead):
        for line in error.report.lines("problem"):
            _err.print(line)
        _err.print("Nothing was imported.")
    else:
        _err.print(str(error))
    if error.hint:
        _err.print(f"  {error.hint}")
    raise SystemExit(1) from None


def _version(*, value: bool) -> None:
    if value:
        _out.print(f"annotator {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=lambda value: _version(value=value), is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Without a command: open the window."""
    _ = version
    if context.invoked_subcommand is None:
        _run_window(None, "system")


def _run_window(path: Path | None, theme: Theme) -> NoReturn:
    from annotator.ui.application import run

    raise SystemExit(run(path, theme=theme))


@app.command("open", epilog="Example: annotator open news.annot")
def open_project(file: ProjectFile, theme: Annotated[Theme, typer.Option(help="Colours.")] = "system") -> None:
    """Open a project in the window."""
    _run_window(file, theme)


@app.command(epilog="Example: annotator new diplomacy.annot --schema news articles/*.txt")
def new(
    file: ProjectFile,
    texts: Annotated[list[Path] | None, typer.Argument(help="Texts to import at once.")] = None,
    schema: Annotated[str, typer.Option(help="A built-in schema (news), or a folder, .toml or .json file.")] = "news",
    encoding: Annotated[str | None, typer.Option(help="The encoding of texts that are not UTF-8.")] = None,
) -> None:
    """Make a project file, with texts in it if you like."""
    from annotator.app.projects import create_project
    from annotator.app.sources import load_schema, load_tables

    loaded = load_schema(schema)
    tables = load_tables(schema, loaded)
    counts, report = create_project(file, loaded, texts or [], current_identity(), encoding=encoding, tables=tables)
    _print_notices(report)
    _out.print(
        f"Made {file}: {len(loaded.labels)} labels, {len(loaded.relations)} relation types, "
        f"{count_of(counts.documents, 'document')}."
    )


@app.command("import", epilog="Example: annotator import news.annot articles/*.txt gold.jsonl")
def import_(
    file: ProjectFile,
    paths: Annotated[list[Path], typer.Argument(help="Texts (.txt) or annotated documents (.jsonl).")],
    encoding: Annotated[str | None, typer.Option(help="The encoding of texts that are not UTF-8.")] = None,
) -> None:
    """Bring texts or annotated documents in. All of them, or none when one is bad."""
    from annotator.app.importing import import_files
    from annotator.store import Project

    with Project.open(file) as project, _err.status("Reading…"):
        counts, report = import_files(project, paths, current_identity(), encoding=encoding)
    _print_notices(report)
    _out.print(
        f"Imported into {file}: {count_of(counts.documents, 'document')} ({counts.merged:,} more known already), "
        f"{count_of(counts.layers, 'layer')}, {count_of(counts.spans, 'span')}, "
        f"{count_of(counts.relations, 'relation')}."
    )


def _print_notices(report: Report) -> None:
    for line in report.lines("warning", "notice"):
        _err.print(line)


@app.command(epilog="Example: annotator suggest news.annot --document summit")
def suggest(
    file: ProjectFile,
    document: Annotated[str | None, typer.Option(help="Only this document: its name, or the start of its id.")] = None,
    model: Annotated[str | None, typer.Option(help="An installed spaCy pipeline, or the path of one.")] = None,
) -> None:
    """Let the model and the rules propose labels and relations, as suggestions for you to decide."""
    from rich.progress import Progress

    from annotator.app.presuggesting import suggest as suggest_for
    from annotator.store import Project

    documents = spans = relations = 0
    author = ""
    with Project.open(file) as project:
        rows = [project.find_document(document)] if document else [row.document for row in project.documents()]
        with Progress(console=_err, transient=True, disable=not _err.is_terminal) as progress:
            task = progress.add_task("Suggesting", total=len(rows))
            for made in suggest_for(project, rows, model=model, on_state=_err.print):
                documents, spans, relations = documents + 1, spans + made.spans, relations + made.relations
                author = made.author
                progress.advance(task)
    _out.print(
        f"Suggested for {count_of(documents, 'document')}: {count_of(spans, 'span')}, "
        f"{count_of(relations, 'relation')}, by {author or 'nobody'}."
    )


@app.command(epilog="Example: annotator export news.annot -o gold.jsonl --layer gold")
def export(
    file: ProjectFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The JSONL file to write.")],
    layer: Annotated[LayerChoice, typer.Option(help="Whose labels.")] = "person",
    status: Annotated[StatusChoice, typer.Option(help="Finished documents only, or any.")] = "done",
) -> None:
    """Write labelled documents as JSONL, one a line. The file is complete or not written at all."""
    from annotator.app.exporting import export as export_to
    from annotator.store import Project

    with Project.open(file, for_writing=False) as project:
        done = export_to(project, output, layer=layer, status=status, identity=current_identity())
    _out.print(f"Exported {summary(done)} → {output}")


@app.command(epilog="Example: annotator render news.annot summit -o summit.pdf --dark --layer gold")
def render(
    file: ProjectFile,
    document: Annotated[str, typer.Argument(help="Its name or its id, or the start of either.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A .png, .svg or .pdf file.")],
    *,
    dark: Annotated[bool, typer.Option("--dark", help="Light text on dark.")] = False,
    width: Annotated[int, typer.Option(min=300, max=8000, metavar="PX", help="Of the page, as on screen.")] = 1000,
    zoom: Annotated[int, typer.Option(min=50, max=300, metavar="PERCENT", help="Of everything on the page.")] = 100,
    layer: Annotated[LayerChoice, typer.Option(help="Yours with open suggestions, or another alone.")] = "person",
    selection: Annotated[
        tuple[int, int] | None, typer.Option(metavar="START END", help="Only the lines of these characters.")
    ] = None,
) -> None:
    """Draw a document with its labels as the window shows it, without a window."""
    from annotator.ui.canvas.sheets import Look
    from annotator.ui.rendering import render_from_project
    from annotator.ui.theme import DARK, LIGHT

    look = Look(DARK if dark else LIGHT, width_px=width, zoom=zoom / 100, only=selection)
    for path in render_from_project(file, document, output, look=look, layer=layer):
        _out.print(f"Drawn {path}")


@app.command(epilog="Example: annotator stats news.annot --json")
def stats(
    file: ProjectFile, *, as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False
) -> None:
    """Count documents, labels and decisions."""
    from annotator.store import Project
    from annotator.store import stats as count

    with Project.open(file, for_writing=False) as project:
        counted = count(project).to_dict()
    if as_json:
        _out.print(json.dumps(counted, ensure_ascii=False, indent=1))
        return
    for line in _lines(counted):
        _out.print(line)


def _lines(table: dict[str, object], depth: int = 0) -> list[str]:
    lines = []
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"{'  ' * depth}{key}", *_lines(value, depth + 1)]
        else:
            lines.append(f"{'  ' * depth}{key:<{28 - 2 * depth}} {value}")
    return lines


@app.command(epilog="Example: annotator doctor news.annot && echo healthy")
def doctor(file: ProjectFile) -> None:
    """Check a project file: its pages, hashes, offsets, and the journal against the state. Never writes."""
    from annotator.store import examine

    if not file.exists():
        raise Broken("project-missing", where=str(file))
    findings = examine(file)
    for finding in findings:
        _out.print(f"{file}: {finding}")
    if findings:
        raise typer.Exit(1)
    _out.print(f"{file}: healthy.")


@app.command(hidden=True)
def demo(
    file: Annotated[Path, typer.Argument(help="Where the sample project is, or is made.")] = Path("news.annot"),
    *,
    headless: Annotated[bool, typer.Option("--headless", help="Do the job without a window.")] = False,
    theme: Annotated[Theme, typer.Option(help="Colours.")] = "system",
) -> None:
    """Open the sample article with its suggestions; without a display, write the results to files."""
    from annotator.app.projects import open_sample

    if open_sample(file, current_identity()):
        _out.print(f"Made {file} with the sample article.")
    if headless or not _has_display():
        _demo_headless(file)
    else:
        _run_window(file, theme)


def _has_display() -> bool:
    """Whether a window can be opened; tried, because a display that is named but not there makes Qt abort."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    trial = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return subprocess.run([sys.executable, "-c", trial], capture_output=True, check=False).returncode == 0  # noqa: S603


def _demo_headless(file: Path) -> None:
    """The window's work without a window: suggestions, a picture of each document, gold and suggestions as JSONL."""
    from annotator.app.exporting import export as export_to
    from annotator.app.presuggesting import suggest as suggest_for
    from annotator.store import Project
    from annotator.ui.rendering import render_from_project

    identity = current_identity()
    results = [file]
    with Project.open(file) as project:
        rows = project.documents()
        waiting = [row.document for row in rows if project.suggestions(row.document.id) is None]
        for made in suggest_for(project, waiting, on_state=_err.print):
            _out.print(f"{made.document.name}: {made.spans} spans and {made.relations} relations suggested.")
        for row in rows:
            picture = file.with_name(
                f"{file.stem}.png" if len(rows) == 1 else f"{file.stem}.{row.document.position}.png"
            )
            results += render_from_project(file, row.document.id, picture)
        layers: tuple[LayerChoice, ...] = ("gold", "suggestions")
        for layer in layers:
            path = file.with_name(f"{file.stem}.{layer}.jsonl")
            try:
                export_to(project, path, layer=layer, status="done", identity=identity)
            except Broken as error:
                _err.print(str(error))
            else:
                results.append(path)
    _out.print("There is no display, so the results are in files:")
    for path in results:
        _out.print(f"  {path}")
