"""The animation of the README: what is in the file, and the writer that made it."""

import struct
import sys
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = [], 8
    while at < len(data):
        [length] = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + body),)
        found.append((name, body))
        at += 12 + length
    return found


def seconds(found: list[tuple[bytes, bytes]]) -> list[float]:
    times = [struct.unpack(">HH", body[20:24]) for name, body in found if name == b"fcTL"]
    return [number / unit for number, unit in times]


def test_the_animation_of_the_readme_is_short_and_light() -> None:
    file = PICTURES / "review.png"
    assert file.stat().st_size <= 1_500_000
    assert 10 <= sum(seconds(chunks(file.read_bytes()))) <= 15


def test_frames_that_are_alike_are_one_and_only_what_changes_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(PICTURES))
    from apng import write_apng

    frames = []
    for dot in (0, 0, 3):
        frame = QImage(8, 6, QImage.Format.Format_RGB32)
        frame.fill(QColor("white"))
        frame.setPixelColor(dot, dot, QColor("red"))
        frames.append(frame)
    write_apng(tmp_path / "three.png", frames, [0.1, 0.2, 0.4])
    found = chunks((tmp_path / "three.png").read_bytes())
    assert seconds(found) == pytest.approx([0.3, 0.4])
    [whole, part] = [struct.unpack(">IIII", body[4:20]) for name, body in found if name == b"fcTL"]
    assert whole == (8, 6, 0, 0)
    assert part == (4, 4, 0, 0), "from the dot that went to the one that came"
    first = QImage(str(tmp_path / "three.png"))
    assert first.pixelColor(0, 0) == QColor("red")
    assert first.pixelColor(5, 5) == QColor("white")
    del sys.modules["apng"]
