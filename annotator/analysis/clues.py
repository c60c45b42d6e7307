"""What in a text may want a label by its looks alone: runs of capitalised words, and numbers with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.model import Fragment, Schema
from annotator.model.text import TOKEN

LONGEST_PIECE = 2000
"""Code points. Longer paragraphs are scanned piece by piece, so that a long one takes no longer at a time."""

_ENDS = ".!?:。！？"
_QUOTES = "\"“‘«„'"
_TITLES = frozenset(
    ["Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Capt", "Sgt", "Rev", "Hon"]
)
"""Words whose full stop ends no sentence; so does that of a single letter."""

_JOINING = frozenset(["of", "de", "von", "van", "der", "den", "du", "del", "di", "da", "la", "le", "al", "bin", "ibn"])
"""Small words that may stand within a name."""

_HEADLINE = 0.6
"""The share of longer words with a capital from which a line without a full stop is set as a headline."""


def pieces(text: str) -> Iterator[Fragment]:
    """The paragraphs of a text, long ones cut where a sentence ends, else at a space, else anywhere."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end == -1 else end
        while end - start > LONGEST_PIECE:
            cut = _cut(text, start, start + LONGEST_PIECE)
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        start = end + 1


def _cut(text: str, start: int, limit: int) -> int:
    for mark in (". ", "。", " "):
        at = text.rfind(mark, start + LONGEST_PIECE // 2, limit)
        if at != -1:
            return at + len(mark)
    return limit


def is_cut_word(text: str, place: Fragment, piece: Fragment) -> bool:
    """Whether this touches a border of its piece where a word may go on."""
    start, end = place
    return (start == piece[0] and start > 0 and not text[start - 1].isspace()) or (
        end == piece[1] and end < len(text) and not text[end].isspace() and not text[end - 1].isspace()
    )


def capitalised_runs(text: str, piece: Fragment, tokens: Sequence[Fragment]) -> Iterator[Fragment]:
    """Words with a capital that follow one another, where no sentence begins; nothing in lines set as headlines."""
    if _is_headline(text, piece, tokens):
        return
    run: list[Fragment] = []
    for number, token in enumerate(tokens):
        word = text[token[0] : token[1]]
        if _is_name(word) and not _begins_sentence(text, tokens, number):
            if run and not _is_one_space(text, run[-1][1], token[0]):
                yield run[0][0], run[-1][1]
                run = []
            run.append(token)
        elif run and not (word in _JOINING and _goes_on(text, tokens, number)):
            yield run[0][0], run[-1][1]
            run = []
        elif run:
            run = [(run[0][0], token[1])]
    if run:
        yield run[0][0], run[-1][1]


def _is_name(word: str) -> bool:
    return word[0].isupper() and word != "I" and word not in _TITLES and not word.startswith(("I'", "I’"))


def _is_one_space(text: str, start: int, end: int) -> bool:
    return end - start == 1 and text[start] == " "


def _goes_on(text: str, tokens: Sequence[Fragment], number: int) -> bool:
    """Whether this small word stands between two words of a name."""
    if number + 1 >= len(tokens):
        return False
    before, (start, end), after = tokens[number - 1], tokens[number], tokens[number + 1]
    is_between = _is_one_space(text, before[1], start) and _is_one_space(text, end, after[0])
    return is_between and _is_name(text[after[0] : after[1]])


def _begins_sentence(text: str, tokens: Sequence[Fragment], number: int) -> bool:
    """Whether the word is the first of a sentence, or all in capitals like the words that begin it ("ALSO READ:")."""
    is_loud = _is_loud(text[tokens[number][0] : tokens[number][1]])
    while number > 0:
        before = text[tokens[number - 1][0] : tokens[number - 1][1]]
        if is_loud and _is_loud(before):
            number -= 1
            continue
        if before in _QUOTES:
            start = tokens[number - 1][0]
            return start == 0 or text[start - 1].isspace() or before not in "\"'"
        if before in _ENDS:
            word = text[tokens[number - 2][0] : tokens[number - 2][1]] if number > 1 else ""
            return not (before == "." and (word in _TITLES or (len(word) == 1 and word.isupper())))
        if before.isalnum() or before[0].isalnum() or before in ",;/&-–)":
            return False
        number -= 1
    start = tokens[0][0] if tokens else 0
    rest = text[max(0, start - 4) : start].rstrip(" ")
    return not rest or rest[-1] in f"\n{_ENDS}{_QUOTES}"


def _is_loud(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_headline(text: str, piece: Fragment, tokens: Sequence[Fragment]) -> bool:
    start, end = piece
    line = text[start:end].rstrip()
    if line.endswith(tuple(".!?。")) or "," in line:
        return False
    words = [text[low:high] for low, high in tokens if high - low >= 4 and text[low].isalpha()]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)


_NUMBER = r"\d(?:[\d,.]*\d)?"
_MANY = r"(?:hundred|thousand|million|billion|trillion)"
_MONTHS = "January|February|April|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PERIODS = "week|weekend|month|quarter|season|spring|summer|autumn|winter|year|decade|century"
_COINS = "dollars?|euros?|pounds?|yuan|yen|won|rubles?|roubles?|rupees?|francs?|pesos?|USD|EUR|GBP|CNY|JPY|CHF|RMB"
_UNITS = (
    "kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|miles?|feet|inches|km|cm|mm|kilograms?|kilos?|grams?|kg|"
    "tons?|tonnes?|pounds|lit(?:er|re)s?|gallons?|barrels?|acres?|hectares?|degrees|megawatts?|kilowatts?|MW|kW|GW|mph"
)
_MEASURED: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        frozenset(("PERCENT", "PERCENTAGE")),
        re.compile(rf"{_NUMBER}\s?(?:%|percentage points?\b|percent\b|per cent\b)"),
    ),
    (
        frozenset(("MONEY", "CURRENCY", "PRICE", "AMOUNT")),
        re.compile(rf"[$€£¥]\s?{_NUMBER}(?: {_MANY}\b)?|\b{_NUMBER} (?:{_MANY} )?(?:{_COINS})\b"),
    ),
    (
        frozenset(("DATE",)),
        re.compile(
            rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})\b(?: \d{{1,2}}\b(?:, \d{{4}}\b)?| \d{{4}}\b)?"
            rf"|\b(?:\d{{1,2}} (?:March|May)|(?:March|May) \d{{1,2}})\b(?:,? \d{{4}}\b)?"
            rf"|\b(?:[Tt]his|[Ll]ast|[Nn]ext) (?:{_PERIODS})\b"
            rf"|\b\d{{4}}-\d\d-\d\d\b|\b(?:{_DAYS})\b|(?<![\d.,$€£¥-])\b(?:19|20)\d\d\b(?![\d%]|[.,-]\d)"
        ),
    ),
    (frozenset(("QUANTITY", "MEASURE", "UNIT")), re.compile(rf"\b{_NUMBER} (?:{_MANY} )?(?:{_UNITS})\b")),
)
"""Names of labels, and what numbers with such a label look like; the first that fits a place holds."""

Measures = tuple[tuple[str, re.Pattern[str]], ...]


def measures(schema: Schema) -> Measures:
    """Those of the schema's labels that numbers can be found for."""
    found = []
    for names, pattern in _MEASURED:
        label = next((label.name for label in schema.labels if names & {label.name.upper(), label.title.upper()}), None)
        if label is not None:
            found.append((label, pattern))
    return tuple(found)


def measured(text: str, piece: Fragment, tokens: Sequence[Fragment], known: Measures) -> Iterator[tuple[Fragment, str]]:
    """Numbers with what they count, and dates, each with its label; whole tokens only."""
    if not known:
        return
    starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
    taken: list[Fragment] = []
    for label, pattern in known:
        for match in pattern.finditer(text, *piece):
            start, end = match.span()
            if start in starts and end in ends and not any(start < high and low < end for low, high in taken):
                taken.append((start, end))
                yield (start, end), label


def tokens_of(text: str, piece: Fragment) -> list[Fragment]:
    return [match.span() for match in TOKEN.finditer(text, *piece)]
