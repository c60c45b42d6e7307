"""Where the files that come with the program lie, and how a schema is read from its readable sources."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from annotator.model import Broken, Schema
from annotator.model.lookup import Entry

BUILT_IN_SCHEMAS = ("news",)


@cache
def _data_dir() -> Path:
    """The folder that holds `resources`, `projects` and `seeds`: inside the wheel, or the checkout itself."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


def resource_dir() -> Path:
    """Icons, fonts, reference lists."""
    return _data_dir() / "resources"


def project_source_dir(name: str) -> Path:
    """The readable sources of a ready-made project: schema, rules, guidelines, gold."""
    return _data_dir() / "projects" / name


def seeds_dir() -> Path:
    """The sample articles."""
    return _data_dir() / "seeds"


def load_schema(source: str | Path) -> Schema:
    """A schema by the name of a ready-made project ("news"), or from a folder, a `.toml` or a `.json` file.

    Beside a schema file, `rules.toml` fills `Schema.suggest` and `guidelines.md` fills `Schema.guidelines`.
    Raises Broken when the file is missing or not a schema.
    """
    path = project_source_dir(str(source)) if str(source) in BUILT_IN_SCHEMAS else Path(source)
    file = path / "schema.toml" if path.is_dir() else path
    data = _read(file)
    rules, guidelines = file.with_name("rules.toml"), file.with_name("guidelines.md")
    if file.stem == "schema":
        if rules.is_file():
            data.setdefault("suggest", _read(rules))
        if guidelines.is_file():
            data.setdefault("guidelines", guidelines.read_text(encoding="utf-8"))
    data.setdefault("name", path.stem)
    try:
        return Schema.from_dict(data)
    except Broken as error:
        error.where = error.where or str(file)
        raise


def load_tables(source: str | Path, schema: Schema) -> dict[str, list[Entry]]:
    """The local tables that the links of a schema lead to: `NAME.tsv` beside the schema, by name.

    Raises Broken when one is missing or not such a table.
    """
    path = project_source_dir(str(source)) if str(source) in BUILT_IN_SCHEMAS else Path(source)
    folder = path if path.is_dir() else path.parent
    names = dict.fromkeys(one.table for one in schema.attributes if one.kind == "link" and one.table)
    return {name: _table(folder, name) for name in names}


def _table(folder: Path, name: str) -> list[Entry]:
    from annotator.formats.tables import read_table  # needed only when a project is made

    if not name.replace("-", "").replace("_", "").isalnum():  # no way out of the folder
        raise Broken("table-name", table=name)
    file = folder / f"{name}.tsv"
    if not file.is_file():
        raise Broken("table-missing", where=str(folder), table=name, file=file.name)
    return read_table(file)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = file.read_bytes().decode("utf-8")
        data = json.loads(content) if file.suffix == ".json" else tomllib.loads(content)
    except FileNotFoundError as error:
        raise Broken("schema-missing", where=str(file), names=", ".join(BUILT_IN_SCHEMAS)) from error
    except (OSError, ValueError) as error:
        raise Broken("schema-unreadable", where=str(file), reason=str(error)) from error
    if not isinstance(data, dict):
        raise Broken("schema-unreadable", where=str(file), reason="it holds no table of labels")
    return data
