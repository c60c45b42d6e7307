"""annotator render: which document, whose labels, how wide, how large."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotator.app.sources import project_source_dir
from annotator.cli import main

GOLD = project_source_dir("news") / "gold.jsonl"


def record(name: str, text: str) -> dict[str, object]:
    return {"name": name, "text": text, "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}


@pytest.fixture
def annotator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Runs a command in a folder with a project of three documents."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    records = [record("summit", "Ann met Bo."), record("summary", "Bob left."), record("harbour", "Cai stayed on.")]
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in records), encoding="utf-8")
    run("new", "p.annot", "m.jsonl", GOLD)
    return run


def test_a_document_is_named_by_the_beginning_of_its_name(annotator) -> None:
    assert annotator("render", "p.annot", "harb", "-o", "a.svg") == (0, "Drawn a.svg\n", "")
    assert ">Cai stayed on" in Path("a.svg").read_text(encoding="utf-8").replace("<tspan>", "")


def test_a_beginning_that_several_names_share_is_refused(annotator) -> None:
    status, _, err = annotator("render", "p.annot", "summ", "-o", "a.svg")
    assert status == 1
    assert "several documents" in err
    assert not Path("a.svg").exists()


def test_width_sets_the_page_and_zoom_what_is_on_it(annotator) -> None:
    annotator("render", "p.annot", "summit", "-o", "a.png", "--width", "600")
    annotator("render", "p.annot", "summit", "-o", "b.png", "--width", "600", "--zoom", "200")
    usual, large = QImage("a.png"), QImage("b.png")
    assert usual.width() == large.width() == 1200
    assert large.height() > usual.height() * 1.4


@pytest.mark.parametrize("wrong", [("--width", "10"), ("--zoom", "900"), ("--layer", "everybody")])
def test_what_makes_no_sense_is_wrong_usage(annotator, wrong: tuple[str, str]) -> None:
    assert annotator("render", "p.annot", "summit", "-o", "a.png", *wrong)[0] == 2


def test_dark_is_dark(annotator) -> None:
    annotator("render", "p.annot", "summit", "-o", "a.png", "--dark")
    assert QImage("a.png").pixelColor(2, 2).lightness() < 40


def test_gold_is_drawn_alone_and_said_to_be_missing_where_it_is(annotator) -> None:
    name = json.loads(GOLD.read_text(encoding="utf-8"))["name"]
    assert annotator("render", "p.annot", name, "-o", "gold.svg", "--layer", "gold")[0] == 0
    assert ">PERSON" in Path("gold.svg").read_text(encoding="utf-8")
    status, _, err = annotator("render", "p.annot", "harbour", "-o", "none.svg", "--layer", "gold")
    assert status == 1
    assert "harbour has no gold to draw" in err
    assert not Path("none.svg").exists()


def test_suggestions_that_there_are_none_of_are_said_to_be_missing(annotator) -> None:
    status, _, err = annotator("render", "p.annot", "harbour", "-o", "none.svg", "--layer", "suggestions")
    assert status == 1
    assert "harbour has no suggestions to draw" in err


def test_only_the_lines_of_a_selection_are_drawn(annotator) -> None:
    name = json.loads(GOLD.read_text(encoding="utf-8"))["name"]
    annotator("render", "p.annot", name, "-o", "whole.svg")
    assert annotator("render", "p.annot", name, "-o", "part.svg", "--selection", "0", "40")[0] == 0
    assert len(Path("part.svg").read_bytes()) < len(Path("whole.svg").read_bytes()) / 5


def test_a_selection_beyond_the_text_is_refused(annotator) -> None:
    status, _, err = annotator("render", "p.annot", "summit", "-o", "a.svg", "--selection", "5", "900")
    assert status == 1
    assert "11 characters; 5 to 900" in err
