"""The worker process itself: what it reads, writes, opens and leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.suggest.child import worker_command, worker_environment

SETUP = {"kind": "setup", "schema": {"name": "x", "labels": [{"name": "PERSON"}, {"name": "GPE"}]}, "model": None}


def run(*messages, command=None, **environment):
    """What the worker answers to these lines, and how it ended."""
    lines = "".join(json.dumps(message) + "\n" for message in messages)
    done = subprocess.run(
        command or worker_command(),
        input=lines.encode(),
        capture_output=True,
        env={**worker_environment(), **environment},
        check=False,
        timeout=100,
    )
    return [json.loads(line) for line in done.stdout.split(b"\n") if line], done


def ask(text, ticket=1, **more):
    return {"kind": "ask", "ticket": ticket, "document": f"d{ticket}", "text": text, "urgent": False, **more}


def test_it_answers_what_it_was_asked_and_ends_with_its_input(pipeline):
    answers, done = run(SETUP, ask("Angela Merkel went to Paris."))
    assert done.returncode == 0
    assert answers[0]["kind"] == "ready"
    assert answers[0]["model"]["verified"] == "yes"
    stages = [answer for answer in answers if answer["kind"] == "answer"]
    assert [answer["stage"] for answer in stages] == ["entities", "relations"]
    assert [item["at"] for item in stages[0]["items"]] == [[[0, 13]], [[22, 27]]]


def test_without_any_input_it_just_ends():
    answers, done = run()
    assert (answers, done.returncode) == ([], 0)


def test_a_text_that_cannot_be_done_is_named_and_the_next_one_answered(pipeline):
    lone = subprocess.run(
        worker_command(),
        input=(
            json.dumps(SETUP) + "\n" + json.dumps(ask("bad \ud800 text")) + "\n" + json.dumps(ask("Paris.", 2)) + "\n"
        ).encode(),
        capture_output=True,
        env=worker_environment(),
        check=True,
        timeout=100,
    )
    answers = [json.loads(line) for line in lone.stdout.split(b"\n") if line]
    failed = [answer for answer in answers if answer["kind"] == "failed"]
    assert [(answer["ticket"], answer["reason"]) for answer in failed] == [(1, "UnicodeEncodeError")]
    assert [answer["ticket"] for answer in answers if answer["kind"] == "answer"] == [2, 2]


def test_settings_that_are_wrong_end_it_with_a_reason():
    broken = {**SETUP, "schema": {**SETUP["schema"], "suggest": {"entitys": []}}}
    answers, done = run(broken)
    assert done.returncode == 1
    assert answers[0]["kind"] == "broken"
    assert "entitys" in answers[0]["reason"]


def test_it_works_by_rules_alone_where_there_is_no_model():
    schema = {
        "name": "x",
        "labels": [{"name": "GPE"}],
        "suggest": {"entities": [{"name": "towns", "label": "GPE", "pattern": "Paris"}]},
    }
    answers, _ = run({"kind": "setup", "schema": schema, "model": "no_such_model"}, ask("In Paris."))
    assert answers[0]["model"]["name"] == ""
    assert "no_such_model is not installed" in answers[0]["model"]["detail"]
    last = answers[-1]
    assert (last["stage"], last["author"]["kind"], len(last["items"])) == ("relations", "rules", 1)


def test_what_libraries_print_does_not_reach_the_answers(tmp_path, pipeline):
    program = tmp_path / "noisy.py"
    program.write_text(
        "import os, sys\n"
        "from annotator.suggest import suggester, worker\n"
        "old = suggester.Suggester.suggest\n"
        "def noisy(self, text):\n"
        "    print('hello'); os.system('echo from a child'); os.write(1, b'raw')\n"
        "    return old(self, text)\n"
        "suggester.Suggester.suggest = noisy\n"
        "sys.exit(worker.main())\n"
    )
    answers, done = run(SETUP, ask("Paris."), command=[sys.executable, str(program)])
    assert [answer["kind"] for answer in answers][:2] == ["ready", "working"]
    assert b"hello" in done.stderr


def test_it_opens_no_socket_and_imports_neither_qt_nor_the_command_line(tmp_path, pipeline):
    program = tmp_path / "watched.py"
    program.write_text(
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, _: opened.append(event) if event.startswith('socket.') else None)\n"
        "from annotator.suggest.worker import main\n"
        "code = main()\n"
        "print([event for event in opened if event not in ('socket.gethostname',)], file=sys.stderr)\n"
        "unwanted = ('PySide6', 'annotator.cli', 'annotator.ui', 'spacy.cli')\n"
        "print([name for name in unwanted if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    answers, done = run(SETUP, ask("Angela Merkel went to Paris."), command=[sys.executable, str(program)])
    assert answers[-1]["stage"] == "relations"
    assert done.stderr.split(b"\n")[-3:-1] == [b"[]", b"[]"]


def test_it_is_started_by_the_module_without_the_command_line(pipeline):
    answers, done = run(SETUP, command=[sys.executable, "-X", "importtime", "-m", "annotator", "--worker"])
    assert answers[0]["kind"] == "ready"
    assert b"typer" not in done.stderr
    assert b"PySide6" not in done.stderr


def test_numbers_are_crunched_by_one_thread(tmp_path, pipeline):
    program = tmp_path / "threads.py"
    program.write_text(
        "import os, sys\n"
        "from annotator.suggest.worker import main\n"
        "code = main()\n"
        "print(len(os.listdir('/proc/self/task')), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    if not Path("/proc/self/task").is_dir():
        pytest.skip("no /proc here")
    _, done = run(SETUP, ask("Angela Merkel went to Paris."), command=[sys.executable, str(program)])
    assert int(done.stderr.split(b"\n")[-2]) <= 2, "its own and the one that reads"
