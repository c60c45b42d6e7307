"""The file's own guards: what is written once stays, and nothing outside the store touches it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import annotator
from annotator.store import Project
from annotator.store.tables import MIGRATIONS, check_tables, migrate

FROZEN = (
    "UPDATE texts SET body = 'x'",
    "UPDATE documents SET id = 'x'",
    "UPDATE documents SET length = 1",
    "UPDATE schemas SET body = 'x'",
    "UPDATE blobs SET body = 'x'",
    "UPDATE journal SET at = 'x'",
    "DELETE FROM journal",
    "DELETE FROM documents",
    "DELETE FROM authors",
    "INSERT INTO relations (layer, id, label, head, tail) VALUES (1, 'r', 'x', 'none', 'none')",
    "INSERT INTO spans (layer, id, label, start, stop) VALUES (999, 's', 'x', 0, 1)",
    "INSERT INTO spans (layer, id, label, start, stop) VALUES (1, 's', 'x', 1, 1)",
    "INSERT INTO spans (layer, id, label, start, stop) VALUES (1, 's', 'x', 'a', 'b')",
)


@pytest.mark.parametrize("statement", FROZEN)
def test_the_file_itself_refuses(healthy: Path, statement: str) -> None:
    with Project.open(healthy) as project, pytest.raises(sqlite3.IntegrityError):
        project.connection.execute(statement)


def test_every_setting_that_safety_rests_on_is_on(healthy: Path) -> None:
    expected = {
        "synchronous": 3,
        "journal_mode": "delete",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "application_id": 0x414E4E4F,
        "user_version": 1,
    }
    with Project.open(healthy) as project:
        found = {name: project.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
        assert found == expected
        assert project.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == 64 * 1024 * 1024
        assert project.connection.isolation_level is None


def test_what_a_migration_makes_is_what_is_expected() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for _ in range(2):  # a second time finds nothing to do
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection)
            connection.execute("COMMIT")
        check_tables(connection, "memory")
        assert connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (len(MIGRATIONS),)


def test_nothing_outside_the_store_speaks_to_the_database() -> None:
    package = Path(annotator.__file__).parent
    speaks = re.compile(r"\.execute(many|script)?\(|\bproject\.connection\b")
    found = [
        f"{file.relative_to(package)}:{number}"
        for file in package.rglob("*.py")
        if package / "store" not in file.parents
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if speaks.search(line)
    ]
    assert found == []
