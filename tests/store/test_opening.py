"""A project file is opened only when it is one, and looking at it changes no byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model import AnnotatorError, Author, Broken, Change, Edit, Schema, Span, new_id
from annotator.store import Act, NotSaved, Project, examine, stats


def patched(offset: int, value: bytes) -> Callable[[Path], None]:
    def patch(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(value)

    return patch


def run(statement: str) -> Callable[[Path], None]:
    def execute(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(statement)

    return execute


def replaced(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def foreign(path: Path) -> None:
    path.unlink()
    run("CREATE TABLE t (x)")(path)


HOSTILE_VIEW = (
    "ALTER TABLE documents RENAME TO d; CREATE VIEW documents AS WITH RECURSIVE n(x) AS "
    "(SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT x AS id, 0 AS position, 'a' AS name, 1 AS length, '{}' AS meta FROM n;"
)

REFUSED = {
    "empty": (replaced(b""), "project-empty"),
    "text": (replaced(b"Anna works at Acme.\n" * 50), "project-foreign"),
    "short": (replaced(b"SQLite format 3\x00"), "project-foreign"),
    "other database": (foreign, "project-foreign"),
    "newer": (patched(60, struct.pack(">I", 99)), "project-newer"),
    "no version": (patched(60, struct.pack(">I", 0)), "project-damaged"),
    "write-ahead log": (patched(18, b"\x02\x02"), "project-wal"),
    "hostile view": (run(HOSTILE_VIEW), "project-altered"),
    "hostile trigger": (
        run("CREATE TRIGGER t AFTER INSERT ON spans BEGIN DELETE FROM relations; END"),
        "project-altered",
    ),
    "added column": (run("ALTER TABLE spans ADD COLUMN x TEXT"), "project-altered"),
    "cut off": (lambda path: os.truncate(path, 5000), "project-damaged"),
}


@pytest.mark.parametrize("for_writing", [True, False])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_ours_is_refused_and_left_as_it_is(healthy: Path, case: str, for_writing: bool) -> None:
    change, code = REFUSED[case]
    change(healthy)
    before = healthy.read_bytes()
    with pytest.raises(Broken) as refusal:
        Project.open(healthy, for_writing=for_writing)
    assert refusal.value.code == code
    assert str(healthy) in str(refusal.value)
    assert healthy.read_bytes() == before
    assert list(healthy.parent.iterdir()) == [healthy]


def test_folders_pipes_and_missing_files_are_named_at_once(path: Path) -> None:
    os.mkfifo(path)
    for wrong, code in (
        (path, "project-not-file"),
        (path.parent, "project-not-file"),
        (path / "x", "project-unreadable"),
    ):
        with pytest.raises(Broken) as refusal:
            Project.open(wrong)
        assert refusal.value.code == code
    with pytest.raises(Broken) as refusal:
        Project.open(path.with_name("none.annot"))
    assert refusal.value.code == "project-missing"
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(Broken):
        Project.open(path)


def test_opening_viewing_and_closing_change_no_byte(healthy: Path) -> None:
    before = (healthy.read_bytes(), healthy.stat().st_mtime_ns)
    for for_writing in (True, False):
        with Project.open(healthy, for_writing=for_writing) as project:
            look_at_everything(project)
        assert (healthy.read_bytes(), healthy.stat().st_mtime_ns) == before
        assert list(healthy.parent.iterdir()) == [healthy]


def look_at_everything(project: Project) -> None:
    assert project.name == "News"
    assert project.schema().name == "news"
    stats(project)
    for row in project.documents(author="gold"):
        assert project.text(row.document.id)
        project.suggestions(row.document.id)
        for author in project.authors():
            project.layer(row.document.id, author.id)
            project.history(row.document.id, author.id)
            assert project.layers(row.document.id) is not None


def test_a_new_project_never_replaces_a_file(path: Path, schema: Schema) -> None:
    path.write_text("mine")
    with pytest.raises(Broken) as refusal:
        Project.create(path, schema, name="News")
    assert refusal.value.code == "project-exists"
    assert path.read_text() == "mine"
    assert list(path.parent.iterdir()) == [path]


def test_a_new_project_needs_a_folder(path: Path, schema: Schema) -> None:
    with pytest.raises(Broken) as refusal:
        Project.create(path.parent / "none" / "x.annot", schema, name="News")
    assert refusal.value.code == "project-folder-missing"


def test_a_copied_file_writes_a_chain_of_its_own(project: Project, anna: Author, path: Path) -> None:
    document = project.documents()[0].document.id
    project.close()
    copy = path.with_name("copy.annot")
    shutil.copyfile(path, copy)
    replicas = set()
    for file in (path, copy):
        with Project.open(file) as opened:
            opened.commit(Act.now(document, anna.id, Edit("Add", (Change(None, Span(new_id(), "PER", ((0, 4),))),))))
            rows = opened.connection.execute("SELECT replica FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
            replicas.add(rows[0])
        assert examine(file) == []
    assert len(replicas) == 2


def test_a_link_to_a_project_shares_its_lock(project: Project, path: Path) -> None:
    link = path.with_name("link.annot")
    link.symlink_to(path)
    with pytest.raises(Broken) as refusal:
        Project.open(link)
    assert refusal.value.code == "project-locked"


def test_a_file_can_be_read_with_ordinary_tools(healthy: Path) -> None:
    from sqlite_utils import Database

    database = Database(healthy)
    try:
        assert {row["name"] for row in database.query("SELECT name FROM documents")} == {"a.txt", "b.txt"}
    finally:
        database.close()
    assert examine(healthy) == []


LOOK = """
import sys
from pathlib import Path
from annotator.model import AnnotatorError
from annotator.store import Project, examine
path = Path(sys.argv[1])
with Project.open(path, for_writing=False) as project:
    print(len(project.documents()))
