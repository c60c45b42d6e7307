"""A worker in a few lines that speaks the protocol and misbehaves on request, by the text it is asked for."""

import json
import os
import sys
import time
from pathlib import Path

MODEL = {"name": "odd", "version": "1", "package": "odd", "verified": "unknown", "detail": ""}
LOG = Path(sys.argv[1])
AUTHOR = {"id": "model:odd-1", "kind": "model", "name": "odd-1", "info": {}}


def say(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def note(line):
    with LOG.open("a") as file:
        file.write(f"{line}\n")


def is_due(mischief, text):
    """Whether the text asks for this; with "once", only the first time."""
    return mischief in text and not ("once" in text and LOG.read_text().count(text) > 1)


def answer(ticket, text):
    say(kind="working", ticket=ticket)
    if is_due("die", text):
        os._exit(1)
    if is_due("hang", text):
        time.sleep(600)
    if "babble" in text:
        sys.stdout.write("Hello!\n")
        sys.stdout.flush()
    if "slow" in text:
        time.sleep(0.3)
    if "fail" in text:
        say(kind="failed", ticket=ticket, reason="ValueError")
        return
    for stage in ("entities", "relations"):
        say(kind="answer", ticket=ticket, stage=stage, items=[], author=AUTHOR, seconds=0.0)


def main():
    note("started")
    if "dies-at-start" in sys.argv:
        os._exit(3)
    for line in sys.stdin:
        message = json.loads(line)
        if message["kind"] == "setup" and "broken" in sys.argv:
            say(kind="broken", reason="no luck")
        elif message["kind"] == "setup":
            say(kind="ready", model=MODEL)
        elif message["kind"] == "ask":
            note(message["text"])
            answer(message["ticket"], message["text"])


main()
