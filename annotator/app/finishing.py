"""Commands that end the work on a document: look it over, mark it as done, go on to the next."""

from __future__ import annotations

from annotator.analysis.checking import Finding, findings
from annotator.app.commands import command, state
from annotator.app.events import OrderChanged
from annotator.app.session import Session
from annotator.model import Refused, edits
from annotator.store import NextBy

NEXT_BY: dict[NextBy, str] = {
    "list": "the next in the list",
    "certainty": "the least certain one",
    "learning": "the one with the most to learn from",
    "waiting": "the one that has waited longest",
}
"""What follows a finished document, in words."""


def look_over(session: Session) -> list[Finding]:
    """What speaks against finishing the open document; nothing for one that is done.

    Of the project's other documents it takes what is known by now: nobody waits for them to be read.
    """
    if session.document is None:
        raise Refused("no-document")
    if session.layer.status == "done":
        return []
    return findings(
        session.layer,
        session.schema,
        session.text,
        session.pending,
        seen=session.looked_at,
        elsewhere=session.sweep.labels_elsewhere,
    )


@state("document-done")
def is_open(session: Session) -> bool:
    return session.document is not None and session.layer.status != "done"


@state("document-not-done")
def is_done(session: Session) -> bool:
    return session.document is not None and session.layer.status == "done"


@command("document.finish", "Finish the document", "Ctrl+Return", "Ctrl+Enter", when=is_open)
def finish_document(session: Session) -> None:
    """Mark the document as done and open the next one that is not."""
    if session.layer.status != "done":
        session.do(edits.set_status(session.layer, "done"))
    session.wait_until_saved()
    following = session.next_open_document()
    if following is None:
        session.say("All documents are done.")
    else:
        session.open_document(following)


@command("document.reopen", "Reopen the document", when=is_done)
def reopen_document(session: Session) -> None:
    session.do(edits.set_status(session.layer, "open"))


def _next_by_command(by: NextBy, title: str) -> None:
    @command(f"document.next-by-{by}", title)
    def choose(session: Session) -> None:
        session.next_by = by
        session.bus.emit(OrderChanged())
        session.say(f"After a finished document comes {NEXT_BY[by]}.")


_next_by_command("list", "After finishing: the next of the list")
_next_by_command("certainty", "After finishing: the least certain")
_next_by_command("learning", "After finishing: the one with the most to learn from")
_next_by_command("waiting", "After finishing: the one that has waited longest")
