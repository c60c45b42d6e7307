"""An act is on disk when `commit` returns; when it cannot be, the cause is told and nothing of it is there."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model import AnnotatorError, Author, Broken, Change, Edit, Note, Refused, Relation, Span, new_id
from annotator.store import Act, Locked, NotSaved, Project, examine


def add(project: Project, author: Author, *items: Span | Relation | Note) -> Act:
    document = project.documents()[0].document.id
    return Act.now(document, author.id, Edit("Add", tuple(Change(None, item) for item in items)))


def span(start: int = 0, end: int = 4, label: str = "PER") -> Span:
    return Span(new_id(), label, ((start, end),))


def test_a_reader_sees_each_act_as_soon_as_it_is_saved(project: Project, anna: Author) -> None:
    with Project.open(project.path, for_writing=False) as reader:
        for number in range(3):
            act = add(project, anna, span())
            project.commit(act)
            layer = reader.layer(act.document, anna.id)
            assert len(layer) == number + 1
            assert layer == project.layer(act.document, anna.id)


def test_the_same_act_committed_again_changes_nothing(project: Project, anna: Author) -> None:
    act = add(project, anna, span())
    project.commit(act)
    project.commit(act)
    assert project.history(act.document, anna.id).undo == [act]
    assert examine(project.path) == []


def test_an_act_that_does_not_fit_leaves_the_file_as_it_was(project: Project, anna: Author) -> None:
    project.commit(add(project, anna, here := span()))
    before = project.path.read_bytes()
    document = project.documents()[0].document.id
    gone = span()
    misfits = [
        (Edit("twice", (Change(None, here),)), "edit-misfit"),
        (Edit("stale", (Change(None, span()), Change(gone, None))), "edit-stale"),
        (Edit("changed", (Change(gone, Span(gone.id, "ORG", gone.fragments)),)), "edit-stale"),
        (Edit("dangling", (Change(None, Relation(new_id(), "near", here.id, gone.id)),)), "edit-misfit"),
        (Edit("end gone", (Change(None, Relation(new_id(), "near", here.id, "x")), Change(here, None))), "edit-misfit"),
        (Edit("outside", (Change(None, span(0, 9999)),)), "span-outside"),
    ]
    for edit, code in misfits:
        with pytest.raises(Refused) as refusal:
            project.commit(Act.now(document, anna.id, edit))
        assert refusal.value.code == code, edit.title
        assert project.path.read_bytes() == before


@pytest.mark.parametrize("value", [float("nan"), "half \ud83d", {1: object()}])
def test_values_that_no_file_can_hold_are_refused(project: Project, anna: Author, value: object) -> None:
    with pytest.raises(Broken) as refusal:
        project.commit(add(project, anna, Span(new_id(), "PER", ((0, 4),), {"value": value})))
    assert refusal.value.code == "value-unstorable"
    assert not project.connection.in_transaction


def test_machines_layers_and_unknown_places_are_not_edited(project: Project, anna: Author) -> None:
    model = project.ensure_author("model", "sm")
    with pytest.raises(Refused):
        project.commit(add(project, model, span()))
    with pytest.raises(Refused):
        project.save_suggestions(project.documents()[0].document.id, anna, [])
    with pytest.raises(Broken):
        project.commit(Act.now("0" * 64, anna.id, Edit("Add", (Change(None, span()),))))
    with pytest.raises(Broken):
        project.commit(Act.now(project.documents()[0].document.id, "nobody", Edit("Add", (Change(None, span()),))))
    with pytest.raises(Broken):
        project.save_suggestions("0" * 64, model, [])


@pytest.mark.parametrize("what", ["renamed", "deleted", "replaced"])
def test_a_file_that_is_no_longer_there_is_noticed(project: Project, anna: Author, what: str) -> None:
    act, path = add(project, anna, span()), project.path
    aside = path.with_name("aside.annot")
    if what == "replaced":
        shutil.copyfile(path, aside)
        aside.replace(path)
    elif what == "renamed":
        path.rename(aside)
    else:
        path.unlink()
    with pytest.raises(NotSaved) as refusal:
        project.commit(act)
    assert refusal.value.cause == "moved"
    assert str(path) in str(refusal.value)
    if what == "renamed":
        aside.rename(path)
        project.commit(act)
        assert project.history(act.document, anna.id).undo == [act]


def test_another_program_that_holds_the_file_is_named_as_the_cause(
    project: Project, anna: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = add(project, anna, span())
    project.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved) as refusal:
            project.commit(act)
        assert refusal.value.cause == "locked"
        other.execute("ROLLBACK")
    project.commit(act)
    assert examine(project.path) == []


FILL = """
import resource, sys
from pathlib import Path
from annotator.model import Change, Edit, Span, new_id
from annotator.store import Act, NotSaved, Project
project = Project.open(Path(sys.argv[1]))
document, author = project.documents()[0].document.id, sys.argv[2]
if sys.argv[3] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (project.path.stat().st_size + 65536, resource.RLIM_INFINITY))
for number in range(10_000):
    span = Span(new_id(), "PER", ((0, 4),), {"padding": "x" * 500})
    act = Act.now(document, author, Edit(str(number), (Change(None, span),)))
    try:
        project.commit(act)
    except NotSaved as error:
        print(number, error.cause, flush=True)
        break
