"""Label names that are likely to be taken for one another, or for a tag of another format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

_IOB = re.compile(r"(?:[BI]-.+|O)\Z", re.DOTALL)


def label_clashes(names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The code and the values of a warning for each thing that may go wrong with these names."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(unicodedata.normalize("NFKC", name).casefold().strip(), []).append(name)
        if not name.strip():
            yield "label-blank", {"label": name}
        elif _IOB.match(name):
            yield "label-iob", {"label": name}
        elif not name.isprintable():
            yield "label-unseen", {"label": name}
    for first, *others in alike.values():
        for other in others:
            yield "label-alike", {"first": first, "second": other}
