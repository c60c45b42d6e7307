"""The desktop's file dialogs. Qt's class for them is loaded when the first one opens: the start must be quick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

PROJECTS = "Projects (*.annot)"
TEXTS = "Texts and annotated documents (*.txt *.jsonl);;All files (*)"


_LONGEST_TITLE = 60


def file_to_open(parent: QWidget | None, title: str, *, folder: Path | None = None, kinds: str) -> Path | None:
    """An existing file; None when the user would rather not."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or ""), kinds)
    return Path(name) if name else None


def files_to_open(parent: QWidget | None, title: str, *, kinds: str) -> list[Path]:
    """Any number of existing files."""
    from PySide6.QtWidgets import QFileDialog

    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def file_to_write(
    parent: QWidget | None, title: str, *, suggested: Path, kinds: str, asks_to_replace: bool = True
) -> Path | None:
    """A file that may exist. Without `asks_to_replace` whoever writes it asks."""
    from PySide6.QtWidgets import QFileDialog

    options = QFileDialog.Option(0) if asks_to_replace else QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds, "", options)
    return Path(name) if name else None


def picture_path(project: Path, title: str) -> Path:
    """Where a picture of a document may go: beside its project, under both names, whatever stands in the title."""
    name = "".join(char if char.isalnum() or char in " -_" else "_" for char in title[:_LONGEST_TITLE]).strip()
    return project.with_name(f"{project.stem}-{name}.png" if name else f"{project.stem}.png")
