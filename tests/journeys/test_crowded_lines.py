"""More relations within a line than it has lanes for: counted at the chip, listed by key, and none is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.identity import current_identity
from annotator.app.projects import create_project
from annotator.app.session import Session
from annotator.model import Change, Edit, Label, Relation, RelationType, Schema, Span
from annotator.ui.canvas.geometry.lanes import MOST_AT_CHIP, MOST_LANES
from driving import Desk, sit_down

KINDS = tuple(RelationType(f"kind{number}", f"kind{number}") for number in range(4))
SCHEMA = Schema("s", (Label("A", "A", "1"),), KINDS)
WORDS = ("one", "two", "six", "ten", "yes", "nay")
TEXT = " ".join(WORDS) + " are all in a line.\n"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Six labels in one line, each related with each of the others in four ways."""
    (tmp_path / "words.txt").write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "words.annot", SCHEMA, [tmp_path / "words.txt"], current_identity())
    session = Session(tmp_path / "words.annot")
    session.open_document(session.documents()[0].document.id)
    spans = [Span(word, "A", ((at := TEXT.index(word), at + 3),)) for word in WORDS]
    joins = [
        Relation(f"{head}-{tail}-{kind.name}", kind.name, head, tail)
        for head in WORDS
        for tail in WORDS
        for kind in KINDS
        if head != tail
    ]
    session.do(Edit("All with all", tuple(Change(None, item) for item in (*spans, *joins))))
    session.close()
    with sit_down(qtbot, tmp_path / "words.annot") as desk:
        yield desk


def drawn(desk: Desk) -> list[str]:
    assert desk.canvas.page is not None
    return [arc.relation.id for block, _ in desk.canvas.page.shown() for line in block.lines for arc in line.arcs]


def counted(desk: Desk) -> list[str]:
    return [relation for _, relations in desk.canvas.crowd_rects() for relation in relations]


def test_every_relation_is_either_drawn_or_counted(desk: Desk) -> None:
    assert sorted(drawn(desk) + counted(desk)) == sorted(desk.session.layer.relations)
    assert len(drawn(desk)) > MOST_AT_CHIP
    assert len(counted(desk)) > 0


def test_the_line_is_no_higher_than_its_lanes_and_the_counts_do_not_overlap(desk: Desk) -> None:
    page = desk.canvas.page
    assert page is not None
    [line] = [line for block, _ in page.shown() for line in block.lines if line.arcs]
    assert line.height < (MOST_LANES + 12) * page.setting.metrics.arc_lane
    rects = [rect for rect, _ in desk.canvas.crowd_rects()]
    assert not any(one.intersects(other) for at, one in enumerate(rects) for other in rects[:at])
    assert all(rect.top() >= 0 for rect in rects)


def test_a_counted_relation_is_gone_to_and_deleted_by_keys(desk: Desk) -> None:
    before = len(desk.session.layer.relations)
    listed = set(counted(desk))
    desk.press("H", "Return")
    assert desk.session.focus in listed
    desk.press("X")
    assert len(desk.saved_layer().relations) == before - 1
    assert sorted(drawn(desk) + counted(desk)) == sorted(desk.session.layer.relations)