sys.stdin.readline()
if sys.argv[3] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
project.commit(act)
print(len(project.layer(document, author)))
"""


def test_a_full_disk_takes_nothing_that_was_saved_and_the_same_act_works_later(
    project: Project, anna: Author, child: Callable[..., subprocess.Popen[str]]
) -> None:
    project.close()
    filler = child(FILL, project.path, anna.id, "limit")
    assert filler.stdout is not None
    saved, cause = filler.stdout.readline().split()
    assert cause in ("full", "disk")
    assert int(saved) > 0
    assert examine(project.path) == []
    with Project.open(project.path, for_writing=False) as reader:
        assert len(reader.layer(reader.documents()[0].document.id, anna.id)) == int(saved)
    assert filler.communicate("\n", timeout=60)[0].strip() == str(int(saved) + 1)
    assert examine(project.path) == []


SMALL_DISK = """
set -e
mount -t tmpfs -o size=400k none "$1"
cp "$2" "$1/full.annot"
script=$3; author=$4; python=$5
"$python" -c "$script" "$1/full.annot" "$author" disk </dev/null || true
"$python" -c '
import sys
from pathlib import Path
from annotator.store import examine
print(examine(Path(sys.argv[1])))' "$1/full.annot"
"""


def test_a_really_full_disk_is_called_full(
    project: Project, anna: Author, child: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs Linux namespaces to mount a small disk")
    project.close()
    inside = ("unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", tmp_path, project.path, FILL, anna.id, sys.executable)
    filler = child("", before=tuple(map(str, inside)))
    lines = filler.communicate(timeout=60)[0].splitlines()
    assert lines[0].split()[1] == "full"
    assert lines[-1] == "[]"


HOLD = """
import sys
from pathlib import Path
from annotator.store import Locked, Project
print("ready", flush=True)
sys.stdin.readline()
try:
    project = Project.open(Path(sys.argv[1]))
except Locked as error:
    print("locked", error.holder, flush=True)
else:
    print("writing", flush=True)
sys.stdin.readline()
"""


def test_of_several_processes_that_open_at_once_one_writes(
    project: Project, child: Callable[..., subprocess.Popen[str]]
) -> None:
    project.close()
    holders = [child(HOLD, project.path) for _ in range(4)]
    for holder in holders:
        assert holder.stdout.readline() == "ready\n"
    for holder in holders:
        holder.stdin.write("go\n")
        holder.stdin.flush()
    said = [holder.stdout.readline() for holder in holders]
    assert sorted(line.split()[0] for line in said) == ["locked"] * 3 + ["writing"]
    writer = holders[said.index("writing\n")]
    others = [line for line in said if line.startswith("locked pid ")]
    assert all(f"pid {writer.pid} on " in line and " since " in line for line in others)


MAKE = """
import sys
from pathlib import Path
from annotator.model import Broken, Label, Schema
from annotator.store import Project
print("ready", flush=True)
sys.stdin.readline()
try:
    Project.create(Path(sys.argv[1]), Schema("x", (Label("PER", "Person"),)), name="x").close()
except Broken as error:
    print(error.code)
else:
    print("made")
"""


def test_of_several_processes_that_make_the_same_project_one_does(
    path: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    makers = [child(MAKE, path) for _ in range(4)]
    for maker in makers:
        assert maker.stdout.readline() == "ready\n"
    for maker in makers:
        maker.stdin.write("go\n")
        maker.stdin.flush()
    said = [maker.communicate(timeout=60)[0].strip() for maker in makers]
    assert said.count("made") == 1
    assert set(said) <= {"made", "project-exists", "project-locked"}
    assert examine(path) == []
    assert list(path.parent.iterdir()) == [path]


def test_a_killed_writer_locks_nobody_out(project: Project, child: Callable[..., subprocess.Popen[str]]) -> None:
    project.close()
    holder = child(HOLD, project.path)
    holder.stdin.write("go\n")
    holder.stdin.flush()
    assert [holder.stdout.readline() for _ in range(2)][1] == "writing\n"
    with pytest.raises(Locked):
        Project.open(project.path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(timeout=60)
    lock = project.path.with_name("news.annot.lock")
    assert lock.read_text().startswith("pid ")
    with Project.open(project.path) as reopened:
        assert reopened.is_writable
    assert not lock.exists()


def test_words_in_a_leftover_lock_file_are_harmless(healthy: Path) -> None:
    lock = healthy.with_name("news.annot.lock")
    lock.write_bytes(b"pid \xff\x00 1 on mars since ever" * 100)
    Project.open(healthy).close()
    assert not lock.exists()


def test_a_lock_file_that_is_a_link_is_not_followed(healthy: Path) -> None:
    treasure = healthy.with_name("treasure")
    treasure.write_text("gold")
    healthy.with_name("news.annot.lock").symlink_to(treasure)
    with pytest.raises(AnnotatorError):
        Project.open(healthy)
    assert treasure.read_text() == "gold"
