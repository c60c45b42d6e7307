"""A worker in a few lines that speaks the protocol and misbehaves on request, by the text it is asked for."""

import json
import os
import sys
import time
from pathlib import Path

MODEL = {"name": "odd", "version": "1", "package": "odd", "verified": "unknown", "detail": ""}
AUTHOR = {"id": "model:odd-1", "kind": "model", "name": "odd-1", "info": {}}


def say(**message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    log = Path(sys.argv[1])
    with log.open("a") as file:
        file.write("started\n")
    if "dies-at-start" in sys.argv:
        os._exit(3)
    for line in sys.stdin:
        message = json.loads(line)
        if message["kind"] == "setup":
            say(kind="broken", reason="no luck") if "broken" in sys.argv else say(kind="ready", model=MODEL)
        if message["kind"] != "ask":
            continue
        ticket, text = message["ticket"], message["text"]
        with log.open("a") as file:
            file.write(f"{text}\n")
        say(kind="working", ticket=ticket)
        if "die" in text and not ("once" in text and log.read_text().count(text) > 1):
            os._exit(1)
        if "hang" in text and not ("once" in text and log.read_text().count(text) > 1):
            time.sleep(600)
        if "babble" in text:
            sys.stdout.write("Hello!\n")
            sys.stdout.flush()
        if "slow" in text:
            time.sleep(0.3)
        if "fail" in text:
            say(kind="failed", ticket=ticket, reason="ValueError")
            continue
        for stage in ("entities", "relations"):
            say(kind="answer", ticket=ticket, stage=stage, items=[], author=AUTHOR, seconds=0.0)


main()
