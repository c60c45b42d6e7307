"""Likely misses: walked with Tab after the last suggestion, labelled or dismissed with one key."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.sources import load_schema
from annotator.model import Span, edits, span_suggestion_id
from annotator.store import Act, Project
from driving import Desk, sit_down

TEXT = (
    "A visit\n\nLater Ana Silva met Bo Larsen in Vienna. "
    "The costs were 5 million euros. In Vienna they saw Ana Silva.\n"
)
OTHER = "They\n\nSoon they came to Vienna and to Oslo.\n"


def suggestion(words: str, label: str) -> Span:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Span(span_suggestion_id(label, fragments), label, fragments, origin="model:m-1", score=0.9)


def selected(desk: Desk) -> str:
    chosen = desk.session.selection
    return desk.text[slice(*chosen)] if chosen else ""


def ready(desk: Desk) -> Desk:
    desk.until(lambda: desk.session.sweep.is_over and not desk.window.sweeper._is_learning)
    return desk


def make(tmp_path) -> object:
    """Two documents; in the first Ana Silva, Vienna and Bo Larsen are suggested once each."""
    file = tmp_path / "visit.annot"
    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, words in zip(texts, (TEXT, OTHER), strict=True):
        path.write_text(words, encoding="utf-8")
    create_project(file, load_schema("news"), texts, current_identity(), name="Visit")
    with Project.open(file) as project:
        document = project.documents()[0].document.id
        found = [suggestion("Ana Silva", "PERSON"), suggestion("Vienna", "GPE")]
        project.save_suggestions(document, project.ensure_author("model", "m-1"), found)
    return file


@pytest.fixture
def visit(qtbot: QtBot, tmp_path, qapp: QApplication) -> Iterator[Desk]:
    with sit_down(qtbot, make(tmp_path)) as desk:
        yield ready(desk)


def decide_all(desk: Desk) -> None:
    """Accept both suggestions and go back to the beginning."""
    desk.press("Tab", "Space", "Space")
    assert not desk.session.pending
    desk.press("Ctrl+Home")


def test_after_the_last_suggestion_the_status_bar_tells_what_may_be_missing_and_tab_goes_there(visit: Desk) -> None:
    visit.press("Tab", "Space", "Space")
    assert "All suggestions decided. 4 likely misses: Tab walks them" in visit.words_on_screen(visit.window.status)
    assert "4 likely misses: Tab walks them" in visit.words_on_screen(visit.window.inspector)
    walked = []
    visit.press("Ctrl+Home")
    for _ in range(5):
        visit.press("Tab")
        walked.append(selected(visit))
    assert walked == ["Bo Larsen", "5 million euros", "Vienna", "Ana Silva", "Bo Larsen"]
    visit.press("Shift+Tab")
    assert selected(visit) == "Ana Silva"


def test_space_gives_the_proposed_label_and_goes_on(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "Tab", "Space")
    assert visit.label_of("5 million euros") == "MONEY"
    assert selected(visit) == "Vienna"
    visit.press("Return")
    assert visit.label_of("Vienna", 1) == "GPE"
    span = next(one for one in visit.saved_layer().spans.values() if one.start == visit.place("Vienna", 1))
    assert (span.confirmed, span.origin) == ("single", None), "a person has said so"


def test_a_digit_gives_its_label_and_goes_on(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "1")
    assert visit.label_of("Bo Larsen") == "PERSON"
    assert selected(visit) == "5 million euros"


def test_without_a_proposal_space_offers_the_labels(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab")
    assert selected(visit) == "Bo Larsen"
    visit.press("Space")
    assert visit.window.palette_popup.isVisible()
    visit.press("1")
    assert visit.label_of("Bo Larsen") == "PERSON"
    assert selected(visit) == "5 million euros"


def test_x_in_the_palette_dismisses_too_where_no_label_has_an_x(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "Space", "Space")
    assert visit.window.palette_popup.isVisible()
    assert visit.window.palette_popup.field.text() == "", "Space in a hurry is not typed"
    visit.press("X")
    assert not visit.window.palette_popup.isVisible()
    assert selected(visit) == "5 million euros"
    assert len(visit.session.sweep) == 3
    visit.press("Space")
    assert visit.label_of("5 million euros") == "MONEY", "the text has the keyboard again"


def test_x_dismisses_for_good_and_undo_brings_it_back(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "X")
    assert selected(visit) == "5 million euros"
    assert len(visit.session.sweep) == 3
    visit.press("Ctrl+Z")
    assert len(visit.session.sweep) == 4
    visit.press("Ctrl+Shift+Z")
    assert len(visit.session.sweep) == 3
    [note] = visit.saved_layer().notes.values()
    assert (note.kind, note.value) == ("no-label", "Bo Larsen")
    visit.restart()
    ready(visit).press("Tab")
    assert selected(visit) == "5 million euros"


def test_a_dismissed_miss_stays_away_when_the_model_runs_again(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "X")
    visit.session.sweep._weigh_anew(type("Event", (), {"document_id": visit.session.document.id}))
    visit.until(lambda: not visit.session.sweep.work(1.0))
    assert len(visit.session.sweep) == 3


def test_when_all_are_settled_it_says_so(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "X", "X", "X", "X")
    assert selected(visit) == ""
    assert "No likely miss is left. Ctrl+Enter finishes" in visit.words_on_screen(visit.window.status)
    visit.press("M")
    assert "No likely miss is left in this document" in visit.words_on_screen(visit.window.status)


def test_a_rejected_suggestion_is_no_likely_miss(visit: Desk) -> None:
    visit.press("Tab", "X", "X")
    assert not visit.session.pending
    visit.press("Tab")
    walked = set()
    while selected(visit) not in walked:
        walked.add(selected(visit))
        visit.press("Tab")
    start = visit.place("Ana Silva")
    assert all(miss.start != start for miss in visit.session.sweep.between(0, len(TEXT)))


def test_a_miss_is_shaped_before_it_is_labelled(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "Shift+Right", "1")
    assert visit.label_of("Bo Larsen in") == "PERSON"
    assert selected(visit) == "5 million euros", "one goes on as after any other"
    visit.press("Escape")
    visit.click_on("Vienna", 1)
    visit.press("Shift+Right", "Shift+Right", "3")
    assert visit.label_of("Vienna they") == "GPE"
    assert visit.focused_words == "Vienna they", "what was selected otherwise stays in focus"


def test_m_walks_misses_while_suggestions_are_open_and_escape_ends_it(visit: Desk) -> None:
    visit.press("M")
    assert selected(visit) == "Bo Larsen"
    visit.press("Shift+M")
    assert selected(visit) == "5 million euros" or selected(visit)
    visit.press("Escape")
    assert selected(visit) == ""
    assert visit.canvas._overlay.marks is None


def test_a_document_without_suggestions_can_be_walked_too(visit: Desk) -> None:
    visit.press("Ctrl+PgDown")
    ready(visit).press("Tab")
    assert selected(visit) == "Vienna"
    assert visit.canvas._overlay.marks is not None


def test_what_finished_documents_say_is_proposed_in_others(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "Tab", "Tab", "Space")
    assert visit.label_of("Vienna", 1) == "GPE"
    visit.press("Ctrl+Return")
    visit.until(lambda: visit.text == OTHER)
    ready(visit).press("Tab")
    assert selected(visit) == "Vienna"
    assert "GPE?" in [mark.forms[0] for mark in visit.canvas._overlay.marks(0, len(OTHER))]
    visit.press("Space")
    assert visit.label_of("Vienna") == "GPE"


def test_the_inspector_says_why_and_what_the_keys_do(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab", "Tab")
    words = visit.words_on_screen(visit.window.inspector)
    assert "Looks like Money" in words
    assert "X says that it wants no label" in words
    assert "no label" in visit.words_on_screen(visit.window.status)


@pytest.fixture
def repeated(qtbot: QtBot, tmp_path) -> Iterator[Desk]:
    """A name that no model has found stands three times."""
    file = tmp_path / "names.annot"
    text = tmp_path / "names.txt"
    text.write_text("A visit\n\nThen Bo Larsen came. We saw Bo Larsen go. It was Bo Larsen again.\n", encoding="utf-8")
    create_project(file, load_schema("news"), [text], current_identity(), name="Names")
    with sit_down(qtbot, file) as desk:
        yield ready(desk)


def test_of_a_miss_with_repeats_it_says_that_one_key_labels_the_others_and_it_does(repeated: Desk) -> None:
    repeated.press("M")
    assert selected(repeated) == "Bo Larsen"
    assert "Then . labels the 2 others too." in repeated.words_on_screen(repeated.window.inspector)
    repeated.press("1")
    assert "“Bo Larsen” is now Person. . labels the 2 others too." in repeated.words_on_screen(repeated.window.status)
    repeated.press(".", ".")
    assert [repeated.label_of("Bo Larsen", nth) for nth in range(3)] == ["PERSON"] * 3


def test_of_a_miss_that_stands_alone_nothing_is_said_of_others(visit: Desk) -> None:
    decide_all(visit)
    visit.press("Tab")
    assert "other" not in visit.words_on_screen(visit.window.inspector)
    visit.press("1")
    assert "labels the other" not in visit.words_on_screen(visit.window.status)


def test_enter_gives_words_that_are_selected_the_label_they_have_elsewhere_and_the_rows_stay_in_order(
    visit: Desk,
) -> None:
    decide_all(visit)
    visit.drag_over("Vienna", 1)
    palette = visit.window.palette_popup
    assert palette.rows.accessibleName() == "Place"
    assert [label.key for label in palette._shown[:3]] == ["1", "2", "3"]
    visit.press("Return")
    assert visit.label_of("Vienna", 1) == "GPE"


def test_read_only_refuses_in_words(visit: Desk, qtbot: QtBot) -> None:
    with sit_down(qtbot, visit.file) as second:
        ready(second).press("M", "X")
        assert "read-only" in second.words_on_screen(second.window.status)
        second.press("M", "Space")
        assert not second.session.layer.spans


def test_the_memory_of_the_project_leaves_out_what_is_not_finished(tmp_path) -> None:
    from annotator.app.sweeping import remember

    file = make(tmp_path)
    with Project.open(file) as project:
        author = project.ensure_author("person", "anna")
        document = project.documents()[0].document
        layer = project.layer(document.id, author.id)
        schema = project.schema()
        start = TEXT.index("Vienna")
        edit = edits.add_span(layer, schema, TEXT, ((start, start + 6),), "GPE")
        layer.apply(edit)
        project.commit(Act.now(document.id, author.id, edit))
        assert not remember(file, author.id, "").labels
        project.commit(Act.now(document.id, author.id, edits.set_status(layer, "done")))
    memory = remember(file, author.id, "")
    assert memory.labels == {"Vienna": {"GPE": 1}}
    assert memory.times["Vienna"] == 2
    assert not remember(file, author.id, document.id).labels
