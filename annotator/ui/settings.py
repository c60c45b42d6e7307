"""What the window remembers in an INI file: its size, panels and theme, and the projects that were open."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 8
_MOST_USED = 6


class Settings:
    """Reads and writes `window.ini` in the user's settings folder."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or user_config_path("annotator") / "window.ini"
        self._store = QSettings(str(self._file), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """Where this file lies, and others that people may edit."""
        return self._file.parent

    # ---- recent projects

    def recent(self) -> list[Path]:
        """The projects opened last, newest first; those that are gone are left out."""
        stored = self._store.value("recent", [])
        names = stored if isinstance(stored, list) else [stored]
        return [path for path in (Path(str(name)) for name in names if name) if path.is_file()]

    def remember_project(self, path: Path) -> None:
        path = path.resolve()
        kept = [path, *(other for other in self.recent() if other != path)]
        self._store.setValue("recent", [str(entry) for entry in kept[:_MOST_RECENT]])

    # ---- what was used last in the command palette

    def used(self) -> list[str]:
        """The newest first."""
        stored = self._store.value("palette/used", [])
        return [str(name) for name in (stored if isinstance(stored, list) else [stored]) if name]

    def remember_use(self, name: str) -> None:
        kept = [name, *(other for other in self.used() if other != name)]
        self._store.setValue("palette/used", kept[:_MOST_USED])

    # ---- the document one was at

    def last_document(self, path: Path) -> str:
        return str(self._store.value(f"document/{_key(path)}", ""))

    def remember_document(self, path: Path, document_id: str) -> None:
        self._store.setValue(f"document/{_key(path)}", document_id)

    # ---- the window

    def value(self, name: str) -> QByteArray:
        found = self._store.value(name)
        return found if isinstance(found, QByteArray) else QByteArray()

    def text(self, name: str, default: str = "") -> str:
        return str(self._store.value(name, default))

    def flag(self, name: str, *, default: bool) -> bool:
        return str(self._store.value(name, default)).lower() == "true"

    def number(self, name: str, default: float) -> float:
        try:
            return float(str(self._store.value(name, default)))
        except ValueError:
            return default

    def set(self, name: str, value: object) -> None:
        self._store.setValue(name, value)

    def save(self) -> None:
        self._store.sync()


def _key(path: Path) -> str:
    """A path as an INI key, where slashes would make groups."""
    return str(path.resolve()).replace("/", "|").replace("\\", "|")
