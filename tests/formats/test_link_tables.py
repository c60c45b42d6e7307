"""Tables for links: what is read, and what is refused with its line."""

from pathlib import Path

import pytest

from annotator.formats.tables import read_table
from annotator.model import Broken
from annotator.model.lookup import Entry

HEADER = b"id\tname\taliases\tdescription\n"


def written(tmp_path: Path, content: bytes) -> Path:
    (file := tmp_path / "people.tsv").write_bytes(content)
    return file


def test_entries_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = "Q7747\tVladimir Putin\tPutin | Владимир Путин|\tpresident of Russia\r\n\r\nQ15031\tXi Jinping\n".encode()
    assert read_table(written(tmp_path, HEADER + rows)) == [
        Entry("Q7747", "Vladimir Putin", ("Putin", "Владимир Путин"), "president of Russia"),
        Entry("Q15031", "Xi Jinping"),
    ]


def test_id_and_name_are_enough_and_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, b"\xef\xbb\xbfid\tname\nQ1\tuniverse\n")) == [Entry("Q1", "universe")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "table-header", 1),
        (b"Q1\tuniverse\n", "table-header", 1),
        (b"id,name\nQ1,universe\n", "table-header", 1),
        (HEADER + b"Q1\tuniverse\nQ2\n", "table-cell-empty", 3),
        (HEADER + b"\tuniverse\n", "table-cell-empty", 2),
        (HEADER + b"Q1\tuni\0verse\n", "table-cell-empty", 2),
        (HEADER + b"Q1\tuniverse\n\nQ1\tEarth\n", "table-id-twice", 4),
        (HEADER + b"Q1\ta\tb\tc\td\n", "table-cells", 2),
        (HEADER + b"Q1\tuniverse\nQ2\t\xff\n", "table-encoding", 3),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, content: bytes, code: str, line: int) -> None:
    file = written(tmp_path, content)
    with pytest.raises(Broken) as caught:
        read_table(file)
    assert caught.value.code == code
    assert caught.value.where.endswith(f"people.tsv:{line}")
