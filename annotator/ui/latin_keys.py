"""Keys by their place, for keyboards that write no Latin letters: on a Russian one, Ф stands where A is.

Which key it was is told by the platform: X11 and Wayland give its place, Windows and macOS a code of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from PySide6.QtGui import QGuiApplication, QKeyEvent

_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
_BY_PLACE = {first + at: letter for first, row in _ROWS.items() for at, letter in enumerate(row)}
_BY_PLACE |= {47: ";", 59: ",", 60: "."}
"""Of X11 and Wayland: the code of the kernel, plus 8."""
_BY_WINDOWS = {ord(letter): letter for row in _ROWS.values() for letter in row} | {0xBA: ";", 0xBC: ",", 0xBE: "."}
_BY_MAC = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17), "ASDFHGZXCVBQWERYT", strict=True))
_BY_MAC |= dict(zip((31, 32, 34, 35, 37, 38, 40, 41, 43, 45, 46, 47), "OUIPLJK;,NM.", strict=True))
_WITH_SHIFT = {";": ":", ",": "<", ".": ">"}


def latin_key(event: QKeyEvent) -> str:
    """The capital letter, or one of ; , . that stands where this key is on a Latin keyboard.

    Empty when the key writes a Latin letter or none at all, or when the platform does not tell which key it was.
    """
    return _key_at(QGuiApplication.platformName(), event) if _is_foreign(event) else ""


def latin_sign(event: QKeyEvent, *, has_shift: bool) -> str:
    """The same with what Shift makes of a sign."""
    key = latin_key(event)
    return _WITH_SHIFT.get(key, key) if has_shift else key


def letter_among(event: QKeyEvent, known: Collection[str]) -> str:
    """The small letter or digit of this key: the one that it writes when that is known, else the one of its place."""
    written = event.text().lower()
    return written if written in known else latin_key(event).lower() or written


def _is_foreign(event: QKeyEvent) -> bool:
    """Whether the key writes a letter that is not Latin. With Ctrl it writes nothing, but its code is the letter."""
    written = event.text()
    if len(written) != 1 or not written.isprintable():
        written = chr(event.key()) if 0x20 < event.key() <= 0xFFFF else ""
    return written.isalpha() and not unicodedata.name(written, "LATIN").startswith("LATIN")


def _key_at(platform: str, event: QKeyEvent) -> str:
    match platform:
        case "windows":
            return _BY_WINDOWS.get(event.nativeVirtualKey(), "")
        case "cocoa":
            return _BY_MAC.get(event.nativeVirtualKey(), "")
        case _:
            return _BY_PLACE.get(event.nativeScanCode(), "")
