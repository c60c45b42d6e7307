"""Which characters belong together in one grapheme cluster: rules GB3 to GB13 of UAX #29."""

from __future__ import annotations

import re
import unicodedata

_ZWJ = "\u200d"
_REGIONALS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_MARKS = frozenset(("Mn", "Me", "Mc"))

_ALONE = re.compile(
    "[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d"
    "\U00011720\U00011721]"
)
"""Marks that stand beside their letter and count by themselves."""

_LIKE_MARKS = re.compile("[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Joiners, the vowel AM of Thai and Lao, skin tones, tags: no marks, but they never begin a cluster."""

_PREPENDED = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f\U00011941"
    "\U00011a84-\U00011a89\U00011d46]"
)
"""Signs that belong to what follows."""

_LINKED = re.compile(
    "[\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9\u09dc\u09dd\u09df\u09f0\u09f1"
    "\u0a95-\u0aa8\u0aaa-\u0ab0\u0ab2\u0ab3\u0ab5-\u0ab9\u0af9\u0b15-\u0b28\u0b2a-\u0b30\u0b32\u0b33\u0b35-\u0b39\u0b5c"
    "\u0b5d\u0b5f\u0b71\u0c15-\u0c28\u0c2a-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a]"
)
"""Consonants that a virama ties together: Devanagari, Bengali, Gujarati, Oriya, Telugu, Malayalam."""

_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"


_MAY_JOIN = re.compile(
    "[\r\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0600-\u0605\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u070f-\u109f"
    "\u1100-\u11ff\u135d-\u135f\u1700-\u1cff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua69e-\ua69f\ua6f0\ua6f1\ua800-\uabff\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff\uff9e\uff9f\U000101fd-\U000102e0\U00010376-\U0001037a\U00010a00-\U00011fff\U00013430-\U00013455"
    "\U00016ac0-\U00016fff\U0001bc9d-\U0001d244\U0001da00-\U0001e95f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff"
    "\U000e0000-\U000e0fff]"
)


def may_join(text: str) -> bool:
    """Whether some of its characters may belong together; False is certain, and found at once."""
    return not text.isascii() and _MAY_JOIN.search(text) is not None


def joins(text: str, at: int) -> bool:
    """Whether the characters on both sides of this place belong to one cluster; 0 < `at` < the length."""
    left, right = text[at - 1], text[at]
    if right < "\u0300" and left < "\u0300":
        return left == "\r" and right == "\n"
    if left in "\r\n" or _is_control(left) or _is_control(right):
        return False
    if _extends(right) or _PREPENDED.match(left):
        return True
    if left == _ZWJ:
        return (_is_pictograph(right) and _pictograph_before_joiner(text, at - 1)) or _is_tied(text, at)
    if _is_regional(left) and _is_regional(right):
        return _regionals_before(text, at) % 2 == 1
    return _is_tied(text, at) or _hangul_joins(left, right)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")


def _extends(char: str) -> bool:
    is_mark = unicodedata.category(char) in _MARKS and not _ALONE.match(char)
    return is_mark or _LIKE_MARKS.match(char) is not None


def _is_tied(text: str, at: int) -> bool:
    """Whether a virama between two consonants makes one of them (rule GB9c)."""
    if not _LINKED.match(text[at]):
        return False
    has_virama = False
    for before in reversed(text[max(0, at - 20) : at]):
        if before in _VIRAMAS:
            has_virama = True
        elif not _extends(before):
            return has_virama and _LINKED.match(before) is not None
    return False


def _is_pictograph(char: str) -> bool:
    return (
        ("\U0001f000" <= char <= "\U0001faff" and not _is_regional(char))
        or "\u2190" <= char <= "\u2bff"
        or char in "\u203c\u2049\u3030\u303d\u3297\u3299"
    )


def _pictograph_before_joiner(text: str, joiner: int) -> bool:
    at = joiner - 1
    while at > 0 and _extends(text[at]):
        at -= 1
    return at >= 0 and _is_pictograph(text[at])


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_before(text: str, at: int) -> int:
    # Looking back has an end, or a text of nothing but flags would cost the square of its length.
    run = text[max(0, at - 1_000) : at]
    return len(run) - len(run.rstrip(_REGIONALS))


def _hangul_joins(left: str, right: str) -> bool:
    leading, vowel, trailing = "\u1100" <= left <= "\u115f", "\u1160" <= left <= "\u11a7", "\u11a8" <= left <= "\u11ff"
    syllable = "\uac00" <= left <= "\ud7a3"
    is_open = syllable and (ord(left) - 0xAC00) % 28 == 0
    if leading:
        return "\u1100" <= right <= "\u11a7" or "\uac00" <= right <= "\ud7a3"
    if vowel or is_open:
        return "\u1160" <= right <= "\u11ff"
    return (trailing or syllable) and "\u11a8" <= right <= "\u11ff"
