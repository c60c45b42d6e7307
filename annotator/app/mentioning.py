"""Commands for the same mentions: what was just done to a label, done wherever the same words stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

from annotator.analysis.matching import Matching
from annotator.analysis.mentions import Mention, Plan, Planning, Wish, make_plan, title_of
from annotator.app import radar
from annotator.app.bulk import Outcome, Sheet
from annotator.app.commands import attempt, command, declare, on_span
from annotator.app.moving import step_over
from annotator.app.session import Session
from annotator.app.walking import Place, certainty
from annotator.model import Decision, Edit, Fragment, Refused, Relation, Span

_PORTION_S = 0.004
"""So long the places are looked at in one turn; painting what was found takes as long again."""
_DONE = {
    "new": "new",
    "accept": "accepted",
    "correct": "corrected",
    "relabel": "relabelled",
    "reject": "rejected",
    "delete": "deleted",
}
"""Kinds of mentions in the order in which they are told, and what happens to them."""


def on_mention(session: Session) -> bool:
    """Whether there is something whose other mentions could be treated alike."""
    return on_span(session) or session.last_done is not None


@command("mention.document", "Same mentions in the document", ".", hint="same mentions", when=on_span)
def same_in_document(session: Session) -> None:
    """Show what would become of every other mention of the same words; the second time, do it."""
    session.check_writable()
    session.check_loaded()
    shown = session.preview
    if shown is None:
        _begin(session, find_wish(session))
    elif shown.is_whole:
        _carry_out(session, shown)
    else:
        session.is_preview_wanted = True


declare("window", "mention.project", "Same mentions in the project…", ">", ":", "Ctrl+.", when=on_mention)


def _begin(session: Session, wish: Wish) -> None:
    """Plan and show it: at once, or a portion at a time when the words are many. Raises Refused when it is nothing."""
    planning = Planning(session.layer, session.schema, session.text, session.pending, wish, session.matching)
    if planning.work(_PORTION_S):
        _show(session, planning.plan)
        session.in_portions(partial(_go_on, session, planning))
    else:
        _show(session, planning.plan)


def _go_on(session: Session, planning: Planning) -> bool:
    """Plan some more of what is shown; False when that is over, or when something else has happened."""
    if session.preview is not planning.plan:
        return False
    has_more, is_wanted = planning.work(_PORTION_S), session.is_preview_wanted
    with session.bus.act():
        if has_more or not is_wanted:
            attempt(session, lambda: _show(session, planning.plan))
        else:
            attempt(session, lambda: _carry_out(session, _checked(session, planning.plan)))
    return has_more


def _show(session: Session, plan: Plan) -> None:
    if not plan.is_whole:
        session.show_preview(plan)
        then = "; it is done as soon as all are found" if session.is_preview_wanted else ""
        session.say(f"{len(plan.mentions):,} mentions of “{_short(plan.wish.words)}” so far…{then}")
        return
    session.show_preview(_checked(session, plan))
    words = told(plan.mentions, plan.wish, _focused_place(session))
    session.say(f"{words}. Press {{mention.document}} again to apply, {{go.nothing}} to leave.")


def _checked(session: Session, plan: Plan) -> Plan:
    """The plan itself. What was shown of it ends with Refused when it comes to nothing."""
    if (refusal := _why_nothing(plan, _focused_place(session))) is not None:
        session.show_preview(None)
        raise refusal
    return plan


def _why_nothing(plan: Plan, here: Fragment | None) -> Refused | None:
    words = _short(plan.wish.words)
    left = [mention for mention in plan.mentions if mention.kind == "conflict"]
    if left and not plan.changes:
        return Refused("mention-conflicts", words=words, count=len(left), reason=left[0].reason)
    is_alone = all(mention.place == here for mention in plan.mentions if mention.kind != "conflict")
    return Refused("mention-alone", words=words) if is_alone else None


def _carry_out(session: Session, plan: Plan) -> None:
    was_at_miss = session.sweep.current is not None
    session.do(plan.edit)
    if was_at_miss:
        if session.sweep.current is None:  # it was one of the mentions
            radar.step_on(session)
    elif session.focus is None:
        step_over(session)
    session.say(f"Done. {told(plan.mentions, plan.wish)}. Undo takes all of it back.")


def _focused_place(session: Session) -> Fragment | None:
    """Where the focused label stands, if that is what is meant."""
    focused = session.focused
    if not isinstance(focused, Span) or _just_done(session) is not None:
        return None
    return focused.start, focused.end


def told(mentions: Iterable[Mention], wish: Wish, here: Fragment | None = None) -> str:
    """What becomes of the mentions: "7 more mentions of “Oslo” (GPE): 5 new, 2 corrected, 1 conflict skipped".

    They are not "more" when `here`, the focused place, is one of them.
    """
    mentions = list(mentions)
    counts: Counter[str] = Counter(mention.kind for mention in mentions)
    conflicts = counts.pop("conflict", 0)
    parts = [f"{counts[kind]:,} {word}" for kind, word in _DONE.items() if counts[kind]]
    if lost := sum(mention.lost for mention in mentions):
        parts.append(f"{lost:,} relation{'s' if lost > 1 else ''} with {'them' if counts.total() > 1 else 'it'}")
    if conflicts:
        parts.append(f"{conflicts:,} conflict{'s' if conflicts > 1 else ''} skipped")
    more = "" if any(mention.place == here for mention in mentions) else "more "
    number = f"{counts.total():,} {more}mention{'s' if counts.total() != 1 else ''}"
    return f"{number} of “{_short(wish.words)}” ({wish.label}): {', '.join(parts)}"


# ---- what is meant


def find_wish(session: Session) -> Wish:
    """What was just done, as long as the focus has not been moved since; else what the focused label says.

    Raises Refused when there is neither.
    """
    if session.preview is not None:
        return session.preview.wish
    done = _just_done(session)
    if done is not None:
        return done
    focused = session.focused
    if not isinstance(focused, Span):
        raise Refused("mention-nothing")
    return Wish("label", _words(session, focused), focused.label)


def _just_done(session: Session) -> Wish | None:
    """The last edit as a wish, if it was about one label and the focus is where the edit has left it."""
    if session.last_done is None:
        return None
    made: list[tuple[Span | None, Span | None]] = []
    decisions: list[Decision] = []
    for change in session.last_done.changes:
        if isinstance(change.after, Decision):
            decisions.append(change.after)
        if isinstance(change.before, Span) or isinstance(change.after, Span):
            before, after = change.before, change.after
            made.append((before if isinstance(before, Span) else None, after if isinstance(after, Span) else None))
        if isinstance(change.after, Relation):
            return None
    if len(made) == 1:
        before, after = made[0]
        acted_on = before or after
        answered = decisions[0].target if decisions and before is None else None
    elif not made and len(decisions) == 1 and session.machine is not None:
        before, after, answered = None, None, decisions[0].target
        acted_on = session.machine.spans.get(answered)
    else:
        return None
    if acted_on is None or not _is_where_it_was_left(session, acted_on, after, answered):
        return None
    return _wish_of(session, before, after, acted_on)


def _wish_of(session: Session, before: Span | None, after: Span | None, acted_on: Span) -> Wish:
    words = _words(session, after or acted_on)
    if after is None:
        return Wish("delete" if before is not None else "reject", words, acted_on.label)
    was = before.label if before is not None and before.label != after.label else None
    return Wish("label", words, after.label, was)


def _is_where_it_was_left(session: Session, acted_on: Span, after: Span | None, answered: str | None) -> bool:
    """Whether the focus is on nothing, on what the edit has made, or on what came next by itself."""
    if session.focus is None or (after is not None and session.focus == after.id):
        return True
    found = session.machine.spans.get(answered) if session.machine is not None and answered is not None else acted_on
    left = found or acted_on
    place: Place = (left.start, 0, -left.end, left.id)
    return session.focus == session.decisions.following(place, 0.0 if session.order == "reading" else certainty(left))


def _words(session: Session, span: Span) -> str:
    if span.is_discontinuous:
        raise Refused("mention-pieces")
    return span.covered(session.text)


def _short(words: str, limit: int = 40) -> str:
    flat = " ".join(words[: limit * 4].split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


# ---- in the whole project


def apply_in_project(session: Session, wish: Wish, chosen: Mapping[str, AbstractSet[Fragment]]) -> None:
    """Do it at the chosen places of each document, as one act; what came of it is said in the status bar.

    What does not fit any more when its turn comes is left alone and counted.
    """
    done: Counter[str] = Counter()
    matching = session.matching

    def edit_of(sheet: Sheet) -> Edit | None:
        plan = make_plan(
            sheet.layer, sheet.schema, sheet.text, sheet.pending, wish, matching, only=chosen[sheet.document]
        )
        done.update("skipped" if mention.kind == "conflict" else "done" for mention in plan.mentions)
        return plan.edit

    def tell(outcome: Outcome) -> None:
        session.say(_told_of_project(outcome, done), is_refusal=outcome.error is not None)

    title = title_of(wish, sum(len(places) for places in chosen.values()))
    session.bulk.apply(title, chosen, edit_of, tell)


def _told_of_project(outcome: Outcome, done: Counter[str]) -> str:
    documents = "1 document" if outcome.documents == 1 else f"{outcome.documents:,} documents"
    words = f"{outcome.title}: {done['done']:,} done in {documents}"
    if done["skipped"]:
        words += f", {done['skipped']:,} did not fit any more"
    if outcome.error is not None:
        return f"{words}; then it ended: {outcome.error.message}"
    return f"{words}{'; stopped' if outcome.is_stopped else ''}. Undo takes all of it back."


# ---- what counts as the same


def set_matching(session: Session, matching: Matching) -> None:
    """Let other mentions count as the same; what is shown beforehand follows."""
    session.matching = matching
    if (shown := session.preview) is not None:
        session.show_preview(None)
        _begin(session, shown.wish)


@command("mention.whole-words", "Same mentions: whole words only")
def toggle_whole_words(session: Session) -> None:
    set_matching(session, replace(session.matching, is_whole=not session.matching.is_whole))
    session.say(f"Same mentions: {'whole words only' if session.matching.is_whole else 'parts of words too'}.")


@command("mention.same-case", "Same mentions: same case only")
def toggle_same_case(session: Session) -> None:
    set_matching(session, replace(session.matching, is_case_kept=not session.matching.is_case_kept))
    session.say(f"Same mentions: {'same case only' if session.matching.is_case_kept else 'any case'}.")


@command("mention.inflected", "Same mentions: plural and possessive too")
def toggle_inflected(session: Session) -> None:
    set_matching(session, replace(session.matching, is_inflected=not session.matching.is_inflected))
    words = "plural and possessive too" if session.matching.is_inflected else "as written only"
    session.say(f"Same mentions: {words}.")
