"""The command line: what each command prints, writes and returns."""

import json
import sys
from pathlib import Path

import pytest

from annotator.app.sources import project_source_dir, seeds_dir
from annotator.cli import main

SEED = next(seeds_dir().glob("*.txt"))
MINIMAL = {
    "text": "Ann lives in Rome.",
    "spans": [{"start": 0, "end": 3, "label": "PERSON"}, {"start": 13, "end": 17, "label": "GPE"}],
    "relations": [{"head": 0, "tail": 1, "label": "located_in"}],
}


@pytest.fixture
def annotator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Runs a command in an empty folder; gives back exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return run


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_project_is_made_with_its_texts_in_it(annotator) -> None:
    status, out, err = annotator("new", "p.annot", SEED)
    assert (status, err) == (0, "")
    assert out == "Made p.annot: 10 labels, 7 relation types, 1 document.\n"


def test_an_existing_project_is_not_replaced(annotator) -> None:
    annotator("new", "p.annot")
    before = Path("p.annot").read_bytes()
    status, _, err = annotator("new", "p.annot", SEED)
    assert status == 1
    assert "p.annot" in err
    assert Path("p.annot").read_bytes() == before


def test_an_unknown_schema_is_named_with_what_there_is(annotator) -> None:
    status, _, err = annotator("new", "p.annot", "--schema", "nonsense")
    assert status == 1
    assert err.startswith("nonsense: ")
    assert "Built-in ones: news" in err
    assert not Path("p.annot").exists()


def test_minimal_records_come_in_and_go_out_and_come_in_again_as_the_same_bytes(annotator, tmp_path: Path) -> None:
    annotator("new", "p.annot", write(tmp_path / "m.jsonl", MINIMAL))
    status, out, _ = annotator("export", "p.annot", "-o", "a.jsonl", "--status", "any")
    assert (status, out) == (0, "Exported 1 document, 2 spans, 1 relation → a.jsonl\n")
    record = json.loads(Path("a.jsonl").read_text(encoding="utf-8"))
    assert [span["text"] for span in record["spans"]] == ["Ann", "Rome"]
    annotator("new", "again.annot", "a.jsonl")
    annotator("export", "again.annot", "-o", "b.jsonl", "--status", "any")
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()


def test_the_gold_of_the_news_project_survives_import_and_export_byte_for_byte(annotator) -> None:
    gold = project_source_dir("news") / "gold.jsonl"
    annotator("new", "p.annot", gold)
    annotator("export", "p.annot", "-o", "gold.jsonl", "--layer", "gold")
    assert Path("gold.jsonl").read_bytes() == gold.read_bytes()


def test_one_bad_line_keeps_the_whole_import_out_and_is_named_by_file_and_line(annotator, tmp_path: Path) -> None:
    annotator("new", "p.annot")
    bad = {**MINIMAL, "text": "x"}
    status, _, err = annotator("import", "p.annot", write(tmp_path / "m.jsonl", MINIMAL, bad))
    assert status == 1
    assert "m.jsonl:2: span 1: end 3 is beyond the text (1)" in err
    assert "Nothing was imported." in err
    assert json.loads(annotator("stats", "p.annot", "--json")[1])["documents"] == 0


def test_labels_that_the_schema_does_not_know_are_added_to_it(annotator, tmp_path: Path) -> None:
    record = {"text": "A quark.", "spans": [{"start": 2, "end": 7, "label": "PARTICLE"}]}
    annotator("new", "p.annot", write(tmp_path / "m.jsonl", record))
    status, out, _ = annotator("export", "p.annot", "-o", "a.jsonl", "--status", "any")
    assert status == 0
    assert "1 span" in out


def test_nothing_is_exported_before_a_document_is_finished_and_the_message_says_how(annotator, tmp_path: Path) -> None:
    annotator("new", "p.annot", write(tmp_path / "m.jsonl", MINIMAL))
    status, _, err = annotator("export", "p.annot", "-o", "a.jsonl")
    assert status == 1
    assert "--status any" in err
    assert not Path("a.jsonl").exists()


