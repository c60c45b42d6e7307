"""Label names that are likely to be taken for one another, for a tag of another format, or for nothing at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

_IOB = re.compile(r"(?:[BI]-.+|O)\Z", re.DOTALL)
_JOINERS = "\u200c\u200d"


def label_clashes(names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The code and the values of a warning for each thing that may go wrong with these names."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(unicodedata.normalize("NFKC", name).casefold().strip(), []).append(name)
        if name.strip() != name:
            yield "label-edge", {"label": name}
        if _IOB.match(name):
            yield "label-iob", {"label": name}
        if any(map(_is_unseen, name)):
            yield "label-unseen", {"label": name}
    for first, *others in alike.values():
        for other in others:
            yield "label-alike", {"first": first, "second": other}


def _is_unseen(char: str) -> bool:
    """Whether a character leaves no mark of its own; the joiners inside emoji and many scripts are welcome."""
    if char.isspace():
        return char in "\t\r\n\v\f\u2028\u2029"
    return not char.isprintable() and char not in _JOINERS