try:
    Project.open(path)
except AnnotatorError as error:
    print(error.code)
print(len(examine(path)))
"""


def has_namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(not has_namespaces(), reason="needs Linux namespaces to mount a folder read-only")
def test_read_only_media_can_be_read(healthy: Path, child: Callable[..., subprocess.Popen[str]]) -> None:
    folder = healthy.parent
    mount = f'mount --bind "{folder}" "{folder}" && mount -o remount,bind,ro "{folder}" && exec "$@"'
    looker = child(LOOK, healthy, before=("unshare", "-rm", "sh", "-c", mount, "sh"))
    assert looker.communicate(timeout=60)[0].split() == ["2", "project-read-only", "0"]


INTERRUPTED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
numbers = "(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300) SELECT x FROM n)"
connection.execute(f"INSERT INTO blobs SELECT printf('%064d', x), hex(randomblob(3000)) FROM {numbers}")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def interrupted(healthy: Path, child: Callable[..., subprocess.Popen[str]]) -> Path:
    """A project whose writer was killed when half of a transaction had reached the file."""
    before = healthy.read_bytes()
    child(INTERRUPTED, healthy).wait(timeout=60)
    assert healthy.read_bytes() != before
    return healthy


def test_the_half_act_of_a_killed_writer_is_told_and_not_touched_by_the_doctor(interrupted: Path) -> None:
    before = {file.name: file.read_bytes() for file in interrupted.parent.iterdir()}
    assert [finding.code for finding in examine(interrupted)] == ["doctor-unfinished"]
    assert {file.name: file.read_bytes() for file in interrupted.parent.iterdir()} == before


def test_a_reader_sees_what_was_saved_before_a_half_act(interrupted: Path) -> None:
    before = interrupted.read_bytes()
    with Project.open(interrupted, for_writing=False) as project:
        assert len(project.documents()) == 2
    assert interrupted.read_bytes() == before


def test_a_writer_takes_the_half_act_back(interrupted: Path) -> None:
    with Project.open(interrupted) as project:
        assert project.connection.execute("SELECT count(*) FROM blobs WHERE id < '00001'").fetchone() == (0,)
    assert examine(interrupted) == []


def test_damage_met_while_reading_is_told_in_our_words(healthy: Path, tamper: Callable[..., None]) -> None:
    tamper(healthy, "UPDATE blobs SET body = '{'")
    with Project.open(healthy, for_writing=False) as project, pytest.raises(AnnotatorError) as refusal:
        project.suggestions(project.find_document("a.txt").id)
    assert refusal.value.code == "project-damaged"


def test_a_refused_opening_keeps_nothing_open(healthy: Path, tamper: Callable[..., None]) -> None:
    tamper(healthy, "DELETE FROM meta WHERE key = 'name'")
    for _ in range(2):  # a lock that was kept would make the second error another one
        with pytest.raises(Broken) as refusal:
            Project.open(healthy)
        assert refusal.value.code == "project-damaged"
    assert list(healthy.parent.iterdir()) == [healthy]


def test_a_reader_cannot_write(healthy: Path) -> None:
    with Project.open(healthy, for_writing=False) as project, pytest.raises(NotSaved) as refusal:
        project.ensure_author("person", "otto")
    assert refusal.value.cause == "read-only"
