"""Reads the patterns of a project's rules into what matches them; the language is told in `pattern.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotator.suggest.pattern import (
    MAX_REPEAT,
    Choice,
    Class,
    Gap,
    Lemma,
    Mentioned,
    Node,
    PatternError,
    Repeat,
    Row,
    Words,
)
from annotator.suggest.words import CLASSES, TAG_CLASSES, WordList

_ELEMENT = re.compile(
    r"""\s*(?:
        "(?P<quoted>[^"]+)" | <(?P<mention>[^>]+)> | @\{(?P<lemmas>\w[\w-]*)\} | @(?P<lemma>[^\s?*+|()]+)
      | \{(?P<list>\w[\w-]*)\} | \[(?P<cls>\w+)(?:\s+(?P<how>in|not)\s+\{(?P<of>\w[\w-]*)\})?\] | \.\.(?P<gap>\d+)
      | (?P<open>\() | (?P<close>\)) | (?P<bar>\|) | (?P<word>[^\s?*+|()<>{}\[\]"@]+)
    )(?P<times>[?*+]?)""",
    re.VERBOSE,
)
_MENTION = re.compile(
    r"(?:(?P<role>head|tail|each):)?(?P<labels>\*|[^\s|]+(?:\|[^\s|]+)*)(?:\s+(?P<how>in|not)\s+\{(?P<list>\w[\w-]*)\})?"
)
_TIMES = {"?": (0, 1), "*": (0, MAX_REPEAT), "+": (1, MAX_REPEAT)}


class Reader:
    """Reads patterns that use these word lists, labels, and the patterns that were named before."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], labels: Mapping[str, object]) -> None:
        self._raw = lists
        self._named: dict[str, Node] = {}
        self._lists: dict[str, WordList] = {}
        self._labels = labels

    def name(self, name: str, source: str) -> None:
        """Give a pattern a name by which later ones can use it. Raises PatternError."""
        if name in self._raw:
            raise PatternError(f"{{{name}}} is a word list already")
        self._named[name] = self._whole(source)

    def read(self, source: str) -> Node:
        """The pattern in this source. Raises PatternError."""
        node = self._whole(source)
        if node.can_be_empty():
            raise PatternError(f"“{source}” would match nothing at all")
        return node

    def _whole(self, source: str) -> Node:
        self._source, self._at = source, 0
        node = self._choice(depth=0)
        if self._at < len(source.rstrip()):
            raise PatternError(f"“)” too many in “{source}”")
        return node

    def _choice(self, depth: int) -> Node:
        options: list[Node] = []
        parts: list[Node] = []
        while self._at < len(self._source.rstrip()):
            found = _ELEMENT.match(self._source, self._at)
            if found is None:
                raise PatternError(f"“{self._source[self._at :].strip()}” is not understood")
            if found["close"]:
                if depth == 0:
                    break
                return Choice((*options, self._row(parts)))
            self._at = found.end()
            if found["bar"]:
                options.append(self._row(parts))
                parts = []
            elif found["open"]:
                parts.append(self._group(depth))
            else:
                parts.append(_repeated(self._element(found), found["times"]))
        if depth:
            raise PatternError(f"“(” without “)” in “{self._source}”")
        return Choice((*options, self._row(parts))) if options else self._row(parts)

    def _group(self, depth: int) -> Node:
        inner = self._choice(depth + 1)
        closing = _ELEMENT.match(self._source, self._at)
        assert closing is not None, "the group ended at its bracket"
        self._at = closing.end()
        return _repeated(inner, closing["times"])

    def _row(self, parts: list[Node]) -> Node:
        if not parts:
            raise PatternError(f"nothing to match in “{self._source}”")
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _element(self, found: re.Match[str]) -> Node:
        if found["lemma"]:
            return Lemma(frozenset({found["lemma"]}))
        if found["lemmas"]:
            return Lemma(frozenset(self._entries(found["lemmas"])))
        return self._lemma_free(found)

    def _lemma_free(self, found: re.Match[str]) -> Node:
        if word := found["quoted"] or found["word"]:
            return Words(WordList([word]))
        if found["mention"]:
            return self._mention(found["mention"])
        if found["list"]:
            return self._named.get(found["list"]) or Words(self.word_list(found["list"]))
        if found["gap"]:
            return Gap(int(found["gap"]))
        if found["cls"] not in CLASSES and found["cls"] not in TAG_CLASSES:
            raise PatternError(f"there is no class [{found['cls']}]; there are {', '.join([*CLASSES, *TAG_CLASSES])}")
        words = self.word_list(found["of"]) if found["of"] else None
        return Class(found["cls"], *((words, None) if found["how"] == "in" else (None, words)))

    def _mention(self, source: str) -> Node:
        found = _MENTION.fullmatch(source.strip())
        if found is None:
            raise PatternError(f"“<{source}>” is not understood")
        labels = None if found["labels"] == "*" else frozenset(found["labels"].split("|"))
        for label in sorted(labels or ()):
            if label not in self._labels:
                raise PatternError(f"the schema has no label {label}")
        words = self.word_list(found["list"]) if found["list"] else None
        within, without = (words, None) if found["how"] == "in" else (None, words)
        return Mentioned(labels, found["role"] or "", within, without)

    def word_list(self, name: str) -> WordList:
        """The word list of this name. Raises PatternError."""
        if name not in self._lists:
            self._lists[name] = WordList(self._entries(name))
        return self._lists[name]

    def _entries(self, name: str) -> tuple[str, ...]:
        if name not in self._raw:
            raise PatternError(f"there is no word list or pattern {{{name}}}")
        return self._raw[name]


def _repeated(node: Node, times: str) -> Node:
    return Repeat(node, *_TIMES[times]) if times else node
