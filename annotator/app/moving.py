"""Commands that move: between decisions, spans, documents, tokens; and the ones that move a span's boundaries."""

from __future__ import annotations

from typing import Literal

from annotator.app import radar
from annotator.app.commands import command, on_selection, on_span, with_something_open
from annotator.app.session import Session
from annotator.model import Fragment, Refused, Relation, Span, edits
from annotator.model.text import (
    grapheme_after,
    grapheme_before,
    is_grapheme_border,
    runs_right_to_left,
    snap_to_graphemes,
    token_after,
    token_at,
    token_before,
    token_end_after,
    token_end_before,
)

Edge = Literal["start", "end"]
Unit = Literal["token", "character"]


@command("go.next-decision", "Next open suggestion", "Tab", hint="next", when=with_something_open)
def next_decision(session: Session) -> None:
    if not session.pending and radar.walk(session, 1):
        return
    _focus_found(session, session.next_decision(), "no-more-decisions")


@command("go.previous-decision", "Previous open suggestion", "Shift+Tab", "Backtab")
def previous_decision(session: Session) -> None:
    if not session.pending and radar.walk(session, -1):
        return
    _focus_found(session, session.previous_decision(), "no-more-decisions")


@command("go.next-span", "Next label", "J")
def next_span(session: Session) -> None:
    _focus_found(session, session.all_spans.following(session.place), "no-labels")


@command("go.previous-span", "Previous label", "K")
def previous_span(session: Session) -> None:
    _focus_found(session, session.all_spans.preceding(session.place), "no-labels")


def _focus_found(session: Session, item_id: str | None, otherwise: str) -> None:
    if item_id is None:
        session.check_loaded()
        raise Refused(otherwise)
    session.set_focus(item_id)


def step_over(session: Session) -> None:
    """After a decision: go to the next open one, or let the focus rest when none is left."""
    found = session.next_decision()
    session.set_focus(found)
    if found is None:
        session.say(radar.farewell(session))


@command("go.order", "Least certain first, or in text order", "O")
def change_order(session: Session) -> None:
    """Walk the open decisions by certainty instead of reading order, or the other way round."""
    session.set_order("certainty" if session.order == "reading" else "reading")
    words = "in reading order" if session.order == "reading" else "the least certain first"
    session.say(f"{{go.next-decision}} now goes through what is open {words}.")


# ---- boundaries


def move_boundary(session: Session, edge: Edge, step: Literal[-1, 1], by: Unit) -> None:
    """Move one edge of the focused span, or of the selection, by a token or a grapheme; step 1 is to the right."""
    focused = session.focused
    if isinstance(focused, Relation):
        raise Refused("relation-no-boundary")
    if focused is None and session.selection is not None and edge == "start":
        _move_start_of_selection(session, session.selection, _ahead(session, step, session.selection[0]), by)
        return
    if focused is None:
        _extend_selection(session, _ahead(session, step, session.caret), by)
        return
    start, end = focused.start, focused.end
    ahead = _ahead(session, step, start if edge == "start" else end - 1)
    start, end = _moved(session.text, (start, end), edge, ahead, by)
    set_bounds(session, focused, start, end)


def _ahead(session: Session, step: Literal[-1, 1], offset: int) -> Literal[-1, 1]:
    """Which way in the text a step to the right (1) or to the left goes: in Arabic and Hebrew, left is forwards."""
    if runs_right_to_left(session.text, offset):
        return -1 if step > 0 else 1
    return step


def set_bounds(session: Session, span: Span, start: int, end: int) -> None:
    """Give a span, the person's or a suggested one, another start and end."""
    reshape(session, span, _with_bounds(span.fragments, start, end))


def reshape(session: Session, span: Span, fragments: tuple[Fragment, ...]) -> None:
    """Let a span, the person's or a suggested one, cover other pieces of text; it stays focused."""
    if span.id in session.pending.spans:
        edit = edits.correct(
            session.layer,
            session.schema,
            session.text,
            session.pending,
            span.id,
            fragments=fragments,
            seconds=session.seconds_focused,
        )
        session.do(edit)
        made = edit.changes[0].after
        session.set_focus(made.id if made else None)
    else:
        session.do(edits.set_fragments(session.layer, session.schema, session.text, span.id, fragments))
        session.set_focus(span.id)


def _with_bounds(fragments: tuple[Fragment, ...], start: int, end: int) -> tuple[Fragment, ...]:
    first, last = fragments[0], fragments[-1]
    if len(fragments) == 1:
        moved: tuple[Fragment, ...] = ((start, end),)
    else:
        moved = ((start, first[1]), *fragments[1:-1], (last[0], end))
    if any(low >= high for low, high in moved):
        raise Refused("boundary-end")
    return moved


def _moved(text: str, bounds: Fragment, edge: Edge, step: Literal[-1, 1], by: Unit) -> Fragment:
    start, end = bounds
    at = start if edge == "start" else end
    to = _STEPS[by, edge, step](text, at)
    # A token can begin or end inside a cluster of characters, and at the edges of the text nothing moves.
    while to is not None and not is_grapheme_border(text, to):
        to += step
    if to is None or to == at:
        raise Refused("boundary-end")
    return (to, end) if edge == "start" else (start, to)


def _token_start_after(text: str, offset: int) -> int | None:
    token = token_after(text, offset)
    return token[0] if token else None


def _token_start_before(text: str, offset: int) -> int | None:
    token = token_before(text, offset)
    return token[0] if token else None


