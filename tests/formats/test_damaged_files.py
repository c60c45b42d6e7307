"""However a file is damaged, reading it ends in records or in a report, and whatever it gives can be exported."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import read_files, write_jsonl

GOLDEN = Path(__file__).parents[1] / "golden" / "formats"
FILES = [path.read_bytes() for path in sorted(GOLDEN.glob("*.jsonl"))]
LINES = [json.loads(line) for data in FILES for line in data.split(b"\n") if line]

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 40)
    | st.sampled_from([0.5, 2**64, "", "T1", "R1", "1", "\0", "\ud800", "status", "decision", "gold", [], {}]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "start", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def read(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"damaged{suffix}"
        path.write_bytes(data)
        records, report = read_files([path])
        assert records or report.problems or report.warnings
        assert not (records and report.is_bad)
        assert all(line.isprintable() for line in report.lines("problem", "warning", "notice"))
        if records:
            write_jsonl(records, Path(folder) / "out.jsonl")


@given(st.data(), st.sampled_from([".jsonl", ".txt", ".json"]))
def test_bytes_that_are_changed_or_missing(data, suffix):
    whole = data.draw(st.sampled_from(FILES))
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    read(whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + length :], suffix)


@given(st.data())
def test_values_that_are_exchanged_for_others(data):
    record = json.loads(json.dumps(data.draw(st.sampled_from(LINES))))
    for _ in range(data.draw(st.integers(1, 2))):
        target = record
        while True:
            key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
            inner = target[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
                break
            target = inner
        target[key] = data.draw(VALUES)
    read(json.dumps(record).encode() + b"\n", ".jsonl")


@given(st.binary(max_size=60), st.sampled_from([".jsonl", ".txt", ""]))
def test_bytes_that_are_nothing_at_all(data, suffix):
    read(data, suffix)