def test_suggestions_are_written_as_a_layer_of_their_own(annotator) -> None:
    annotator("new", "p.annot", SEED)
    status, out, _ = annotator("suggest", "p.annot", "--document", SEED.stem)
    assert status == 0
    assert out.startswith("Suggested for 1 document: ")
    annotator("export", "p.annot", "-o", "s.jsonl", "--layer", "suggestions")
    record = json.loads(Path("s.jsonl").read_text(encoding="utf-8"))
    assert record["author"].startswith("model:en_core_web_sm")
    assert {span["confirmed"] for span in record["spans"]} == {"none"}
    assert all(record["text"][span["start"] : span["end"]] == span["text"] for span in record["spans"])
    assert len(record["relations"]) > 0


def test_an_unknown_document_is_named(annotator) -> None:
    annotator("new", "p.annot")
    status, _, err = annotator("suggest", "p.annot", "--document", "nowhere")
    assert status == 1
    assert "nowhere" in err


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_document_is_drawn_without_a_window(annotator, tmp_path: Path, suffix: str) -> None:
    annotator("new", "p.annot", write(tmp_path / "m.jsonl", MINIMAL))
    status, _, _ = annotator("render", "p.annot", "m-1", "-o", f"m.{suffix}", "--dark")
    assert status == 0
    assert Path(f"m.{suffix}").read_bytes()[:5] in (b"\x89PNG\r", b"<?xml", b"%PDF-")


def test_the_doctor_finds_a_healthy_project_healthy_and_damage_damaged(annotator) -> None:
    annotator("new", "p.annot", SEED)
    assert annotator("doctor", "p.annot")[:2] == (0, "p.annot: healthy.\n")
    content = bytearray(Path("p.annot").read_bytes())
    at = content.index(b"President Xi")
    content[at] ^= 1
    Path("p.annot").write_bytes(content)
    status, out, _ = annotator("doctor", "p.annot")
    assert status == 1
    assert out.startswith("p.annot: ")
    assert Path("p.annot").read_bytes() == bytes(content)


@pytest.mark.parametrize("command", [("stats",), ("doctor",), ("suggest",), ("export", "-o", "x.jsonl")])
def test_a_missing_project_is_named_and_not_made(annotator, command: tuple[str, ...]) -> None:
    status, _, err = annotator(command[0], "gone.annot", *command[1:])
    assert status == 1
    assert "gone.annot" in err
    assert not Path("gone.annot").exists()


def test_a_file_that_is_no_project_is_refused_unchanged(annotator, tmp_path: Path) -> None:
    (tmp_path / "text.annot").write_bytes(b"just a text, and a long one at that" * 10)
    status, _, err = annotator("stats", "text.annot")
    assert status == 1
    assert "text.annot" in err
    assert (tmp_path / "text.annot").read_bytes() == b"just a text, and a long one at that" * 10


def test_the_sample_job_without_a_display_says_where_its_results_lie(annotator) -> None:
    status, out, _ = annotator("demo", "news.annot", "--headless")
    assert status == 0
    for name in ("news.annot", "news.png", "news.gold.jsonl", "news.suggestions.jsonl"):
        assert Path(name).stat().st_size > 1000
        assert f"  {name}\n" in out
    again = annotator("demo", "news.annot", "--headless")
    assert again[0] == 0


def test_a_display_that_is_only_named_counts_as_none(annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4242")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    status, out, _ = annotator("demo", "news.annot")
    assert status == 0
    assert "There is no display" in out


def test_wrong_usage_has_its_own_exit_status(annotator) -> None:
    assert annotator("export", "p.annot")[0] == 2
    assert annotator("nonsense")[0] == 2


def test_help_shows_an_example_for_every_command(annotator) -> None:
    for command in ("open", "new", "import", "suggest", "export", "render", "stats", "doctor"):
        status, out, _ = annotator(command, "--help")
        assert status == 0
        assert "Example: annotator" in out