_STEPS = {
    ("token", "start", 1): _token_start_after,
    ("token", "start", -1): _token_start_before,
    ("token", "end", 1): token_end_after,
    ("token", "end", -1): token_end_before,
    ("character", "start", 1): grapheme_after,
    ("character", "start", -1): grapheme_before,
    ("character", "end", 1): grapheme_after,
    ("character", "end", -1): grapheme_before,
}


@command("bounds.end-right", "Move the end a token to the right", "Shift+Right", hint="end", when=on_span, is_soft=True)
def end_right(session: Session) -> None:
    move_boundary(session, "end", 1, "token")


@command("bounds.end-left", "Move the end a token to the left", "Shift+Left", when=on_span, is_soft=True)
def end_left(session: Session) -> None:
    move_boundary(session, "end", -1, "token")


@command("bounds.start-left", "Move the start a token to the left", "Alt+Left")
def start_left(session: Session) -> None:
    move_boundary(session, "start", -1, "token")


@command("bounds.start-right", "Move the start a token to the right", "Alt+Right")
def start_right(session: Session) -> None:
    move_boundary(session, "start", 1, "token")


@command("bounds.end-right-character", "Move the end a character to the right", "Ctrl+Shift+Right")
def end_right_character(session: Session) -> None:
    move_boundary(session, "end", 1, "character")


@command("bounds.end-left-character", "Move the end a character to the left", "Ctrl+Shift+Left")
def end_left_character(session: Session) -> None:
    move_boundary(session, "end", -1, "character")


@command("bounds.start-left-character", "Move the start a character to the left", "Ctrl+Alt+Left", "Alt+Shift+Left")
def start_left_character(session: Session) -> None:
    move_boundary(session, "start", -1, "character")


@command("bounds.start-right-character", "Move the start a character to the right", "Ctrl+Alt+Right", "Alt+Shift+Right")
def start_right_character(session: Session) -> None:
    move_boundary(session, "start", 1, "character")


# ---- caret and selection


@command("caret.right", "Token to the right", "Right")
def caret_right(session: Session) -> None:
    _step_caret(session, 1)


@command("caret.left", "Token to the left", "Left")
def caret_left(session: Session) -> None:
    _step_caret(session, -1)


def _step_caret(session: Session, step: Literal[-1, 1]) -> None:
    beside = token_after if _ahead(session, step, session.caret) > 0 else token_before
    _put_caret(session, beside(session.text, session.caret))


def put_caret_at(session: Session, offset: int) -> None:
    """Put the caret on the token at this offset and let go of focus and selection."""
    _put_caret(session, token_at(session.text, offset) or token_before(session.text, offset))


def _put_caret(session: Session, token: Fragment | None) -> None:
    if session.focus is not None:
        session.set_focus(None)
    session.set_selection(None, caret=token[0] if token else session.caret)


def extend_selection_to(session: Session, offset: int) -> None:
    """Select from where the selection began to the token at this offset."""
    token = token_at(session.text, offset) or token_before(session.text, offset)
    anchor = session.anchor or token_at(session.text, session.caret) or token
    if token is None or anchor is None:
        raise Refused("boundary-end")
    session.anchor = anchor
    # A mark on a space is a token, but the two are one character.
    chosen = snap_to_graphemes(session.text, min(anchor[0], token[0]), max(anchor[1], token[1]))
    session.set_selection(chosen, caret=token[0])


def _move_start_of_selection(session: Session, chosen: Fragment, step: Literal[-1, 1], by: Unit) -> None:
    start, end = _moved(session.text, chosen, "start", step, by)
    if start >= end:
        raise Refused("boundary-end")
    session.anchor = token_at(session.text, start)
    session.set_selection((start, end), caret=session.caret)


def _extend_selection(session: Session, step: Literal[-1, 1], by: Unit) -> None:
    if by == "character" and session.selection is not None:
        start, end = session.selection
        session.set_selection(_grown(session.text, start, end, step), caret=session.caret)
        return
    if session.selection is None:
        session.anchor = token_at(session.text, session.caret) or token_before(session.text, session.caret)
        active = session.anchor
    else:
        active = token_after(session.text, session.caret) if step > 0 else token_before(session.text, session.caret)
    if active is not None:
        extend_selection_to(session, active[0])


def _grown(text: str, start: int, end: int, step: Literal[-1, 1]) -> Fragment:
    moved = grapheme_after(text, end) if step > 0 else grapheme_before(text, end)
    if moved <= start or moved == end:
        raise Refused("boundary-end")
    return start, moved


@command("go.nothing", "Let go", "Escape", hint="let go", when=on_selection, is_soft=True)
def let_go(session: Session) -> None:
    """End what is shown beforehand, else the relation in the making, the selection, the focus, the armed label."""
    if session.preview is not None:
        session.show_preview(None)
    elif session.relating is not None:
        session.end_relating()
    elif session.selection is not None:
        session.set_selection(None)
    elif session.focus is not None:
        session.set_focus(None)
    else:
        session.arm(None)


# ---- documents


@command("document.next", "Next document", "Ctrl+PgDown")
def next_document(session: Session) -> None:
    _open_neighbour(session, 1)


@command("document.previous", "Previous document", "Ctrl+PgUp")
def previous_document(session: Session) -> None:
    _open_neighbour(session, -1)


def _open_neighbour(session: Session, step: Literal[-1, 1]) -> None:
    found = session.neighbour(step)
    if found is None:
        raise Refused("no-document-left")
    session.open_document(found)
