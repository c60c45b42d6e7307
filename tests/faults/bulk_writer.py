"""Labels a word in every document of a project and tells how far it is, made to be killed: `bulk_writer.py FILE`."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.app.bulk import Sheet
from annotator.app.events import Spread
from annotator.app.identity import Identity
from annotator.app.session import Session
from annotator.model import Edit, edits


def label(sheet: Sheet) -> Edit:
    time.sleep(0.001)  # so that there is something to kill
    return edits.add_span(sheet.layer, sheet.schema, sheet.text, ((0, 4),), "GPE")


def main(path: Path) -> None:
    calls: queue.Queue[Callable[[], None]] = queue.Queue()
    session = Session(path, identity=Identity("0190-anna", "anna"), dispatch=calls.put)
    session.bus.subscribe(Spread, lambda event: print("DONE", event.done, flush=True))
    session.bulk.apply("Label all", [row.document.id for row in session.documents()], label, lambda _outcome: None)
    while session.bulk.is_running:
        calls.get()()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
