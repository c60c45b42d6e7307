"""Compares the files of an installed model with the reference list that comes with the program."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

import annotator
from annotator.suggest.protocol import Verified


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of the comparison. `mismatches` are the files that differ, are missing, or should not be there."""

    verified: Verified
    mismatches: tuple[str, ...] = ()


def reference_list(name: str) -> dict[str, tuple[str, int]] | None:
    """Path below the model's folder -> (SHA-256 in URL-safe base64, bytes); None when there is no list of this name."""
    package = Path(annotator.__file__).parent
    packed = package / "_data"
    file = (packed if packed.is_dir() else package.parent) / "resources" / "models" / f"{name}.tsv"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    rows = (line.split("\t") for line in lines if line)
    return {path: (digest, int(size)) for path, digest, size in rows}


def verify(folder: Path, name: str) -> Verification:
    """Whether the model in `folder` is the one that the reference list `name` describes, to the byte.

    Files that carry no behaviour (the package's own name and text) are not in the list and not looked at.
    """
    reference = reference_list(name)
    if reference is None:
        return Verification("unknown")
    wrong = [path for path, expected in reference.items() if not _matches(folder / path, *expected)]
    wrong += sorted(_strangers(folder, reference))
    return Verification("no" if wrong else "yes", tuple(wrong))


_HARMLESS = frozenset({"meta.json", "README.md"})


def _strangers(folder: Path, reference: dict[str, tuple[str, int]]) -> list[str]:
    """Files that the list does not know: a model reads whole folders, and code may lie beside the weights."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [path for path in found if path not in reference and path not in _HARMLESS and "__pycache__" not in path]


def _matches(path: Path, digest: str, size: int) -> bool:
    try:
        if path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return False
    return urlsafe_b64encode(found).rstrip(b"=").decode() == digest
